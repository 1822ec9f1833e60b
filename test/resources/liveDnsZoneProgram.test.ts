import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { createOrSelectStack, type Stack } from "../../engine";
import type * as gandi from "../../provider";
import { type Sandbox, startSandbox } from "../../sandbox";
import { stackEnv } from "../harness/stackEnv";

const ROOT = join(__dirname, "..", "..");
const SECRET = "v=DKIM1; k=rsa; p=hush-this-is-kept-secret";

let sandbox: Sandbox;
let stack: Stack;
const dir = mkdtempSync(join(tmpdir(), "pulumi-gandi-zone-"));

beforeAll(async () => {
    sandbox = await startSandbox({ zones: { "example.com": "" } });
    symlinkSync(join(ROOT, "node_modules"), join(dir, "node_modules"), "junction");
    writeFileSync(join(dir, "package.json"), '{ "private": true }\n');
    writeFileSync(join(dir, "Pulumi.yaml"), "name: zone\nruntime: nodejs\n");
    const envVars = { ...stackEnv(sandbox.token), GANDI_URL: sandbox.url };
    stack = await createOrSelectStack({ stackName: "dev", workDir: dir }, { envVars });
    await stack.setConfig("dkim", { value: SECRET, secret: true });
});
afterAll(async () => {
    await sandbox?.close();
    rmSync(dir, { recursive: true, force: true });
});
beforeEach(() => {
    sandbox.clearZone("example.com");
    sandbox.clearRequests();
});

/** Runs in another process, from its own text: it sees nothing but its parameters. */
type Program = (gandi_: typeof gandi, pulumi_: typeof pulumi) => unknown;

function program(text: Program): void {
    writeFileSync(
        join(dir, "index.js"),
        `module.exports = (${text})(require("pulumi-gandi"), require("@pulumi/pulumi"));`,
    );
}

const there = () =>
    Object.fromEntries(
        sandbox.state.zone("example.com")!.rrsets.map(({ name, type, values }) => [`${name} ${type}`, values]),
    );

/** What the engine keeps for the zone, as it is written to the disk. */
async function savedRRsets(): Promise<Record<string, unknown>> {
    const { deployment } = await stack.exportStack();
    const zone = deployment.resources.find(({ urn }: { urn: string }) => urn.endsWith("LiveDnsZone::zone"));
    return zone.inputs.rrsets;
}

