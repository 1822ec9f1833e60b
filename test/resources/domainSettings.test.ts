import { refusesBadInput } from "../harness/badInput";
import { badContacts, COMPANY } from "../harness/contacts";
import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";

let gandi: Gandi;
let domain: Life;
let count = 0;
/** Another one for each test: a domain is bought once. */
let fqdn: string;

beforeAll(async () => {
    gandi = await startGandi();
    gandi.sandbox.editOrganization("first", { balance: 100_000 });
});
afterAll(() => gandi.close());
beforeEach(() => {
    fqdn = `settings-${++count}.com`;
    gandi.sandbox.clearFaults();
    gandi.sandbox.clearRequests();
    gandi.lines.clear();
    domain = gandi.life("Domain");
});

const owner = COMPANY;
const admin = { ...COMPANY, email: "admin@example.org" };
const shop = (more: object = {}) => ({ fqdn, maxPrice: 20, owner, ...more });
const registered = () => gandi.sandbox.state.domain(fqdn)!;
const path = () => `/domain/domains/${fqdn}`;

/** What of the owner may change by itself: the input, another value, and where the API keeps it. */
const OWNER_DATA: [field: string, value: unknown, kept: string][] = [
    ["email", "bob@example.org", "email"],
    ["streetaddr", "8 rue neuve", "streetaddr"],
    ["city", "Lyon", "city"],
    ["zip", "69001", "zip"],
    ["state", "FR-ARA", "state"],
    ["country", "BE", "country"],
    ["phone", "+32.123456", "phone"],
    ["mobile", "+33.611111111", "mobile"],
    ["fax", "+33.199999999", "fax"],
    ["dataObfuscated", false, "data_obfuscated"],
    ["mailObfuscated", false, "mail_obfuscated"],
    ["brandNumber", "123", "brand_number"],
    ["siren", "123456789", "siren"],
    ["joAnnounceNumber", "12", "jo_announce_number"],
    ["joAnnouncePage", "34", "jo_announce_page"],
    ["joDeclarationDate", "2001-02-03", "jo_declaration_date"],
    ["joPublicationDate", "2001-02-04", "jo_publication_date"],
    ["extraParameters", { birth_city: "Paris" }, "extra_parameters"],
];

describe("the owner's data", () => {
    it.each(OWNER_DATA)("%s is updated with one PUT", async (field, value, kept) => {
        await domain.up(shop());
        gandi.writes();
        const inputs = shop({ owner: { ...owner, [field]: value }, acceptIcannContract: true });
        await expect(domain.up(inputs)).resolves.toBe("update");
        expect(gandi.writes()).toEqual([`PUT ${path()}/contacts/owner`]);
        expect(registered().owner).toMatchObject({ [kept]: value });
        await expect(domain.refresh()).resolves.toBe("same");
        await expect(domain.preview(inputs)).resolves.toBe("same");
    });

    it.each(OWNER_DATA)("%s drifts as exactly that, and is repaired (promise 4)", async (field, value, kept) => {
        const other: Record<string, unknown> = { dataObfuscated: true, mailObfuscated: true, country: "LU" };
        const own = field === "extraParameters" ? { birth_city: "Lyon" } : (other[field] ?? `${value}1`);
        const inputs = shop({ owner: { ...owner, [field]: own }, acceptIcannContract: true });
        await domain.up(inputs);
        gandi.sandbox.editDomain(fqdn, { owner: { ...registered().owner, [kept]: value } });
        await expect(domain.refresh()).resolves.toBe("changed");
        expect(domain.state?.inputs.owner).toEqual({ ...owner, [field]: value });
        await expect(domain.up(inputs)).resolves.toBe("update");
        expect(registered().owner).toMatchObject({ [kept]: own });
        await expect(domain.refresh()).resolves.toBe("same");
    });
});

