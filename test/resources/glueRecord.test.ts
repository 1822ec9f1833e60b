import { refusesBadInput } from "../harness/badInput";
import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";
import { forgetsNothingUnseen } from "../harness/unseen";

let gandi: Gandi;
let glue: Life;
let count = 0;
/** Another one for each test: a process remembers for a while what it has read. */
let domain: string;
let ns1: { domain: string; name: string; ips: string[] };

beforeAll(async () => {
    gandi = await startGandi();
});
afterAll(() => gandi.close());
beforeEach(() => {
    domain = `glue-${++count}.example`;
    ns1 = { domain, name: "ns1", ips: ["192.0.2.1", "2001:db8::1"] };
    gandi.sandbox.addDomain({ fqdn: domain });
    gandi.sandbox.clearFaults();
    gandi.sandbox.clearRequests();
    gandi.lines.clear();
    glue = gandi.life("GlueRecord");
});

const EXPANDED = "2001:0db8:0000:0000:0000:0000:0000:0001";
const hosts = () => gandi.sandbox.state.domain(domain)!.hosts;
const set = (ips: string[] | null) => gandi.sandbox.editDomain(domain, { hosts: { ns1: ips } });

describe("GlueRecord", () => {
    it("is made once, and left alone by the second run (promise 3)", async () => {
        await glue.up(ns1);
        expect(hosts()).toEqual({ ns1: ["192.0.2.1", EXPANDED] });
        expect(glue.state?.id).toBe(`${domain}/ns1`);
        expect(gandi.writes()).toEqual([`POST /domain/domains/${domain}/hosts`]);
        await expect(glue.preview(ns1)).resolves.toBe("same");
        await expect(glue.refresh()).resolves.toBe("same");
        await expect(glue.preview(ns1)).resolves.toBe("same");
        expect(gandi.writes()).toEqual([]);
    });

    it("sets its addresses with one PUT", async () => {
        await glue.up(ns1);
        gandi.writes();
        await expect(glue.up({ ...ns1, ips: ["192.0.2.2"] })).resolves.toBe("update");
        expect(gandi.writes()).toEqual([`PUT /domain/domains/${domain}/hosts/ns1`]);
        expect(hosts()).toEqual({ ns1: ["192.0.2.2"] });
    });

    it("counts neither the order nor the spelling of addresses and names (promise 3)", async () => {
        const spelled = { domain: `${domain.toUpperCase()}.`, name: "NS1", ips: ["2001:DB8:0::0001", "192.0.2.1"] };
        await glue.up(spelled);
        gandi.sandbox.addFault({ kind: "respell", path: "/domain/*" });
        await expect(glue.refresh()).resolves.toBe("same");
        expect(glue.state?.inputs).toMatchObject(spelled);
        await expect(glue.preview(ns1)).resolves.toBe("same");
        await expect(glue.preview({ ...spelled, name: `ns1.${domain}.` })).resolves.toBe("same");
    });

    it("can be the domain itself", async () => {
        await glue.up({ ...ns1, name: "@" });
        expect(glue.state?.id).toBe(`${domain}/@`);
        expect(Object.keys(hosts())).toEqual(["@"]);
        await expect(glue.refresh()).resolves.toBe("same");
        await glue.destroy();
        expect(hosts()).toEqual({});
    });

    it("can have the domain's own name below the domain, and is read by its id as that", async () => {
        await glue.up({ ...ns1, name: `${domain}.${domain}.` });
        expect(glue.state?.id).toBe(`${domain}/${domain}`);
        expect(Object.keys(hosts())).toEqual([domain]);
        await expect(glue.get(`${domain}/${domain}`)).resolves.toMatchObject({
            inputs: { name: `${domain}.${domain}.`, ips: ["192.0.2.1", "2001:db8::1"] },
        });
        await glue.destroy();
        expect(hosts()).toEqual({});
    });

    it("is replaced by another name, and the old one goes", async () => {
        await glue.up({ ...ns1, name: "replaced" });
        await expect(glue.up({ ...ns1, name: "replacing" })).resolves.toBe("replace");
        expect(Object.keys(hosts())).toEqual(["replacing"]);
    });

    it("is replaced by that of another domain, and the old one goes", async () => {
        const other = `other-${domain}`;
        gandi.sandbox.addDomain({ fqdn: other });
        await glue.up(ns1);
        await expect(glue.up({ ...ns1, domain: other })).resolves.toBe("replace");
        expect(hosts()).toEqual({});
        expect(Object.keys(gandi.sandbox.state.domain(other)!.hosts)).toEqual(["ns1"]);
    });

    it("is deleted, also when somebody was faster (promise 5)", async () => {
        await glue.up(ns1);
        const state = glue.state;
        await glue.destroy();
        expect(hosts()).toEqual({});
        gandi.writes();
        glue.state = state;
        await glue.destroy();
        expect(gandi.writes()).toEqual([]);
    });

    it.each([
        ["another address", ["203.0.113.66"]],
        ["one more address", ["192.0.2.1", EXPANDED, "203.0.113.66"]],
        ["one address less", ["192.0.2.1"]],
    ])("sees drift to %s as exactly that field, and repairs it (promise 4)", async (_what, ips) => {
        await glue.up(ns1);
        set(ips);
        await expect(glue.refresh()).resolves.toBe("changed");
        const { ips: seen, ...rest } = glue.state!.inputs;
        expect(seen).toEqual(ips.map((ip) => (ip === EXPANDED ? "2001:db8::1" : ip)));
        expect(rest).toMatchObject({ domain, name: "ns1" });
        await expect(glue.up(ns1)).resolves.toBe("update");
        expect(hosts()).toEqual({ ns1: ["192.0.2.1", EXPANDED] });
        await expect(glue.refresh()).resolves.toBe("same");
    });

    it("drops from the state what is gone while its domain answers, and makes it again", async () => {
        await glue.up(ns1);
        set(null);
        await expect(glue.refresh()).resolves.toBe("gone");
        await expect(glue.up(ns1)).resolves.toBe("create");
    });

    it("goes on with the glue record of a run that was killed before it saved (promise 5)", async () => {
        await glue.up(ns1);
        gandi.writes();
        await glue.createAgain(ns1);
        expect(gandi.writes()).toEqual([]);
        expect(glue.state?.id).toBe(`${domain}/ns1`);
    });

    it("does not take what is there with other addresses, unless told to adopt it (promise 2)", async () => {
        set(["203.0.113.9"]);
        await expect(glue.up(ns1)).rejects.toThrow(/ns1 is there already .*203\.0\.113\.9.*adopt: true/);
        expect(glue.state).toBeUndefined();
        expect(hosts()).toEqual({ ns1: ["203.0.113.9"] });
        await glue.up({ ...ns1, adopt: true });
        expect(hosts()).toEqual({ ns1: ["192.0.2.1", EXPANDED] });
        gandi.writes();
        await expect(glue.up(ns1)).resolves.toBe("same");
        expect(gandi.writes()).toEqual([]);
    });

    it("can be read by its id without being managed", async () => {
        set(["192.0.2.7", EXPANDED]);
        await expect(glue.get(`${domain.toUpperCase()}/NS1`)).resolves.toMatchObject({
            id: `${domain}/ns1`,
            outputs: { domain, name: "ns1", ips: ["192.0.2.7", "2001:db8::1"] },
        });
        await expect(glue.get(`${domain}/none`)).rejects.toThrow(`there is no GlueRecord ${domain}/none`);
        await expect(glue.get(domain)).rejects.toThrow("write domain/name");
    });

    it("is kept when it is renamed, moved or tainted", async () => {
        await glue.up(ns1);
        await glue.recreate(ns1);
        expect(Object.keys(hosts())).toEqual(["ns1"]);
        await gandi.lines.matching(/\/ns1: still declared/);
    });

    it.each([
        ["time limits", () => ({ timeouts: { delete: "20m" } })],
        ["name of its organisation", () => ({ sharingId: gandi.sandbox.organizations.first })],
    ])("takes a change of its %s without a call", async (_what, change) => {
        await glue.up(ns1);
        gandi.sandbox.clearRequests();
        await expect(glue.up({ ...ns1, ...change() })).resolves.toBe("update");
        expect(gandi.sandbox.requests()).toEqual([]);
        expect(glue.state?.outputs).toMatchObject(change());
    });
});

