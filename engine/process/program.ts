import type { Project } from "../state/project";
import type { ConfigMap } from "../state/stackSettings";
import { ChildProcess, type OutputStream } from "./childProcess";
import { sdkModule } from "./providerProcess";

export interface ProgramOptions {
    project: Project;
    stack: string;
    config: ConfigMap;
    preview: boolean;
    parallel: number;
    env: Record<string, string | undefined>;
    onLine: (line: string, stream: OutputStream) => void;
}

/** Starts the program as the Pulumi CLI does. The engine's server is at the address. */
export function startProgram(address: string, options: ProgramOptions): ChildProcess {
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
