import * as pulumi from "@pulumi/pulumi";
import * as gandi from "../../provider";
import { type Sandbox, startSandbox } from "../../sandbox";

let sandbox: Sandbox;
const environment = { ...process.env };

beforeAll(async () => {
    sandbox = await startSandbox({
        delays: { order: 0, operation: 0, changeOwner: null },
        seed: {
            domains: [
                {
                    fqdn: "example.com",
                    nameservers: ["ns1.example.com", "ns2.example.net"],
                    hosts: { ns1: ["192.0.2.53", "2001:0db8:0000:0000:0000:0000:0000:0053"] },
                    tags: ["shop"],
                    records: [
                        { name: "www", type: "A", ttl: 300, values: ["192.0.2.1"] },
                        { name: "www", type: "TXT", ttl: 300, values: ['"hello"'] },
                        { name: "MixedCase", type: "A", ttl: 600, values: ["192.0.2.2"] },
                    ],
                },
                { fqdn: "example.net" },
                { fqdn: "client.org", organization: "client" },
                { fqdn: "hidden.org", organization: "second" },
            ],
        },
    });
});
afterAll(() => sandbox.close());
beforeEach(() => {
    sandbox.clearFaults();
    sandbox.clearRequests();
    process.env.GANDI_URL = sandbox.url;
    process.env.GANDI_PERSONAL_ACCESS_TOKEN = sandbox.token;
    delete process.env.GANDI_KEY;
    delete process.env.GANDI_SHARING_ID;
    pulumi.runtime.setAllConfig({ "gandi:pollInterval": "0.02" });
});
afterAll(() => {
    process.env = environment;
});

