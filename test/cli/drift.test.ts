import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { cli, type Setting } from "./cli";

const NOBODY = { url: "http://127.0.0.1:9", token: "t0ken-of-nobody" };
const recording = (name: string) => join(__dirname, "recordings", `${name}.json`);

let directory: string;
beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "drift-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

const drift = (args: string[], setting: Setting = {}) => cli(NOBODY, ["drift", ...args], { directory, ...setting });
const from = (name: string, ...more: string[]) => drift(["--from", recording(name), ...more]);

/** What a preview prints of one resource: its state, what the refresh has found, what the program declares. */
interface Resource {
    was?: Record<string, unknown>;
    is?: Record<string, unknown>;
    declared?: Record<string, unknown>;
    op?: string;
    outputs?: Record<string, unknown>;
    name?: string;
    detailedDiff?: Record<string, unknown>;
}
function preview(...resources: Resource[]): string {
    const steps = resources.flatMap(({ was, is, declared, op = "update", outputs, name = "www", detailedDiff }) => {
        const urn = `urn:pulumi:dev::shop::pulumi-nodejs:dynamic/gandi:LiveDnsRecord::${name}`;
        const state = (inputs?: Record<string, unknown>) => inputs && { id: "example.com/www/A", inputs, outputs };
        return [
            ...(was === undefined ? [] : [{ op: "refresh", urn, oldState: state(was), newState: state(declared) }]),
            { op, urn, oldState: state(is), newState: state(declared), detailedDiff },
        ];
    });
    return JSON.stringify({ steps });
}
function ofPreview(text: string, args: string[] = [], setting: Setting = {}) {
    writeFileSync(join(directory, "preview.json"), text);
    return drift(["--from", "preview.json", ...args], setting);
}

describe("what the CLI has printed", () => {
    it("of a stack without drift is nothing, and 0", async () => {
        expect(await from("no-drift")).toEqual({
            code: 0,
            stdout: "dev: 5 resources are as declared\n",
            stderr: "",
            lines: ["dev: 5 resources are as declared"],
        });
    });

    it("of drift is each resource and each property of it, and 7", async () => {
        const { code, lines } = await from("drift");
        expect({ code, lines }).toEqual({
            code: 7,
            lines: [
                "dev: 3 resources were changed outside of the program",
                "",
                "Changed outside of the program:",
                "- AxfrSlave secondary (example.com/192.0.2.53): is gone",
                "~ LiveDnsRecord www (example.com/www/A)",
                "      ttl: declared 300, is 600",
                '      values: lacks "192.0.2.2"; has "192.0.2.66"',
                "~ LiveDnsZone lab (example.org)",
                String.raw`      rrsets["b TXT"].values: lacks "hello <b>world</b> | x"; has "\"changed\""`,
                "",
                "`pulumi up --refresh --run-program` makes it as declared",
            ],
        });
    });

    it("of a property that was changed on both sides is both changes", async () => {
        expect((await from("drift-and-change")).lines).toContain("      ttl: declared 900 (was 300), is 600");
    });

    it("where nothing could be read is the reason for each resource, and 1", async () => {
        const { code, stdout, stderr } = await from("expired-token");
        expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
        expect(stderr).toMatch(
            /^pulumi-gandi: nothing could be compared:\nLiveDnsRecord www: example\.com: Gandi refus/,
        );
        expect(stderr.match(/Gandi refused the token/g)).toHaveLength(5);
        expect((await from("expired-token", "--markdown")).stdout).toMatch(
            /^### ❌ nothing could be compared\n\n```text\n/,
        );
    });

    it("is data with --json", async () => {
        const { code, stdout } = await from("drift", "--json");
        expect(code).toBe(7);
        const { stack, resources, drift, pending } = JSON.parse(stdout);
        expect({ stack, resources, pending }).toEqual({ stack: "dev", resources: 5, pending: [] });
        expect(drift[0]).toMatchObject({ kind: "AxfrSlave", name: "secondary", what: "gone", differences: [] });
        expect(drift[1].differences[0]).toEqual({ path: "ttl", declared: 300, is: 600, was: 300, isDrift: true });
    });
});

