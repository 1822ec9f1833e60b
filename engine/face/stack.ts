import type {
    DestroyOptions,
    DestroyResult,
    OutputMap,
    PreviewOptions,
    PreviewResult,
    RefreshOptions,
    RefreshResult,
    UpdateSummary,
    UpOptions,
    UpResult,
} from "@pulumi/pulumi/automation";
import { UnsupportedError } from "../deployment/unsupported";
import { DEPLOYMENT_VERSION, readDeployment, saltOf, writeDeployment } from "../state/checkpoint";
import { passphraseOf } from "../state/passphrase";
import { type Project, qualify } from "../state/project";
import type { Snapshot } from "../state/resourceState";
import { PassphraseSecrets } from "../state/secrets";
import { StackLock } from "../state/stackLock";
import type { ConfigMap, ConfigValue, StackSettings } from "../state/stackSettings";
import type { StateFile } from "../state/stateFile";
import { reveal, Secret } from "../state/values";
import { ConcurrentUpdateError } from "./commandError";
import { Operation, type OperationOptions, stackOutputs } from "./operation";
import { type AnyOptions, refuseUnsupported } from "./options";

/**
 * An export of a stack's state: what `pulumi stack export` prints.
 *
 * @experimental
 */
export interface Deployment {
    /** The version of the format: 3. */
    version: number;
    /** The deployment: resources, pending operations, secrets provider. */
    // biome-ignore lint/suspicious/noExplicitAny: Pulumi's deployment JSON, as the Automation API types it
    deployment: any;
}

/**
 * A stack of a project, with the face of the Automation API's class of this name.
 *
 * @experimental
 */
export class Stack {
    private readonly lock: StackLock;
    private running: Operation | undefined;

    /** Use {@link createOrSelectStack}. */
    constructor(
        /** The stack's name. */
        readonly name: string,
        private readonly project: Project,
        private readonly settings: StackSettings,
        private readonly secrets: PassphraseSecrets,
        private readonly file: StateFile,
        private readonly env: Record<string, string>,
    ) {
        this.lock = new StackLock(file.stateDir, project.name, name);
    }

    /** Shows what `up` would do. Changes nothing: a refresh that goes before is done in memory. */
    async preview(options: PreviewOptions = {}): Promise<PreviewResult> {
        const { report } = await this.operate("preview", { mode: "update", preview: true }, options);
        return { stdout: report.stdout, stderr: report.stderr, changeSummary: report.changes };
    }

    /** Brings the stack to what the program says. */
    async up(options: UpOptions = {}): Promise<UpResult> {
        const { result } = await this.operate("update", { mode: "update" }, options);
        return { ...result, outputs: await this.outputs() };
    }

    /** Brings the state to what the resources are. */
    async refresh(options: RefreshOptions = {}): Promise<RefreshResult> {
        const { result } = await this.operate("refresh", { mode: "refresh", refresh: true }, options);
        return result;
    }

    /** Deletes all of the stack's resources; the stack itself stays. */
    async destroy(options: DestroyOptions = {}): Promise<DestroyResult> {
        const { result } = await this.operate("destroy", { mode: "destroy" }, options);
        return result;
    }

    /** Shows what `refresh` would do. */
    async previewRefresh(options: RefreshOptions = {}): Promise<PreviewResult> {
        const fixed = { mode: "refresh", refresh: true, preview: true } as const;
        const { report } = await this.operate("refresh", fixed, options);
        return { stdout: report.stdout, stderr: report.stderr, changeSummary: report.changes };
    }

    /** Shows what `destroy` would do. */
    async previewDestroy(options: DestroyOptions = {}): Promise<PreviewResult> {
        const { report } = await this.operate("destroy", { mode: "destroy", preview: true }, options);
        return { stdout: report.stdout, stderr: report.stderr, changeSummary: report.changes };
    }

