import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createOrSelectStack } from "../../engine";
import { startSandbox } from "../../sandbox";
import { findPulumi } from "../../scripts/pulumiCli";
import { shareSalt, stackEnv } from "../harness/stackEnv";
import type { Installed } from "../package/installed";
import { blocksOf } from "./pages";
import type { Reader } from "./reader";

const STATE = join("state", ".pulumi", "stacks", "shop", "prod.json");

/** The files of the README's first stack, by name. */
export function firstStackFiles(): [name: string, text: string][] {
    return blocksOf("README.md").flatMap(({ mark, text }) => (mark?.kind === "file" ? [[mark.name, text]] : []));
}

/**
 * The README's first stack as many pages take it for granted: it is `prod`, and up. It is made once, on the embedded engine,
 * and each reader gets a copy. A reader without a Pulumi CLI has its program only.
 */
export class FirstStack {
    private constructor(
        private readonly home: string,
        private readonly modules: string,
        /** Of the sandbox that it was made on, which the state says of each resource. */
        private readonly url: string,
    ) {}

    static async make(app: Installed): Promise<FirstStack> {
        const home = mkdtempSync(join(tmpdir(), "pulumi-gandi-first-stack-"));
        const workDir = join(home, "work");
        for (const directory of [workDir, join(home, "state")]) mkdirSync(directory);
        for (const [name, text] of firstStackFiles()) writeFileSync(join(workDir, name), text);
        writeFileSync(join(workDir, "package.json"), '{ "private": true, "main": "index.ts" }\n');
        shareSalt(workDir, "prod");
        const modules = join(app.directory, "node_modules");
        symlinkSync(modules, join(workDir, "node_modules"), "junction");
        if (findPulumi() === undefined) return new FirstStack(home, modules, "");
        const sandbox = await startSandbox({ seed: { domains: [{ fqdn: "example.com" }] } });
        const env = { GANDI_URL: sandbox.url, PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
        const stack = await createOrSelectStack(
            { stackName: "prod", workDir },
            { stateDir: join(home, "state"), envVars: { ...stackEnv(sandbox.token), ...env } },
        );
        await stack.up();
        await sandbox.close();
        return new FirstStack(home, modules, sandbox.url);
    }

    /** Puts the program into the reader's folder, and what it has made into the reader's account. */
    async give(reader: Reader): Promise<void> {
        const { account, directory, home } = reader;
        cpSync(join(this.home, "work"), directory, {
            recursive: true,
            filter: (path) => !path.includes("node_modules"),
        });
        symlinkSync(this.modules, join(directory, "node_modules"), "junction");
        // As the provider does: what Gandi puts into a new zone makes way.
        account.deleteRRset("example.com", "www", "CNAME");
        account.setRRset("example.com", { name: "www", type: "A", ttl: 300, values: ["192.0.2.1"] });
        account.setRRset("example.com", { name: "@", type: "MX", ttl: 10800, values: ["10 mail.example.com."] });
        if (!reader.hasPulumi) return;
        cpSync(join(this.home, "state"), join(home, "state"), { recursive: true });
        const state = readFileSync(join(home, STATE), "utf8");
        writeFileSync(join(home, STATE), state.replaceAll(this.url, account.url));
        await reader.prepares("pulumi stack select prod\n");
    }

    remove(): void {
        rmSync(this.home, { recursive: true, force: true });
    }
}
