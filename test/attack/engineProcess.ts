import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type Victim = "engine" | "program" | "provider";

/** What each process writes about itself when it starts, under its process id. */
const NOTE_YOURSELF = `require("node:fs").writeFileSync(require("node:path").join(__dirname, "pids", String(process.pid)), process.argv[1] ?? "");\n`;
const UP = `require("pulumi-gandi/engine").createOrSelectStack({ stackName: "dev", workDir: process.cwd() }).then((stack) => stack.up());`;

/** `up` on the embedded engine in a process of its own, so that any of the three processes can be killed. */
export class EngineProcess {
    private readonly child: ChildProcess;
    private readonly ended: Promise<unknown>;
    private readonly notes: string;

    constructor(workDir: string, env: Record<string, string>) {
        this.notes = join(workDir, "pids");
        mkdirSync(this.notes);
        const preload = join(workDir, "noteYourself.js");
        writeFileSync(preload, NOTE_YOURSELF);
        this.child = spawn(process.execPath, ["-e", UP], {
            cwd: workDir,
            env: { ...process.env, ...env, NODE_OPTIONS: `--require ${preload}` },
            stdio: "ignore",
        });
        this.ended = once(this.child, "exit");
    }

    /** Kills one of the processes, and waits until the engine has ended. */
    async kill(victim: Victim): Promise<void> {
        const script = { program: /cmd.run/, provider: /cmd.dynamic-provider/ };
        if (victim === "engine") {
            this.child.kill("SIGKILL");
        } else {
            const [pid] = this.noted().find(([, file]) => script[victim].test(file))!;
            process.kill(pid, "SIGKILL");
        }
        await this.ended;
    }

    /** Ends the processes that a killed engine has left: they do not notice. */
    end(): void {
        for (const [pid] of this.noted()) {
            try {
                process.kill(pid, "SIGKILL");
            } catch (error) {
                if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
                    throw error;
                }
            }
        }
    }

    private noted(): [pid: number, file: string][] {
        return readdirSync(this.notes).map((name) => [Number(name), readFileSync(join(this.notes, name), "utf8")]);
    }
}
