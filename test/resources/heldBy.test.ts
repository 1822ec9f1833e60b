import { type Gandi, startGandi } from "../harness/gandi";

let gandi: Gandi;
let count = 0;
let domain: string;

beforeAll(async () => {
    gandi = await startGandi();
});
afterAll(() => gandi.close());
beforeEach(() => {
    domain = `held-${++count}.example`;
    gandi.sandbox.clearFaults();
    gandi.lines.clear();
});

const GANDIS = { ttl: 10800, values: ["webredir.vip.gandi.net."] };
const www = { ttl: 300, values: ["192.0.2.1"] };
const redirectionOf = (host: string) => ({ webRedirections: { [host]: { url: "https://example.org/" } } });
const there = () =>
    Object.fromEntries(
        gandi.sandbox.state
            .zone(domain)!
            .rrsets.map(({ name, type, ttl, values }) => [`${name} ${type}`, { ttl, values }]),
    );
const zone = (rrsets: object, more: object = {}) => ({ domain, rrsets, exclusive: true, ...more });
const zoneOf = (rrsets: Record<string, { values: string[] }>) => ({
    fqdn: domain,
    records: Object.entries(rrsets).map(([key, { values }]) => {
        const [name, type] = key.split(" ");
        return { name: name!, type: type!, values };
    }),
});