describe("a registry that takes its time", () => {
    it("leaves a glue record pending when the time is up, which a refresh ends", async () => {
        gandi.sandbox.addFault({ kind: "stale", path: "/domain/domains/*/hosts*" });
        const hasty = { ...ns1, timeouts: { create: 0.2 } };
        await glue.up(hasty, { unsettled: true });
        expect(glue.state).toMatchObject({ id: `${domain}/ns1`, outputs: { ...ns1, pending: true } });
        gandi.writes();
        await expect(glue.up(hasty, { unsettled: true })).resolves.toBe("same");
        expect(gandi.writes()).toEqual([]);
        gandi.sandbox.clearFaults();
        await glue.refresh();
        expect(glue.state?.outputs).not.toHaveProperty("pending");
        await expect(glue.preview(hasty)).resolves.toBe("same");
    });

    it("is waited for when it is busy with another operation", async () => {
        const body = { code: 409, message: "Another operation is already in progress on this domain" };
        gandi.sandbox.addFault({ method: "POST", status: 409, body, times: 2 });
        await glue.up(ns1);
        expect(Object.keys(hosts())).toEqual(["ns1"]);
        await gandi.lines.matching(/now: .*another operation is under way/);
    });

    it.each([
        ["a lost connection", { kind: "drop-before" }],
        ["a lost answer", { kind: "drop-after" }],
        ["a server error", { status: 502 }],
        ["a rate limit", { status: 429, headers: { "retry-after": "0" } }],
    ] as const)("%s is waited out, and one glue record is made (promise 9)", async (_what, fault) => {
        gandi.sandbox.addFault({ method: "POST", times: 1, ...fault });
        await glue.up(ns1);
        expect(hosts()).toEqual({ ns1: ["192.0.2.1", EXPANDED] });
    });

    it("saves nothing when the API refuses", async () => {
        const body = { status: "error", errors: [{ location: "body", name: "ips.0", description: "reserved" }] };
        gandi.sandbox.addFault({ method: "POST", status: 400, body });
        await expect(glue.up(ns1)).rejects.toThrow(/ips\.0: reserved/);
        expect(glue.state).toBeUndefined();
    });
});

