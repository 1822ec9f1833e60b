import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { restore } from "../../cli/restore";
import { type Sandbox, startSandbox } from "../../sandbox";
import { ask } from "../sandbox/ask";

const ZONE = `
@    3600 NS  ns1.example.net.
@    3600 MX  10 mail
www   300 A   192.0.2.1
www   300 TXT "one" "two; three"
old   300 A   192.0.2.9
`;

let sandbox: Sandbox;
let printed: string[];
const environment = { ...process.env };

beforeAll(async () => {
    sandbox = await startSandbox({ delays: { operation: 0 } });
    process.env.GANDI_URL = sandbox.url;
    process.env.GANDI_PERSONAL_ACCESS_TOKEN = sandbox.token;
    delete process.env.GANDI_SHARING_ID;
    delete process.env.GANDI_KEY;
});
afterAll(async () => {
    process.env = environment;
    await sandbox.close();
});
beforeEach(async () => {
    printed = [];
    sandbox.clearFaults();
    sandbox.addDomain({ fqdn: "example.com", zone: ZONE });
    await ask(sandbox, "PATCH /v5/livedns/domains/example.com", { body: { automatic_snapshots: false } });
});

const run = (...args: string[]) => restore(args, (line) => printed.push(line));
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

describe("pulumi-gandi restore", () => {
    it("shows what would come, go and change, and does nothing without --yes", async () => {
        const id = await takeSnapshot();
        spoil();
        const before = rrsets();
        sandbox.clearRequests();
        await run("Example.COM.", "good");
        expect(printed).toEqual([
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
        await run("example.com", `example.com/${id}`, "--yes");
        expect(rrsets()).toEqual(before);
        expect(snapshots()).toMatchObject([
            { name: "good" },
            { name: "before the restore of good", rrsets: expect.arrayContaining(spoiled) },
        ]);
        expect(printed.at(-1)).toBe("example.com: restored, 3 RRsets changed");
    });

    it("has nothing to do where the zone is as it was, in whatever spelling", async () => {
        await takeSnapshot();
        sandbox.setRRset("example.com", { name: "@", type: "MX", ttl: 3600, values: ["10 mail.example.com."] });
        sandbox.clearRequests();
        await run("example.com", "good", "--yes");
        expect(printed.at(-1)).toMatch(/nothing to restore/);
        expect(writes()).toEqual([]);
    });

    it("leaves NS at the apex alone that the snapshot does not have", async () => {
        sandbox.deleteRRset("example.com", "@", "NS");
        await takeSnapshot();
        sandbox.setRRset("example.com", { name: "@", type: "NS", ttl: 3600, values: ["ns2.example.net."] });
        spoil();
        await run("example.com", "good", "--yes");
        expect(rrsets()).toContainEqual({ name: "@", type: "NS", ttl: 3600, values: ["ns2.example.net."] });
        expect(printed.join("\n")).not.toContain("ns2.example.net");
    });

    it("keeps the zone's own name apart from the apex", async () => {
        sandbox.setRRset("example.com", { name: "example.com", type: "NS", ttl: 300, values: ["ns8.example.net."] });
        await takeSnapshot();
        sandbox.deleteRRset("example.com", "example.com", "NS");
        sandbox.setRRset("example.com", { name: "example.com", type: "MX", ttl: 300, values: ["10 mail"] });
        await run("example.com", "good", "--yes");
        expect(printed).toContain("+ example.com NS 300 ns8.example.net.");
        expect(printed).toContain("- example.com MX 300 10 mail");
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
        await expect(run("example.com", "good", "--yes")).rejects.toThrow(/403 on POST/);
        expect(rrsets()).toEqual(before);
    });

    it("names the snapshot of what was there when the zone can't be written", async () => {
        await takeSnapshot();
        spoil();
        sandbox.addFault({ method: "PUT", status: 400, body: { code: 400, message: "Not today" } });
        const failure = run("example.com", "good", "--yes");
        await expect(failure).rejects.toThrow(/Not today.*The zone as it was before is in the snapshot/);
        await expect(failure).rejects.toThrow(snapshots()[1]!.id);
    });

    it("fails where the zone is not what was written", async () => {
        await takeSnapshot();
        spoil();
        sandbox.addFault({ method: "PUT", status: 201, body: { message: "DNS Zone Record Created" } });
        await expect(run("example.com", "good", "--yes")).rejects.toThrow(/still differs:\n\+ old A 300 192\.0\.2\.9/);
    });

    it("shows the snapshots there are where none or several have the name", async () => {
        const [first, second] = [await takeSnapshot("twin"), await takeSnapshot("twin")];
        await expect(run("example.com", "twin")).rejects.toThrow(/several snapshots "twin": give the id of one/);
        await expect(run("example.com", "twin")).rejects.toThrow(second);
        await expect(run("example.com", "none")).rejects.toThrow(new RegExp(`no snapshot "none"; it has:\n +${first}`));
        sandbox.addDomain({ fqdn: "example.com", zone: ZONE });
        await expect(run("example.com", "none")).rejects.toThrow(/no snapshot "none", and none at all/);
    });

    it.each([
        ["no arguments", []],
        ["no snapshot", ["example.com"]],
        ["a word too many", ["example.com", "good", "now"]],
        ["an unknown option", ["example.com", "good", "--force"]],
        ["a domain that is none", ["not a domain", "good"]],
    ])("is called wrongly with %s: code 2, and nothing asked", async (_what, args) => {
        sandbox.clearRequests();
        await expect(run(...args)).rejects.toMatchObject({ code: 2, message: expect.stringMatching(/./) });
        expect(sandbox.requests()).toEqual([]);
    });

    it("is a command, with 1 for a failure and 2 for a wrong call", () => {
        const command = join(__dirname, "..", "..", "dist", "cli", "main.js");
        const call = (...args: string[]) => spawnSync(process.execPath, [command, ...args], { encoding: "utf8" });
        const { status, stderr } = call("restore", "example.com");
        expect({ status, stderr }).toEqual({
            status: 2,
            stderr: expect.stringContaining("restore DOMAIN SNAPSHOT [--yes]"),
        });
        expect(call("--help").stdout).toContain("restore DOMAIN SNAPSHOT");
    });
});