describe("an exclusive zone", () => {
    it("leaves alone what a redirection of another stack holds: taking over, going on, and when it is deleted", async () => {
        gandi.sandbox.addDomain({ fqdn: domain, ...redirectionOf("www") });
        const life = gandi.life("LiveDnsZone");
        const inputs = zone({ "api A": www }, { deletionPolicy: "delete" });
        await expect(life.reasons(inputs)).resolves.toEqual([]);
        await gandi.lines.matching(/leaves alone www CNAME \(held by the web redirection of www\.held-/);
        await life.up(inputs);
        expect(there()).toEqual({ "api A": www, "www CNAME": GANDIS });
        await expect(life.refresh()).resolves.toBe("same");
        await expect(life.preview(inputs)).resolves.toBe("same");
        await life.up({ ...inputs, rrsets: { "api A": { ...www, ttl: 600 } } });
        expect(there()).toEqual({ "api A": { ...www, ttl: 600 }, "www CNAME": GANDIS });
        await life.destroy();
        expect(there()).toEqual({ "www CNAME": GANDIS });
    });

    it("keeps what it has declared itself until it became the redirection's", async () => {
        gandi.sandbox.addDomain(zoneOf({ "shop CNAME": GANDIS, "api A": www }));
        const life = gandi.life("LiveDnsZone");
        await life.up(zone({ "shop CNAME": GANDIS, "api A": www }));
        gandi.sandbox.editDomain(domain, redirectionOf("shop"));
        await life.up(zone({ "api A": www }));
        expect(there()).toEqual({ "api A": www, "shop CNAME": GANDIS });
        await gandi.lines.matching(/leaves alone shop CNAME \(held by the web redirection of shop\.held-/);
        await expect(life.refresh()).resolves.toBe("same");
    });

    it("removes what only looks like it, as before", async () => {
        gandi.sandbox.addDomain({ fqdn: domain });
        const life = gandi.life("LiveDnsZone");
        await life.up(zone({ "api A": www }));
        expect(there()).toEqual({ "api A": www });
    });

    it("takes nothing for nobody's that this token may not judge", async () => {
        gandi.sandbox.addDomain({ fqdn: domain, ...redirectionOf("www") });
        const body = { code: 403, message: "Access was denied", object: "HTTPForbidden", cause: "Forbidden" };
        gandi.sandbox.addFault({ path: "*/webredirs*", status: 403, body });
        const life = gandi.life("LiveDnsZone");
        await life.up(zone({ "api A": www }), { unsettled: true });
        expect(Object.keys(there()).sort()).toEqual(["@ A", "api A", "www CNAME"]);
        await gandi.lines.matching(/www CNAME \(held by perhaps a web redirection/);
        await expect(life.refresh()).resolves.toBe("same");
    });

    it("lets a token for DNS alone declare what stands in a fresh zone", async () => {
        gandi.sandbox.addDomain({ fqdn: domain });
        const body = { code: 403, message: "Access was denied", object: "HTTPForbidden", cause: "Forbidden" };
        gandi.sandbox.addFault({ path: "*/webredirs*", status: 403, body });
        await gandi.life("LiveDnsRecord").up({ domain, name: "www", type: "A", ttl: 300, values: ["192.0.2.1"] });
        expect([there()["www A"], there()["www CNAME"]]).toEqual([www, undefined]);
    });

    it.each([
        ["overwrite it", { "www CNAME": { ttl: 300, values: ["elsewhere.example.net."] } }],
        ["stand beside it", { "www A": www }],
    ])("does not %s, adopt or not, and says who holds it", async (_what, rrsets) => {
        gandi.sandbox.addDomain({ fqdn: domain, ...redirectionOf("www") });
        for (const adopt of [false, true]) {
            const life = gandi.life("LiveDnsZone");
            const refused = /www CNAME .* is held by the web redirection of www\..*remove that first/;
            await expect(life.reasons(zone(rrsets, { adopt }))).resolves.toEqual(
                expect.arrayContaining([expect.stringMatching(refused)]),
            );
            await expect(life.up(zone(rrsets, { adopt, exclusive: false }))).rejects.toThrow(refused);
        }
        expect(there()["www CNAME"]).toEqual(GANDIS);
    });
});

describe("a LiveDnsRecord", () => {
    it.each([
        ["another type", { type: "A", values: ["192.0.2.1"] }],
        ["another target", { type: "CNAME", values: ["elsewhere.example.net."] }],
    ])("of %s does not take the host from a redirection, adopt or not", async (_what, record) => {
        gandi.sandbox.addDomain({ fqdn: domain, ...redirectionOf("www") });
        for (const adopt of [false, true]) {
            const inputs = { domain, name: "www", ttl: 300, adopt, ...record };
            await expect(gandi.life("LiveDnsRecord").up(inputs)).rejects.toThrow(
                /www CNAME .* is held by the web redirection of www\./,
            );
        }
        expect(there()["www CNAME"]).toEqual(GANDIS);
    });
});

describe("the mail of a domain", () => {
    const seeded = (more: object) => gandi.sandbox.addDomain({ fqdn: domain, ...more });
    const MAIL = ["@ MX", "@ TXT"];
    const left = () => Object.keys(there()).sort();

    it.each([
        ["mailboxes", () => ({ emailOffer: {}, mailboxes: { alice: {} } })],
        ["forwards", () => ({ emailOffer: {}, forwards: { sales: ["alice@example.org"] } })],
    ])("keeps what it is delivered by, where it has %s", async (what, seed) => {
        seeded(seed());
        const life = gandi.life("LiveDnsZone");
        await life.up(zone({ "api A": www }));
        expect(left()).toEqual([...MAIL, "api A"]);
        await gandi.lines.matching(
            new RegExp(`leaves alone @ MX \\(held by the mail of ${domain}, which has ${what}\\)`),
        );
        await expect(life.refresh()).resolves.toBe("same");
        await expect(life.preview(zone({ "api A": www }))).resolves.toBe("same");
    });

    it("keeps its DKIM while that is on", async () => {
        seeded({ emailOffer: { dkim: "active" } });
        const keys = ["gm1._domainkey", "gm2._domainkey", "gm3._domainkey"];
        for (const name of keys) {
            const values = [`${name.slice(0, 3)}.gandimail.net.`];
            gandi.sandbox.setRRset(domain, { name, type: "CNAME", ttl: 1200, values });
        }
        const life = gandi.life("LiveDnsZone");
        await life.up(zone({ "api A": www }));
        expect(left()).toEqual(["api A", ...keys.map((name) => `${name} CNAME`)]);
        await expect(life.refresh()).resolves.toBe("same");
    });

    it("yields to a program that has it delivered elsewhere", async () => {
        seeded({ emailOffer: {}, mailboxes: { alice: {} } });
        const mx = { ttl: 300, values: ["10 mx.example.net."] };
        await gandi.life("LiveDnsZone").up(zone({ "@ MX": mx }));
        expect(there()["@ MX"]).toEqual(mx);
    });

    it("holds nothing where nobody has any", async () => {
        seeded({ emailOffer: {} });
        await gandi.life("LiveDnsZone").up(zone({ "api A": www }));
        expect(left()).toEqual(["api A"]);
    });
});
