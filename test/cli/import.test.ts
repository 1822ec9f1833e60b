import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "../../sandbox";
import { everyKind, seedEveryKind } from "../harness/everyKind";
import { startGandi } from "../harness/gandi";
import { cli } from "./cli";

const COMMAND = join(__dirname, "..", "..", "dist", "cli", "main.js");

let folder: string;
beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "gandi-import-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(sandbox: Sandbox, ...args: string[]) {
    const env = {
        ...process.env,
        TMPDIR: folder,
        GANDI_URL: sandbox.url,
        GANDI_PERSONAL_ACCESS_TOKEN: sandbox.token,
    };
    const child = spawn(process.execPath, [COMMAND, "import", ...args], { cwd: folder, env });
    let [out, err] = ["", ""];
    child.stdout.on("data", (data) => {
        out += data;
    });
    child.stderr.on("data", (data) => {
        err += data;
    });
    const ended = new Promise<{ code: number | null; by: NodeJS.Signals | null; out: string; err: string }>((resolve) =>
        child.on("close", (code, by) => resolve({ code, by, out, err })),
    );
    return { child, ended };
}

const run = (sandbox: Sandbox, ...args: string[]) => start(sandbox, ...args).ended;

/** The same in the process of the tests, for what needs none of its own. */
async function called(sandbox: Sandbox, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const { code, stdout, stderr } = await cli(sandbox, ["import", ...args], { directory: folder });
    return { code, out: stdout, err: stderr };
}

const writes = (sandbox: Sandbox) => sandbox.requests().filter(({ method }) => method !== "GET");
const read = (...path: string[]) => readFileSync(join(folder, ...path), "utf8");

