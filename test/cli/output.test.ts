import { spawn } from "node:child_process";
import { once } from "node:events";
import { PassThrough } from "node:stream";
import { outputTo } from "../../cli/output";
import { type Sandbox, startSandbox } from "../../sandbox";
import { ask } from "../sandbox/ask";

const COMMAND = require.resolve("../../dist/cli/main.js");

interface Outcome {
    code: number | null;
    stdout: string;
    stderr: string;
}

/** Runs the built command; with `reads: false` whoever reads its output has gone before it says anything. */
async function run(args: string[], { env = {}, reads = true } = {}): Promise<Outcome> {
    const child = spawn(process.execPath, [COMMAND, ...args], {
        env: { PATH: process.env.PATH, ...env },
        stdio: ["ignore", "pipe", "pipe"],
    });
    const outcome: Outcome = { code: null, stdout: "", stderr: "" };
    if (reads) child.stdout.on("data", (data) => (outcome.stdout += data));
    else child.stdout.destroy();
    child.stderr.on("data", (data) => (outcome.stderr += data));
    [outcome.code] = await once(child, "close");
    return outcome;
}

test.each([
    [["help"], 0],
    [["--help"], 0],
    [["restore", "--help"], 0],
    [["sandbox", "--help"], 0],
    [["--version"], 0],
    [[], 2],
])("%j ends quietly when nobody reads, with its usual code", async (args, code) => {
    expect(await run(args, { reads: false })).toEqual({ code, stdout: "", stderr: "" });
});

const COMMANDS = ["sandbox", "resend-foa", "reset-authinfo", "restore"];

test.each(COMMANDS)("%s tells of itself with --help and -h, and by help, without a token", async (name) => {
    const help = await run([name, "--help"]);
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toMatch(new RegExp(`^Usage: pulumi-gandi ${name} `));
    expect(await run([name, "-h"])).toEqual(help);
    expect(await run(["help", name])).toEqual(help);
});

test.each([[[]], ...COMMANDS.map((name) => [[name]])])("%j --version is the version", async (args) => {
    const { version } = require("pulumi-gandi/package.json");
    expect(await run([...args, "--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test.each([
    [["restore", "example.com"], /SNAPSHOT is missing\nusage: pulumi-gandi restore DOMAIN SNAPSHOT \[--yes\]/],
    [["restore", "a.com", "b", "c"], /"c" is one word too many/],
    [["restore", "a.com", "b", "--force"], /Unknown option '--force'/],
    [["resend-foa", "example.com"], /EMAIL is missing\nusage: pulumi-gandi resend-foa DOMAIN EMAIL/],
    [["reset-authinfo"], /DOMAIN is missing\nusage: pulumi-gandi reset-authinfo DOMAIN/],
    [["reset-authinfo", "not a domain"], /pulumi-gandi: .*\nusage/],
    [["help", "nothing"], /there is no command "nothing"/],
    [["\u001b[2J"], /there is no command "\\u001b\[2J"/],
])("%j is called wrongly, and told so", async (args, message) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
});

test("what can't be written for another reason than that nobody reads is kept, and nothing is thrown", () => {
    const stream = new PassThrough();
    const out = outputTo(stream);
    stream.emit("error", Object.assign(new Error("no space left"), { code: "ENOSPC" }));
    out.write("more");
    expect(out.failure?.message).toBe("no space left");
    expect(stream.read()).toBeNull();
});

describe("with an account", () => {
    let sandbox: Sandbox;
    let env: Record<string, string>;
    beforeAll(async () => {
        sandbox = await startSandbox({ delays: { operation: 0 }, zones: { "example.com": "www 300 A 192.0.2.1" } });
        env = { GANDI_URL: sandbox.url, GANDI_PERSONAL_ACCESS_TOKEN: sandbox.token };
    });
    afterAll(() => sandbox.close());
    afterEach(() => sandbox.clearFaults());

    test("restore --yes ends what it has begun when whoever read its output has gone", async () => {
        await ask(sandbox, "POST /v5/livedns/domains/example.com/snapshots", { body: { name: "good" } });
        for (let count = 0; count < 2000; count++) {
            sandbox.setRRset("example.com", { name: `stray-${count}`, type: "A", values: ["192.0.2.66"] });
        }
        const { code, stderr } = await run(["restore", "example.com", "good", "--yes"], { env, reads: false });
        expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
        expect(sandbox.state.zone("example.com")!.rrsets.map(({ name }) => name)).not.toContain("stray-0");
        const taken = sandbox.state.zone("example.com")!.snapshots.filter(({ automatic }) => !automatic);
        expect(taken.map(({ name }) => name)).toEqual(["good", "before the restore of good"]);
    });

    test("what the API says reaches the terminal as text", async () => {
        const name = "s\u001b[2J\n\u202e";
        await ask(sandbox, "POST /v5/livedns/domains/example.com/snapshots", { body: { name } });
        sandbox.setRRset("example.com", { name: "evil", type: "TXT", values: ['"\u001b]0;t\u0007\r\nx"'] });
        const { id } = sandbox.state.zone("example.com")!.snapshots.at(-1)!;
        const outcomes = [
            await run(["restore", "example.com", id], { env }),
            await run(["restore", "example.com", "none"], { env }),
        ];
        for (const { stdout, stderr } of outcomes) {
            expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
            expect(stdout + stderr).toContain("\\u001b[2J\\n");
        }
    });

    test("resend-foa without a change of owner says that there is none, and not that the domain is not there", async () => {
        const { code, stderr } = await run(["resend-foa", "example.com", "a@example.org"], { env });
        expect({ code, stderr }).toEqual({
            code: 1,
            stderr: "pulumi-gandi: example.com: no change of owner waits for an answer, so there is no e-mail to send once more\n",
        });
        expect((await run(["resend-foa", "unknown.com", "a@example.org"], { env })).stderr).toMatch(
            /^pulumi-gandi: unknown\.com: unknown to Gandi, or the token may not see it/,
        );
    });

    test.each<[string, Record<string, string>, RegExp]>([
        ["no token", { GANDI_PERSONAL_ACCESS_TOKEN: "" }, /no Gandi token: set the environment variable GANDI_PERS/],
        ["an expired one", { GANDI_PERSONAL_ACCESS_TOKEN: "sandbox-expired-personal-access-token-03" }, /401/],
        ["one of nobody", { GANDI_PERSONAL_ACCESS_TOKEN: "nobody" }, /set the environment variable GANDI_SHARING_ID/],
        ["an organisation that is none", { GANDI_SHARING_ID: "x" }, /GANDI_SHARING_ID must be the id of an organ/],
        ["an address that is none", { GANDI_URL: "x" }, /GANDI_URL: .*is not an http\(s\) URL/],
        ["an address in clear", { GANDI_URL: "http://api.gandi.net" }, /GANDI_URL.*would send the token in clear/],
    ])("with %s a command speaks of the environment, and not of a stack", async (_, wrong, message) => {
        const { code, stderr } = await run(["reset-authinfo", "example.com"], { env: { ...env, ...wrong } });
        expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(message) });
        expect(stderr).not.toMatch(/pulumi config|(?<!pulumi-)gandi:|--run-program|preview|getOrganizations/);
    });
});