describe("what was changed where", () => {
    const www = { domain: "example.com", ttl: 300 };
    it.each<[string, Resource, string, string]>([
        [
            "by the program alone",
            { was: www, is: www, declared: { ...www, ttl: 900 } },
            "Changed in the program",
            "ttl: declared 900, is 300",
        ],
        [
            "outside, and away from the declaration",
            { was: www, is: { ...www, note: "x" }, declared: www },
            "Changed outside",
            'note: not declared, is "x"',
        ],
        [
            "outside, where a value is taken away",
            { was: { ...www, note: "x" }, is: www, declared: { ...www, note: "x" } },
            "Changed outside",
            'note: declared "x", is absent',
        ],
        [
            "outside, where only the order of values differs",
            { was: { v: ["a", "b"] }, is: { v: ["b", "a"] }, declared: { v: ["a", "b"] } },
            "Changed outside",
            "v: is in another order",
        ],
        [
            "in a secret, which is not shown",
            { was: { v: "[secret]" }, is: { v: "[secret]" }, declared: { v: "[secret]" }, detailedDiff: { v: {} } },
            "Changed outside",
            "v: differs, and is a secret",
        ],
        [
            "in a value that only an up will tell",
            { was: www, is: www, declared: { ttl: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" } },
            "Changed in",
            "ttl: declared what only an up will tell, is 300",
        ],
        [
            "in a resource that is new",
            { op: "create", declared: www },
            "Changed in the program",
            "www: was not made yet",
        ],
        [
            "in one that is gone",
            { op: "create", was: www, declared: www },
            "Changed outside",
            "(example.com/www/A): is gone",
        ],
        [
            "in one that is declared no longer",
            { op: "delete", was: www, is: www },
            "Changed in",
            "is declared no longer",
        ],
        [
            "in one that is replaced",
            { op: "replace", was: www, is: www, declared: { ...www, ttl: 1 } },
            "Changed in",
            "will be replaced",
        ],
        [
            "in one that waits for people",
            { was: www, is: www, declared: www, outputs: { transferPending: true } },
            "Changed in the program",
            "waits, and the next up looks again",
        ],
    ])("is told of a change %s", async (_, resource, heading, text) => {
        const { code, stdout } = await ofPreview(preview(resource));
        expect(code).toBe(7);
        expect(stdout).toContain(`\n${heading}`);
        expect(stdout).toContain(text);
        expect(stdout.match(/^Changed /gm)).toHaveLength(1);
    });

    it("is repaired by the provider where the inputs are as they were", async () => {
        const outputs = { ttl: 600, _v: 1 };
        const { stdout } = await ofPreview(preview({ was: www, is: www, declared: www, outputs }));
        expect(stdout).toContain("ttl: declared 300, is 600");
    });

    it("can't be told of a preview without refresh", async () => {
        const { code, stderr } = await ofPreview(preview({ is: www, declared: { ...www, ttl: 900 } }));
        expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("made without --refresh") });
    });

    it.each(["", "{", "[]", '{"steps":[{"op":1}]}', "error: no stack"])("can't be told of %j", async (text) => {
        const { code, stderr } = await ofPreview(text);
        expect({ code, stderr }).toEqual({
            code: 1,
            stderr: "pulumi-gandi: preview.json is not what `pulumi preview --refresh --run-program --json` prints\n",
        });
    });
});