describe.each(["admin", "tech", "bill"] as const)("the contact %s", (role) => {
    it("is updated with one PATCH", async () => {
        await domain.up(shop({ [role]: admin }));
        gandi.writes();
        const inputs = shop({ [role]: { ...admin, given: "Bob", phone: "+33.1111111" } });
        await expect(domain.up(inputs)).resolves.toBe("update");
        expect(gandi.writes()).toEqual([`PATCH ${path()}/contacts`]);
        expect(registered().contacts[role]).toMatchObject({ given: "Bob", phone: "+33.1111111" });
        await expect(domain.refresh()).resolves.toBe("same");
    });

    it("drifts as exactly that, and is repaired (promise 4)", async () => {
        const inputs = shop({ [role]: admin });
        await domain.up(inputs);
        const contact = { ...registered().contacts[role], email: "mallory@example.org" };
        gandi.sandbox.editDomain(fqdn, { contacts: { [role]: contact } });
        await expect(domain.refresh()).resolves.toBe("changed");
        expect(domain.state?.inputs).toMatchObject({ owner, [role]: { ...admin, email: "mallory@example.org" } });
        await expect(domain.up(inputs)).resolves.toBe("update");
        expect(registered().contacts[role]).toMatchObject({ email: "admin@example.org" });
    });
});

describe("automatic renewal", () => {
    const client = () => gandi.sandbox.organizations.client;

    it.each([
        ["whether it renews", () => ({ enabled: true }), () => ({ enabled: true })],
        ["for how long", () => ({ enabled: true, duration: 3 }), () => ({ duration: 3 })],
        ["who pays", () => ({ enabled: true, organization: client() }), () => ({ org_id: client() })],
    ])("has %s changed with one PATCH, and drift of it repaired (promise 4)", async (_what, given, kept) => {
        await domain.up(shop({ autorenew: { enabled: false } }));
        const before = registered().autorenew;
        gandi.writes();
        const inputs = shop({ autorenew: given() });
        await expect(domain.up(inputs)).resolves.toBe("update");
        expect(gandi.writes()).toEqual([`PATCH ${path()}/autorenew`]);
        expect(registered().autorenew).toMatchObject(kept());
        await expect(domain.refresh()).resolves.toBe("same");
        gandi.sandbox.editDomain(fqdn, { autorenew: before });
        await expect(domain.refresh()).resolves.toBe("changed");
        expect(domain.state?.inputs.autorenew).not.toEqual(given());
        await expect(domain.up(inputs)).resolves.toBe("update");
        expect(registered().autorenew).toMatchObject(kept());
    });
});

describe("the language of a contact, which Gandi never reads back", () => {
    const inFrench = { ...owner, lang: "fr" };

    it.each([
        ["owner", "PUT", "/contacts/owner"],
        ["admin", "PATCH", "/contacts"],
    ])("is set for the %s when it changes, and once", async (role, method, route) => {
        await domain.up(shop({ [role]: owner }));
        gandi.writes();
        await expect(domain.up(shop({ [role]: inFrench }))).resolves.toBe("update");
        expect(gandi.writes()).toEqual([`${method} ${path()}${route}`]);
        await expect(domain.up(shop({ [role]: inFrench }))).resolves.toBe("same");
    });

    it("is set by the next run where one has failed to", async () => {
        await domain.up(shop({ admin: owner }));
        gandi.sandbox.addFault({ method: "PATCH", path: `${path()}/contacts`, status: 403, times: 1 });
        await expect(domain.up(shop({ admin: inFrench }))).rejects.toThrow("403");
        await domain.up(shop({ admin: inFrench }));
        const sent = gandi.sandbox.requests().filter(({ method }) => method === "PATCH");
        expect(sent.map(({ status }) => status)).toEqual([403, 202]);
    });

    it("is set on a domain that is adopted", async () => {
        gandi.sandbox.addDomain({ fqdn });
        await domain.up({ fqdn, adopt: true, admin: inFrench });
        expect(gandi.writes()).toContain(`PATCH ${path()}/contacts`);
    });
});

