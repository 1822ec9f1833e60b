import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "../../../sandbox";
import { cli, type Outcome } from "../cli";

const SHOP = `
@ 300 MX 10 mail
www 300 A 192.0.2.99
mail 300 A 192.0.2.11
_dmarc 300 TXT "v=DMARC1; p=none"
*.dev 300 CNAME www
webmail 300 CNAME webmail.gandi.net.
`;

const KEY = "oJMRESz5E4gYzS/q6XDrvU1qMPYIjCWzJaOau8XNEZeqCYKD5ar0IRd8KqXXFJkqmVfRvMGPmM1x8fGAa2XhSA==";

let sandbox: Sandbox;
let directory: string;
beforeAll(async () => {
    sandbox = await startSandbox({ zones: { "shop.example": SHOP, "blog.example": "www 300 A 192.0.2.3" } });
});
afterAll(() => sandbox.close());
beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "gandi-move-"));
    sandbox.clearRequests();
});
afterEach(() => {
    sandbox.clearFaults();
    rmSync(directory, { recursive: true, force: true });
});

const sample = (...path: string[]) => join(__dirname, ...path);
const run = (...args: string[]): Promise<Outcome> => cli(sandbox, ["import", ...args], { directory });
const written = (...path: string[]) => readFileSync(join(directory, "gandi", ...path), "utf8");
const writes = () => sandbox.requests().filter(({ method }) => method !== "GET");
/** What a Terraform state says of some RRsets of shop.example, the name of each `NAME/TYPE`. */
function stateOf(rrsets: Record<string, string>, zone = "shop.example"): string {
    const provider = 'provider["registry.terraform.io/go-gandi/gandi"]';
    const resources = Object.entries(rrsets).map(([name, rrset]) => {
        const [owner, type] = rrset.split("/");
        const attributes = { id: `${zone}/${rrset}`, zone, name: owner, type };
        return { mode: "managed", type: "gandi_livedns_record", name, provider, instances: [{ attributes }] };
    });
    writeFileSync(join(directory, "a.tfstate"), JSON.stringify({ version: 4, serial: 1, resources }));
    return "a.tfstate";
}

describe("a move to a program that is proved", () => {
    it("comes from Terraform, with its names and with Gandi's values", async () => {
        const file = sample("terraform", "for-each.tfstate");
        const { code, lines } = await run("--from-tfstate", file);
        expect({ code, lines }).toEqual({
            code: 0,
            lines: [
                "The order of the move from Terraform:",
                "1. Prove: this command did, and has changed nothing at Gandi",
                "2. Stop its schedule: no apply of this configuration, neither by people nor by jobs, before the next step is done",
                "3. Take its hands off, as what is removed there is deleted at Gandi:",
                "   terraform state rm 'gandi_livedns_record.this[\"apex/MX\"]'",
                "   terraform state rm 'gandi_livedns_record.this[\"*.dev\"]'",
                '   terraform state rm \'gandi_livedns_record.this["say \\"$${hi}\\""]\'',
                "   Then take what it has forgotten out of its configuration, and see that terraform plan has nothing to do",
                "4. The first pulumi up of gandi/, which takes over what is there",
                "Domain: 1 at Gandi, 0 declared, 1 not declared there, 0 left out",
                "RRsets: 6 at Gandi, 3 declared, 3 not declared there, 0 left out",
                `${file} does not declare, and so neither does the program: Domain shop.example, RRset mail A of shop.example, RRset www A of shop.example. \`npx pulumi-gandi import --missing\` in its folder adds them`,
                "RRsets that Gandi puts into a new zone, and nobody declares: 1",
                "3 taken over, 0 would be written, 0 orders, 0.00 EUR; a preview after a refresh is empty",
                "gandi/ holds the program. Next: cd gandi && npm install && pulumi stack init && pulumi up",
            ],
        });
        const program = written("index.ts");
        expect([...program.matchAll(/LiveDnsRecord\("([^"]*)"/g)].map(([, name]) => name)).toEqual([
            "this-dev",
            "this-apex-MX",
            "this-say-hi",
        ]);
        expect(program).toContain('values: ["www"]');
        expect(writes()).toEqual([]);
    });

    it("comes from Pulumi, and tells programs the same", async () => {
        const { code, stdout } = await run("--from-pulumi", sample("pulumi", "protected.json"), "--json", "--no-proof");
        expect(code).toBe(0);
        expect(JSON.parse(stdout)).toMatchObject({
            counts: [
                { what: "Domain", there: 1, declared: 0, beyond: 1 },
                { what: "RRsets", there: 6, declared: 2, beyond: 4 },
            ],
            source: {
                handsOff: [
                    "pulumi state delete urn:pulumi:prod::shop::gandi:livedns/record:Record::mail --yes",
                    "pulumi state delete urn:pulumi:prod::shop::gandi:livedns/record:Record::www --force --yes",
                ],
                beyond: expect.arrayContaining([{ kind: "LiveDnsRecord", id: "shop.example/webmail/CNAME" }]),
            },
        });
        expect(written("index.ts")).toContain('LiveDnsRecord("www", { domain: "shop.example", name: "www"');
        expect(written("index.ts")).toContain("192.0.2.99");
        expect(writes()).toEqual([]);
    });

    it("comes from dnscontrol, whose creds.json alone knows what is at Gandi", async () => {
        const file = sample("dnscontrol", "creds-json.json");
        const { code, lines } = await run("--from-dnscontrol", file, "--no-proof");
        expect(code).toBe(0);
        expect(lines).toContain(
            '   in dnsconfig.js, take out D("shop.example", …) as a whole, and every D_EXTEND of it',
        );
        expect(lines).toContain(`of ${file}, not in this account, in what this token sees: far.example`);
        expect(lines).toContain("RRsets: 6 at Gandi, 1 declared, 5 not declared there, 0 left out");
        expect(written("index.ts")).toContain("new gandi.LiveDnsZone(");
        expect(written("zones", "shop.example.zone")).toBe("$ORIGIN shop.example.\nwww 300 IN A 192.0.2.99\n");
        expect(writes()).toEqual([]);
    });

    it("comes from octoDNS", async () => {
        const { code, lines } = await run("--from-octodns", sample("octodns", "plain"));
        expect(code).toBe(0);
        expect(lines).toContain("RRsets: 6 at Gandi, 2 declared, 4 not declared there, 0 left out");
        expect(lines).toContain(
            "1 taken over, 0 would be written, 0 orders, 0.00 EUR; a preview after a refresh is empty",
        );
        expect(written("zones", "shop.example.zone")).toContain("mail 300 IN A 192.0.2.11\n");
        expect(writes()).toEqual([]);
    });
});

