import type { PlainObject } from "../../engine/process/providerProcess";
import { COMPANY, PERSON } from "../harness/contacts";
import { type Gandi, startGandi } from "../harness/gandi";

let gandi: Gandi;
let count = 0;

beforeAll(async () => {
    gandi = await startGandi();
    gandi.sandbox.editOrganization("first", { balance: 100_000 });
});
afterAll(() => gandi.close());
beforeEach(() => gandi.sandbox.clearFaults());

/** The API as anybody else may use it. */
async function ask(method: string, path: string, body?: object): Promise<PlainObject | PlainObject[]> {
    const headers = { authorization: `Bearer ${gandi.sandbox.token}`, "content-type": "application/json" };
    const answer = await fetch(`${gandi.sandbox.url}/v5${path}`, { method, headers, body: JSON.stringify(body) });
    expect(answer.status).toBeLessThan(300);
    return (await answer.json().catch(() => ({}))) as PlainObject;
}

interface Write {
    kind: string;
    /** What the program declares first, and then: one of its fields is another. */
    inputs(domain: string): PlainObject;
    changed(domain: string): PlainObject;
    /** Sets what the program does not declare. */
    outside(domain: string): Promise<unknown>;
    /** What there is of it, before the change and after it. */
    look(domain: string): unknown;
    /** The write that makes the change. */
    sends: RegExp;
    /** Whether the domain is ordered by the resource itself. */
    isOrdered?: true;
    /** It leaves something to be done, or to be seen. */
    unsettled?: true;
}

const ORDER = (fqdn: string) => ({ fqdn, maxPrice: 20, owner: COMPANY });
/** What a contact may say that the program leaves out. */
const OTHERS = {
    fax: "+33.199999999",
    mobile: "+33.611111111",
    siren: "123456789",
    brand_number: "7",
    jo_announce_number: "12",
    data_obfuscated: false,
    mail_obfuscated: false,
    extra_parameters: { birth_city: "Paris" },
};
const othersOf = (contact: PlainObject | undefined) => ({
    ...Object.fromEntries(Object.keys(OTHERS).map((name) => [name, contact?.[name]])),
    // What else it holds is the program's.
    extra_parameters: contact?.extra_parameters?.birth_city,
});

const domainOf = (fqdn: string) => gandi.sandbox.state.domain(fqdn)!;
const zoneOf = (fqdn: string) => gandi.sandbox.state.zone(fqdn)!;
const rrset = (fqdn: string, wanted: string) => zoneOf(fqdn).rrsets.find(({ name }) => name === wanted);

function contactWrite(role: "admin" | "tech" | "bill"): Write {
    return {
        kind: "Domain",
        isOrdered: true,
        inputs: (fqdn) => ({ ...ORDER(fqdn), [role]: COMPANY }),
        changed: (fqdn) => ({ ...ORDER(fqdn), [role]: { ...COMPANY, given: "Bob", extraParameters: { x_y: "z" } } }),
        outside: async (fqdn) =>
            gandi.sandbox.editDomain(fqdn, { contacts: { [role]: { ...domainOf(fqdn).owner, ...OTHERS } } }),
        look: (fqdn) => othersOf(domainOf(fqdn).contacts[role]),
        sends: /^PATCH .*\/contacts$/,
    };
}

const tsigOf = (fqdn: string) => zoneOf(fqdn).tsig;
const many = (value: string) =>
    Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`n${at} A`, { ttl: 300, values: [value] }]));