describe("a report holds what anybody has written into a record", () => {
    const changed = (value: string, name = "www") =>
        preview({ was: { v: "a" }, is: { v: value }, declared: { v: "a" }, name });

    it("as text that no Markdown, HTML or terminal takes for anything else", async () => {
        await fc.assert(
            fc.asyncProperty(
                fc.string({ unit: "binary", maxLength: 60 }),
                fc.constantFrom(
                    "`".repeat(7),
                    "\n```\n# x",
                    "<img src=x onerror=alert(1)>",
                    "::set-output name=a::b",
                    "\u001b[2J",
                ),
                async (random, hostile) => {
                    const text = changed(random + hostile + random, `n${hostile}`);
                    const { stdout } = await ofPreview(text, ["--markdown"]);
                    const [, fence] = /^(`{3,})diff$/m.exec(stdout)!;
                    expect(stdout.split("\n").filter((line) => line.startsWith("`"))).toEqual([`${fence}diff`, fence]);
                    const [before, , after] = stdout.split(new RegExp(`^${fence}(?:diff)?$`, "m"));
                    expect(before).toBe(
                        "### ⚠️ dev: 1 resource was changed outside of the program\n\n#### Changed outside of the program\n\n",
                    );
                    expect(after).toBe("\n");
                    expect(stdout).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
                    const plain = (await ofPreview(text)).stdout;
                    expect(plain).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}|^::/mu);
                },
            ),
            { numRuns: 30 },
        );
    });

    it("within bounds", async () => {
        const long = await ofPreview(changed("x".repeat(100_000)), ["--markdown"]);
        expect(long.stdout.length).toBeLessThan(1000);
        const many = Array.from({ length: 3000 }, (_, at) => ({ op: "create", declared: {}, name: `n${at}` }));
        const { lines } = await ofPreview(preview(...many), ["--markdown"]);
        expect(lines.length).toBeLessThan(520);
        expect(lines).toContain("  … 2500 more lines");
    });

    it("without the secrets of the environment", async () => {
        const env = { PULUMI_CONFIG_PASSPHRASE: "open sesame" };
        for (const args of [[], ["--json"], ["--markdown"]]) {
            const { stdout } = await ofPreview(changed("t0ken-of-nobody, open sesame"), args, { env });
            expect(stdout).toContain("[secret], [secret]");
            expect(stdout).not.toMatch(/t0ken-of-nobody|open sesame/);
        }
    });
});

describe("the Pulumi CLI", () => {
    /** A program of its name that notes how it was called, and does this. */
    function pulumi(script: string): Setting {
        const file = join(directory, "pulumi");
        writeFileSync(file, `#!/bin/sh\necho "$PWD $*" > "${directory}/called"\n${script}\n`);
        chmodSync(file, 0o755);
        return { env: { PATH: `${directory}:${process.env.PATH}` } };
    }

    it("is asked for a preview that refreshes with the program's configuration", async () => {
        const setting = pulumi(`cat "${recording("drift")}"`);
        const { code, lines } = await drift(["--stack", "dev", "-C", "."], setting);
        expect(readFileSync(join(directory, "called"), "utf8")).toBe(
            `${directory} preview --refresh --run-program --json --non-interactive --stack dev\n`,
        );
        expect({ code, first: lines[0] }).toEqual({
            code: 7,
            first: "dev: 3 resources were changed outside of the program",
        });
    });

    it.each([
        [
            "says what is wrong",
            "echo 'error: no stack selected' >&2; exit 255",
            "pulumi preview has failed: no stack selected",
        ],
        ["says nothing", "exit 3", "pulumi preview has failed: it said nothing, and ended with 3"],
        [
            "fails after a preview",
            `cat "${recording("no-drift")}"; echo 'error: policy' >&2; exit 1`,
            "has failed: policy",
        ],
        ["prints something else", "echo hello", "what pulumi preview has printed is not what"],
    ])("that %s is quoted, and it is a failure", async (_, script, message) => {
        const { code, stdout, stderr } = await drift([], pulumi(script));
        expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: "", stderr: expect.stringContaining(message) });
    });

    it("that is not there is missed, with what can be done without it", async () => {
        const { code, stderr } = await drift([], { env: { PATH: "/nowhere", HOME: "/nowhere" } });
        expect({ code, stderr }).toEqual({
            code: 1,
            stderr: expect.stringMatching(/no Pulumi CLI on PATH: install it, .*--from FILE/),
        });
    });

    it.each([
        [["--markdown", "--json"], "--markdown and --json are one too many"],
        [["--from", "x", "--stack", "dev"], "--from FILE says all"],
        [["dev"], '"dev" is one word too many'],
    ])("is not asked where drift is called with %j", async (args, message) => {
        expect(await drift(args)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
    });
});