    private async operate(
        kind: OperationOptions["kind"],
        fixed: Pick<OperationOptions, "mode"> & Partial<OperationOptions>,
        options: AnyOptions,
    ): Promise<{ report: Operation["report"]; result: { stdout: string; stderr: string; summary: UpdateSummary } }> {
        refuseUnsupported(options);
        const startTime = new Date();
        const warnings: string[] = [];
        const unlock = await this.lock
            .acquire((warning) => warnings.push(warning))
            .catch((error) => {
                throw new ConcurrentUpdateError(error.message);
            });
        try {
            const config = this.configuration(fixed.mode === "update" || options.runProgram === true);
            const operation = new Operation(
                {
                    project: this.project,
                    stack: this.name,
                    config,
                    base: await this.load(),
                    env: this.env,
                    write: (snapshot) => this.file.save(writeDeployment(snapshot, this.secrets)),
                    warnings,
                },
                {
                    kind,
                    preview: options.previewOnly ?? false,
                    refresh: options.refresh ?? false,
                    runProgram: options.runProgram ?? false,
                    expectNoChanges: options.expectNoChanges ?? false,
                    continueOnError: options.continueOnError ?? false,
                    clearPendingCreates: options.clearPendingCreates ?? false,
                    diff: options.diff ?? false,
                    parallel: options.parallel,
                    signal: options.signal,
                    onOutput: options.onOutput,
                    onError: options.onError,
                    onEvent: options.onEvent,
                    ...fixed,
                },
            );
            this.running = operation;
            await operation.run();
            const { report } = operation;
            const summary: UpdateSummary = {
                kind,
                startTime,
                endTime: new Date(),
                message: "",
                environment: {},
                config: withoutSecrets(config),
                result: "succeeded",
                version: 0,
                resourceChanges: report.changes,
            };
            return { report, result: { stdout: report.stdout, stderr: report.stderr, summary } };
        } finally {
            this.running = undefined;
            await unlock();
        }
    }

    /** Stops the operation that this object has under way, or takes away the lock that a killed process has left. */
    async cancel(): Promise<void> {
        if (this.running === undefined) {
            await this.lock.release();
        } else {
            this.running.cancel();
        }
    }

    /** The stack's outputs, in clear, each with whether it is a secret. */
    async outputs(): Promise<OutputMap> {
        const outputs = stackOutputs(await this.load());
        return Object.fromEntries(
            Object.entries(outputs).map(([key, value]) => [
                key,
                { value: reveal(value), secret: value instanceof Secret },
            ]),
        );
    }

    /** The state, with its secrets in clear, as the Automation API gives it: take care where you put it. */
    async exportStack(): Promise<Deployment> {
        return { version: DEPLOYMENT_VERSION, deployment: writeDeployment(await this.load(), this.secrets, true) };
    }

    /**
     * Replaces the state. Secrets are encrypted for this stack; encrypted ones must be under its passphrase. Operations
     * that were pending are forgotten, as by the Pulumi CLI.
     */
    async importStack({ version, deployment }: Deployment): Promise<void> {
        if (version !== DEPLOYMENT_VERSION) {
            throw new UnsupportedError(`deployment version ${version}`);
        }
        const { resources } = await this.read(deployment);
        await this.file.save(writeDeployment({ resources, pendingOperations: [] }, this.secrets));
    }

    /** Sets one value of the stack's configuration. */
    async setConfig(key: string, value: ConfigValue, path = false): Promise<void> {
        refusePath(path);
        this.settings.set(key, value, this.secrets);
    }

    /** Sets several values of the stack's configuration; the others stay. */
    async setAllConfig(config: ConfigMap, path = false): Promise<void> {
        for (const [key, value] of Object.entries(config)) {
            await this.setConfig(key, value, path);
        }
    }

    /** The stack's configuration and the project's, in clear. */
    async getAllConfig(): Promise<ConfigMap> {
        return this.settings.all(this.secrets);
    }

    /** One value of the configuration, in clear; an error where there is none. */
    async getConfig(key: string): Promise<ConfigValue> {
        const value = this.settings.all(this.secrets)[qualify(this.project.name, key)];
        if (value === undefined) {
            throw new Error(`configuration key '${key}' not found for stack '${this.name}'`);
        }
        return value;
    }

    /** Takes one value out of the stack's configuration. */
    async removeConfig(key: string, path = false): Promise<void> {
        refusePath(path);
        this.settings.remove(key);
    }

    private configuration(complete: boolean): ConfigMap {
        const missing = complete ? this.settings.missing(this.secrets) : [];
        if (missing.length > 0) {
            throw new Error(`Stack '${this.name}' is missing configuration values: ${missing.join(", ")}`);
        }
        return this.settings.all(this.secrets);
    }

    private async load(): Promise<Snapshot> {
        return this.read((await this.file.load()) ?? {});
    }

    private async read(deployment: Deployment["deployment"]): Promise<Snapshot> {
        const salt = saltOf(deployment);
        const secrets =
            salt === undefined || salt === this.secrets.salt
                ? this.secrets
                : await PassphraseSecrets.open(passphraseOf(this.env), salt);
        return readDeployment(deployment, secrets);
    }
}

function refusePath(path: boolean): void {
    if (path) {
        throw new UnsupportedError("configuration paths");
    }
}

function withoutSecrets(config: ConfigMap): ConfigMap {
    return Object.fromEntries(
        Object.entries(config).map(([key, { value, secret }]) => [
            key,
            secret ? { value: "[secret]", secret } : { value, secret: false },
        ]),
    );
}