describe("a domain that can't be seen (promise 6)", () => {
    forgetsNothingUnseen(() => ({ gandi, life: glue, inputs: ns1, domain }));
});

describe("bad input (promise 8)", () => {
    refusesBadInput(
        () => ({ gandi, life: glue, good: ns1 }),
        [
            ["a missing property", { ips: undefined }, /^ips: is required/],
            ["no addresses", { ips: [] }, /^ips: empty/],
            ["addresses that are no list", { ips: "192.0.2.1" }, /^ips: must be a list, not /],
            ["an address that is no text", { ips: ["192.0.2.1", 7] }, /^ips\[1\]: must be text, not /],
            ["an address that is none", { ips: ["192.0.2"] }, /^ips\[0\]: "192\.0\.2" is no IPv4 or IPv6 address/],
            ["an IPv4 address inside IPv6", { ips: ["::ffff:192.0.2.1"] }, /^ips\[0\]: .*write "192\.0\.2\.1"/],
            ["a network", { ips: ["192.0.2.1", "192.0.2.0/24"] }, /^ips\[1\]: .*network/],
            ["the same address twice", { ips: ["2001:db8::1", "2001:DB8:0::1"] }, /same address as "2001:db8::1"/],
            ["no name", { name: undefined }, /^name: is required/],
            ["a name that is no text", { name: 1 }, /^name: must be text, not /],
            ["a name outside the domain", { name: "ns1.example.org." }, /^name: .*example\.org/],
            [
                "a name that repeats the domain",
                { domain: "example.com", name: "ns1.example.com" },
                /^name: .*write "ns1"/,
            ],
            [
                "a URL as the name",
                { name: "https://ns1.example.com/" },
                /^name: .*a URL, not a name: write "ns1\.example\.com"/,
            ],
            ["a wildcard", { name: "*" }, /^name: /],
            ["an underscore", { name: "_ns1" }, /^name: .*letters, digits/],
            ["no domain", { domain: undefined }, /^domain: is required/],
            ["a domain that is no text", { domain: ["example.com"] }, /^domain: must be text, not /],
            ["a domain that is none", { domain: "not a domain" }, /^domain: /],
            ["an adoption that is neither yes nor no", { adopt: "yes" }, /^adopt: must be true or false, not /],
            ["a misspelled property", { ip: "192.0.2.1" }, /^ip: .*did you mean ips/],
        ],
    );
});

describe("reading the hosts of a domain once", () => {
    it("refreshes many glue records with one request", async () => {
        const names = ["ns1", "ns2", "ns3", "ns4", "ns5"];
        const lives = await Promise.all(
            names.map(async (name, i) => {
                const one = gandi.life("GlueRecord");
                await one.up({ ...ns1, name, ips: [`192.0.2.${i + 1}`] });
                return one;
            }),
        );
        gandi.sandbox.clearRequests();
        await expect(Promise.all(lives.map((one) => one.refresh()))).resolves.toEqual(names.map(() => "same"));
        expect(gandi.sandbox.requests()).toHaveLength(1);
    });
});
