import { type ChildProcess as NodeChild, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** How a process ended: an exit code, or the signal that killed it; or why it has never begun. */
export interface ExitStatus {
    code: number | null;
    signal: NodeJS.Signals | null;
    /** Why it could not be started. */
    error?: Error;
}

export type OutputStream = "stdout" | "stderr";

/** By which a process notices that we have ended. On its own it would go on. */
const LEASH = join(__dirname, "leash.js");
/** Behind stdin, stdout and stderr. */
const LEASH_FD = 3;

function killGroup(child: NodeChild): void {
    if (child.pid === undefined) {
        return;
    }
    try {
        if (process.platform === "win32") {
            child.kill("SIGKILL");
        } else {
            process.kill(-child.pid, "SIGKILL");
        }
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
            throw error;
        }
    }
}

/** A Node process in a process group of its own, whose output arrives line by line. It does not outlive this one. */
export class ChildProcess {
    /** Settles when the process has ended and all of its output has been delivered. Never rejects. */
    readonly exited: Promise<ExitStatus>;
    private status: ExitStatus | undefined;

    private constructor(
        private readonly child: NodeChild,
        cwd: string,
    ) {
        this.exited = new Promise((resolve) => {
            const finish = (status: ExitStatus) => {
                this.status ??= status;
                resolve(this.status);
            };
            child.once("close", (code, signal) => finish({ code, signal }));
            child.on("error", (cause) => {
                if (child.pid === undefined) {
                    // Node names the program, also where it is the directory that is not there.
                    const error = new Error(`${cause.message} in ${cwd}`, { cause });
                    finish({ code: null, signal: null, error });
                }
            });
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
        const child = spawn(process.execPath, ["--require", LEASH, ...args], {
            cwd: options.cwd,
            env: { ...process.env, ...options.env, PULUMI_GANDI_LEASH: String(LEASH_FD) },
            stdio: ["ignore", "pipe", "pipe", "pipe"],
            detached: process.platform !== "win32",
        });
        for (const stream of ["stdout", "stderr"] as const) {
            const input = child[stream];
            // Where no file can be opened any more there are no streams, and an error event comes.
            if (input) {
                createInterface({ input }).on("line", (line) => options.onLine(line, stream));
            }
        }
        return new ChildProcess(child, options.cwd);
    }

    get pid(): number | undefined {
        return this.child.pid;
    }

    /** Kills the whole process group and waits until it is gone. */
    async kill(): Promise<ExitStatus> {
        if (this.status === undefined) {
            killGroup(this.child);
        }
        return this.exited;
    }
}

/** `exit code 3`, `signal SIGKILL`; of a process that has never begun, why. */
export function describeExit({ code, signal, error }: ExitStatus): string {
    return error?.message ?? (signal ? `signal ${signal}` : `exit code ${code ?? "unknown"}`);
}
