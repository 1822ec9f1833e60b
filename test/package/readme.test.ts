import { join } from "node:path";
import { createOrSelectStack, type Stack } from "../../engine";
import { type SandboxProcess, startSandboxProcess } from "../harness/sandboxProcess";
import { stackEnv } from "../harness/stackEnv";
import { firstStackFiles } from "../pages/firstStack";
import { blocksOf, linesOf } from "../pages/pages";
import { type Installed, install } from "./installed";

jest.setTimeout(300_000);

const BLOCKS = blocksOf("README.md");
const shellOf = (section: string) =>
    BLOCKS.filter((block) => block.section === section && block.language === "sh").map(linesOf);
const [[DRIFT] = []] = shellOf("Drift detection in CI");
const WWW = "/livedns/domains/example.com/records/www/A";

/** The lines of the section in its order: what makes the folder, what starts the sandbox, what makes the stack. */
const [FOLDER = [], SANDBOX = [], STACK = []] = shellOf("Your first stack");

test("the folder is made of what the package is tested with", () => {
    const packages = FOLDER.filter((line) => line.startsWith("npm install")).flatMap((line) =>
        line.split(" ").slice(2),
    );
    const names = packages.filter((word) => !word.startsWith("--")).map((word) => word.replace(/(?<=.)@.*$/, ""));
    expect(names).toEqual(["pulumi-gandi", "@pulumi/pulumi", "typescript", "@types/node"]);
    expect(FOLDER).toContain("npm init --yes && npm pkg set main=index.ts");
});

let app: Installed;
let sandbox: SandboxProcess;

/** The folder with its two files, the packed package installed; and the sandbox beside it. */
beforeAll(async () => {
    app = install();
    app.write("package.json", '{ "private": true, "main": "index.ts" }\n');
    for (const [name, text] of firstStackFiles()) app.write(name, text);
    sandbox = await startSandboxProcess(SANDBOX[0]!, app.directory);
});
afterAll(async () => {
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