/** Every write that puts something in the place of what is there, and may take more with it than the program speaks of. */
const WRITES: [what: string, write: Write][] = [
    ["the contact admin", contactWrite("admin")],
    ["the contact tech", contactWrite("tech")],
    ["the contact bill", contactWrite("bill")],
    [
        "the owner's data",
        {
            kind: "Domain",
            isOrdered: true,
            inputs: ORDER,
            changed: (fqdn) => ({ ...ORDER(fqdn), owner: { ...COMPANY, city: "Lyon" } }),
            outside: async (fqdn) => gandi.sandbox.editDomain(fqdn, { owner: { ...domainOf(fqdn).owner, ...OTHERS } }),
            look: (fqdn) => othersOf(domainOf(fqdn).owner),
            sends: /^PUT .*\/contacts\/owner$/,
        },
    ],
    [
        "whether a domain renews itself",
        {
            kind: "Domain",
            isOrdered: true,
            inputs: (fqdn) => ({ ...ORDER(fqdn), autorenew: { enabled: false } }),
            changed: (fqdn) => ({ ...ORDER(fqdn), autorenew: { enabled: true } }),
            outside: async (fqdn) =>
                gandi.sandbox.editDomain(fqdn, {
                    autorenew: { duration: 3, org_id: gandi.sandbox.organizations.client },
                }),
            look: (fqdn) => ({ ...domainOf(fqdn).autorenew, enabled: undefined }),
            sends: /^PATCH .*\/autorenew$/,
        },
    ],
    [
        "who pays for the renewal",
        {
            kind: "Domain",
            isOrdered: true,
            inputs: (fqdn) => ({ ...ORDER(fqdn), autorenew: { enabled: true } }),
            changed: (fqdn) => ({
                ...ORDER(fqdn),
                autorenew: { enabled: true, organization: gandi.sandbox.organizations.client },
            }),
            outside: async (fqdn) => gandi.sandbox.editDomain(fqdn, { autorenew: { duration: 4 } }),
            look: (fqdn) => domainOf(fqdn).autorenew.duration,
            sends: /^PATCH .*\/autorenew$/,
        },
    ],
    [
        "that renewal ends",
        {
            kind: "Domain",
            isOrdered: true,
            inputs: (fqdn) => ({ ...ORDER(fqdn), autorenew: { enabled: true } }),
            changed: (fqdn) => ({ ...ORDER(fqdn), autorenew: { enabled: false } }),
            outside: async (fqdn) => gandi.sandbox.editDomain(fqdn, { autorenew: { duration: 4 } }),
            look: (fqdn) => domainOf(fqdn).autorenew.duration,
            sends: /^PATCH .*\/autorenew$/,
        },
    ],
    [
        "the contacts of a change of owner",
        {
            kind: "Domain",
            isOrdered: true,
            inputs: (fqdn) => ({ ...ORDER(fqdn), admin: COMPANY }),
            unsettled: true,
            changed: (fqdn) => ({ ...ORDER(fqdn), owner: PERSON, admin: COMPANY, ownerChange: "allow" }),
            outside: async (fqdn) =>
                gandi.sandbox.editDomain(fqdn, { contacts: { admin: { ...domainOf(fqdn).owner, ...OTHERS } } }),
            look(fqdn) {
                const { changeOwner, contacts } = domainOf(fqdn);
                return othersOf(changeOwner?.contacts.admin ?? contacts.admin);
            },
            sends: /^POST .*\/changeowner\//,
        },
    ],
    [
        "a glue record's addresses",
        {
            kind: "GlueRecord",
            inputs: (domain) => ({ domain, name: "ns1", ips: ["192.0.2.1"] }),
            changed: (domain) => ({ domain, name: "ns1", ips: ["192.0.2.2"] }),
            outside: (domain) => ask("POST", `/domain/domains/${domain}/hosts`, { name: "ns2", ips: ["192.0.2.9"] }),
            look: (domain) => domainOf(domain).hosts.ns2,
            sends: /^PUT .*\/hosts\/ns1$/,
        },
    ],
    [
        "a forward's destinations",
        {
            kind: "EmailForward",
            inputs: (domain) => ({ domain, source: "sales", destinations: ["alice@example.org"] }),
            changed: (domain) => ({ domain, source: "sales", destinations: ["bob@example.net"] }),
            outside: (domain) =>
                ask("POST", `/email/forwards/${domain}`, { source: "shop", destinations: ["eve@example.com"] }),
            look: (domain) => domainOf(domain).forwards.shop,
            sends: /^PUT .*\/forwards\/[^/]+\/sales$/,
        },
    ],
    [
        "a redirection's target",
        {
            kind: "WebRedirection",
            inputs: (domain) => ({ domain, host: "shop", url: "https://example.org/", type: "permanent" }),
            changed: (domain) => ({ domain, host: "shop", url: "https://example.net/", type: "permanent" }),
            outside: (domain) =>
                ask("POST", `/domain/domains/${domain}/webredirs`, {
                    host: `blog.${domain}`,
                    type: "http302",
                    url: "https://eve.example/",
                }),
            look: (domain) => domainOf(domain).webRedirections[`blog.${domain}`],
            sends: /^PATCH .*\/webredirs\/shop\./,
        },
    ],
    [
        "an offer's antispam",
        {
            kind: "EmailOffer",
            inputs: (domain) => ({ domain, antispam: true }),
            changed: (domain) => ({ domain, antispam: false }),
            outside: (domain) => ask("PATCH", `/email/offers/${domain}`, { antispam: "active", dkim: "active" }),
            look: (domain) => domainOf(domain).emailOffer?.dkim,
            sends: /^PATCH .*\/offers\//,
        },
    ],
    [
        "a mailbox's aliases",
        {
            kind: "Mailbox",
            inputs: (domain) => ({ domain, login: "alice", password: "Correct-horse-123", aliases: ["info"] }),
            changed: (domain) => ({ domain, login: "alice", password: "Correct-horse-123", aliases: ["sales"] }),
            outside: (domain) =>
                ask("PATCH", `/email/mailboxes/${domain}/${domainOf(domain).mailboxes[0]!.id}`, {
                    antispam: false,
                    responder: { enabled: true, message: "Away" },
                    autorenew: { activated: true, duration: 12 },
                }),
            look: (domain) => {
                const [{ antispam, responder, passwordDigest } = {}] = domainOf(domain).mailboxes;
                return [antispam, responder, passwordDigest, domainOf(domain).slots];
            },
            sends: /^PATCH .*\/mailboxes\//,
        },
    ],
    [
        "the nameservers",
        {
            kind: "Nameservers",
            inputs: (domain) => ({ domain, nameservers: ["ns1.example.net", "ns2.example.net"] }),
            changed: (domain) => ({ domain, nameservers: ["ns1.example.net", "ns3.example.net"] }),
            outside: (domain) => ask("POST", `/domain/domains/${domain}/hosts`, { name: "ns2", ips: ["192.0.2.9"] }),
            look: (domain) => [domainOf(domain).hosts, domainOf(domain).owner, zoneOf(domain).rrsets],
            sends: /^PUT .*\/nameservers$/,
        },
    ],
    [
        "a record",
        {
            kind: "LiveDnsRecord",
            inputs: (domain) => ({ domain, name: "api", type: "A", ttl: 600, values: ["192.0.2.1"] }),
            changed: (domain) => ({ domain, name: "api", type: "A", ttl: 600, values: ["192.0.2.2"] }),
            outside: (domain) =>
                ask("POST", `/livedns/domains/${domain}/records`, {
                    rrset_name: "api",
                    rrset_type: "TXT",
                    rrset_ttl: 900,
                    rrset_values: ["other"],
                }),
            look: (domain) => zoneOf(domain).rrsets.filter(({ name, type }) => name !== "api" || type !== "A"),
            sends: /^PUT .*\/records\/api\/A$/,
        },
    ],
    [
        "a zone in one request",
        {
            kind: "LiveDnsZone",
            inputs: (domain) => ({ domain, exclusive: true, rrsets: many("192.0.2.1"), adopt: true }),
            unsettled: true,
            changed: (domain) => ({ domain, exclusive: true, rrsets: many("192.0.2.2"), adopt: true }),
            outside: (domain) =>
                ask("POST", `/livedns/domains/${domain}/records`, {
                    rrset_name: "other",
                    rrset_type: "A",
                    rrset_ttl: 900,
                    rrset_values: ["192.0.2.9"],
                }),
            look: (domain) => rrset(domain, "other"),
            sends: /^PUT .*\/records$/,
        },
    ],
    [
        "a zone whose list leaves TTLs out",
        {
            kind: "LiveDnsZone",
            inputs: (domain) => ({ domain, exclusive: true, rrsets: many("192.0.2.1"), adopt: true }),
            unsettled: true,
            changed: (domain) => ({ domain, exclusive: true, rrsets: many("192.0.2.2"), adopt: true }),
            async outside(domain) {
                await ask("POST", `/livedns/domains/${domain}/records`, {
                    rrset_name: "other",
                    rrset_type: "A",
                    rrset_ttl: 900,
                    rrset_values: ["192.0.2.9"],
                });
                const list = (await ask("GET", `/livedns/domains/${domain}/records?per_page=500`)) as PlainObject[];
                const body = list.map(({ rrset_ttl: _, ...rest }) => rest);
                gandi.sandbox.addFault({
                    method: "GET",
                    path: `/livedns/domains/${domain}/records`,
                    status: 200,
                    body,
                });
            },
            look: (domain) => rrset(domain, "other"),
            sends: /^PUT .*\/records\/n0\/A$/,
        },
    ],
    [
        "whether a zone has automatic snapshots",
        {
            kind: "LiveDnsDomain",
            inputs: (fqdn) => ({ fqdn }),
            changed: (fqdn) => ({ fqdn, automaticSnapshots: false }),
            outside: (domain) => ask("PUT", `/livedns/domains/${domain}/axfr/slaves/192.0.2.53`),
            look: (domain) => [zoneOf(domain).slaves, zoneOf(domain).rrsets],
            sends: /^PATCH /,
        },
    ],
    [
        "a snapshot's name",
        {
            kind: "Snapshot",
            inputs: (domain) => ({ domain, name: "before" }),
            changed: (domain) => ({ domain, name: "after" }),
            outside: async (domain) => gandi.sandbox.clearZone(domain),
            look: (domain) =>
                zoneOf(domain).snapshots.map(({ id, created_at, zone_data }: PlainObject) => [
                    id,
                    created_at,
                    zone_data,
                ]),
            sends: /^PATCH .*\/snapshots\//,
        },
    ],
    [
        "the domains of a TSIG key",
        {
            kind: "TsigKey",
            inputs: (domain) => ({ domains: [domain] }),
            changed: (domain) => ({ domains: [domain, "tsig-third.example"] }),
            async outside(domain) {
                gandi.sandbox.addDomain({ fqdn: "tsig-second.example", zone: "" });
                gandi.sandbox.addDomain({ fqdn: "tsig-third.example", zone: "" });
                const [key] = tsigOf(domain);
                await ask("PUT", `/livedns/domains/tsig-second.example/axfr/tsig/${key}`);
            },
            look: () => tsigOf("tsig-second.example"),
            sends: /^PUT .*\/axfr\/tsig\//,
        },
    ],
];

