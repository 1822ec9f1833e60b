import { fork } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as engine from "../../engine";

/** What an engine process is asked for, and what it answers. */
export interface Asked {
    readonly operation: "up" | "preview" | "refresh" | "destroy";
    readonly options?: object;
}
export interface Done {
    /** Why it failed; undefined where it has not. */
    readonly error?: string;
    readonly output: string;
}

/** Loaded first in each process that the engine starts: see there. */
const DEFERRED = join("test", "harness", "deferred.js");

/** The embedded engine in a process of its own, which can be killed with what it has begun. */
export class EngineProcess {
    private child: ReturnType<typeof fork> | undefined;

    constructor(
        private readonly workDir: string,
        private readonly env: Record<string, string>,
    ) {}

    get pid(): number | undefined {
        return this.child?.pid;
    }

    /** Has it carry out an operation. Undefined: it was killed. */
    async ask(asked: Asked): Promise<Done | undefined> {
        const child = this.started();
        child.send(asked);
        const ended = new AbortController();
        try {
            return await Promise.race([
                once(child, "message", { signal: ended.signal }).then(([done]) => done as Done),
                once(child, "exit", { signal: ended.signal }).then(() => undefined),
            ]);
        } finally {
            ended.abort();
        }
    }

    kill(): void {
        this.child?.kill("SIGKILL");
    }

    async close(): Promise<void> {
        const { child } = this;
        if (child !== undefined && child.exitCode === null && child.signalCode === null) {
            child.kill("SIGKILL");
            await once(child, "exit");
        }
    }

    private started() {
        if (this.child === undefined || this.child.exitCode !== null || this.child.signalCode !== null) {
            this.child = fork(__filename, ["--engine", this.workDir], {
                env: { ...process.env, ...this.env, NODE_OPTIONS: `--require ${join(process.cwd(), DEFERRED)}` },
                stdio: ["ignore", "inherit", "inherit", "ipc"],
            });
        }
        return this.child;
    }
}

/** What an engine process does: it carries out what it is asked for, until it is killed. */
export async function serveEngine(workDir: string): Promise<never> {
    // As it is built, with what it starts beside it.
    const { createOrSelectStack }: typeof engine = createRequire(join(workDir, "engine.js"))("pulumi-gandi/engine");
    let stack: Promise<engine.Stack> | undefined;
    process.on("message", async ({ operation, options }: Asked) => {
        let done: Done;
        try {
            stack ??= createOrSelectStack({ stackName: "dev", workDir });
            const { stdout } = await (await stack)[operation]({ ...options });
            done = { output: stdout };
        } catch (error) {
            done = { error: (error as Error).message, output: (error as Error).message };
        }
        process.send?.(done);
    });
    return new Promise(() => {});
}
