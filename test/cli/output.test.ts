import { spawn } from "node:child_process";
import { once } from "node:events";
import { PassThrough } from "node:stream";
import { outputTo } from "../../cli/output";
import { type Sandbox, startSandbox } from "../../sandbox";
import { ask } from "../sandbox/ask";
import { cli } from "./cli";

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

/** In this process: what does not depend on the process needs none of its own. */
const said = (args: readonly string[]) => cli({ url: "http://127.0.0.1:9", token: "" }, args);

const COMMANDS = [
    "sandbox",
    "import",
    "check",
    "drift",
    "renewals",
    "renew",
    "export",
    "snapshots",
    "restore",
    "resend-foa",
    "reset-authinfo",
];

test("--help lists every command, and what it says fits on a terminal", async () => {
    const { stdout } = await said(["--help"]);
    const listed = stdout.match(/^ {2}[a-z][\w-]+(?= )/gm)!.map((name) => name.trim());
    expect(listed).toEqual(COMMANDS);
    const helps = await Promise.all(COMMANDS.map(async (name) => (await said([name, "--help"])).stdout));
    expect(
        [stdout, ...helps]
            .join("")
            .split("\n")
            .filter((line) => line.length > 110),
    ).toEqual([]);
});

test.each(COMMANDS)("%s tells of itself with --help and -h, and by help, without a token", async (name) => {
    const help = await said([name, "--help"]);
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toMatch(new RegExp(`^Usage: pulumi-gandi ${name} `));
    expect(await said([name, "-h"])).toEqual(help);
    expect(await said(["help", name])).toEqual(help);
});

test.each([[], ...COMMANDS.map((name) => [name])].map((args) => [args]))(
    "%j --version is the version",
    async (args) => {
        const { version } = require("pulumi-gandi/package.json");
        expect(await said([...args, "--version"])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: "" });
    },
);

test.each([
    [
        ["restore", "example.com"],
        /SNAPSHOT is missing, or --file FILE\nusage: pulumi-gandi restore DOMAIN \[SNAPSHOT\] \[--file FILE\] \[--yes\]\n/,
    ],
    [["restore", "a.com", "b", "c"], /"c" is one word too many/],
    [["restore", "a.com", "b", "--force"], /there is no option --force\nusage/],
    [["resend-foa", "example.com"], /EMAIL is missing\nusage: pulumi-gandi resend-foa DOMAIN EMAIL/],
    [["reset-authinfo"], /DOMAIN is missing\nusage: pulumi-gandi reset-authinfo DOMAIN/],
    [["reset-authinfo", "not a domain"], /pulumi-gandi: .*\nusage/],
    [["restore", "a.com", "b", "--yess"], /there is no option --yess; did you mean --yes\?/],
    [["restore", "a.com", "--file"], /--file needs a value: --file FILE/],
    [["restor", "a.com", "b"], /there is no command "restor"; did you mean restore\?/],
    [["help", "nothing"], /there is no command "nothing"/],
    [["\u001b[2J"], /there is no command "\\u001b\[2J"/],
])("%j is called wrongly, and told so", async (args, message) => {
    const { code, stdout, stderr } = await said(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
});

test.each([
    ["a terminal", { isTTY: true }, {}, true],
    ["a pipe", {}, {}, false],
    ["a terminal, with NO_COLOR", { isTTY: true }, { NO_COLOR: "1" }, false],
    ["a terminal, with an empty NO_COLOR", { isTTY: true }, { NO_COLOR: "" }, true],
    ["a terminal that knows none", { isTTY: true }, { TERM: "dumb" }, false],
])("to %s, colours: %j", (_, stream, env, hasColours) => {
    expect(outputTo(Object.assign(new PassThrough(), stream), env).hasColours).toBe(hasColours);
});

test("what can't be written for another reason than that nobody reads is kept, and nothing is thrown", () => {
    const stream = new PassThrough();
    const out = outputTo(stream, {});
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
            await cli(sandbox, ["restore", "example.com", id]),
            await cli(sandbox, ["restore", "example.com", "none"]),
            await cli(sandbox, ["snapshots", "example.com"]),
            await cli(sandbox, ["snapshots", "example.com", "--json"]),
            await cli(sandbox, ["snapshots", "example.com"], { hasColours: true }),
        ];
        for (const { stdout, stderr } of outcomes) {
            expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
            expect(stdout + stderr).toContain("\\u001b[2J\\n");
        }
    });

    test("resend-foa without a change of owner says that there is none, and not that the domain is not there", async () => {
        const { code, stderr } = await cli(sandbox, ["resend-foa", "example.com", "a@example.org"]);
        expect({ code, stderr }).toEqual({
            code: 1,
            stderr: "pulumi-gandi: example.com: no change of owner waits for an answer, so there is no e-mail to send once more\n",
        });
        expect((await cli(sandbox, ["resend-foa", "unknown.com", "a@example.org"])).stderr).toMatch(
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
        const { code, stderr } = await cli(sandbox, ["reset-authinfo", "example.com"], { env: wrong });
        expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(message) });
        expect(stderr).not.toMatch(/pulumi config|(?<!pulumi-)gandi:|--run-program|preview|getOrganizations/);
    });
});