describe("what the program does not give stays as it is when it changes something else", () => {
    it.each(WRITES)("%s", async (_what, { kind, inputs, changed, outside, look, sends, isOrdered, unsettled }) => {
        const domain = `unmanaged-${++count}.${isOrdered ? "com" : "example"}`;
        if (!isOrdered) {
            gandi.sandbox.addDomain({ fqdn: domain, zone: "", freeSlots: [{}] });
        }
        const life = gandi.life(kind);
        await life.up(inputs(domain));
        await outside(domain);
        const before = look(domain);
        gandi.writes();
        await expect(life.up(changed(domain), { unsettled })).resolves.toBe("update");
        expect(gandi.writes()).toContainEqual(expect.stringMatching(sends));
        expect(look(domain)).toEqual(before);
        gandi.sandbox.clearFaults();
    });

    it("goes with the owner's data, as nobody knows whether Gandi keeps what that PUT leaves out", async () => {
        const fqdn = "unmanaged-owner.com";
        const life = gandi.life("Domain");
        await life.up(ORDER(fqdn));
        gandi.sandbox.editDomain(fqdn, { owner: { ...domainOf(fqdn).owner, ...OTHERS } });
        gandi.sandbox.clearRequests();
        await life.up({ ...ORDER(fqdn), owner: { ...COMPANY, city: "Lyon" } });
        const [put] = gandi.sandbox.requests().filter(({ method }) => method === "PUT");
        expect(JSON.parse(put!.body)).toMatchObject({ ...OTHERS, city: "Lyon" });
    });

    it("is the person's own: a contact that was the owner's copy and is another person inherits nothing", async () => {
        const fqdn = "unmanaged-copy.com";
        const life = gandi.life("Domain");
        await life.up({ ...ORDER(fqdn), owner: { ...COMPANY, fax: "+33.199999999" } });
        const { phone: _, ...bob } = { ...PERSON, given: "Bob" };
        await life.up({ ...ORDER(fqdn), owner: { ...COMPANY, fax: "+33.199999999" }, tech: bob });
        expect(domainOf(fqdn).contacts.tech).not.toHaveProperty("phone");
        expect(domainOf(fqdn).contacts.tech).not.toHaveProperty("fax");
        expect(domainOf(fqdn).contacts.tech).not.toHaveProperty("orgname");
    });
});
