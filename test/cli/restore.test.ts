import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "../../sandbox";
import { ask } from "../sandbox/ask";
import { cli } from "./cli";

const ZONE = `
@    3600 NS  ns1.example.net.
@    3600 MX  10 mail
www   300 A   192.0.2.1
www   300 TXT "one" "two; three"
old   300 A   192.0.2.9
`;

let sandbox: Sandbox;
let directory: string;

beforeAll(async () => {
    sandbox = await startSandbox({ delays: { operation: 0 } });
    directory = mkdtempSync(join(tmpdir(), "restore-"));
});
afterAll(async () => {
    rmSync(directory, { recursive: true });
    await sandbox.close();
});
beforeEach(async () => {
    sandbox.clearFaults();
    sandbox.addDomain({ fqdn: "example.com", zone: ZONE });
    await ask(sandbox, "PATCH /v5/livedns/domains/example.com", { body: { automatic_snapshots: false } });
});

const run = (...args: string[]) => cli(sandbox, ["restore", ...args], { directory });
const rrsets = () => sandbox.state.zone("example.com")!.rrsets;
const snapshots = () => sandbox.state.zone("example.com")!.snapshots;

async function takeSnapshot(name = "good"): Promise<string> {
    return (await ask(sandbox, "POST /v5/livedns/domains/example.com/snapshots", { body: { name } })).json.id;
}

/** What happened to the zone since the snapshot. */
function spoil(): void {
    sandbox.setRRset("example.com", { name: "www", type: "A", ttl: 600, values: ["203.0.113.66"] });
    sandbox.setRRset("example.com", { name: "new", type: "AAAA", ttl: 300, values: ["2001:db8::1"] });
    sandbox.deleteRRset("example.com", "old", "A");
}

function writes(): string[] {
    return sandbox
        .requests()
        .filter(({ method }) => method !== "GET")
        .map(({ method, path }) => `${method} ${path}`);
}

const failure = (message: RegExp) => ({ code: 1, stderr: expect.stringMatching(message) });

describe("pulumi-gandi restore", () => {
    it("shows what would come, go and change, and does nothing without --yes", async () => {
        const id = await takeSnapshot();
        spoil();
        const before = rrsets();
        sandbox.clearRequests();
        expect((await run("Example.COM.", "good")).lines).toEqual([
            expect.stringMatching(new RegExp(`^example\\.com: snapshot "good" of .*Z \\(${id}\\)$`)),
            "+ old A 300 192.0.2.9",
            "~ www A 600 203.0.113.66  ->  300 192.0.2.1",
            "- new AAAA 300 2001:db8::1",
            expect.stringMatching(/^3 RRsets would change .*Nothing was changed: add --yes/),
        ]);
        expect(rrsets()).toEqual(before);
        expect(writes()).toEqual([]);
    });

    it("puts the zone back with --yes, after a snapshot of what it was", async () => {
        const id = await takeSnapshot();
        const before = rrsets();
        spoil();
        const spoiled = rrsets();
        const { lines } = await run("example.com", `example.com/${id}`, "--yes");
        expect(rrsets()).toEqual(before);
        expect(snapshots()).toMatchObject([
            { name: "good" },
            { name: "before the restore of good", rrsets: expect.arrayContaining(spoiled) },
        ]);
        expect(lines.at(-1)).toBe("example.com: restored, 3 RRsets changed");
    });

    it("has nothing to do where the zone is as it was, in whatever spelling", async () => {
        await takeSnapshot();
        sandbox.setRRset("example.com", { name: "@", type: "MX", ttl: 3600, values: ["10 mail.example.com."] });
        sandbox.clearRequests();
        expect((await run("example.com", "good", "--yes")).lines.at(-1)).toMatch(/nothing to restore/);
        expect(writes()).toEqual([]);
    });

    it("leaves NS at the apex alone that the snapshot does not have", async () => {
        sandbox.deleteRRset("example.com", "@", "NS");
        await takeSnapshot();
        sandbox.setRRset("example.com", { name: "@", type: "NS", ttl: 3600, values: ["ns2.example.net."] });
        spoil();
        const { stdout } = await run("example.com", "good", "--yes");
        expect(rrsets()).toContainEqual({ name: "@", type: "NS", ttl: 3600, values: ["ns2.example.net."] });
        expect(stdout).not.toContain("ns2.example.net");
    });

    it("keeps the zone's own name apart from the apex", async () => {
        sandbox.setRRset("example.com", { name: "example.com", type: "NS", ttl: 300, values: ["ns8.example.net."] });
        await takeSnapshot();
        sandbox.deleteRRset("example.com", "example.com", "NS");
        sandbox.setRRset("example.com", { name: "example.com", type: "MX", ttl: 300, values: ["10 mail"] });
        const { lines } = await run("example.com", "good", "--yes");
        expect(lines).toContain("+ example.com NS 300 ns8.example.net.");
        expect(lines).toContain("- example.com MX 300 10 mail");
        const named = (name: string) => rrsets().filter((rrset) => rrset.name === name);
        expect(named("example.com")).toMatchObject([{ type: "NS", values: ["ns8.example.net."] }]);
        expect(
            named("@")
                .map(({ type }) => type)
                .sort(),
        ).toEqual(["MX", "NS"]);
    });

    it("changes nothing when the snapshot before it fails", async () => {
        await takeSnapshot();
        spoil();
        const before = rrsets();
        sandbox.addFault({ method: "POST", status: 403, body: { code: 403, object: "HTTPForbidden", message: "No" } });
        expect(await run("example.com", "good", "--yes")).toMatchObject(failure(/403 on POST/));
        expect(rrsets()).toEqual(before);
    });

    it("names the snapshot of what was there when the zone can't be written", async () => {
        await takeSnapshot();
        spoil();
        sandbox.addFault({ method: "PUT", status: 400, body: { code: 400, message: "Not today" } });
        const outcome = await run("example.com", "good", "--yes");
        expect(outcome).toMatchObject(failure(/Not today.*The zone as it was before is in the snapshot/));
        expect(outcome.stderr).toContain(snapshots()[1]!.id);
    });

    it("fails where the zone is not what was written", async () => {
        await takeSnapshot();
        spoil();
        sandbox.addFault({ method: "PUT", status: 201, body: { message: "DNS Zone Record Created" } });
        expect(await run("example.com", "good", "--yes")).toMatchObject(
            failure(/still differs:\n\+ old A 300 192\.0\.2\.9/),
        );
    });

    it("shows the snapshots there are where none or several have the name", async () => {
        const [first, second] = [await takeSnapshot("twin"), await takeSnapshot("twin")];
        expect(await run("example.com", "twin")).toMatchObject(failure(/several snapshots "twin": give the id of one/));
        expect(await run("example.com", "twin")).toMatchObject(failure(new RegExp(second)));
        expect(await run("example.com", "none")).toMatchObject(
            failure(new RegExp(`no snapshot "none"; it has:\n +${first}`)),
        );
        sandbox.addDomain({ fqdn: "example.com", zone: ZONE });
        expect(await run("example.com", "none")).toMatchObject(failure(/no snapshot "none", and none at all/));
    });

    it.each([
        ["no arguments", []],
        ["no snapshot", ["example.com"]],
        ["a word too many", ["example.com", "good", "now"]],
        ["an unknown option", ["example.com", "good", "--force"]],
        ["a domain that is none", ["not a domain", "good"]],
        ["a snapshot and a file", ["example.com", "good", "--file", "x.zone"]],
    ])("is called wrongly with %s: code 2, and nothing asked", async (_what, args) => {
        sandbox.clearRequests();
        expect(await run(...args)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(/\nusage: /) });
        expect(sandbox.requests()).toEqual([]);
    });
});

