import { availableParallelism } from "node:os";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { Deployment } from "../deployment/deployment";
import type { Host } from "../deployment/host";
import { ProcessHost } from "../deployment/processHost";
import type { Mode } from "../deployment/run";
import { runProgram } from "../deployment/runProgram";
import type { Log } from "../process/engineService";
import { masker } from "../process/masking";
import { ProviderPool } from "../process/providerPool";
import type { Project } from "../state/project";
import type { Snapshot } from "../state/resourceState";
import type { ConfigMap } from "../state/stackSettings";
import { isStack } from "../state/urn";
import { type PropertyMap, Secret } from "../state/values";
import { CommandError } from "./commandError";
import { Report } from "./report";

/** Steps at a time, unless told: what the Pulumi CLI does, four for each processor. */
const STEPS_PER_PROCESSOR = 4;

export interface OperationOptions {
    kind: "update" | "preview" | "refresh" | "destroy";
    mode: Mode;
    preview: boolean;
    /** Read all resources first. */
    refresh: boolean;
    /** Run the program also where the operation could do without it. */
    runProgram: boolean;
    expectNoChanges: boolean;
    /** Forget creations that were interrupted. */
    clearPendingCreates: boolean;
    diff: boolean;
    parallel: number | undefined;
    /** Do what does not depend on what fails. */
    continueOnError: boolean;
    signal: AbortSignal | undefined;
    onOutput: ((text: string) => void) | undefined;
    onError: ((text: string) => void) | undefined;
    onEvent: ((event: EngineEvent) => void) | undefined;
}

export interface OperationContext {
    project: Project;
    stack: string;
    config: ConfigMap;
    base: Snapshot;
    env: Record<string, string | undefined>;
    write: (snapshot: Snapshot) => Promise<void>;
    /** Said before the operation began, such as of a lock that was taken over. */
    warnings: string[];
    /** Where program and providers run. Default: in processes of their own. */
    host?: (operation: HostOptions) => Host;
}

/** What a host is told of an operation. */
export interface HostOptions {
    readonly preview: boolean;
    readonly parallel: number;
    /** Told what program and providers log to the engine, and what they print. */
    readonly report: Report;
    readonly log: Log;
}

/** One operation on a stack, from its first line to its last. */
export class Operation {
    readonly report: Report;
    private readonly deployment: Deployment;
    private readonly providers: ProviderPool;
    private readonly host: Host;

    constructor(
        private readonly context: OperationContext,
        private readonly options: OperationOptions,
    ) {
        const { preview, mode } = options;
        const parallel = options.parallel ?? availableParallelism() * STEPS_PER_PROCESSOR;
        this.report = new Report({
            preview,
            isRefresh: mode === "refresh",
            diff: options.diff,
            mask: masker(
                Object.values(context.config)
                    .filter(({ secret }) => secret)
                    .map(({ value }) => value),
            ),
            onOutput: options.onOutput,
            onEvent: options.onEvent,
        });
        this.providers = new ProviderPool((inputs) => this.host.startProvider(inputs), context.base.resources);
        const { base } = context;
        this.deployment = new Deployment({
            stack: context.stack,
            project: context.project.name,
            mode,
            preview,
            refreshWithProgram: options.refresh && options.runProgram,
            parallel,
            continueOnError: options.continueOnError,
            base: options.clearPendingCreates ? { ...base, pendingOperations: [] } : base,
            providers: this.providers,
            observer: this.report,
            write: context.write,
        });
        const { report } = this;
        const log: Log = (...message) => this.deployment.outcome.report(...message);
        this.host =
            context.host?.({ preview, parallel, report, log }) ??
            processHost(context, { preview, parallel, report, log });
    }

    /** Lets the steps in flight finish, saves, and fails. */
    cancel(): void {
        this.deployment.outcome.cancel();
    }

    /** @throws CommandError when anything went wrong; the state is saved all the same. */
    async run(): Promise<void> {
        const { report, deployment, options, context } = this;
        const { outcome } = deployment;
        const onAbort = () => this.cancel();
        options.signal?.addEventListener("abort", onAbort);
        try {
            for (const warning of context.warnings) {
                report.diagnostic("warning", warning);
            }
            await this.work().catch((error) => outcome.fail(error));
            await deployment.finish();
        } finally {
            options.signal?.removeEventListener("abort", onAbort);
            await this.providers.close();
            await this.host.close();
        }
        const unexpected = options.expectNoChanges && hasChanges(report) && !outcome.failed;
        if (unexpected) {
            outcome.report(
                "error",
                `no changes were expected but changes ${options.preview ? "were proposed" : "occurred"}`,
            );
        }
        report.finish();
        if (outcome.failed || outcome.cancelled) {
            const ending = outcome.cancelled ? "cancelled" : "failed";
            options.onError?.(report.stderr);
            throw new CommandError(`${options.kind} ${ending}`, report.stdout, report.stderr);
        }
    }

    private async work(): Promise<void> {
        const { deployment, options } = this;
        if (options.refresh && !options.runProgram) {
            await deployment.refreshAll();
            if (options.mode === "refresh" || deployment.outcome.failed) {
                return;
            }
        } else {
            this.warnOfPendingOperations();
        }
        if (options.mode === "destroy" && !options.runProgram) {
            await deployment.destroyAll();
            return;
        }
        const { project, config } = this.context;
        await runProgram(deployment, this.host, project.rootDir, configurationInputs(config));
    }

    private warnOfPendingOperations(): void {
        const pending = this.context.base.pendingOperations;
        if (pending.length === 0 || this.options.preview) {
            return;
        }
        const lines = pending.map(({ resource, type }) => `  * ${resource.urn}, interrupted while ${type}`);
        this.deployment.outcome.report(
            "warning",
            [
                `Attempting to deploy or update resources with ${pending.length} pending operations from previous deployment.`,
                ...lines,
                "These resources are in an unknown state because the run was interrupted while waiting for changes to them to complete. A refresh reads them again; an interrupted creation is tried again.",
            ].join("\n"),
        );
    }
}

function processHost(
    { project, stack, config, env }: OperationContext,
    { report, log, ...options }: HostOptions,
): Host {
    return new ProcessHost(
        { project, stack, config, env, ...options, onLine: (line, stream) => report.line(line, stream) },
        log,
    );
}

/** The whole configuration, as the inputs of a default provider. */
function configurationInputs(config: ConfigMap): PropertyMap {
    return Object.fromEntries(
        Object.entries(config).map(([key, { value, secret }]) => [key, secret ? new Secret(value) : value]),
    );
}

function hasChanges({ changes }: Report): boolean {
    return Object.keys(changes).some((op) => !["same", "read", "discard", "read-replacement"].includes(op));
}

export function stackOutputs(snapshot: Snapshot): PropertyMap {
    return snapshot.resources.find(({ urn }) => isStack(urn))?.outputs ?? {};
}
