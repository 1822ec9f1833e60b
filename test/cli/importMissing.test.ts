import {
    appendFileSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    statSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runPulumi } from "../../cli/pulumi";
import { createOrSelectStack } from "../../engine";
import { ORGANIZATIONS, type Sandbox, startSandbox } from "../../sandbox";
import { hermeticEnv } from "../../scripts/pulumiCli";
import { describeWithPulumi } from "../engine/pulumiCli";
import { shareSalt, stackEnv } from "../harness/stackEnv";
import { cli } from "./cli";

const KEY = "2e21af2b-0000-4000-8000-000000000001";
const SECRET = "c2VjcmV0LW9mLXRzaWc=";
const ROOT = join(__dirname, "..", "..");
const PROGRAM = `
const gandi = require("pulumi-gandi");
new gandi.LiveDnsRecord("example-com-mail-a", { domain: "example.com", name: "www", type: "A", ttl: 300, values: ["192.0.2.1"] });
`;

let sandbox: Sandbox;
let directory: string;
beforeAll(async () => {
    const zones = {
        "example.com": "@ 300 A 217.70.184.38\nwww 300 A 192.0.2.1\nmail 300 A 192.0.2.2\n@ 300 MX 10 mail",
        "other.example": "www 300 A 192.0.2.3",
    };
    sandbox = await startSandbox({ zones });
    const { tsig, zones: there } = sandbox.world.state;
    tsig.set(KEY, { id: KEY, organization: ORGANIZATIONS.first, secret: SECRET });
    there.get("example.com")!.tsig.push(KEY);
});
afterAll(() => sandbox.close());
beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "import-missing-"));
    linkModules(directory);
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function linkModules(folder: string): void {
    mkdirSync(join(folder, "node_modules"), { recursive: true });
    symlinkSync(ROOT, join(folder, "node_modules", "pulumi-gandi"));
    symlinkSync(join(ROOT, "node_modules", "@pulumi"), join(folder, "node_modules", "@pulumi"));
}

