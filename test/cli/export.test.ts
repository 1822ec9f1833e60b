import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseZoneFile } from "../../provider/dns";
import { type Sandbox, startSandbox } from "../../sandbox";
import { ask } from "../sandbox/ask";
import { cli } from "./cli";

const ZONE = `
@           3600 NS   ns1.example.net.
@           3600 MX   10 mail
www         300  TXT  "one" "two; three"
www         300  A    192.0.2.1
`;
const TEXT = `; example.com as it was at Gandi: 5 RRsets, without the SOA
$ORIGIN example.com.
@ 3600 IN MX 10 mail
example.com.example.com. 300 IN A 192.0.2.3
www 300 IN A 192.0.2.1
www 300 IN TXT "one" "two; three"
@ 3600 IN NS ns1.example.net.
`;

let sandbox: Sandbox;
let directory: string;
beforeAll(async () => {
    sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => {
    sandbox.clearFaults();
    sandbox.addDomain({ fqdn: "example.com", zone: ZONE });
    sandbox.setRRset("example.com", { name: "example.com", type: "A", ttl: 300, values: ["192.0.2.3"] });
    directory = mkdtempSync(join(tmpdir(), "export-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const run = (...args: string[]) => cli(sandbox, ["export", ...args], { directory });

describe("pulumi-gandi export", () => {
    it("prints a zone as a zone file that holds every RRset of it, and asks for nothing but to read", async () => {
        sandbox.clearRequests();
        expect(await run("Example.com")).toMatchObject({ code: 0, stdout: TEXT, stderr: "" });
        expect(sandbox.requests().filter(({ method }) => method !== "GET")).toEqual([]);
        const { rrsets, warnings } = parseZoneFile(TEXT, { zone: "example.com" });
        expect(rrsets).toHaveLength(sandbox.state.zone("example.com")!.rrsets.length);
        expect(warnings.filter(({ reason }) => !/LiveDNS/.test(reason))).toEqual([]);
    });

    it("is what restore takes: nothing would change", async () => {
        await run("example.com", "--out", "backup");
        const args = ["restore", "example.com", "--file", "backup/example.com.zone"];
        expect((await cli(sandbox, args, { directory })).stdout).toContain("nothing to restore");
    });

    it("gives the zone as JSON", async () => {
        expect(JSON.parse((await run("example.com", "--json")).stdout)).toEqual({
            domain: "example.com",
            rrsets: 5,
            leftOut: [],
            zone: TEXT,
        });
    });

    it("leaves out what no zone file can hold, names it, and says so to the shell", async () => {
        sandbox.setRRset("example.com", { name: "evil", type: "TXT", values: ['"a"\nwww 300 IN A 192.0.2.66'] });
        const { code, stdout, stderr } = await run("example.com");
        expect({ code, stdout, stderr }).toEqual({
            code: 3,
            stdout: TEXT,
            stderr: "example.com: evil TXT is left out, as no zone file can hold it\n",
        });
    });

    it("writes a folder of all zones, of every organisation that the token reaches", async () => {
        const zone = "@ 300 MX 10 mail.example.net.";
        sandbox.addDomain({ fqdn: "client.example", organization: "client", zone });
        const { code, lines } = await run("--all", "--out", "zones");
        expect({ code, lines: lines.sort() }).toEqual({
            code: 0,
            lines: ["2 of 2 zones, 6 RRsets", "zones/client.example.zone: 1 RRset", "zones/example.com.zone: 5 RRsets"],
        });
        expect(readdirSync(join(directory, "zones"))).toEqual(["client.example.zone", "example.com.zone"]);
        expect(readFileSync(join(directory, "zones", "example.com.zone"), "utf8")).toBe(TEXT);
    });

    it("goes on where one zone can't be read, and ends in 3", async () => {
        const { code, stdout, stderr } = await run("example.com", "unknown.example", "--out", "zones", "--json");
        expect(code).toBe(3);
        expect(stderr).toMatch(/^pulumi-gandi: unknown\.example: not there, or the token may not see the domain/);
        expect(JSON.parse(stdout)).toEqual([
            { domain: "example.com", file: "zones/example.com.zone", rrsets: 5, leftOut: [], changed: true },
            { domain: "unknown.example", error: expect.stringContaining("not there") },
        ]);
    });

    it("replaces nothing without --force, follows no link, and leaves nothing half-written", async () => {
        const file = join(directory, "example.com.zone");
        const elsewhere = join(directory, "elsewhere");
        writeFileSync(elsewhere, "mine");
        symlinkSync(elsewhere, file);
        expect(await run("example.com", "--out", ".")).toMatchObject({
            code: 1,
            stderr: `pulumi-gandi: ${file} is there already, with something else in it: --force replaces it\n`,
        });
        expect(await run("example.com", "--out", ".", "--force")).toMatchObject({ code: 0 });
        expect((await run("example.com", "--out", ".")).lines[0]).toBe("example.com.zone: 5 RRsets, as it was");
        expect(readFileSync(elsewhere, "utf8")).toBe("mine");
        expect(readFileSync(file, "utf8")).toBe(TEXT);
        expect(readdirSync(directory).sort()).toEqual(["elsewhere", "example.com.zone"]);
    });

    it.each([
        [[], /DOMAIN is missing, or --all/],
        [["--all"], /--out DIR is missing/],
        [["a.com", "--all", "--out", "x"], /DOMAIN and --all are one too many/],
        [["not a domain"], /white space/],
        [["--al"], /there is no option --al; did you mean --all\?/],
    ])("%j is called wrongly: code 2, and nothing asked", async (args, message) => {
        sandbox.clearRequests();
        expect(await run(...args)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(message) });
        expect(sandbox.requests()).toEqual([]);
    });
});

describe("pulumi-gandi snapshots", () => {
    it("lists them oldest first, with the id that restore takes", async () => {
        const list = (...more: string[]) => cli(sandbox, ["snapshots", "example.com", ...more]);
        expect((await list()).lines).toEqual(["example.com has no snapshots"]);
        await ask(sandbox, "POST /v5/livedns/domains/example.com/snapshots", { body: { name: "good" } });
        await ask(sandbox, "DELETE /v5/livedns/domains/example.com/records/www/A");
        const [first, second] = sandbox.state.zone("example.com")!.snapshots.map(({ id }) => id);
        expect((await list()).lines).toEqual([
            expect.stringMatching(new RegExp(`^${first} {2}\\S+Z {2}by hand {4}good$`)),
            expect.stringMatching(new RegExp(`^${second} {2}\\S+Z {2}automatic {2}\\S`)),
        ]);
        expect(JSON.parse((await list("--json")).stdout)[0]).toEqual({
            id: first,
            name: "good",
            createdAt: expect.stringMatching(/Z$/),
            automatic: false,
        });
    });
});