describe("pulumi-gandi restore --file", () => {
    const file = (text: string) => writeFileSync(join(directory, "example.com.zone"), text);

    it("makes the zone what the file says, after a snapshot", async () => {
        file("$ORIGIN example.com.\n@ 3600 IN MX 10 mail.example.com.\nnew 300 IN A 192.0.2.7\n");
        const { code, lines } = await run("example.com", "--file", "example.com.zone", "--yes");
        expect({ code, lines }).toEqual({
            code: 0,
            lines: [
                "example.com: example.com.zone",
                "+ new A 300 192.0.2.7",
                "- old A 300 192.0.2.9",
                "- www A 300 192.0.2.1",
                '- www TXT 300 "one" "two; three"',
                expect.stringMatching(/^example\.com: the zone as it is now is kept as snapshot /),
                "example.com: restored, 4 RRsets changed",
            ],
        });
        expect(rrsets().map(({ name, type }) => `${name} ${type}`)).toEqual(["@ MX", "@ NS", "new A"]);
        expect(snapshots()).toMatchObject([{ name: "before the restore of example.com.zone" }]);
    });

    it("tells what it would do as JSON, and does nothing without --yes", async () => {
        file('@ 3600 IN MX 10 mail\nwww 600 IN A 192.0.2.1\nwww 300 IN TXT one "two; three"\n');
        sandbox.clearRequests();
        const { code, stdout } = await run("example.com", "-f", "example.com.zone", "--json");
        expect(JSON.parse(stdout)).toEqual({
            domain: "example.com",
            from: { file: "example.com.zone" },
            changes: [
                {
                    name: "www",
                    type: "A",
                    now: { ttl: 300, values: ["192.0.2.1"] },
                    wanted: { ttl: 600, values: ["192.0.2.1"] },
                },
                { name: "old", type: "A", now: { ttl: 300, values: ["192.0.2.9"] }, wanted: null },
            ],
            restored: false,
        });
        expect({ code, writes: writes() }).toEqual({ code: 0, writes: [] });
    });

    it.each([
        ["is not there", undefined, /^pulumi-gandi: nowhere\.zone can't be read: .*ENOENT/],
        [
            "is none",
            "www 300 IN A nonsense\n$INCLUDE x\n",
            /is no zone file of example\.com:\n {2}line 1.*\n {2}line 2/,
        ],
        ["holds nothing", "; nothing\n", /holds no record: a zone is not emptied by it/],
    ])("asks for nothing to be written where the file %s", async (_, text, message) => {
        if (text !== undefined) file(text);
        sandbox.clearRequests();
        const name = text === undefined ? "nowhere.zone" : "example.com.zone";
        expect(await run("example.com", "--file", name, "--yes")).toMatchObject(failure(message));
        expect(writes()).toEqual([]);
    });

    it("says what is doubtful in a file", async () => {
        file("www 300 IN CNAME www.example.org\n");
        const { stderr } = await run("example.com", "--file", "example.com.zone");
        expect(stderr).toMatch(/^example\.com\.zone, line 1, column \d+: .*www\.example\.org/);
    });
});