describe("what Gandi does not keep", () => {
    it.each([
        ["deletionPolicy", "delete"],
        ["timeouts", { update: "1h" }],
        ["sharingId", "f1f1f1f1-0000-4000-8000-000000000001"],
    ])("%s changes without a call", async (field, value) => {
        await domain.up(shop());
        gandi.sandbox.clearRequests();
        await expect(domain.up(shop({ [field]: value }))).resolves.toBe("update");
        expect(gandi.sandbox.requests()).toEqual([]);
        expect(domain.state?.outputs).toMatchObject({ [field]: value });
    });
});

describe("a Domain", () => {
    afterEach(() => gandi.sandbox.editToken("first", { status: "valid" }));

    it("can be read by its name without being managed", async () => {
        gandi.sandbox.addDomain({ fqdn, tags: ["eu"] });
        await expect(domain.get(`${fqdn.toUpperCase()}.`, { tags: [] })).resolves.toMatchObject({
            id: fqdn,
            outputs: { fqdn, tags: ["eu"], expiresAt: expect.stringMatching(/^\d{4}-/) },
        });
        await expect(domain.get("nobodys.com")).rejects.toThrow(/may not see/);
        await expect(domain.get("not a domain")).rejects.toThrow("not a domain");
    });

    it("is bought once and kept when it is renamed, moved or tainted, whatever its deletionPolicy", async () => {
        const inputs = shop({ deletionPolicy: "delete" });
        await domain.up(inputs);
        await domain.recreate(inputs);
        expect(registered()).toBeDefined();
        expect(gandi.sandbox.state.orders(fqdn)).toHaveLength(1);
        await gandi.lines.matching(/: still declared/);
    });

    it("is waited for when its registry is busy with another operation", async () => {
        await domain.up(shop());
        const body = { code: 409, message: "Another operation is already in progress on this domain" };
        gandi.sandbox.addFault({ method: "PATCH", status: 409, body, times: 2 });
        await domain.up(shop({ autorenew: { enabled: true } }));
        expect(registered().autorenew.enabled).toBe(true);
    });

    it("whose new data do not show in time is gone on with by the next run (promise 5)", async () => {
        await domain.up(shop());
        gandi.sandbox.addFault({ kind: "stale", path: path() });
        const inputs = shop({ owner: { ...owner, city: "Lyon" } });
        await expect(domain.up({ ...inputs, timeouts: { update: 0.05 } })).rejects.toThrow(
            /waiting for the owner's data to be changed/,
        );
        gandi.sandbox.clearFaults();
        gandi.writes();
        await expect(domain.up(inputs)).resolves.toBe("update");
        expect(gandi.writes()).toEqual([]);
        await expect(domain.preview(inputs)).resolves.toBe("same");
    });

    it.each([
        ["has expired", () => gandi.sandbox.editToken("first", { status: "expired" }), /401.*expired or revoked/],
        [
            "is of another organisation",
            () => gandi.sandbox.addDomain({ fqdn, organization: "second" }),
            /may not see it.*404 on GET.*gandi:goneDomains/,
        ],
    ])(
        "is neither forgotten nor bought nor given up with a token that %s (promise 6)",
        async (_what, lose, message) => {
            const inputs = shop({ deletionPolicy: "delete" });
            await domain.up(inputs);
            const { state } = domain;
            lose();
            gandi.writes();
            await expect(domain.refresh()).rejects.toThrow(message);
            await expect(domain.up({ ...inputs, tags: ["eu"] })).rejects.toThrow(/40[14] on GET/);
            expect(gandi.writes()).toEqual([]);
            await expect(domain.destroy()).rejects.toThrow(/40[14] on/);
            expect(domain.state).toEqual(state);
            expect(registered()).toBeDefined();
        },
    );
});

