import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createOrSelectStack } from "../../engine";
import { type Sandbox, startSandbox } from "../../sandbox";
import { shareSalt, stackEnv } from "../harness/stackEnv";
import { cli } from "./cli";

const ROOT = join(__dirname, "..", "..");
const PROGRAM = `
const gandi = require("pulumi-gandi");
new gandi.LiveDnsRecord("www", { domain: "example.com", name: "www", type: "A", values: ["192.0.2.1"] });
new gandi.LiveDnsZone("zone", {
    domain: "example.org", exclusive: true, records: [{ name: "a", type: "A", values: ["192.0.2.3"] }],
});
`;

let sandbox: Sandbox;
let directory: string;
let env: Record<string, string>;
beforeAll(async () => {
    sandbox = await startSandbox({
        zones: { "example.com": "@ 300 A 217.70.184.38", "example.org": "", "other.example": "" },
    });
    directory = mkdtempSync(join(tmpdir(), "drift-embedded-"));
    mkdirSync(join(directory, "node_modules"));
    symlinkSync(ROOT, join(directory, "node_modules", "pulumi-gandi"));
    symlinkSync(join(ROOT, "node_modules", "@pulumi"), join(directory, "node_modules", "@pulumi"));
    writeFileSync(join(directory, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    writeFileSync(join(directory, "index.js"), PROGRAM);
    shareSalt(directory);
    env = { ...stackEnv(sandbox.token), PATH: "/nowhere", HOME: "/nowhere", GANDI_URL: sandbox.url };
    const stack = await createOrSelectStack({ stackName: "dev", workDir: directory }, { envVars: env });
    await stack.up();
});
afterAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    await sandbox.close();
});

const drift = (...args: string[]) => cli(sandbox, ["drift", ...args], { directory, env });
/** All the files of the stack, with what is in them. */
const files = () =>
    readdirSync(directory, { recursive: true, withFileTypes: true, encoding: "utf8" })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), "utf8")]);

test("without a Pulumi CLI the embedded engine looks at its stack: nothing is written, at Gandi or beside the state", async () => {
    sandbox.setRRset("example.com", { name: "www", type: "A", ttl: 10800, values: ["192.0.2.66"] });
    sandbox.setRRset("example.com", { name: "stray", type: "A", values: ["192.0.2.9"] });
    sandbox.setRRset("example.org", { name: "evil", type: "A", ttl: 300, values: ["192.0.2.9"] });
    sandbox.clearRequests();
    const before = files();
    const { code, lines, stderr } = await drift("--unmanaged");
    expect({ code, lines }).toEqual({
        code: 7,
        lines: [
            "dev: 2 resources were changed outside of the program",
            "",
            "Changed outside of the program:",
            "~ LiveDnsRecord www (example.com/www/A)",
            '      values: lacks "192.0.2.1"; has "192.0.2.66"',
            "~ LiveDnsZone zone (example.org)",
            '      rrsets["evil A"]: not declared, is {"ttl":300,"values":["192.0.2.9"]}',
            "",
            "At Gandi, and declared by no resource:",
            "  Domain other.example, and all that is in it",
            "  Domain example.com",
            "  Domain example.org",
            "  LiveDnsRecord example.com/stray/A",
            "",
            "`pulumi up --refresh --run-program` makes it as declared",
        ],
    });
    expect(stderr).toMatch(/no Pulumi CLI on PATH: this is the embedded engine's look/);
    expect(sandbox.requests().filter(({ method }) => method !== "GET")).toEqual([]);
    expect(files()).toEqual(before);
});

test("what the embedded engine can't compare is a failure that says why", async () => {
    const wrong = { ...env, GANDI_PERSONAL_ACCESS_TOKEN: "sandbox-expired-personal-access-token-03" };
    const expired = await cli(sandbox, ["drift", "--embedded"], { directory, env: wrong });
    expect(expired).toMatchObject({
        code: 1,
        stdout: "",
        stderr: expect.stringMatching(/LiveDnsRecord www: .*401 on GET/),
    });
    const unknown = await drift("--embedded", "--stack", "prod");
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining("there is no stack prod in") });
});

test("check takes the domains of the embedded engine's stack, where there is no Pulumi CLI", async () => {
    const { stdout } = await cli(sandbox, ["check", "--no-dns"], { directory, env });
    expect(stdout).toMatch(/^\S example\.com: /m);
    expect(stdout).toMatch(/^\S example\.org: /m);
    expect(stdout).not.toContain("no stack is selected");
});
