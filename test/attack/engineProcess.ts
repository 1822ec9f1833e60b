import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { become } from "./moment";

export type Victim = "engine" | "program" | "provider";

const SCRIPT = { program: /cmd.run/, provider: /cmd.dynamic-provider/ };

/** Each process writes down which script it runs, under its process id. */
const PRELOAD = `
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");
writeFileSync(join(__dirname, "pids", String(process.pid)), process.argv[1] ?? "");
`;
const UP = `require("pulumi-gandi/engine").createOrSelectStack({ stackName: "dev", workDir: process.cwd() }).then((stack) => stack.up());`;

/** `up` on the embedded engine in a process of its own, so that any of the three processes can be killed. */
export class EngineProcess {
    private readonly child: ChildProcess;
    private readonly ended: Promise<unknown>;
    private readonly pids: string;

    constructor(workDir: string, env: Record<string, string>) {
        this.pids = join(workDir, "pids");
        mkdirSync(this.pids);
        const preload = join(workDir, "preload.js");
        writeFileSync(preload, PRELOAD);
        this.child = spawn(process.execPath, ["-e", UP], {
            cwd: workDir,
            env: { ...process.env, ...env, NODE_OPTIONS: `${process.env.NODE_OPTIONS} --require ${preload}` },
            stdio: "ignore",
        });
        this.ended = once(this.child, "exit");
    }

    /** Kills one of the processes with SIGKILL, and waits until the engine has ended. */
    async kill(victim: Victim): Promise<void> {
        if (victim === "engine") {
            this.child.kill("SIGKILL");
        } else {
            const [pid] = this.started().find(([, script]) => SCRIPT[victim].test(script))!;
            process.kill(pid, "SIGKILL");
        }
        await this.ended;
    }

    /** Ends the engine, and waits until no process of it is left: with it they end on their own. */
    async end(): Promise<void> {
        this.child.kill("SIGKILL");
        await become(() => !this.started().some(([pid]) => isAlive(pid)));
    }

    private started(): [pid: number, script: string][] {
        return readdirSync(this.pids).map((name) => [Number(name), readFileSync(join(this.pids, name), "utf8")]);
    }
}

function isAlive(pid: number): boolean {
    try {
        return process.kill(pid, 0);
    } catch {
        return false;
    }
}
