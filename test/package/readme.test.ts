import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createOrSelectStack, type Stack } from "../../engine";
import { hermeticEnv } from "../../scripts/pulumiCli";
import { describeWithPulumi } from "../engine/pulumiCli";
import { type SandboxProcess, startSandboxProcess } from "../harness/sandboxProcess";
import { stackEnv } from "../harness/stackEnv";
import { type Installed, install } from "./installed";

jest.setTimeout(300_000);

const README = readFileSync(join(__dirname, "..", "..", "README.md"), "utf8");
const FIRST_STACK = blocksOf("Your first stack");
const [DRIFT] = linesOf(blocksOf("Drift detection in CI").sh?.[0]);
const WWW = "/livedns/domains/example.com/records/www/A";

/** The code blocks of a section, by language. */
function blocksOf(section: string): Record<string, string[]> {
    const [, text] = README.split(`\n## ${section}\n`);
    const [own] = text!.split("\n## ");
    const blocks: Record<string, string[]> = {};
    for (const [, language, code] of own!.matchAll(/^```(\w+)\n(.*?)^```$/gms)) {
        blocks[language!] = [...(blocks[language!] ?? []), code!];
    }
    return blocks;
}

/** The command lines of a block, without comments. */
function linesOf(block = ""): string[] {
    return block
        .split("\n")
        .map((line) => line.replace(/ *#.*$/, ""))
        .filter((line) => line !== "");
}

/** The lines of the section in its order: what makes the folder, what starts the sandbox, what makes the stack. */
const [FOLDER = [], SANDBOX = [], STACK = []] = FIRST_STACK.sh!.map(linesOf);

let app: Installed;
let sandbox: SandboxProcess;

/** The folder with its two files, the packed package installed; and the sandbox beside it. */
beforeEach(async () => {
    app = install();
    app.write("package.json", '{ "private": true, "main": "index.ts" }\n');
    app.write("Pulumi.yaml", FIRST_STACK.yaml![0]!);
    app.write("index.ts", FIRST_STACK.ts![0]!);
    sandbox = await startSandboxProcess(SANDBOX[0]!, app.directory);
});
afterEach(async () => {
    await sandbox?.stop();
    app?.remove();
});

/** A line with the address of the sandbox that runs. */
function pointed(line: string): string {
    return line.replace("http://127.0.0.1:8053", sandbox.url);
}

async function hasTheRecords(): Promise<void> {
    await expect(sandbox.ask(WWW)).resolves.toMatchObject({ rrset_ttl: 300, rrset_values: ["192.0.2.1"] });
    await expect(sandbox.ask("/livedns/domains/example.com/records/@/MX")).resolves.toMatchObject({
        rrset_values: ["10 mail.example.com."],
    });
}

/** Somebody else's hand. */
async function edit(): Promise<void> {
    await sandbox.ask(WWW, { method: "PUT", body: '{"rrset_values":["192.0.2.66"]}' });
}

test("the folder is made of what the package is tested with", () => {
    const packages = FOLDER.filter((line) => line.startsWith("npm install")).flatMap((line) =>
        line.split(" ").slice(2),
    );
    const names = packages.filter((word) => !word.startsWith("--")).map((word) => word.replace(/(?<=.)@.*$/, ""));
    expect(names).toEqual(["pulumi-gandi", "@pulumi/pulumi", "typescript", "@types/node"]);
    expect(FOLDER).toContain("npm init --yes && npm pkg set main=index.ts");
});

test("the first stack runs on the embedded engine as it is written, and drift is found as it is written", async () => {
    const env: Record<string, string> = stackEnv();
    let stack: Stack | undefined;
    for (const line of STACK.map(pointed)) {
        const [, passphrase] = /^export PULUMI_CONFIG_PASSPHRASE="(.+)"$/.exec(line) ?? [];
        const [, stackName] = /^pulumi stack init (\w+)$/.exec(line) ?? [];
        const [, secret, key, value] = /^pulumi config set (--secret )?(\S+) (\S+)$/.exec(line) ?? [];
        if (passphrase !== undefined) {
            env.PULUMI_CONFIG_PASSPHRASE = passphrase;
        } else if (stackName !== undefined) {
            stack = await createOrSelectStack(
                { stackName, workDir: app.directory },
                { stateDir: join(app.directory, "state"), envVars: env },
            );
        } else if (key !== undefined) {
            await stack!.setConfig(key, { value: value!, secret: secret !== undefined });
        } else if (line === "pulumi up") {
            await stack!.up();
        } else {
            expect(line).toBe("pulumi login --local");
        }
    }
    await hasTheRecords();

    expect(DRIFT).toBe("pulumi preview --refresh --run-program --expect-no-changes --diff --suppress-progress");
    const drift = { refresh: true, runProgram: true, expectNoChanges: true, diff: true };
    await stack!.preview(drift);
    await edit();
    await expect(stack!.preview(drift)).rejects.toThrow(/no changes were expected/);
});

describeWithPulumi("on the Pulumi CLI", (pulumiDir) => {
    /** Runs lines as a user types them, but for the questions. */
    async function bash(...lines: string[]): Promise<{ status: number; output: string }> {
        const home = join(app.directory, "home");
        mkdirSync(home, { recursive: true });
        const shell = spawn("bash", ["-e"], {
            cwd: app.directory,
            env: { ...process.env, ...hermeticEnv(home, home), PATH: `${pulumiDir}${delimiter}${process.env.PATH}` },
        });
        let output = "";
        for (const stream of [shell.stdout, shell.stderr]) {
            stream.on("data", (data) => {
                output += data;
            });
        }
        shell.stdin.end(lines.map((line) => line.replace(/^pulumi (up|preview)/, "$& --non-interactive")).join("\n"));
        const [status] = (await once(shell, "close")) as [number];
        return { status, output };
    }

    test("the first stack runs as it is written, and a job's exit code tells drift from an error", async () => {
        const [login, ...rest] = STACK.map(pointed);
        const lines = rest.map((line) => line.replace(/^pulumi up$/, "$& --yes"));
        const passphrase = lines.find((line) => line.startsWith("export"))!;
        // It keeps states in the home of whoever runs the tests, whatever HOME says: here there is another backend.
        expect(login).toBe("pulumi login --local");
        expect(await bash(...lines)).toMatchObject({ status: 0, output: expect.stringContaining("+ 4 created") });
        await hasTheRecords();
        expect(await bash(passphrase, DRIFT!)).toMatchObject({ status: 0 });

        await edit();
        expect(await bash(passphrase, DRIFT!)).toMatchObject({
            status: 7,
            output: expect.stringMatching(/"192\.0\.2\.66" => "192\.0\.2\.1"/),
        });
        const expired = `pulumi config set --secret gandi:personalAccessToken sandbox-expired-personal-access-token-03`;
        expect(await bash(passphrase, expired, DRIFT!)).toMatchObject({ status: 1 });
    });
});
