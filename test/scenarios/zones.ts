import type { Program, Scenario } from "./stage";

interface Zone {
    records: { name: string; type: string; values: string[] }[];
    keepMail?: boolean;
}

const wholeZone: Program<Zone> = (gandi, pulumi, { records, keepMail }) => {
    const token = { name: "_token", type: "TXT", values: [pulumi.secret("a-verification-code")] };
    new gandi.LiveDnsZone(
        "zone",
        { domain: "example.com", exclusive: true, ignore: ["**.lab"], records: [...records, token] },
        keepMail ? { ignoreChanges: ['rrsets["@ MX"]'] } : {},
    );
};

const www = { name: "www", type: "A", values: ["192.0.2.1"] };
const mail = { name: "@", type: "MX", values: ["10 mail.example.net."] };

/** Each kind that the other scenarios leave out. */
const everyKind: Program<object> = (gandi) => {
    const domain = "example.com";
    const ns1 = new gandi.GlueRecord("ns1", { domain, name: "ns1", ips: ["192.0.2.1", "2001:db8::1"] });
    const ns2 = new gandi.GlueRecord("ns2", { domain, name: "ns2", ips: ["192.0.2.2"] });
    new gandi.Nameservers("delegation", {
        domain,
        nameservers: [ns1.hostname, ns2.hostname],
        deletionPolicy: "livedns",
    });
    new gandi.DnssecKey("ksk", {
        domain: "signed.example",
        algorithm: 13,
        type: "ksk",
        publicKey: "mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==",
    });
    new gandi.EmailForward("sales", { domain, source: "sales", destinations: ["alice@example.org"] });
    new gandi.WebRedirection("shop", { domain, host: "shop", url: "https://example.org/", type: "permanent" });
    new gandi.Mailbox("alice", { domain, login: "alice", password: "Correct-horse-123" });
    new gandi.EmailOffer("mail", { domain, antispam: false });
    new gandi.MailSlot("slot", { domain, type: "standard_2023", duration: 12, maxPrice: 12, deletionPolicy: "delete" });
    new gandi.LiveDnsDomain("added", { fqdn: "added.example", automaticSnapshots: false });
    new gandi.LiveDnsKey("signing", { domain, flags: 257 });
    const tsig = new gandi.TsigKey("xfr", { domains: [domain] });
    new gandi.AxfrSlave("secondary", { domain, ip: "2001:db8::53" }, { dependsOn: tsig });
    new gandi.Snapshot("release", { domain, name: "release 1", triggers: { release: 1 } });
    return { secret: tsig.secret };
};

export const zones: readonly Scenario[] = [
    {
        title: "a whole zone: one change shows as that RRset, what a stranger adds is seen and removed, a secret stays one",
        sandbox: { zones: { "example.com": "vm.lab 300 IN A 192.0.2.77" } },
        secrets: ["a-verification-code"],
        async play(stage) {
            stage.program(wholeZone, { records: [www, mail] });
            await stage.up();
            expect(stage.zone()).toEqual({
                "vm.lab A": ["192.0.2.77"],
                "www A": ["192.0.2.1"],
                "@ MX": ["10 mail.example.net."],
                "_token TXT": ['"a-verification-code"'],
            });
            await stage.hasNothingToDo();

            stage.program(wholeZone, {
                records: [
                    { ...www, values: ["192.0.2.2"] },
                    { ...mail, values: ["20 ignored.example.net."] },
                ],
                keepMail: true,
            });
            const change = await stage.up();
            expect(change.updated).toEqual({ zone: ["rrsets"] });
            expect(change.requests.filter((request) => !request.startsWith("GET"))).toEqual([
                "PUT /livedns/domains/example.com/records/www/A",
            ]);

            stage.sandbox.setRRset("example.com", { name: "stranger", type: "TXT", values: ['"hello"'] });
            stage.sandbox.setRRset("example.com", { name: "other.lab", type: "A", values: ["192.0.2.78"] });
            await stage.up({ refresh: true });
            expect(stage.zone()).toEqual({
                "vm.lab A": ["192.0.2.77"],
                "other.lab A": ["192.0.2.78"],
                "www A": ["192.0.2.2"],
                "@ MX": ["10 mail.example.net."],
                "_token TXT": ['"a-verification-code"'],
            });
            const before = stage.zone();
            await stage.destroy();
            expect(stage.zone()).toEqual(before);
        },
    },
    {
        title: "delegation, keys, transfers and snapshots: made, repaired where somebody changed them, and taken away",
        sandbox: {
            seed: {
                domains: [
                    { fqdn: "example.com", zone: "", freeSlots: [{}] },
                    { fqdn: "signed.example" },
                    { fqdn: "added.example", livedns: false },
                ],
            },
            zones: {},
        },
        async play(stage) {
            const { sandbox } = stage;
            const domain = () => sandbox.state.domain("example.com")!;
            // LiveDNS takes snapshots by itself, too: of the record that a redirection comes with.
            const zone = () => {
                const { snapshots, ...rest } = sandbox.state.zone("example.com")!;
                return { ...rest, snapshots: snapshots.filter(({ automatic }) => !automatic) };
            };
            stage.program(everyKind, {});
            const { changes } = await stage.up();
            expect(changes).toMatchObject({ create: 15 });
            expect(Object.keys(domain().hosts).sort()).toEqual(["ns1", "ns2"]);
            expect(domain().forwards).toEqual({ sales: ["alice@example.org"] });
            expect(Object.keys(domain().webRedirections)).toEqual(["shop.example.com"]);
            expect(domain().mailboxes).toMatchObject([{ login: "alice" }]);
            expect([...domain().nameservers].sort()).toEqual(["ns1.example.com", "ns2.example.com"]);
            expect(sandbox.state.domain("signed.example")?.dnskeys).toHaveLength(1);
            expect(sandbox.state.zone("added.example")?.automaticSnapshots).toBe(false);
            expect(zone()).toMatchObject({
                keys: [{ flags: 257, deleted: false }],
                slaves: ["2001:0db8:0000:0000:0000:0000:0000:0053"],
                tsig: [expect.any(String)],
                snapshots: [{ name: "release 1" }],
            });
            await stage.hasNothingToDo();

            sandbox.editDomain("example.com", {
                hosts: { ns1: ["203.0.113.66"] },
                forwards: { sales: ["eve@example.com"] },
                webRedirections: { shop: { url: "https://eve.example/" } },
                nameservers: ["ns1.example.net", "ns2.example.net"],
            });
            sandbox.editDomain("signed.example", { dnskeys: [] });
            const repair = await stage.up({ refresh: true });
            expect(repair.updated).toEqual({
                ns1: ["ips"],
                sales: ["destinations"],
                shop: ["url"],
                delegation: ["nameservers"],
            });
            expect(repair.changes).toMatchObject({ create: 1, update: 4 });
            expect(domain().hosts.ns1).toEqual(["192.0.2.1", "2001:0db8:0000:0000:0000:0000:0000:0001"]);
            expect(sandbox.state.domain("signed.example")?.dnskeys).toHaveLength(1);
            await stage.refresh({ expectNoChanges: true });

            await stage.destroy();
            expect(domain()).toMatchObject({
                hosts: {},
                forwards: {},
                webRedirections: {},
                nameservers: expect.not.arrayContaining(["ns1.example.com"]),
            });
            expect(sandbox.state.domain("signed.example")?.dnskeys).toEqual([]);
            expect(zone()).toMatchObject({ keys: [{ deleted: true }], slaves: [], tsig: [], snapshots: [] });
            expect(sandbox.state.zone("added.example")).toBeDefined();
        },
    },
];
