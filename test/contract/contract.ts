import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Interrupted } from "../../contract/client";
import { runContractCommand } from "../../contract/command";
import type { Row } from "../../contract/report";
import type { Sandbox } from "../../sandbox";

export interface Run {
    code: number;
    stdout: string;
    stderr: string;
    rows: Row[];
}

/** `npm run contract` in this process, with the sandbox's token. Waiting moves the sandbox's clock. */
export async function contract(
    sandbox: Sandbox,
    args: string[],
    signal: AbortSignal = new AbortController().signal,
): Promise<Run> {
    const directory = mkdtempSync(join(tmpdir(), "pulumi-gandi-contract-"));
    const json = join(directory, "report.json");
    const written = { stdout: "", stderr: "" };
    const into = (name: keyof typeof written) => ({ write: (text: string) => (written[name] += text) });
    try {
        const code = await runContractCommand([...args, "--json", json], {
            stdout: into("stdout"),
            stderr: into("stderr"),
            env: { GANDI_PERSONAL_ACCESS_TOKEN: sandbox.token },
            version: "0.0.0",
            signal,
            wait: async (ms, waiting) => {
                if (waiting?.aborted) {
                    throw new Interrupted();
                }
                sandbox.advance(ms);
            },
        });
        const rows = existsSync(json) ? JSON.parse(readFileSync(json, "utf8")).facts : [];
        return { code, ...written, rows };
    } finally {
        rmSync(directory, { recursive: true, force: true });
    }
}
