import type { PlainObject } from "../../engine/process/providerProcess";
import { COMPANY as owner } from "../harness/contacts";
import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";

let gandi: Gandi;
let domain: Life;

beforeAll(async () => {
    gandi = await startGandi();
});
afterAll(() => gandi.close());
beforeEach(() => {
    gandi.sandbox.clearFaults();
    gandi.sandbox.setDelays({ operation: 0, order: 0 });
    gandi.lines.clear();
    domain = gandi.life("Domain");
});

const shop = (fqdn: string, more: object = {}) => ({
    fqdn,
    maxPrice: 20,
    owner,
    deletionPolicy: "delete",
    timeouts: { delete: 0.5 },
    ...more,
});
const registered = (fqdn: string) => gandi.sandbox.state.domain(fqdn);
const deletes = (fqdn: string) => gandi.writes().filter((write) => write === `DELETE /domain/domains/${fqdn}`).length;

describe("a Domain whose removal was accepted and not seen to its end (promise 5)", () => {
    it("is waited for by the next run while it goes on", async () => {
        const fqdn = "goes-on.com";
        await domain.up(shop(fqdn));
        gandi.sandbox.setDelays({ operation: null });
        gandi.writes();
        await expect(domain.destroy()).rejects.toThrow(/goes-on\.com: being deleted.*timeouts\.delete/);
        expect(domain.state?.id).toBe(fqdn);
        const again = domain.destroy();
        await gandi.lines.matching(/goes-on\.com: being deleted \(now: .*under way/);
        gandi.sandbox.stepOperation(fqdn, "done");
        await again;
        expect(registered(fqdn)).toBeUndefined();
    });

    it.each<[string, object]>([
        ["answers what nobody can read", { status: 200, body: [] }],
        ["answers with a page of a proxy", { kind: "html", status: 404 }],
        ["refuses the token", { status: 401 }],
    ])("is gone for the next run, whatever ended this one: Gandi %s", async (what, fault) => {
        const fqdn = `${what.replaceAll(" ", "-").toLowerCase()}.com`;
        await domain.up(shop(fqdn));
        gandi.sandbox.addFault({ method: "GET", path: `/domain/domains/${fqdn}*`, skip: 2, ...fault });
        await expect(domain.destroy()).rejects.toThrow(fqdn);
        gandi.sandbox.clearFaults();
        expect(registered(fqdn)).toBeUndefined();
        gandi.writes();
        await domain.destroy();
        await gandi.lines.matching(new RegExp(`^${fqdn}: gone, as ${fqdn} is nobody's any more`));
        expect(deletes(fqdn)).toBe(0);
    });

    it("is gone for the next run also where its order is still said to be done", async () => {
        const fqdn = "once-ordered.com";
        await domain.up(shop(fqdn));
        gandi.sandbox.removeDomain(fqdn);
        gandi.sandbox.addFault({ method: "GET", path: `/domain/domains/${fqdn}/createstatus`, status: 303, body: {} });
        await domain.destroy();
        await gandi.lines.matching(new RegExp(`^${fqdn}: gone, as ${fqdn} is nobody's any more`));
    });

    it("is gone for a removal, and lost for a refresh in between, which forgets nothing", async () => {
        await domain.up(shop("killed.com"));
        gandi.sandbox.removeDomain("killed.com");
        const { state } = domain;
        await expect(domain.refresh()).rejects.toThrow(/404 on GET .*killed\.com/);
        await expect(domain.preview(shop("killed.com"))).resolves.toBe("same");
        expect(domain.state).toEqual(state);
        await domain.destroy();
    });

    it.each<[string, object]>([
        ["a lost connection", { kind: "drop-after" }],
        ["a server error", { status: 500, effect: true }],
        ["a rate limit", { status: 429, effect: true, headers: { "retry-after": "0" } }],
    ])("ends well where the answer was lost: %s", async (what, fault) => {
        const fqdn = `${what.replaceAll(" ", "-")}.com`;
        await domain.up(shop(fqdn, { timeouts: { delete: 20 } }));
        gandi.sandbox.addFault({ method: "DELETE", times: 1, ...fault });
        await domain.destroy();
        expect(registered(fqdn)).toBeUndefined();
    });

    it.each(["pendingDelete", "redemptionPeriod"])("is done where the registry shows it as %s", async (status) => {
        const fqdn = `${status.toLowerCase()}.com`;
        await domain.up(shop(fqdn));
        gandi.sandbox.editDomain(fqdn, { status: ["clientTransferProhibited", status] });
        gandi.writes();
        await domain.destroy();
        expect(deletes(fqdn)).toBe(0);
        await gandi.lines.matching(new RegExp(`^${fqdn}: is deleted, and may be restored`));
    });
});

describe("a Domain that can't be seen (promises 2 and 6)", () => {
    it("is not taken for removed while somebody has it", async () => {
        await domain.up(shop("elsewhere.com"));
        gandi.sandbox.addDomain({ fqdn: "elsewhere.com", organization: "second" });
        const { state } = domain;
        await expect(domain.destroy()).rejects.toThrow(/404 on GET .*gandi:goneDomains/);
        expect(domain.state).toEqual(state);
        expect(registered("elsewhere.com")).toBeDefined();
    });

    it.each<[string, object]>([
        ["refuses to say", { status: 403 }],
        ["fails", { status: 400 }],
        ["does not know", { body: { currency: "EUR", products: [] }, status: 200 }],
    ])("is not taken for removed where the check of its name %s", async (what, fault) => {
        const fqdn = `check-${what.replaceAll(" ", "-")}.com`;
        await domain.up(shop(fqdn));
        gandi.sandbox.removeDomain(fqdn);
        gandi.sandbox.addFault({ path: "/domain/check", ...fault });
        await expect(domain.destroy()).rejects.toThrow(/404 on GET .*gandi:goneDomains/);
    });

    it("is retained all the same where it is to be retained, with nothing asked", async () => {
        await domain.up(shop("kept.com", { deletionPolicy: "retain" }));
        gandi.sandbox.removeDomain("kept.com");
        gandi.sandbox.clearRequests();
        await domain.destroy();
        expect(gandi.sandbox.requests()).toEqual([]);
    });
});

describe("a Domain on order", () => {
    it("can't be called off, and is removed once it is there", async () => {
        gandi.sandbox.setDelays({ order: null });
        const hasty = shop("ordered.com", { timeouts: { create: 0.2, delete: 5 } });
        await expect(domain.up(hasty)).rejects.toThrow(/registering, step 1/);
        await expect(domain.destroy()).rejects.toThrow(/step 1 of 3.*An order can't be called off/);
        gandi.sandbox.stepOrder("ordered.com", "done");
        await domain.destroy();
        expect(registered("ordered.com")).toBeUndefined();
    });

    it("is nothing to remove once its order has failed", async () => {
        gandi.sandbox.setDelays({ order: null });
        const hasty = shop("failed-order.com", { timeouts: { create: 0.2 } });
        await expect(domain.up(hasty)).rejects.toThrow(/registering, step 1/);
        gandi.sandbox.stepOrder("failed-order.com", "error");
        await domain.destroy();
        await gandi.lines.matching(/^failed-order\.com: nothing to delete, as its order failed/);
    });
});

describe("what a removed domain held", () => {
    const KEY = "mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==";
    const held: [kind: string, inputs: PlainObject][] = [
        ["LiveDnsRecord", { name: "shop", type: "A", values: ["192.0.2.1"] }],
        ["LiveDnsZone", { rrsets: { "b A": { ttl: 300, values: ["192.0.2.1"] } }, deletionPolicy: "delete" }],
        ["LiveDnsKey", { flags: 257 }],
        ["Snapshot", { name: "before" }],
        ["AxfrSlave", { ip: "192.0.2.53" }],
        ["GlueRecord", { name: "ns1", ips: ["192.0.2.1"] }],
        ["EmailForward", { source: "sales", destinations: ["alice@example.org"] }],
        ["WebRedirection", { host: "shop", url: "https://example.org/", type: "permanent" }],
        ["MailSlot", { type: "standard_2023", duration: 1, maxPrice: 5, deletionPolicy: "delete" }],
        ["EmailOffer", { antispam: false }],
        ["Mailbox", { login: "alice", password: "Correct-horse-123", deletionPolicy: "delete" }],
        ["DnssecKey", { algorithm: 13, type: "ksk", publicKey: KEY }],
        ["Nameservers", { nameservers: ["ns1.example.net"], dnssec: "ignore", deletionPolicy: "livedns" }],
    ];

    it.each(held)("is gone with it: %s", async (kind, more) => {
        const name = `held-${kind.toLowerCase()}.com`;
        gandi.sandbox.addDomain({ fqdn: name, freeSlots: [{}] });
        const one = gandi.life(kind);
        await one.up({ domain: name, ...more });
        gandi.sandbox.removeDomain(name);
        const { state } = one;
        await expect(one.refresh()).rejects.toThrow(/404 on GET/);
        expect(one.state).toEqual(state);
        await one.destroy();
    });

    it("is no obstacle to the rest: a TsigKey loses its other associations", async () => {
        gandi.sandbox.addDomain({ fqdn: "tsig-gone.com" });
        gandi.sandbox.addDomain({ fqdn: "tsig-there.com" });
        const key = gandi.life("TsigKey");
        await key.up({ domains: ["tsig-gone.com", "tsig-there.com"] });
        gandi.sandbox.removeDomain("tsig-gone.com");
        await key.destroy();
        expect(gandi.sandbox.state.zone("tsig-there.com")?.tsig).toEqual([]);
    });
});

it("A GlueRecord whose removal took effect although its answer was lost is gone", async () => {
    gandi.sandbox.addDomain({ fqdn: "glue.com" });
    const glue = gandi.life("GlueRecord");
    await glue.up({ domain: "glue.com", name: "ns1", ips: ["192.0.2.1"] });
    gandi.sandbox.addFault({ method: "DELETE", times: 1, status: 500, effect: true });
    await glue.destroy();
    expect(registered("glue.com")?.hosts).toEqual({});
});