describe("a move", () => {
    it("leaves with the tool what is not at Gandi, and what nobody declares", async () => {
        const file = stateOf({ www: "www/A", old: "old/A", nowhere: "@/NS" });
        const { code, lines, stderr } = await run("--from-tfstate", file, "--no-proof");
        expect(code).toBe(3);
        expect(stderr).toContain(
            "2 left out:\ngandi_livedns_record.nowhere: Gandi lists neither NS nor SOA of the apex, so it stays where it is; a LiveDnsRecord of your own can take it over\ngandi_livedns_record.old: it is not at Gandi, so there is nothing to take over\n",
        );
        expect(lines.filter((line) => line.includes("state rm"))).toEqual([
            "   terraform state rm gandi_livedns_record.www",
        ]);
        expect(lines).toContain("1. Prove: leave --no-proof out");
    });

    it("names two resources of one name differently, and one RRset of two resources once", async () => {
        const file = stateOf({ a: "www/A", "a-": "mail/A", b: "www/A" });
        const { lines } = await run("--from-tfstate", file, "--no-proof");
        expect([...written("index.ts").matchAll(/LiveDnsRecord\("([^"]*)"/g)].map(([, name]) => name)).toEqual([
            "a",
            "a-2",
        ]);
        expect(lines.filter((line) => line.includes("state rm"))).toHaveLength(3);
    });

    it("takes whole zones with --style zone, and says that names are lost", async () => {
        const file = stateOf({ www: "www/A" });
        const { code, lines } = await run("--from-tfstate", file, "--no-proof", "--style", "zone");
        expect(code).toBe(0);
        expect(lines).toContain("the names of single records are lost, as a LiveDnsZone stands for all of a zone");
        expect(lines).toContain("   terraform state rm gandi_livedns_record.www");
        expect(written("zones", "shop.example.zone")).toBe("$ORIGIN shop.example.\nwww 300 IN A 192.0.2.99\n");
    });

    it("makes no zone exclusive that would remove what the tool does not declare", async () => {
        const args = ["--from-octodns", sample("octodns", "plain"), "--no-proof", "--exclusive"];
        const { code, stderr } = await run(...args);
        expect(code).toBe(1);
        expect(stderr).toMatch(
            /--exclusive: .* does not declare RRset \*\.dev CNAME of shop\.example, .*: import without it/,
        );
        expect(existsSync(join(directory, "gandi"))).toBe(false);
    });

    it("keeps its hands off a registration that --domains skip leaves out", async () => {
        const attributes = { id: "shop.example", name: "shop.example", nameservers: null };
        const resource = { mode: "managed", type: "gandi_domain", name: "it", provider: "provider.gandi" };
        const state = JSON.parse(readFileSync(join(directory, stateOf({ www: "www/A" })), "utf8"));
        state.resources.push({ ...resource, instances: [{ attributes }] });
        writeFileSync(join(directory, "b.tfstate"), JSON.stringify(state));
        const skipped = await run("--from-tfstate", "b.tfstate", "--no-proof", "--domains", "skip");
        expect(skipped.stdout).not.toContain("state rm gandi_domain.it");
        const adopted = await run("--from-tfstate", "b.tfstate", "--no-proof", "--out", "gandi-2");
        expect(adopted.stdout).toContain("state rm gandi_domain.it");
    });

    it("says nothing of what the token may not list but that", async () => {
        const body = { code: 403, message: "Access was denied to this resource." };
        sandbox.addFault({ path: "/v5/livedns/domains/shop.example/records", status: 403, body });
        const { code, stderr } = await run("--from-tfstate", stateOf({ www: "www/A" }), "--no-proof");
        expect(code).toBe(1);
        expect(stderr).toContain(
            "nothing of shop.example can be declared:\nRRsets of shop.example: the token may not list them\n",
        );
        expect(stderr).not.toContain("not at Gandi");
    });

    it("takes the domains that are named, of those that the tool has", async () => {
        const file = sample("terraform", "modules.tfstate");
        const one = await run("blog.example", "--from-tfstate", file, "--no-proof");
        expect(one.stderr).toContain("gandi_livedns_record.a[0]: it is not at Gandi");
        expect(one.stderr).not.toContain("module.dns.gandi_livedns_record.a:");
        const other = await run("other.example", "--from-tfstate", file);
        expect(other).toMatchObject({
            code: 1,
            stderr: expect.stringContaining(`other.example: ${file} says nothing of it`),
        });
        const none = await run("--match", "*.fr", "--from-tfstate", file);
        expect(none).toMatchObject({
            code: 1,
            stderr: expect.stringContaining("fits --match. It has shop.example, blog.example"),
        });
    });

    it("names a domain of the state that the account does not have", async () => {
        const elsewhere = await run("--from-tfstate", sample("terraform", "aliases.tfstate"), "--no-proof");
        expect(elsewhere).toMatchObject({
            code: 1,
            stderr: expect.stringContaining("client.example: it is not in this account"),
        });
        const nothing = await run("--from-tfstate", stateOf({ www: "www/A" }, "far.example"));
        expect(nothing.stderr).toContain(
            "far.example: not in this account, in what this token sees, and all that is meant of a.tfstate",
        );
    });

    it("takes a zone for somebody else's of which octoDNS has records and Gandi has none", async () => {
        const { code, lines, stderr } = await run("--from-octodns", sample("octodns", "apex"), "--no-proof");
        expect({ code, stderr }).toEqual({
            code: 3,
            stderr: expect.stringContaining("@ A of shop.example: it is not at Gandi"),
        });
        expect(lines.join("\n")).not.toContain("served elsewhere");
        const strange = await run("--from-octodns", sample("octodns", "scalars"), "--no-proof", "--force");
        expect(strange.stderr).toContain(
            "nothing of shop.example can be declared\nnone of its records is at Gandi, so it is served elsewhere: shop.example\n",
        );
    });

    it("finds what is no record by the ids that the tool keeps", async () => {
        const everything = await startSandbox({
            seed: {
                domains: [
                    {
                        fqdn: "shop.example",
                        hosts: { ns1: ["192.0.2.53"] },
                        forwards: { sales: ["alice@blog.example"] },
                    },
                    { fqdn: "blog.example", livedns: false, nameservers: ["ns1.shop.example"] },
                ],
            },
        });
        const { dnskeys } = everything.world.state.domains.get("shop.example")!;
        const digest = { keytag: 1, digest: "00", digest_type: 2 };
        dnskeys.push({ id: 4711, algorithm: 13, type: "ksk", public_key: KEY, ...digest });
        for (const [option, file] of [
            ["--from-tfstate", sample("terraform", "every-type.tfstate")],
            ["--from-pulumi", sample("pulumi", "every-type.json")],
        ] as const) {
            const args = ["import", option, file, "--no-proof", "--json", "--force"];
            const { code, stdout } = await cli(everything, args, { directory });
            const { counts, resources, leftOut, source } = JSON.parse(stdout);
            expect(code).toBe(3);
            expect(counts.map(({ what, declared }: { what: string; declared: number }) => [what, declared])).toEqual([
                ["Domain", 1],
                ["Nameservers", 1],
                ["GlueRecord", 1],
                ["DnssecKey", 1],
                ["EmailForward", 1],
                ["RRsets", 0],
            ]);
            expect(new Set(resources.map(({ name }: { name: string }) => name))).toEqual(
                new Set(["shop", option === "--from-pulumi" ? "blog-ns" : "blog", "ns1", "ksk", "sales"]),
            );
            expect(leftOut).toHaveLength(4);
            expect(source.handsOff).toHaveLength(5);
        }
        await everything.close();
    });
});
