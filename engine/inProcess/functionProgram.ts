import type * as grpc from "@grpc/grpc-js";
import { ResourceError, RunError } from "@pulumi/pulumi/errors";
import * as log from "@pulumi/pulumi/log";
import * as runtimeConfig from "@pulumi/pulumi/runtime/config";
import * as settings from "@pulumi/pulumi/runtime/settings";
import * as stack from "@pulumi/pulumi/runtime/stack";
import type { RunningProgram } from "../deployment/host";
import type { ResourceMonitor } from "../deployment/monitor";
import { EXIT_ALREADY_LOGGED } from "../deployment/runProgram";
import type { ExitStatus } from "../process/childProcess";
import { addEngineService, type Log } from "../process/engineService";
import type { ConfigMap } from "../state/stackSettings";
import { asOneProgram } from "./sdkRuntime";
import { Services } from "./services";

/** A Pulumi program as a function; what it answers are the stack's outputs. */
export type Program = () => unknown;

export interface FunctionProgramOptions {
    readonly project: string;
    readonly stack: string;
    readonly config: ConfigMap;
    readonly preview: boolean;
    readonly parallel: number;
}

/**
 * Runs a program in this process, as the Automation API runs one that is given inline: the SDK keeps what belongs to a
 * program in the storage of its asynchronous calls, so that several may run at once.
 */
export function startFunction(
    program: Program,
    options: FunctionProgramOptions,
    monitor: ResourceMonitor,
    report: Log,
): RunningProgram {
    const services = new Services();
    const server = services as unknown as grpc.Server;
    monitor.addTo(server);
    let hasFailed = false;
    addEngineService(server, (severity, message, urn) => {
        hasFailed ||= severity === "error";
        report(severity, message, urn);
    });
    let end: (status: ExitStatus) => void = () => {};
    const exited = new Promise<ExitStatus>((resolve) => {
        end = resolve;
    });
    const kill = async () => {
        services.cut();
        end({ code: null, signal: "SIGKILL" });
        return exited;
    };
    const onError = (error: unknown) => {
        hasFailed = true;
        report("error", textOf(error), "");
    };
    // The SDK would reject several promises with what the program throws, and nobody waits for them here.
    const caught = async () => {
        try {
            return await program();
        } catch (error) {
            onError(error);
            return undefined;
        }
    };
    void run(caught, options, services, () => hasFailed)
        .catch(onError)
        .then(() => end({ code: hasFailed ? EXIT_ALREADY_LOGGED : 0, signal: null }));
    return { exited, kill, stop: kill };
}

/** Settles when the run is over, deletes and all; never for one that the engine has stopped, as its calls have no answers. */
async function run(
    program: Program,
    options: FunctionProgramOptions,
    services: Services,
    hasFailed: () => boolean,
): Promise<void> {
    return asOneProgram(async (store) => {
        const { project, stack: name, parallel, preview, config } = options;
        settings.resetOptions(project, name, parallel, "", "", preview, "organization");
        store.settings.monitor = services.client();
        store.settings.engine = store.settings.monitor;
        runtimeConfig.setAllConfig(
            Object.fromEntries(Object.entries(config).map(([key, { value }]) => [key, value])),
            Object.keys(config).filter((key) => config[key]?.secret),
        );
        await stack.runInPulumiStack(async () => program());
        await settings.disconnect(!hasFailed() && !log.hasErrors());
    });
}

/** What a thrown value tells people, as the SDK does. */
function textOf(error: unknown): string {
    if (RunError.isInstance(error) || (ResourceError.isInstance(error) && error.hideStack)) {
        return (error as Error).message;
    }
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
