import { type ChildProcess as NodeChild, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How a process ended: an exit code, or the signal that killed it. */
export interface ExitStatus {
    code: number | null;
    signal: NodeJS.Signals | null;
}

export type OutputStream = "stdout" | "stderr";

/** The processes that must not outlive us: they do not notice on their own when we end. */
const running = new Set<NodeChild>();

function killGroup(child: NodeChild, signal: NodeJS.Signals): void {
    if (child.pid === undefined) {
        return;
    }
    try {
        if (process.platform === "win32") {
            child.kill(signal);
        } else {
            process.kill(-child.pid, signal);
        }
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
            throw error;
        }
    }
}

function killRunning(): void {
    for (const child of running) {
        killGroup(child, "SIGKILL");
    }
}

process.on("exit", killRunning);

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
        const isHandledElsewhere = process.listenerCount(signal) > 0;
        if (!isHandledElsewhere) {
            killRunning();
            process.kill(process.pid, signal);
        }
    });
}

/** A Node process in a process group of its own, whose output arrives line by line. */
export class ChildProcess {
    /** Settles when the process has ended and all of its output has been delivered. Never rejects. */
    readonly exited: Promise<ExitStatus>;
    private status: ExitStatus | undefined;

    private constructor(private readonly child: NodeChild) {
        running.add(child);
        this.exited = new Promise((resolve) => {
            const finish = (status: ExitStatus) => {
                running.delete(child);
                this.status = status;
                resolve(status);
            };
            child.once("close", (code, signal) => finish({ code, signal }));
            child.once("error", () => finish({ code: null, signal: null }));
        });
    }

    /** Starts `node <args>`. `env` is laid over the environment of this process. */
    static start(
        args: string[],
        options: {
            cwd: string;
            env: Record<string, string | undefined>;
            onLine: (line: string, stream: OutputStream) => void;
        },
    ): ChildProcess {
        const child = spawn(process.execPath, args, {
            cwd: options.cwd,
            env: { ...process.env, ...options.env },
            stdio: ["ignore", "pipe", "pipe"],
            detached: process.platform !== "win32",
        });
        for (const stream of ["stdout", "stderr"] as const) {
            createInterface({ input: child[stream] }).on("line", (line) => options.onLine(line, stream));
        }
        return new ChildProcess(child);
    }

    get pid(): number | undefined {
        return this.child.pid;
    }

    /** How the process ended, or undefined while it runs. */
    get exitStatus(): ExitStatus | undefined {
        return this.status;
    }

    /** Kills the whole process group and waits until it is gone. */
    async kill(): Promise<ExitStatus> {
        if (this.status === undefined) {
            killGroup(this.child, "SIGKILL");
        }
        return this.exited;
    }
}

/** `exit code 3`, `signal SIGKILL`. */
export function describeExit(status: ExitStatus): string {
    return status.signal ? `signal ${status.signal}` : `exit code ${status.code ?? "unknown"}`;
}
