import {
    appendFileSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runPulumi } from "../../cli/pulumi";
import { type Sandbox, startSandbox, TOKENS } from "../../sandbox";
import { hermeticEnv } from "../../scripts/pulumiCli";
import { describeWithPulumi } from "../engine/pulumiCli";
import { stackEnv } from "../harness/stackEnv";
import { cli } from "./cli";

const ROOT = join(__dirname, "..", "..");
const PROGRAM = `
const gandi = require("pulumi-gandi");
new gandi.LiveDnsRecord("www", { domain: "example.com", name: "www", type: "A", values: ["192.0.2.1"] });
`;

describeWithPulumi("drift, by the Pulumi CLI", (pulumiDir) => {
    let sandbox: Sandbox;
    let directory: string;
    let env: Record<string, string>;
    const pulumi = async (...args: string[]) => {
        const said = await runPulumi([...args, "--non-interactive"], { directory, env: { ...process.env, ...env } });
        expect({ code: said?.code, args, stderr: said?.stderr }).toMatchObject({ code: 0 });
    };
    const drift = (args: string[], more: Record<string, string> = {}) =>
        cli(sandbox, ["drift", ...args], { directory, env: { ...env, ...more } });
    /** All the files of the stack and of its backend, with what is in them. */
    const files = () =>
        readdirSync(directory, { recursive: true, withFileTypes: true, encoding: "utf8" })
            .filter((entry) => entry.isFile() && !entry.parentPath.includes("home"))
            .map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), "utf8")]);

    beforeAll(async () => {
        sandbox = await startSandbox({ zones: { "example.com": "mail 300 A 192.0.2.7" } });
        directory = mkdtempSync(join(tmpdir(), "drift-pulumi-"));
        mkdirSync(join(directory, "node_modules"));
        symlinkSync(ROOT, join(directory, "node_modules", "pulumi-gandi"));
        symlinkSync(join(ROOT, "node_modules", "@pulumi"), join(directory, "node_modules", "@pulumi"));
        writeFileSync(join(directory, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
        writeFileSync(join(directory, "index.js"), PROGRAM);
        mkdirSync(join(directory, "state"));
        env = {
            ...(hermeticEnv(join(directory, "home"), join(directory, "state")) as Record<string, string>),
            ...stackEnv(sandbox.token),
            GANDI_URL: sandbox.url,
            PATH: `${pulumiDir}:${process.env.PATH}`,
        };
        await pulumi("stack", "init", "dev");
        await pulumi("up", "--yes", "--skip-preview");
    }, 120_000);
    afterAll(async () => {
        rmSync(directory, { recursive: true, force: true });
        await sandbox.close();
    });

    it("finds none in what was just made, though somebody holds the lock, and writes nothing", async () => {
        const locks = join(directory, "state", ".pulumi", "locks", "organization", "shop", "dev");
        mkdirSync(locks, { recursive: true });
        const lock = { pid: 1, username: "x", hostname: "x", timestamp: "2026-01-01T00:00:00Z" };
        writeFileSync(join(locks, "a.json"), JSON.stringify(lock));
        const before = files();
        sandbox.clearRequests();
        const { code, lines } = await drift([]);
        expect({ code, lines }).toEqual({ code: 0, lines: ["dev: 1 resource is as declared"] });
        expect(files()).toEqual(before);
        expect(sandbox.requests().filter(({ method }) => method !== "GET")).toEqual([]);
        rmSync(locks, { recursive: true });
    }, 60_000);

    it("tells drift from a change of the program, and what nobody declares, in each form", async () => {
        sandbox.setRRset("example.com", { name: "www", type: "A", ttl: 10800, values: ["192.0.2.66"] });
        appendFileSync(
            join(directory, "index.js"),
            'new gandi.LiveDnsRecord("new", { domain: "example.com", name: "new", type: "A", values: ["192.0.2.2"] });\n',
        );
        const text = await drift(["--unmanaged"]);
        expect(text.code).toBe(7);
        expect(text.stdout).toContain("~ LiveDnsRecord www (example.com/www/A)\n");
        expect(text.stdout).toContain('values: lacks "192.0.2.1"; has "192.0.2.66"');
        expect(text.stdout).toContain("+ LiveDnsRecord new: was not made yet");
        expect(text.stdout).toContain("  LiveDnsRecord example.com/mail/A");
        const json = JSON.parse((await drift(["--json"])).stdout);
        expect(json).toMatchObject({ drift: [{ name: "www" }], pending: [{ name: "new" }] });
        const markdown = await drift(["--markdown"]);
        expect(markdown.stdout).toContain("```");
    }, 90_000);

    it("says that it can't tell with a token that has expired", async () => {
        const { code, stdout, stderr } = await drift([], { GANDI_PERSONAL_ACCESS_TOKEN: TOKENS.expired });
        expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
        expect(stderr).toMatch(/LiveDnsRecord www: .*401 on GET .*\[token-refused\]/);
    }, 60_000);
});
