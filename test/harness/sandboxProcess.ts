import { spawn } from "node:child_process";
import { join } from "node:path";

/** `npx pulumi-gandi`, as it is built. */
export const COMMAND = join(__dirname, "..", "..", "dist", "cli", "main.js");

/** A sandbox in a process of its own, started by a command line that stands in some text. */
export interface SandboxProcess {
    readonly url: string;
    readonly token: string;
    /** What the API answers: `ask("/domain/domains")`. */
    ask(path: string, init?: { method: string; body: string }): Promise<unknown>;
    stop(): Promise<void>;
}

/**
 * Runs `npx pulumi-gandi sandbox …` in a folder: but for the port, which is any free one, as it stands there. What takes its
 * time at Gandi ends at once.
 */
export async function startSandboxProcess(line: string, cwd: string): Promise<SandboxProcess> {
    const [npx, name, command, ...args] = line.split(" ");
    if ([npx, name, command].join(" ") !== "npx pulumi-gandi sandbox") {
        throw new Error(`no command line of the sandbox: ${line}`);
    }
    const argv = args.map((arg, index) => (args[index - 1] === "--port" ? "0" : arg));
    const child = spawn(process.execPath, [COMMAND, "sandbox", ...argv], { cwd, stdio: ["ignore", "pipe", "pipe"] });
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    let printed = "";
    child.stderr.on("data", (data) => {
        printed += data;
    });
    const greeting = await new Promise<string>((resolve, reject) => {
        child.stdout.on("data", (data) => {
            printed += data;
            if (printed.includes("Press Ctrl-C")) {
                resolve(printed);
            }
        });
        void ended.then(() => reject(new Error(`${line} ended: ${printed}`)));
    });
    const [, url = "", token = ""] = /^Gandi sandbox: (\S+) token (\S+)\n/.exec(greeting) ?? [];
    const [, controlToken = ""] = /X-Sandbox-Token: (\w+)/.exec(greeting) ?? [];
    await fetch(`${url}/_sandbox/delays`, {
        method: "PATCH",
        headers: { "x-sandbox-token": controlToken },
        body: JSON.stringify({ order: 0, operation: 0 }),
    });
    return {
        url,
        token,
        async ask(path, init) {
            const answer = await fetch(`${url}/v5${path}`, { ...init, headers: { authorization: `Bearer ${token}` } });
            return answer.json();
        },
        async stop() {
            child.kill("SIGTERM");
            await ended;
        },
    };
}