describe("bad input (promise 8)", () => {
    refusesBadInput(
        () => ({ gandi, life: domain, good: shop() }),
        [
            ["no name", { fqdn: undefined }, /^fqdn: is required/],
            ["a name that is no text", { fqdn: 7 }, /^fqdn: must be text, not /],
            ["a name of one label", { fqdn: "nonsense" }, /^fqdn: /],
            ["a name with a space", { fqdn: "a b.com" }, /^fqdn: /],
            ["no owner", { owner: undefined }, /^owner: is required to order/],
            ...badContacts("owner"),
            ...badContacts("admin"),
            ...badContacts("tech"),
            ...badContacts("bill"),
            ["a duration of no year", { duration: 0 }, /^duration: .*whole number of years from 1 to 10/],
            ["a duration that is too long", { duration: 11 }, /^duration: .*whole number of years from 1 to 10/],
            ["half a year", { duration: 0.5 }, /^duration: .*whole number of years from 1 to 10/],
            ["a duration as text", { duration: "1y" }, /^duration: .*whole number of years from 1 to 10/],
            ["a negative price", { maxPrice: -1 }, /^maxPrice: must be 0 or more/],
            ["a price as text", { maxPrice: "20 EUR" }, /^maxPrice: must be a number, not /],
            [
                "a price in quotes",
                { maxPrice: "20" },
                /^maxPrice: .*without quotes, or read it with config\.requireNumber/,
            ],
            ["an unknown currency", { currency: "CHF" }, /^currency: must be "EUR", "USD"/],
            ["an adoption that is neither yes nor no", { adopt: "no" }, /^adopt: must be true, false or "only"$/],
            [
                "an adoption as text",
                { adopt: "true" },
                /^adopt: .*without quotes, or read it with config\.requireBoolean/,
            ],
            ["a renewal that is neither on nor off", { autorenew: true }, /^autorenew: must be an object, not /],
            ["a renewal that does not say which", { autorenew: {} }, /^autorenew\.enabled: is required/],
            [
                "a renewal for too long",
                { autorenew: { enabled: true, duration: 10 } },
                /^autorenew\.duration: .*whole number of years from 1 to 9/,
            ],
            [
                "a renewal paid by no text",
                { autorenew: { enabled: true, organization: 1 } },
                /^autorenew\.organization: must be text, not /,
            ],
            ["a misspelled part of the renewal", { autorenew: { enabled: true, years: 1 } }, /^autorenew: .*"years"/],
            ["tags that are no list", { tags: "eu" }, /^tags: must be a list, not /],
            ["a tag of white space", { tags: [" "] }, /^tags\[0\]: is empty/],
            ["a lock that is neither yes nor no", { transferLock: "on" }, /^transferLock: must be true or false/],
            ["a wish for a mailbox that is neither", { mailboxOptin: "no" }, /^mailboxOptin: must be true or false/],
            ["an empty tag", { tags: ["eu", ""] }, /^tags\[1\]: /],
            ["nameservers that are no list", { nameservers: "ns1.example.net" }, /^nameservers: must be a list, not /],
            ["no nameservers", { nameservers: [] }, /^nameservers: /],
            [
                "a nameserver inside the domain",
                { fqdn: "own.com", nameservers: ["ns1.example.net", "NS1.own.com."] },
                /^nameservers\[1\]: .*lies in the domain itself: give its addresses in nameserversIps/,
            ],
            [
                "addresses for another name inside the domain",
                {
                    fqdn: "own.com",
                    nameservers: ["ns1.own.com", "ns2.own.com"],
                    nameserversIps: { "NS1.own.com.": ["192.0.2.1"] },
                },
                /^nameservers\[1\]: ns2\.own\.com lies in the domain itself/,
            ],
            [
                "addresses of no nameserver",
                { nameservers: ["ns1.example.net"], nameserversIps: { "ns2.example.net": ["192.0.2.1"] } },
                /^nameserversIps\["ns2\.example\.net"\]: is none of nameservers/,
            ],
            [
                "addresses without nameservers",
                { nameserversIps: { "ns1.example.net": ["192.0.2.1"] } },
                /^nameserversIps\["ns1\.example\.net"\]: is none of nameservers/,
            ],
            [
                "addresses twice for one nameserver",
                {
                    nameservers: ["ns1.example.net"],
                    nameserversIps: { "NS1.example.net.": ["192.0.2.2"], "ns1.example.net": ["192.0.2.1"] },
                },
                /^nameserversIps\["ns1\.example\.net"\]: .* is the same nameserver as "NS1\.example\.net\."/,
            ],
            ...(
                [
                    ["a list", ["192.0.2.1"], /^nameserversIps: must be an object, not /],
                    ["one text", { "ns1.example.net": "192.0.2.1" }, /^nameserversIps\.\S+: must be a list, not /],
                    ["none", { "ns1.example.net": [] }, /^nameserversIps\.\S+: empty/],
                    ["a number", { "ns1.example.net": [1] }, /^nameserversIps\.\S+: must be text, not /],
                    ["a name", { "ns1.example.net": ["ns"] }, /^nameserversIps\[.*\]\[0\]: .*no IPv4 or IPv6 address/],
                    ["a network", { "ns1.example.net": ["192.0.2.0/24"] }, /^nameserversIps\[.*\]\[0\]: .*network/],
                    [
                        "one twice",
                        { "ns1.example.net": ["2001:db8::1", "2001:DB8:0::1"] },
                        /^nameserversIps\[.*\]\[1\]: .* is the same address as "2001:db8::1"/,
                    ],
                ] as const
            ).map(
                ([what, nameserversIps, message]) =>
                    [
                        `addresses that are ${what}`,
                        { nameservers: ["ns1.example.net"], nameserversIps },
                        message,
                    ] as const,
            ),
            ["a customer by name", { reselleeId: "ACME" }, /^reselleeId: .*UUID/],
            ["a customer that is no text", { reselleeId: 7 }, /^reselleeId: must be text, not /],
            ["an empty template", { templateId: " " }, /^templateId: is empty/],
            ["a template that is no text", { templateId: 7 }, /^templateId: must be text, not /],
            ["a nameserver that is an address", { nameservers: ["192.0.2.1"] }, /^nameservers\[0\]: .*IP address/],
            [
                "too many nameservers",
                { nameservers: Array.from({ length: 14 }, (_, index) => `ns${index}.example.net`) },
                /^nameservers: .*13 nameservers at most/,
            ],
            ["a notice without id", { claims: " " }, /^claims: is empty/],
            ["a notice that is no text", { claims: true }, /^claims: must be text, not /],
            ["a language that is no text", { lang: ["fre"] }, /^lang: must be text, not /],
            ["a language by its name", { lang: "french" }, /^lang: is no language code, such as fre/],
            ["a mark out of season", { smd: "mark" }, /^smd: is for a sunrise: set tldPeriod: "sunrise"/],
            ["an empty mark", { smd: "", tldPeriod: "sunrise" }, /^smd: is empty/],
            ["a mark that is no text", { smd: {} }, /^smd: must be text, not /],
            ["an unknown phase", { tldPeriod: "eap10" }, /^tldPeriod: .*"sunrise"/],
            ["parameters that are a list", { extraParameters: ["x"] }, /^extraParameters: must be an object, not /],
            ["an unknown word for the owner", { ownerChange: "yes" }, /^ownerChange: must be "forbid" or "allow"/],
            ["the word for the owner in capitals", { ownerChange: "Allow" }, /^ownerChange: .*did you mean allow\?/],
            [
                "an acceptance as text",
                { acceptIcannContract: "yes" },
                /^acceptIcannContract: must be true or false, not /,
            ],
            ["the policy in capitals", { deletionPolicy: "Delete" }, /^deletionPolicy: .*did you mean delete\?/],
            ["an unknown policy", { deletionPolicy: "livedns" }, /^deletionPolicy: must be "retain" or "delete"/],
            ["a misspelled property", { autoRenew: { enabled: true } }, /^autoRenew: .*did you mean autorenew/],
        ],
    );
});