it("writes what a program lacks, and then there is nothing more", async () => {
    writeFileSync(join(directory, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    writeFileSync(join(directory, "index.js"), PROGRAM);
    shareSalt(directory);
    const env = { ...stackEnv(sandbox.token), PATH: "/nowhere", HOME: "/nowhere", GANDI_URL: sandbox.url };
    const stack = await createOrSelectStack({ stackName: "dev", workDir: directory }, { envVars: env });
    await stack.up();
    const missing = () => cli(sandbox, ["import", "--missing"], { directory, env });
    const { code, lines, stderr } = await missing();
    expect({ code, lines, stderr }).toEqual({
        code: 0,
        lines: [
            "Domain: 2 at Gandi, 2 declared, 0 left out",
            "TsigKey: 1 at Gandi, 1 declared, 0 left out",
            "RRsets: 3 at Gandi, 3 declared, 0 left out",
            "6 taken over, 0 would be written, 0 orders, 0.00 EUR; a preview after a refresh is empty",
            'gandi-missing holds what the program lacks. Next: import "./gandi-missing" in it, and pulumi up',
        ],
        stderr: expect.anything(),
    });
    const written = readFileSync(join(directory, "gandi-missing.js"), "utf8");
    // The name is taken; what Gandi puts into a fresh zone is nobody's; where something is declared, each RRset is on its own.
    expect(written).toContain('new gandi.LiveDnsRecord("example-com-mail-a-2", {');
    expect(written).not.toContain("217.70.184.38");
    expect(written).not.toContain('name: "www"');
    expect(written).toContain('{ domain: "other.example", zoneFile: zoneFile("other.example") }');
    appendFileSync(join(directory, "index.js"), 'require("./gandi-missing");\n');
    const before = JSON.stringify([...sandbox.world.state.zones.values()].map(({ rrsets }) => [...rrsets]));
    const { summary } = await stack.up();
    expect(summary.resourceChanges).toEqual({ create: 6, same: 2 });
    expect(JSON.stringify([...sandbox.world.state.zones.values()].map(({ rrsets }) => [...rrsets]))).toBe(before);
    expect(await missing()).toMatchObject({ code: 0, lines: ["the program lacks nothing of what is there"] });
}, 60_000);

it("does not guess what a program declares that can't be previewed", async () => {
    writeFileSync(join(directory, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    writeFileSync(join(directory, "index.js"), "throw new Error('not today');\n");
    shareSalt(directory);
    const env = { ...stackEnv(sandbox.token), PATH: "/nowhere", HOME: "/nowhere", GANDI_URL: sandbox.url };
    await createOrSelectStack({ stackName: "dev", workDir: directory }, { envVars: env });
    const { code, stderr } = await cli(sandbox, ["import", "--missing"], { directory, env });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("can't be previewed: ") });
    expect(readdirSync(directory)).not.toContain("gandi-missing.js");
}, 30_000);

describe("a file for pulumi import", () => {
    const write = (...args: string[]) =>
        cli(sandbox, ["import", "--all", "--language", "javascript", "--stack-import", "state.json", ...args], {
            directory,
        });

    it("has inputs and outputs of each resource, secrets in Pulumi's form, and is nobody else's to read", async () => {
        const { code, lines } = await write();
        expect(code).toBe(0);
        expect(lines).toContainEqual(expect.stringMatching(/^Or without an up: pulumi import --file state\.json /));
        expect(statSync(join(directory, "state.json")).mode & 0o777).toBe(0o600);
        const { resources } = JSON.parse(readFileSync(join(directory, "state.json"), "utf8"));
        expect(resources.map(({ type }: { type: string }) => type.replace(/^.*:/, "")).sort()).toEqual([
            "Domain",
            "Domain",
            "LiveDnsZone",
            "LiveDnsZone",
            "TsigKey",
        ]);
        const { inputs, outputs } = resources.find(({ type }: { type: string }) => type.endsWith(":TsigKey"));
        expect(inputs).not.toHaveProperty("secret");
        expect(outputs.secret).toEqual({
            "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
            plaintext: JSON.stringify(SECRET),
        });
        expect(outputs._origin).toBe(sandbox.url);
        const again = await write("--out", "again");
        expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining("state.json is there already") });
        expect(readdirSync(directory)).not.toContain("again");
    }, 30_000);

    describeWithPulumi("with the Pulumi CLI", (pulumiDir) => {
        it("is taken, and the next preview is empty, as is that of an up of the program instead", async () => {
            await write();
            const folder = join(directory, "gandi");
            linkModules(folder);
            const home = join(directory, "home");
            const env = {
                ...process.env,
                ...hermeticEnv(home, directory),
                ...stackEnv(sandbox.token),
                GANDI_URL: sandbox.url,
                PATH: `${pulumiDir}:${process.env.PATH}`,
            };
            const pulumi = async (...args: string[]) => {
                const said = await runPulumi([...args, "--non-interactive"], { directory: folder, env });
                return { code: said?.code, out: `${said?.stdout}${said?.stderr}` };
            };
            sandbox.clearRequests();
            for (const [stack, ...taking] of [
                ["imported", "import", "--file", "../state.json", "--generate-code=false", "--yes"],
                ["upped", "up", "--yes", "--skip-preview"],
            ] as const) {
                expect(await pulumi("stack", "init", stack)).toMatchObject({ code: 0 });
                expect(await pulumi(...taking)).toMatchObject({ code: 0 });
                const preview = await pulumi("preview", "--expect-no-changes", "--refresh", "--run-program");
                expect(preview).toMatchObject({ code: 0, out: expect.stringContaining("unchanged") });
            }
            expect(sandbox.requests().filter(({ method }) => method !== "GET")).toEqual([]);
        }, 120_000);
    });
});
