import { setTimeout as delay } from "node:timers/promises";
import type { Deployment } from "../deployment/deployment";
import { ResourceMonitor } from "../deployment/monitor";
import type { ConfigMap, Project } from "../state/project";
import type { PropertyMap } from "../state/values";
import { ChildProcess, describeExit, type OutputStream } from "./childProcess";
import type { EngineServer } from "./engineServer";
import { sdkModule } from "./providerProcess";

/** The SDK has told the user itself what is wrong. */
const EXIT_ALREADY_LOGGED = 32;

/** How long a program may go on after its run has failed. */
const STOP_GRACE_MS = 5_000;

export interface ProgramOptions {
    project: Project;
    stack: string;
    config: ConfigMap;
    /** The configuration as the default provider gets it. */
    providerInputs: PropertyMap;
    preview: boolean;
    parallel: number;
    env: Record<string, string | undefined>;
    onLine: (line: string, stream: OutputStream) => void;
}

/** Runs the program to its end, with all that it registers. What goes wrong is reported to the deployment. */
export async function runProgram(deployment: Deployment, server: EngineServer, options: ProgramOptions): Promise<void> {
    const monitor = new ResourceMonitor(deployment, options.project.rootDir, options.providerInputs);
    server.serve(monitor);
    const child = startProgram(server.address, options);
    const stopped = deployment.stopped.then(() =>
        Promise.race([child.exited, delay(STOP_GRACE_MS, undefined, { ref: false })]),
    );
    await Promise.race([child.exited, stopped]);
    const status = await child.kill();
    if (deployment.stopping) {
        return;
    }
    if (status.code === 0 && monitor.hasEnded) {
        return;
    }
    if (status.code === EXIT_ALREADY_LOGGED) {
        deployment.failed = true;
    } else if (status.error !== undefined) {
        deployment.fail(new Error(`the program could not be started: ${describeExit(status)}`));
    } else if (status.code === 0) {
        deployment.fail(new Error("the program ended before it had registered all of its resources"));
    } else {
        deployment.fail(new Error(`the program ended with ${describeExit(status)}`));
    }
}

function startProgram(address: string, options: ProgramOptions): ChildProcess {
    const { project, config } = options;
    const args = [
        ...project.nodeArgs,
        sdkModule(project.programDir, "cmd/run"),
        ...["--monitor", address, "--engine", address],
        ...["--organization", "organization", "--project", project.name, "--stack", options.stack],
        ...["--root-directory", project.rootDir, "--pwd", project.programDir],
        ...(options.preview ? ["--dry-run"] : []),
        ...["--parallel", String(options.parallel)],
        project.entryPoint,
    ];
    return ChildProcess.start(args, {
        cwd: project.programDir,
        env: {
            ...options.env,
            PULUMI_CONFIG: JSON.stringify(
                Object.fromEntries(Object.entries(config).map(([key, { value }]) => [longKey(key), value])),
            ),
            PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(Object.keys(config).filter((key) => config[key]?.secret)),
            PULUMI_NODEJS_TYPESCRIPT: project.typescript ? "true" : undefined,
            PULUMI_NODEJS_TSCONFIG_PATH: project.tsconfig,
        },
        onLine: options.onLine,
    });
}

/** `ns:config:key`, the form that programs have been given from the beginning. */
function longKey(key: string): string {
    const [namespace, ...name] = key.split(":");
    return `${namespace}:config:${name.join(":")}`;
}