it("keeps one RRset a key: unknown and secret values stay at their leaf, names may be outputs", async () => {
    program((gandi, pulumi) => {
        const config = new pulumi.Config();
        const zone = new gandi.LiveDnsDomain("zone", { fqdn: "example.com" });
        const key = new gandi.LiveDnsKey("key", { domain: zone.fqdn, flags: 257 });
        new gandi.LiveDnsZone("zone", {
            domain: zone.fqdn,
            records: [
                { name: "WWW.example.com.", type: "a", ttl: 300, values: ["192.0.2.1"] },
                { name: "", type: "MX", values: [gandi.dns.mx(10, "mail.example.net.")] },
                { name: "k1._domainkey", type: "TXT", values: [config.requireSecret("dkim")] },
                { name: "key", type: "TXT", values: [pulumi.interpolate`id ${key.id}`] },
                { name: pulumi.output("out"), type: "A", values: pulumi.output(["192.0.2.2"]) },
                pulumi.output({ name: "whole", type: "A", ttl: 600, values: ["192.0.2.3"] }),
            ],
        });
    });
    const preview = await stack.preview({ diff: true });
    expect(preview.changeSummary).toMatchObject({ create: 4 });
    expect(preview.stdout).toMatch(/www A/);
    expect(preview.stdout).not.toContain(SECRET);

    await stack.up();
    expect(there()).toMatchObject({
        "@ MX": ["10 mail.example.net."],
        "k1._domainkey TXT": [`"${SECRET}"`],
        "out A": ["192.0.2.2"],
        "whole A": ["192.0.2.3"],
        "www A": ["192.0.2.1"],
    });
    expect(there()["key TXT"]?.[0]).toMatch(/^"id example\.com\//);
    const rrsets = await savedRRsets();
    expect(rrsets["www A"]).toEqual({ ttl: 300, values: ["192.0.2.1"] });
    expect(rrsets["@ MX"]).toEqual({ ttl: 10800, values: ["10 mail.example.net."] });
    expect(rrsets["k1._domainkey TXT"]).toMatchObject({ ttl: 10800, values: { plaintext: JSON.stringify([SECRET]) } });
    await stack.preview({ expectNoChanges: true });
});

it("reads a zone file, shows one changed record as that, and keeps all when it is destroyed", async () => {
    program((gandi) => {
        new gandi.LiveDnsZone("zone", {
            domain: "example.com",
            adopt: true,
            zoneFile: `
$TTL 1h
@       IN SOA ns1.gandi.net. hostmaster.gandi.net. 1 10800 3600 604800 10800
        IN MX  10 mail
mail    IN A   192.0.2.25
www 300 IN A   192.0.2.1
        IN A   192.0.2.2
`.replace("        IN A   192.0.2.2", "www 300 IN A 192.0.2.2"),
        });
    });
    await stack.up();
    expect(there()).toMatchObject({
        "@ MX": ["10 mail.example.com."],
        "mail A": ["192.0.2.25"],
        "www A": ["192.0.2.1", "192.0.2.2"],
    });
    sandbox.setRRset("example.com", { name: "mail", type: "A", ttl: 3600, values: ["203.0.113.66"] });
    const drift = await stack.preview({ refresh: true, diff: true });
    expect(drift.stdout).toMatch(/203\.0\.113\.66/);
    expect(drift.stdout).not.toMatch(/192\.0\.2\.1"/);
    await stack.up({ refresh: true });
    expect(there()["mail A"]).toEqual(["192.0.2.25"]);
    await stack.preview({ refresh: true, expectNoChanges: true });
    const before = there();
    await stack.destroy();
    expect(there()).toEqual(before);
});

it("takes a zone file that is only untidy, and says so", async () => {
    program((gandi) => {
        const zoneFile = "example.com 3600 IN SOA a. b. 1 1 1 1 1\n@ 600 IN TXT one\n@ 300 IN TXT two\n";
        new gandi.LiveDnsZone("zone", { domain: "example.com", zoneFile });
    });
    const { stdout, stderr } = await stack.up();
    expect(`${stdout}${stderr}`).toMatch(/"zone": zoneFile, line 1, column 1: .*apex/);
    expect(`${stdout}${stderr}`).toMatch(
        /"zone": zoneFile, line 3, column 10: @ TXT has a TTL of 600 above and of 300/,
    );
    expect(sandbox.state.zone("example.com")!.rrsets).toEqual([
        { name: "@", type: "TXT", ttl: 300, values: ['"one"', '"two"'] },
    ]);
    await stack.preview({ refresh: true, expectNoChanges: true });
    await stack.destroy();
});

it("keeps the zone's own name as the apex and below it apart, in records and in a zone file", async () => {
    program((gandi) => {
        const records = [
            { name: "example.com", type: "A", ttl: 300, values: ["192.0.2.1"] },
            { name: "example.com.example.com.", type: "A", ttl: 300, values: ["192.0.2.2"] },
        ];
        const zoneFile = "@ 300 IN A 192.0.2.3\nexample.com.example.net. 300 IN A 192.0.2.4\n";
        new gandi.LiveDnsZone("zone", { domain: "example.com", records });
        new gandi.LiveDnsZone("file", {
            domain: "example.net",
            zoneFile: zoneFile.replace("example.com.", "example.net."),
        });
    });
    sandbox.addDomain({ fqdn: "example.net", zone: "" });
    await stack.up();
    expect(there()).toEqual({ "@ A": ["192.0.2.1"], "example.com A": ["192.0.2.2"] });
    expect(sandbox.state.zone("example.net")!.rrsets).toMatchObject([
        { name: "@", values: ["192.0.2.3"] },
        { name: "example.net", values: ["192.0.2.4"] },
    ]);
    await stack.preview({ refresh: true, expectNoChanges: true });
    await stack.destroy();
});

describe("a program that contradicts itself in plain values fails in the constructor (promise 8)", () => {
    let complaints: string;

    beforeAll(async () => {
        program((gandi) => {
            const www = { name: "www", type: "A", values: ["192.0.2.1"] };
            const complaints: string[] = [];
            const attempt = (declare: () => void) => {
                try {
                    declare();
                } catch (error) {
                    complaints.push((error as Error).message);
                }
            };
            const { LiveDnsRecord, LiveDnsZone } = gandi;
            attempt(() => {
                const again = { ...www, name: "www.a.example.", values: ["192.0.2.2"] };
                new LiveDnsZone("twice", { domain: "a.example", records: [www, { ...www, name: "other" }, again] });
            });
            attempt(() => new LiveDnsZone("both", { domain: "b.example", records: [], zoneFile: "" }));
            const untyped = (args: object | undefined) => attempt(() => new LiveDnsZone("untyped", args as never));
            untyped(undefined);
            untyped({ domain: "b.example", records: { www: ["192.0.2.1"] } });
            untyped({ domain: "b.example", records: [null, { ...www, type: 1 }] });
            untyped({ domain: "b.example", zoneFile: 7 });
            untyped({ zoneFile: "www IN A 192.0.2.1" });
            attempt(() => {
                const zoneFile = "www IN A 192.0.2.1\nmail IN A 192.0.2.300\n";
                new LiveDnsZone("unreadable", { domain: "c.example", zoneFile });
            });
            attempt(() => {
                new LiveDnsZone("doubtful", { domain: "d.example", zoneFile: "alias IN CNAME www.example.org" });
            });
            attempt(() => {
                const { rrsets } = gandi.dns.parseZoneFile("@ A 192.0.2.1\ni.example.i.example. A 192.0.2.2", {
                    zone: "i.example",
                });
                new LiveDnsZone("ambiguous", { domain: "i.example", records: rrsets });
            });
            attempt(() => {
                const zoneFile = "_dmarc IN TXT v=DMARC1; p=reject\n@ IN NS ns1.other.example.\n";
                new LiveDnsZone("careless", { domain: "h.example", zoneFile });
            });
            attempt(() => {
                const records = [www, { ...www, name: "www.g.example" }];
                new LiveDnsZone("repeating", { domain: "g.example", records });
            });
            attempt(() => {
                new LiveDnsZone("mine", { domain: "e.example", exclusive: true, ignore: ["**.lab"], records: [www] });
                new LiveDnsRecord("fine", { ...www, domain: "e.example", name: "a.lab" });
                new LiveDnsRecord("stranger", { ...www, domain: "e.example", name: "api" });
            });
            attempt(() => {
                new LiveDnsZone("first", { domain: "f.example", records: [] });
                new LiveDnsZone("second", { domain: "F.example.", records: [] });
            });
            throw new Error(complaints.join("\n"));
        });
        complaints = await stack.preview().then(
            () => "",
            (error) => error.message,
        );
    });

    it.each([
        ["an RRset twice in one zone", /gandi\.LiveDnsZone "twice": records\[0\] and records\[2\] are both www A/],
        ["records and a zone file", /"both": give records or zoneFile, one of the two/],
        ["no arguments", /"untyped": give records or zoneFile, one of the two/],
        ["records that are no list", /"untyped": records must be a list/],
        ["records that are none", /"untyped": records\[0\] needs a name and a type\n.*"untyped": records\[1\] needs/],
        ["a zone file that is no text", /"untyped": zoneFile must be text/],
        ["a zone file without a domain", /"untyped": domain must be text/],
        ["a zone file that can't be read", /"unreadable": zoneFile, line 2, column 11: /],
        [
            "a zone file with what is surely a mistake",
            /"doubtful": zoneFile, line 1, column 16: .*"www\.example\.org\."/,
        ],
        [
            "the zone's own name beside the apex",
            /"ambiguous": records\[0\] and records\[1\] are both @ A: .*write "i\.example\.i\.example\." for the name below/,
        ],
        ["a text that a semicolon cuts", /"careless": zoneFile, line 1, column 15: .*"v=DMARC1; p=reject"/],
        ["a former provider's nameservers", /"careless": zoneFile, line 2, column 6: .*leave the NS of the former/],
        [
            "a name that repeats the zone",
            /"repeating": records\[1\]: name: "www\.g\.example" .*write "www", or "www\.g\.example\.g\.example\."/,
        ],
        [
            "a record beside an exclusive zone",
            /"stranger" declares e\.example\/api\/A, but .*"mine" .*an exclusive zone has/,
        ],
        ["two resources for one zone", /LiveDnsZone f\.example is declared twice: by .*"first" and by .*"second"/],
    ])("%s", (_what, message) => {
        expect(complaints).toMatch(message);
        expect(complaints).not.toContain('"fine"');
    });
});

describe("a program that contradicts itself in outputs fails in preview (promise 8)", () => {
    const cases: [string, Program, RegExp][] = [
        [
            "an RRset in a zone and in a LiveDnsRecord",
            (gandi, pulumi) => {
                const domain = "example.com";
                const records = pulumi.output([{ name: "www", type: "A", values: ["192.0.2.1"] }]);
                new gandi.LiveDnsZone("zone", { domain, records });
                new gandi.LiveDnsRecord("record", { domain, name: "WWW", type: "A", values: ["192.0.2.1"] });
            },
            /example\.com\/www\/A is declared twice: by gandi\.LiveDnsRecord "record" and by gandi\.LiveDnsZone "zone"/,
        ],
        [
            "a CNAME beside a zone's address",
            (gandi, pulumi) => {
                const domain = "example.com";
                const records = [{ name: "www", type: "A", values: ["192.0.2.1"] }];
                new gandi.LiveDnsZone("zone", { domain, records });
                const name = pulumi.output("www");
                new gandi.LiveDnsRecord("record", { domain, name, type: "CNAME", values: ["web.example.net."] });
            },
            /"zone" declares example\.com\/www\/A, but .*"record" declares example\.com\/www\/CNAME: a CNAME excludes/,
        ],
    ];

    it.each(cases)("%s", async (_what, text, message) => {
        program(text);
        await expect(stack.preview()).rejects.toThrow(message);
    });
});

describe("a program that fails tells nothing of what it was given as a secret (promise 7)", () => {
    it.each<[what: string, failing: Program, said: RegExp]>([
        [
            "in a zone file",
            (gandi, pulumi) => {
                const zoneFile = new pulumi.Config().requireSecret("dkim").apply((text) => `www IN A "${text}`);
                new gandi.LiveDnsZone("zone", { domain: "example.com", zoneFile });
            },
            /LiveDnsZone "zone": zoneFile, line 1/,
        ],
        [
            "in a value of a zone",
            (gandi, pulumi) => {
                const values = [new pulumi.Config().requireSecret("dkim")];
                new gandi.LiveDnsZone("zone", { domain: "example.com", records: [{ name: "a", type: "A", values }] });
            },
            /a A: values\[0\]/,
        ],
        [
            "in a name that is declared twice",
            (gandi, pulumi) => {
                const name = new pulumi.Config().requireSecret("dkim").apply((text) => text.split("=").at(-1)!);
                const record = { domain: "example.com", name, type: "A", values: ["192.0.2.1"] };
                new gandi.LiveDnsRecord("first", record);
                new gandi.LiveDnsRecord("second", record);
            },
            /is declared twice/,
        ],
        [
            "in a look-up's argument",
            (gandi, pulumi) => {
                const secret = new pulumi.Config().requireSecret("dkim");
                return { looked: gandi.getDomainOutput({ fqdn: secret.apply((text) => text.split("=").at(-1)!) }) };
            },
            /getDomain: /,
        ],
    ])("%s", async (_what, failing, said) => {
        program(failing);
        const failure = await stack.preview().then(
            ({ stdout, stderr }) => `${stdout} ${stderr} no failure`,
            (error) => `${error.message} ${error.stdout ?? ""} ${error.stderr ?? ""}`,
        );
        expect(failure).toMatch(said);
        expect(failure).not.toMatch(/hush-this|kept-secret|DKIM1/);
    });
});