describe("an account with one of each kind", () => {
    let gandi: Awaited<ReturnType<typeof startGandi>>;
    beforeAll(async () => {
        gandi = await startGandi();
        seedEveryKind(gandi.sandbox);
        for (const [kind, { least, updates = [] }] of everyKind) {
            const life = gandi.life(kind);
            await life.up(least, { unsettled: true });
            if (kind === "TsigKey") await life.up({ ...least, ...updates[0] }, { unsettled: true });
        }
    }, 60_000);
    beforeEach(() => gandi.sandbox.clearRequests());
    afterAll(() => gandi.close());

    test.each(["zone", "records"])(
        "becomes a program (--style %s) that changes nothing",
        async (style) => {
            const { code, out, err } = await run(gandi.sandbox, "--all", "--style", style, "--out", "prog");
            expect({ code, err: err.replace(/^(read |tried |looking |\d+ resources).*\n/gm, "") }).toEqual({
                code: 0,
                err: "",
            });
            expect(out).toMatch(/taken over, 0 would be written, 0 orders/);
            expect(out).toMatch(/^RRsets: (\d+) at Gandi, \1 declared, 0 left out$/m);
            expect(out).toMatch(
                /^webredirection\.example: left out 1 RRset that Gandi writes for web redirections: shop CNAME$/m,
            );
            expect(writes(gandi.sandbox)).toEqual([]);
            const program = read("prog", "index.ts");
            const declared = new Set([...program.matchAll(/new gandi\.(\w+)/g)].map(([, kind]) => kind));
            const records = style === "zone" ? "LiveDnsZone" : "LiveDnsRecord";
            for (const kind of [
                "AxfrSlave",
                "DnssecKey",
                "Domain",
                "EmailForward",
                "GlueRecord",
                "Mailbox",
                "Nameservers",
                "TsigKey",
                "WebRedirection",
                records,
            ]) {
                expect(declared).toContain(kind);
            }
            // Nothing is left of the proof, and nothing that is a secret is anywhere.
            expect(readdirSync(folder).filter((name) => /import|part/.test(name))).toEqual([]);
            const { tsig } = gandi.sandbox.world.state;
            for (const secret of [gandi.sandbox.token, ...[...tsig.values()].map((key) => key.secret)]) {
                expect(program).not.toContain(secret);
            }
            expect(program).not.toMatch(/maxPrice|email:/);
        },
        60_000,
    );

    it("names what it leaves out, with an exit code of its own", async () => {
        const { dnskeys } = gandi.sandbox.world.state.domains.get("dnsseckey.example")!;
        const [key] = dnskeys;
        // Not every registry shows the key itself.
        const { public_key: hidden } = key!;
        delete (key as { public_key?: string }).public_key;
        const { code, out, err } = await called(gandi.sandbox, "dnsseckey.example", "--out", "prog", "--no-proof");
        key!.public_key = hidden;
        expect(err).toMatch(/1 left out:\nDnssecKey dnsseckey\.example\/\S+: publicKey/);
        expect(out).toContain("DnssecKey: 1 at Gandi, 0 declared, 1 left out");
        expect(code).toBe(3);
    });

    it("is shown as a table", async () => {
        const { code, out } = await called(gandi.sandbox, "--list");
        expect(code).toBe(0);
        expect(out).toMatch(/^domain +ends +renews +delegation +RRsets +beside Gandi's defaults$/m);
        expect(out).toMatch(
            /^elsewhere\.example +\d{4}-\d\d-\d\d +(yes|no) +elsewhere +not on LiveDNS +own nameservers$/m,
        );
    });
});

describe("an import that can't be done", () => {
    let sandbox: Sandbox;
    beforeAll(async () => {
        sandbox = await startSandbox({ zones: { "example.com": "www 300 IN A 192.0.2.1" } });
    });
    afterAll(() => sandbox.close());

    test.each([
        ["without a word", [], 2, "name domains, or give --all, --match, --missing or --list"],
        ["of what is no domain", ["exa mple"], 2, "exa mple"],
        [
            "with a style that is none",
            ["--all", "--style", "zon"],
            2,
            "--style must be one of zone, records; did you mean zone?",
        ],
        ["of another's domain", ["nowhere.example"], 1, "nowhere.example: not in this account"],
        ["of no domain at all", ["--match", "*.fr"], 1, "no domain of this account is meant"],
    ])("%s says so", async (_, args, expected, said) => {
        const { code, err } = await called(sandbox, ...args);
        expect({ code, err }).toEqual({ code: expected, err: expect.stringContaining(said) });
        expect(readdirSync(folder)).toEqual([]);
    });

    test.each(["SIGINT", "SIGTERM"] as const)(
        "by %s ends with nothing left of the proof, and says so",
        async (signal) => {
            // What was killed outright has left this; a folder of a process that runs stays.
            mkdirSync(join(folder, "pulumi-gandi-import-999999999-dead"));
            mkdirSync(join(folder, `pulumi-gandi-import-${process.pid}-alive`));
            const { child, ended } = start(sandbox, "example.com", "--out", "prog");
            const watcher = watch(folder, (_, name) => {
                if (name?.startsWith(`pulumi-gandi-import-${child.pid}-`)) child.kill(signal);
            });
            const { by, err } = await ended;
            watcher.close();
            expect({ by, err }).toEqual({
                by: signal,
                err: expect.stringMatching(/\ninterrupted: nothing was written/),
            });
            expect(readdirSync(folder).sort()).toEqual(["prog.reading", `pulumi-gandi-import-${process.pid}-alive`]);
        },
    );

    it("overwrites nothing unless it is told to, and writes through no link", async () => {
        mkdirSync(join(folder, "prog"));
        writeFileSync(join(folder, "prog", "mine"), "mine");
        const refused = await called(sandbox, "example.com", "--out", "prog", "--no-proof");
        expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("prog is not empty") });
        mkdirSync(join(folder, "elsewhere"));
        symlinkSync(join(folder, "elsewhere"), join(folder, "prog", "zones"));
        const linked = await called(sandbox, "example.com", "--out", "prog", "--no-proof", "--force");
        expect(linked).toMatchObject({ code: 1, err: expect.stringContaining("is a link") });
        expect(readdirSync(join(folder, "elsewhere"))).toEqual([]);
        rmSync(join(folder, "prog", "zones"));
        expect((await called(sandbox, "example.com", "--out", "prog", "--no-proof", "--force")).code).toBe(0);
        expect(readdirSync(join(folder, "prog"))).toContain("mine");
        expect(readdirSync(folder).sort()).toEqual(["elsewhere", "prog"]);
    });
});