/** A request to the sandbox past the look-ups. */
async function request(method: string, path: string, body?: unknown): Promise<Record<string, string>> {
    const answer = await fetch(`${sandbox.url}/v5${path}`, {
        method,
        headers: { authorization: `Bearer ${sandbox.token}`, "content-type": "application/json" },
        body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    return text === "" ? {} : JSON.parse(text);
}

const asked = () => sandbox.requests().map(({ method, path }) => `${method} ${path}`);

describe("look-ups of domains", () => {
    it("getDomain gives a domain in camelCase, without its transfer code (promise 7)", async () => {
        const domain = await gandi.getDomain({ fqdn: "EXAMPLE.com." });
        expect(domain).toMatchObject({
            fqdn: "example.com",
            autorenew: { enabled: false, orgId: sandbox.organizations.first },
            contacts: { owner: { given: "Alice", extraParameters: { birth_city: "" } }, admin: { sameAsOwner: true } },
            dates: { registryEndsAt: expect.stringMatching(/^\d{4}-/) },
            nameservers: ["ns1.example.com", "ns2.example.net"],
            sharingSpace: { name: "first_organization" },
            tags: ["shop"],
        });
        expect(JSON.stringify(domain)).not.toContain(sandbox.state.domain("example.com")!.authinfo);
    });

    it("getDomains gives all the pages of what fits", async () => {
        expect((await gandi.getDomains()).map(({ fqdn }) => fqdn)).toEqual([
            "client.org",
            "example.com",
            "example.net",
        ]);
        const named = async (args: gandi.GetDomainsArgs) => (await gandi.getDomains(args)).map(({ fqdn }) => fqdn);
        await expect(named({ tld: ".net" })).resolves.toEqual(["example.net"]);
        await expect(named({ tld: "net" })).resolves.toEqual(["example.net"]);
        await expect(named({ fqdn: "*.com" })).resolves.toEqual(["example.com"]);
        await expect(named({ nameserver: "other" })).resolves.toEqual(["example.com"]);
        await expect(named({ sharingId: sandbox.organizations.client })).resolves.toEqual(["client.org"]);
        expect((await gandi.getDomains({ tld: "com" }))[0]).toMatchObject({
            autorenew: false,
            nameserver: { current: "other" },
            sharingId: sandbox.organizations.first,
        });
    });

    it("getContacts gives the four contacts", async () => {
        const { owner, tech } = await gandi.getContacts({ domain: "example.com" });
        expect(owner).toMatchObject({ family: "Doe", country: "FR", dataObfuscated: true });
        expect(tech.sameAsOwner).toBe(true);
    });

    it("getNameservers and getGlueRecords give what the registry holds", async () => {
        await expect(gandi.getNameservers({ domain: "example.com" })).resolves.toEqual([
            "ns1.example.com",
            "ns2.example.net",
        ]);
        await expect(gandi.getGlueRecords({ domain: "example.com" })).resolves.toEqual([
            {
                name: "ns1",
                ips: ["192.0.2.53", "2001:0db8:0000:0000:0000:0000:0000:0053"],
                fqdn: "example.com",
                fqdnUnicode: "example.com",
            },
        ]);
    });

    it("getEmailOffer gives the mail of a domain, undefined where it has none, and refuses what may not be seen", async () => {
        await expect(gandi.getEmailOffer({ domain: "Example.com" })).resolves.toEqual({
            status: "active",
            version: 3,
            antispam: "active",
            dkim: "inactive",
        });
        sandbox.addDomain({ fqdn: "no-mail.example", emailOffer: null });
        await expect(gandi.getEmailOffer({ domain: "no-mail.example" })).resolves.toBeUndefined();
        sandbox.removeDomain("no-mail.example");
        await expect(gandi.getEmailOffer({ domain: "no-mail.example" })).rejects.toThrow(/no-mail\.example/);
    });

    it.each([
        [
            "the Email API",
            (fqdn: string, forwards: Record<string, string[]>) =>
                sandbox.addDomain({ fqdn, forwards, livedns: false, organization: "client" }),
        ],
        [
            "the Mailbox API",
            (fqdn: string, forwards: Record<string, string[]>) => sandbox.mail.addDomain({ fqdn, forwards }),
        ],
    ])("getEmailForwards gives those of a domain that fit its patterns, on %s", async (name, add) => {
        const domain = `${name.split(" ")[1]!.toLowerCase()}-forwards.example`;
        const sales = { source: "sales", destinations: ["alice@example.org", "bob@example.net"] };
        const shop = { source: "shop", destinations: ["carol@example.org"] };
        add(domain, { sales: sales.destinations, shop: shop.destinations });
        const found = async (filter: object) => gandi.getEmailForwards({ domain: domain.toUpperCase(), ...filter });
        await expect(found({})).resolves.toEqual([sales, shop]);
        await expect(found({ source: "sa*" })).resolves.toEqual([sales]);
        await expect(found({ destination: "*@example.org" })).resolves.toEqual([sales, shop]);
        await expect(found({ source: "s*", destination: "bob@*" })).resolves.toEqual([sales]);
        await expect(found({ source: "sa.es" })).resolves.toEqual([]);
        await expect(gandi.getEmailForwards({ domain, api: "webmail" as "email" })).rejects.toThrow(/api/);
        sandbox.mail.removeDomain(domain);
        await expect(gandi.getEmailForwards({ domain: `no-${domain}` })).rejects.toThrow(
            /Mailbox API's domains either/,
        );
    });

    it("getMailboxes gives those that fit all its filters, and refuses by name what is none", async () => {
        sandbox.addDomain({
            fqdn: "mailboxes.example",
            mailboxes: {
                alice: {
                    type: "standard_2023",
                    aliases: ["a1"],
                    createdAt: Date.parse("2024-01-01T00:00:00Z"),
                    autorenew: 12,
                },
                alan: { antispam: false },
                bob: { type: "free", quotaUsed: 3597 },
            },
        });
        const found = async (filter: object) => {
            const mailboxes = await gandi.getMailboxes({ domain: "Mailboxes.example", ...filter });
            return mailboxes.map(({ login }) => login);
        };
        const [alice] = await gandi.getMailboxes({ domain: "mailboxes.example", login: "alice" });
        expect(alice).toMatchObject({
            address: "alice@mailboxes.example",
            mailboxType: "standard_2023",
            aliasCount: 1,
            autorenew: { enabled: true, duration: 12 },
            toConvert: false,
        });
        await expect(found({})).resolves.toEqual(["alice", "alan", "bob"]);
        await expect(found({ loginPattern: "al*" })).resolves.toEqual(["alice", "alan"]);
        await expect(found({ loginPattern: "al*", antispam: false })).resolves.toEqual(["alan"]);
        await expect(found({ mailboxType: "standard_2023" })).resolves.toEqual(["alice"]);
        await expect(found({ createdBefore: "2024-06-01T02:00:00+02:00" })).resolves.toEqual(["alice"]);
        await expect(found({ login: "Alice" })).resolves.toEqual([]);
        await expect(found({ createdBefore: "yesterday" })).rejects.toThrow(/createdBefore.*no time in ISO 8601/);
        await expect(found({ mailboxType: "large" })).rejects.toThrow(/mailboxType/);
        sandbox.removeDomain("mailboxes.example");
    });

    it("getMailSlots gives all the slots of a domain, or those that can take a mailbox", async () => {
        const freeSlots = [{ type: "standard_2023" }, { createdAt: 0, expiresAt: 1 }] as const;
        sandbox.addDomain({ fqdn: "slots.example", freeSlots: [...freeSlots], mailboxes: { alice: {} } });
        const statuses = async (args = {}) =>
            (await gandi.getMailSlots({ domain: "slots.example", ...args })).map(({ status }) => status).sort();
        await expect(statuses()).resolves.toEqual(["active", "inactive", "inactive"]);
        await expect(
            gandi.getMailSlots({ domain: "slots.example", displayNotExpiredAndInactive: true }),
        ).resolves.toEqual([
            {
                id: expect.any(Number),
                status: "inactive",
                mailboxType: "standard_2023",
                capacity: 10240,
                createdAt: expect.stringMatching(/^\d{4}-/),
                expiresAt: expect.stringMatching(/^\d{4}-/),
                refundable: false,
            },
        ]);
        sandbox.removeDomain("slots.example");
    });

    it("getMailboxProducts gives what mailboxes cost, by the month", async () => {
        await expect(gandi.getMailboxProducts()).resolves.toContainEqual({
            configName: "standard",
            label: "Standard 10Gb",
            description: "Standard 10Gb",
            prices: [
                expect.objectContaining({ currency: "EUR", durationUnit: "m", minDuration: 1, priceAfterTaxes: 1.2 }),
                expect.objectContaining({ minDuration: 12, maxDuration: 12, priceAfterTaxes: 0.96 }),
            ],
        });
    });

    it("getDnssecKeys gives the keys at the registry", async () => {
        const publicKey = Buffer.alloc(64, 7).toString("base64");
        await request("POST", "/domain/domains/example.com/dnskeys", {
            algorithm: 13,
            type: "ksk",
            public_key: publicKey,
        });
        await expect(gandi.getDnssecKeys({ domain: "example.com" })).resolves.toMatchObject([
            { id: expect.any(String), algorithm: 13, type: "ksk", digestType: 2, publicKey },
        ]);
    });

    it("getOwnerChange follows a change, says undefined where there was none, and refuses what may not be seen", async () => {
        await expect(gandi.getOwnerChange({ domain: "example.net" })).resolves.toBeUndefined();
        const { owner } = await gandi.getContacts({ domain: "example.net" });
        const { given, family, type, email, streetaddr, city, zip, country, phone } = owner;
        await request("POST", "/domain/changeowner/example.net", {
            owner: { given, family: `New ${family}`, type, email, streetaddr, city, zip, country, phone },
        });
        await expect(gandi.getOwnerChange({ domain: "example.net" })).resolves.toMatchObject({
            step: "WAIT",
            stepNb: 2,
            innerStep: "checking_foa_response",
            params: { newOwnerEmail: email },
        });
        await expect(gandi.getOwnerChange({ domain: "hidden.org" })).rejects.toThrow(
            "getOwnerChange: hidden.org: unknown to Gandi, or the token may not see it",
        );
    });

    it("getTransfer says undefined where there is no transfer", async () => {
        await expect(gandi.getTransfer({ domain: "example.com" })).resolves.toBeUndefined();
    });

    it("getClaims gives the trademarks that a name touches, and undefined for other names", async () => {
        await expect(gandi.getClaims({ domain: "claims-brand.app" })).resolves.toMatchObject({
            noticeId: expect.any(String),
            claims: [{ markName: expect.any(String) }],
        });
        await expect(gandi.getClaims({ domain: "free.app" })).resolves.toBeUndefined();
    });
});

describe("checkAvailability", () => {
    it("gives each process its prices, and the total of the years, taxes included", async () => {
        const { currency, products } = await gandi.checkAvailability({
            fqdn: "new.com",
            duration: 3,
            processes: ["create", "renew"],
        });
        expect(currency).toBe("EUR");
        expect(products.map(({ process }) => process)).toEqual(["create", "renew"]);
        for (const { prices, total } of products) {
            expect(prices).toHaveLength(1);
            expect(total).toBeCloseTo(3 * prices[0]!.priceAfterTaxes, 2);
        }
    });

    it("waits for a registry that wants to be asked again, and shows it (promise 9)", async () => {
        const shown = jest.spyOn(console, "log").mockImplementation();
        const { products } = await gandi.checkAvailability({ fqdn: "pending-new.com" });
        expect(products).toMatchObject([{ status: "available" }]);
        expect(shown.mock.calls.join()).toContain("pending-new.com: waiting for the registry");
        shown.mockRestore();
    });

    it("gives no total where no price covers the duration", async () => {
        const { products } = await gandi.checkAvailability({ fqdn: "taken-name.com" });
        expect(products[0]).toMatchObject({ status: "unavailable", prices: [] });
        expect(products[0]).not.toHaveProperty("total");
    });
});

describe("look-ups of LiveDNS", () => {
    const rrsets = async (args: Omit<gandi.GetRecordsArgs, "domain">) =>
        (await gandi.getRecords({ domain: "example.com", ...args })).map(({ name, type }) => `${name} ${type}`);

    it("getRecords speaks as LiveDnsRecord does", async () => {
        await expect(gandi.getRecords({ domain: "example.com", name: "www", type: "a" })).resolves.toEqual([
            { name: "www", type: "A", ttl: 300, values: ["192.0.2.1"] },
        ]);
    });

    it.each([
        ["nothing", {}, ["MixedCase A", "www A", "www TXT"]],
        ["a name", { name: "www" }, ["www A", "www TXT"]],
        ["a type", { type: "A" }, ["MixedCase A", "www A"]],
        ["a name in another case", { name: "mixedcase" }, ["MixedCase A"]],
        ["a name in another case, and a type", { name: "MIXEDCASE", type: "A" }, ["MixedCase A"]],
        ["an absolute name", { name: "www.example.com." }, ["www A", "www TXT"]],
        ["a name that has no such type", { name: "www", type: "MX" }, []],
        ["a name that is not there", { name: "nowhere" }, []],
    ])("getRecords by %s", async (_what, filter, expected) => {
        await expect(rrsets(filter)).resolves.toEqual(expected);
    });

    it("getRecords gives the NS of the apex where they are asked for", async () => {
        sandbox.setRRset("example.net", { name: "@", type: "NS", values: ["ns1.example.org."] });
        await expect(gandi.getRecords({ domain: "example.net", name: "@", type: "NS" })).resolves.toMatchObject([
            { values: ["ns1.example.org."] },
        ]);
    });

    it("getRecords tells the apex from what has the zone's own name below it", async () => {
        sandbox.setRRset("example.net", { name: "@", type: "A", values: ["192.0.2.1"] });
        sandbox.setRRset("example.net", { name: "example.net", type: "A", values: ["203.0.113.66"] });
        const named = async (name: string) => await gandi.getRecords({ domain: "example.net", name, type: "A" });
        await expect(named("example.net")).resolves.toMatchObject([{ name: "@", values: ["192.0.2.1"] }]);
        await expect(named("example.net.example.net.")).resolves.toMatchObject([
            { name: "example.net", values: ["203.0.113.66"] },
        ]);
    });

    it("getLiveDnsDomains and getLiveDnsDomain give zones", async () => {
        await expect(gandi.getLiveDnsDomains()).resolves.toEqual([{ fqdn: "example.com" }, { fqdn: "example.net" }]);
        await expect(gandi.getLiveDnsDomain({ fqdn: "example.com" })).resolves.toEqual({
            fqdn: "example.com",
            automaticSnapshots: true,
        });
    });

    it("getLiveDnsNameservers gives a zone's own, or those of any name", async () => {
        const [own, generic] = await Promise.all([
            gandi.getLiveDnsNameservers({ domain: "example.com" }),
            gandi.getLiveDnsNameservers({ domain: "not-here.example", generic: true }),
        ]);
        expect(own).toHaveLength(3);
        expect(generic).toHaveLength(3);
        expect(asked()).toEqual(
            expect.arrayContaining([
                "GET /v5/livedns/domains/example.com/nameservers",
                "GET /v5/livedns/nameservers/not-here.example",
            ]),
        );
    });

    it("getRecordTypes and getOrganizations ask once for many", async () => {
        const types = await Promise.all([1, 2, 3].map(() => gandi.getRecordTypes()));
        expect(types[2]).toEqual(expect.arrayContaining(["A", "TXT"]));
        expect(asked()).toEqual(["GET /v5/livedns/dns/rrtypes"]);
        sandbox.clearRequests();
        const organizations = await Promise.all([1, 2, 3].map(() => gandi.getOrganizations()));
        expect(organizations[0]).toMatchObject([
            { id: sandbox.organizations.first, type: "company", vatNumber: "" },
            { id: sandbox.organizations.client },
        ]);
        // The list has no total-count: its end shows on a second page.
        expect(asked()).toHaveLength(2);
    });

    it("getLiveDnsKeys gives each key in full, removed ones too", async () => {
        await request("POST", "/livedns/domains/example.com/keys", { flags: 257 });
        const [key] = await gandi.getLiveDnsKeys({ domain: "example.com" });
        expect(key).toMatchObject({
            flags: 257,
            algorithmName: "ECDSAP256SHA256",
            deleted: false,
            publicKey: expect.stringMatching(/=$/),
            tag: expect.any(Number),
        });
        await request("DELETE", `/livedns/domains/example.com/keys/${key!.id}`);
        await expect(gandi.getLiveDnsKeys({ domain: "example.com" })).resolves.toMatchObject([{ deleted: true }]);
    });

    it("getTsigKeys gives all keys or a zone's, without secrets (promise 7)", async () => {
        const { id } = await request("POST", "/livedns/axfr/tsig");
        const other = await request("POST", "/livedns/axfr/tsig");
        await request("PUT", `/livedns/domains/example.com/axfr/tsig/${id}`);
        await expect(gandi.getTsigKeys()).resolves.toEqual([
            { id, keyName: `${id}.gandi.net` },
            { id: other.id, keyName: `${other.id}.gandi.net` },
        ]);
        await expect(gandi.getTsigKeys({ domain: "example.com" })).resolves.toEqual([
            { id, keyName: `${id}.gandi.net` },
        ]);
    });

    it("getSlaves gives addresses", async () => {
        await request("PUT", "/livedns/domains/example.com/axfr/slaves/192.0.2.53");
        await expect(gandi.getSlaves({ domain: "example.com" })).resolves.toEqual(["192.0.2.53"]);
    });

    it("getZoneFile gives the zone, or a snapshot of it, as LiveDnsZone takes it", async () => {
        const { id } = await request("POST", "/livedns/domains/example.com/snapshots", { name: "to read" });
        for (const args of [{}, { snapshot: id! }]) {
            const text = await gandi.getZoneFile({ domain: "example.com", ...args });
            expect(gandi.dns.parseZoneFile(text, { zone: "example.com" }).rrsets).toContainEqual(
                expect.objectContaining({ name: "www", type: "A", ttl: 300, values: ["192.0.2.1"] }),
            );
        }
        await request("DELETE", `/livedns/domains/example.com/snapshots/${id}`);
        await expect(gandi.getZoneFile({ domain: "example.com", snapshot: id! })).rejects.toThrow(id!);
    });

    it("getZoneFile leaves no doubt about a name that ends with the zone's", async () => {
        for (const name of ["www.example.com", "Example.com", "myexample.com"]) {
            sandbox.setRRset("example.com", { name, type: "AAAA", values: ["2001:db8::1"] });
        }
        const text = await gandi.getZoneFile({ domain: "example.com" });
        const { rrsets, warnings } = gandi.dns.parseZoneFile(text, { zone: "example.com" });
        expect(warnings).toEqual([]);
        expect(rrsets.filter(({ type }) => type === "AAAA").map(({ name }) => name)).toEqual([
            "example.com",
            "myexample.com",
            "www.example.com",
        ]);
        for (const { name } of rrsets.filter(({ type }) => type === "AAAA")) {
            sandbox.deleteRRset("example.com", name === "example.com" ? "Example.com" : name, "AAAA");
        }
    });

    it("getSnapshots and getSnapshot give copies of a zone", async () => {
        const { id } = await request("POST", "/livedns/domains/example.com/snapshots", { name: "before" });
        await expect(gandi.getSnapshots({ domain: "example.com", automatic: false })).resolves.toEqual([
            { id, name: "before", createdAt: expect.any(String), automatic: false },
        ]);
        const { name, zoneData } = await gandi.getSnapshot({ domain: "example.com", id: id! });
        expect(name).toBe("before");
        expect(zoneData).toContainEqual({ name: "www", type: "A", ttl: 300, values: ["192.0.2.1"] });
    });

    it("getSnapshot and getZoneFile take the id of the resource Snapshot, too", async () => {
        const { id } = await request("POST", "/livedns/domains/example.com/snapshots", { name: "of a resource" });
        const resourceId = `example.com/${id}`;
        await expect(gandi.getSnapshot({ domain: "example.com", id: resourceId })).resolves.toMatchObject({ id });
        await expect(gandi.getZoneFile({ domain: "example.com", snapshot: resourceId })).resolves.toContain("www");
    });

    it("getBilling gives the account of the token's organisation, or of another", async () => {
        await expect(gandi.getBilling()).resolves.toMatchObject({
            grid: "A",
            prepaid: { amount: 1000, currency: "EUR" },
        });
        await expect(gandi.getBilling({ sharingId: sandbox.organizations.client })).resolves.toMatchObject({
            prepaid: { amount: 500 },
        });
    });
});

describe("a look-up that can't be answered", () => {
    it.each([
        ["a missing argument", () => gandi.getRecords({} as never), "getRecords: domain: is required"],
        [
            "an unknown argument",
            () => gandi.getRecords({ domain: "example.com", typ: "A" } as never),
            "getRecords: typ: getRecords has no such property: did you mean type?",
        ],
        [
            "no domain name",
            () => gandi.getDomain({ fqdn: "https://example.com/" }),
            'getDomain: fqdn: "https://example.com/": a URL, not a name: write "example.com"',
        ],
        [
            "a name outside the zone",
            () => gandi.getRecords({ domain: "example.com", name: "www.example.org." }),
            'getRecords: "www.example.org.": not inside the zone example.com',
        ],
        [
            "a value that is none of those allowed",
            () => gandi.getDomains({ nameserver: "gandi" as never }),
            "getDomains: nameserver: ",
        ],
        [
            "an organisation by its name",
            () => gandi.getDomains({ sharingId: "ACME" }),
            "getDomains: sharingId: is no id of an organisation, which is a UUID",
        ],
        ["an empty filter", () => gandi.getDomains({ fqdn: " " }), "getDomains: fqdn: is empty"],
        [
            "a type that there is not",
            () => gandi.getRecords({ domain: "example.com", type: "TXTT" }),
            "getRecords: type: is none of A, ",
        ],
        [
            "a currency, a country, a rate and a phase that are none",
            () =>
                gandi.checkAvailability({
                    fqdn: "new.com",
                    currency: "euro",
                    country: "France",
                    grid: "Z",
                    period: "soon" as never,
                }),
            /country: .*FR; currency: .*EUR; grid: .*A to E; period: must be "sunrise"/,
        ],
        [
            "a process that is none",
            () => gandi.checkAvailability({ fqdn: "new.com", processes: ["Create!"] }),
            'checkAvailability: processes[0]: is no process, such as "create"',
        ],
        [
            "arguments that are no object",
            () => gandi.getDomain("example.com" as never),
            "getDomain: takes its arguments in an object: { fqdn, sharingId }",
        ],
        ["an id of nothing", () => gandi.getSnapshot({ domain: "example.com", id: "" }), "getSnapshot: id: is empty"],
        [
            "years out of range",
            () => gandi.checkAvailability({ fqdn: "new.com", duration: 11 }),
            "checkAvailability: duration: ",
        ],
    ])("refuses %s, and asks nothing", async (_what, look, message) => {
        await expect(look()).rejects.toThrow(message);
        expect(asked()).toEqual([]);
    });

    it("tells all that is wrong at once (promise 8)", async () => {
        await expect(gandi.getSnapshot({ domain: "nodot" } as never)).rejects.toThrow(/domain: .*; id: is required/);
    });

    it("says where to get a token when there is none", async () => {
        delete process.env.GANDI_PERSONAL_ACCESS_TOKEN;
        await expect(gandi.getDomains()).rejects.toThrow("getDomains: no Gandi token: run `pulumi config set");
    });

    it("takes the stack's configuration before the environment", async () => {
        const config = { "gandi:personalAccessToken": sandbox.tokens.second };
        pulumi.runtime.setAllConfig(config, Object.keys(config));
        await expect(gandi.getDomains()).resolves.toMatchObject([{ fqdn: "hidden.org" }]);
    });

    it("refuses a token that stands in the stack's configuration in clear (promise 7)", async () => {
        pulumi.runtime.setAllConfig({ "gandi:personalAccessToken": sandbox.token });
        await expect(gandi.getDomains()).rejects.toThrow("pulumi config set --secret gandi:personalAccessToken");
        expect(asked()).toEqual([]);
    });

    it("can't wait for Outputs in its plain form, and says which form can", async () => {
        const domain = pulumi.output("example.com");
        await expect(gandi.getRecords({ domain } as never)).rejects.toThrow(
            "getRecords: domain is an Output, for which the plain form can't wait: use getRecordsOutput",
        );
    });

    it("says what to check when the token has expired, and never shows it (promises 6 and 7)", async () => {
        process.env.GANDI_PERSONAL_ACCESS_TOKEN = sandbox.tokens.expired;
        const failure = await gandi.getDomain({ fqdn: "example.com" }).catch((error: Error) => error);
        expect(failure).toBeInstanceOf(gandi.LookupError);
        expect(failure).toMatchObject({ kind: "unauthorized" });
        expect(String(failure)).toContain("came from the environment variable GANDI_PERSONAL_ACCESS_TOKEN");
        expect(JSON.stringify(failure) + String(failure)).not.toContain(sandbox.tokens.expired);
    });

    it("is an error where the domain may not be seen, never an empty answer (promise 6)", async () => {
        await expect(gandi.getRecords({ domain: "hidden.org" })).rejects.toThrow(
            "getRecords: hidden.org: not there, or the token may not see the domain (404 on GET /v5/livedns/domains/hidden.org/records)",
        );
        await expect(gandi.getRecords({ domain: "hidden.org", name: "www" })).rejects.toThrow("hidden.org");
    });

    it("rides out a rate limit (promise 9)", async () => {
        sandbox.addFault({ status: 429, times: 1 });
        await expect(gandi.getNameservers({ domain: "example.com" })).resolves.toHaveLength(2);
    });
});
