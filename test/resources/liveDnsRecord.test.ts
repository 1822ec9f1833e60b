import { UNKNOWN } from "../../provider/core/inputs/values";
import { refusesBadInput } from "../harness/badInput";
import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";

let gandi: Gandi;
let record: Life;

/** Each test has a zone of its own: a provider process shares what it has read of a zone for a few seconds. */
let domain: string;
let www: { domain: string; name: string; type: string; ttl: number; values: string[] };
let count = 0;

beforeAll(async () => {
    gandi = await startGandi();
});
afterAll(() => gandi.close());
beforeEach(() => {
    count += 1;
    domain = `zone-${count}.example`;
    www = { domain, name: "www", type: "A", ttl: 300, values: ["192.0.2.1"] };
    gandi.sandbox.addDomain({ fqdn: domain, zone: "" });
    gandi.sandbox.clearFaults();
    gandi.sandbox.clearRequests();
    gandi.lines.clear();
    record = gandi.life("LiveDnsRecord");
});

const zone = () => gandi.sandbox.state.zone(domain)!.rrsets;
const there = (name: string, type: string) => zone().find((rrset) => rrset.name === name && rrset.type === type);

describe("LiveDnsRecord", () => {
    it("is created with one request, and left alone by the second run (promise 3)", async () => {
        await record.up(www);
        expect(there("www", "A")).toEqual({ name: "www", type: "A", ttl: 300, values: ["192.0.2.1"] });
        expect(record.state?.id).toBe(`${domain}/www/A`);
        expect(gandi.sandbox.requests()).toHaveLength(1);
        await expect(record.preview(www)).resolves.toBe("same");
        await expect(record.refresh()).resolves.toBe("same");
        await expect(record.preview(www)).resolves.toBe("same");
    });

    it("updates values and TTL with one PUT that always has the TTL", async () => {
        await record.up(www);
        gandi.writes();
        await expect(record.up({ ...www, values: ["192.0.2.2", "192.0.2.1"], ttl: 600 })).resolves.toBe("update");
        expect(gandi.writes()).toEqual([`PUT /livedns/domains/${domain}/records/www/A`]);
        expect(there("www", "A")).toMatchObject({ ttl: 600, values: ["192.0.2.2", "192.0.2.1"] });
    });

    it("takes back the default TTL when none is given any more", async () => {
        await record.up(www);
        const { ttl: _ttl, ...rest } = www;
        await expect(record.up(rest)).resolves.toBe("update");
        expect(there("www", "A")?.ttl).toBe(10800);
    });

    it("is replaced by another name or type, and the old RRset goes", async () => {
        await record.up({ ...www, name: "replaced" });
        await expect(record.up({ ...www, name: "replacing" })).resolves.toBe("replace");
        expect(zone().map(({ name }) => name)).toEqual(["replacing"]);
    });

    it("is replaced by that of another type, and the old RRset goes", async () => {
        await record.up({ ...www, name: "typed" });
        const text = { ...www, name: "typed", type: "TXT", values: ["hello"] };
        await expect(record.up(text)).resolves.toBe("replace");
        expect(zone()).toEqual([{ name: "typed", type: "TXT", ttl: 300, values: ['"hello"'] }]);
        expect(record.state?.id).toBe(`${domain}/typed/TXT`);
        await expect(record.refresh()).resolves.toBe("same");
    });

    it("is replaced by that of another zone, and the old RRset goes", async () => {
        const other = `other-${domain}`;
        gandi.sandbox.addDomain({ fqdn: other, zone: "" });
        await record.up(www);
        await expect(record.up({ ...www, domain: other })).resolves.toBe("replace");
        expect(zone()).toEqual([]);
        expect(gandi.sandbox.state.zone(other)!.rrsets).toMatchObject([{ name: "www", values: ["192.0.2.1"] }]);
    });

    it.each([
        ["time limits", () => ({ timeouts: { update: 60 } })],
        ["name of its organisation", () => ({ sharingId: gandi.sandbox.organizations.first })],
    ])("takes a change of its %s without a call", async (_what, change) => {
        await record.up(www);
        gandi.sandbox.clearRequests();
        await expect(record.up({ ...www, ...change() })).resolves.toBe("update");
        expect(gandi.sandbox.requests()).toEqual([]);
        expect(record.state?.outputs).toMatchObject(change());
    });

    it("makes way first where a CNAME takes the place of another type", async () => {
        await record.up({ ...www, name: "alias" });
        const alias = {
            ...www,
            domain: domain.toUpperCase(),
            name: "ALIAS",
            type: "CNAME",
            values: ["web.example.net."],
        };
        await expect(record.up(alias)).resolves.toBe("replace");
        expect(zone()).toEqual([{ name: "alias", type: "CNAME", ttl: 300, values: ["web.example.net."] }]);
    });

    it("is deleted, also when somebody was faster (promise 5)", async () => {
        await record.up(www);
        const state = record.state;
        await record.destroy();
        expect(zone()).toEqual([]);
        record.state = state;
        await record.destroy();
    });

    it.each([
        ["a value", { values: ["203.0.113.66"] }],
        ["one more value", { values: ["192.0.2.1", "203.0.113.66"] }],
        ["the TTL", { ttl: 3600 }],
    ])("sees drift of %s as exactly that field, and repairs it (promise 4)", async (_what, edit) => {
        await record.up(www);
        gandi.sandbox.setRRset(domain, { name: "www", type: "A", ttl: 300, values: ["192.0.2.1"], ...edit });
        await expect(record.refresh()).resolves.toBe("changed");
        expect(record.state?.inputs).toMatchObject({ ...www, ...edit });
        await expect(record.up(www)).resolves.toBe("update");
        expect(there("www", "A")).toMatchObject({ ttl: 300, values: ["192.0.2.1"] });
        await expect(record.refresh()).resolves.toBe("same");
    });

    it("drops from the state what is gone while its zone answers, and makes it again", async () => {
        await record.up(www);
        gandi.sandbox.deleteRRset(domain, "www", "A");
        await expect(record.refresh()).resolves.toBe("gone");
        await expect(record.up(www)).resolves.toBe("create");
    });

    it("keeps the user's spelling and order through a refresh, and puts strangers last", async () => {
        const mx = {
            domain: `${domain.toUpperCase()}.`,
            name: "",
            type: "MX",
            values: ["020 MX2.Example.NET.", "10 mx1"],
        };
        await record.up(mx);
        expect(there("@", "MX")?.values).toEqual(["20 mx2.example.net.", `10 mx1.${domain}.`]);
        gandi.sandbox.setRRset(domain, {
            name: "@",
            type: "MX",
            values: ["30 mx3.example.net.", `10 mx1.${domain}.`, "20 mx2.example.net."],
        });
        await record.refresh();
        expect(record.state?.inputs.values).toEqual(["020 MX2.Example.NET.", "10 mx1", "30 mx3.example.net."]);
        expect(record.state?.inputs.domain).toBe(`${domain.toUpperCase()}.`);
    });

    it("shows the values of others as the API spells them, where it is read as where it drifts", async () => {
        const mx = { domain, name: "@", type: "MX", values: ["10 mx1"] };
        await record.up(mx);
        const values = ["30 MX3.Example.NET.", `10 mx1.${domain}.`];
        gandi.sandbox.setRRset(domain, { name: "@", type: "MX", values });
        await record.refresh();
        expect(record.state?.inputs.values).toEqual(["10 mx1", "30 MX3.Example.NET."]);
        await expect(record.get(`${domain}/@/MX`)).resolves.toMatchObject({ outputs: { values } });
    });

    it("goes on with the identical RRset of a run that was killed before it saved (promise 5)", async () => {
        await record.up(www);
        gandi.writes();
        await record.createAgain(www);
        expect(gandi.writes()).toEqual([`POST /livedns/domains/${domain}/records`]);
        await record.createAgain({ ...www, ttl: 900 });
        expect(there("www", "A")?.ttl).toBe(900);
    });

    it("tries again where another record of its name has cleared the way in between (promise 5)", async () => {
        const refusal = { method: "POST", path: `/livedns/domains/${domain}/records`, status: 400, times: 1 };
        gandi.sandbox.addFault({ ...refusal, body: { message: "a CNAME can't be used beside other records" } });
        await record.up(www);
        expect(there("www", "A")?.values).toEqual(["192.0.2.1"]);
    });

    it("does not take what is there with other values, unless told to adopt it (promise 2)", async () => {
        gandi.sandbox.setRRset(domain, { name: "www", type: "A", values: ["203.0.113.9"] });
        await expect(record.up(www)).rejects.toThrow(/there already with other values: 203\.0\.113\.9.*adopt: true/);
        expect(there("www", "A")?.values).toEqual(["203.0.113.9"]);
        await record.up({ ...www, adopt: true });
        expect(there("www", "A")?.values).toEqual(["192.0.2.1"]);
        gandi.writes();
        await expect(record.up(www)).resolves.toBe("same");
        expect(gandi.writes()).toEqual([]);
    });

    it("takes what Gandi puts into a fresh zone for nobody's", async () => {
        gandi.sandbox.addDomain({ fqdn: "fresh.example" });
        const fresh = { ...www, domain: "fresh.example" };
        await record.up({ ...fresh, name: "@" });
        const before = gandi.sandbox.state.zone("fresh.example")!.rrsets;
        expect(before.find(({ name, type }) => name === "www" && type === "CNAME")).toBeDefined();
        const second = gandi.life("LiveDnsRecord");
        await second.up(fresh);
        const after = gandi.sandbox.state.zone("fresh.example")!.rrsets;
        expect(after.filter(({ name }) => name === "www")).toEqual([
            { name: "www", type: "A", ttl: 300, values: ["192.0.2.1"] },
        ]);
    });

    it("does not stand beside somebody's CNAME", async () => {
        gandi.sandbox.setRRset(domain, { name: "www", type: "CNAME", values: ["shop.example.net."] });
        await expect(record.up(www)).rejects.toThrow(/www CNAME \(shop\.example\.net\.\).*excludes every other type/);
    });

    it("says why the API refuses a value, also where the RRset is there with others", async () => {
        gandi.sandbox.setRRset(domain, { name: "www", type: "A", values: ["203.0.113.9"] });
        const body = {
            status: "error",
            errors: [{ location: "body", name: "items", description: "not this address" }],
        };
        gandi.sandbox.addFault({ method: "POST", status: 400, body });
        await expect(record.up(www)).rejects.toThrow(/not this address/);
        expect(there("www", "A")?.values).toEqual(["203.0.113.9"]);
    });

    it("writes to a name in the case that the server keeps", async () => {
        gandi.sandbox.setRRset(domain, { name: "WWW", type: "A", values: ["203.0.113.9"] });
        await record.up({ ...www, adopt: true });
        await expect(record.refresh()).resolves.toBe("same");
        await record.up({ ...www, adopt: true, ttl: 400 });
        expect(zone()).toEqual([{ name: "WWW", type: "A", ttl: 400, values: ["192.0.2.1"] }]);
        await record.destroy();
        expect(zone()).toEqual([]);
    });

    it("is found by a refresh when somebody made it again in another case", async () => {
        await record.up({ ...www, name: "cased" });
        gandi.sandbox.deleteRRset(domain, "cased", "A");
        gandi.sandbox.setRRset(domain, { name: "CaseD", type: "A", ttl: 300, values: ["192.0.2.1"] });
        await expect(record.refresh()).resolves.not.toBe("gone");
        await record.up({ ...www, name: "cased", ttl: 301 });
        expect(zone()).toEqual([{ name: "CaseD", type: "A", ttl: 301, values: ["192.0.2.1"] }]);
    });

    it("holds slashes, wildcards and the apex in its id", async () => {
        const lives = ["0/25", "*", "@", "_dmarc", "a.b"].map((name) => ({ name, one: gandi.life("LiveDnsRecord") }));
        for (const { name, one } of lives) {
            await one.up({ ...www, name });
            expect(one.state?.id).toBe(`${domain}/${name}/A`);
        }
        for (const { one } of lives) {
            await expect(one.refresh()).resolves.toBe("same");
            await one.destroy();
        }
        expect(zone()).toEqual([]);
    });

    it("reads the NS of the apex, which lists leave out", async () => {
        const ns = { domain, name: "@", type: "NS", values: ["ns1.example.net.", "ns2.example.net."] };
        await record.up(ns);
        await expect(record.refresh()).resolves.toBe("same");
    });

    it("can be read by its id without being managed", async () => {
        gandi.sandbox.setRRset(domain, { name: "www", type: "A", ttl: 450, values: ["203.0.113.9"] });
        await expect(record.get(`${domain.toUpperCase()}/WWW/a`)).resolves.toMatchObject({
            id: `${domain}/www/A`,
            outputs: { domain, name: "www", type: "A", ttl: 450, values: ["203.0.113.9"] },
        });
        await expect(record.get(`${domain}/none/A`)).rejects.toThrow(`there is no LiveDnsRecord ${domain}/none/A`);
        await expect(record.get("example.com")).rejects.toThrow("write domain/name/type");
    });

    it("is kept when it is renamed, moved or tainted", async () => {
        await record.up(www);
        await record.recreate(www);
        expect(there("www", "A")?.values).toEqual(["192.0.2.1"]);
        await gandi.lines.matching(/www\/A: still declared/);
    });
});

describe("a token that can't see (promise 6)", () => {
    it.each([
        ["has expired", "expired", /401.*expired or revoked.*--run-program/],
        ["is of another organisation", "second", /may not see.*404 on GET.*gandi:goneDomains/],
    ] as const)("that %s plans nothing and forgets nothing", async (_what, name, message) => {
        await record.up(www);
        const runs = gandi.runs({ "gandi:personalAccessToken": gandi.sandbox.tokens[name] });
        try {
            const { state } = record;
            const blind = record.under(runs);
            await expect(blind.refresh()).rejects.toThrow(message);
            await expect(blind.destroy()).rejects.toThrow(/40[134]/);
            expect(blind.state).toEqual(state);
            expect(there("www", "A")).toBeDefined();
        } finally {
            await runs.close();
        }
    });
});

describe("bad input (promise 8)", () => {
    refusesBadInput(
        () => ({ gandi, life: record, good: www }),
        [
            ["no type", { type: undefined }, /^type: is required/],
            ["a type that is no text", { type: 1 }, /^type: must be text, not /],
            ["an unknown type", { type: "AX" }, /type: "AX" is none of A, AAAA/],
            ["a TTL that is too short", { ttl: 60 }, /ttl: 60 .*300 to 2592000/],
            ["a TTL that is too long", { ttl: 2592001 }, /ttl: 2592001/],
            ["a TTL as text", { ttl: "1h" }, /^ttl: must be a number, not /],
            ["no values", { values: [] }, /values: empty/],
            ["values that are no list", { values: "192.0.2.1" }, /^values: must be a list, not /],
            ["a value that is no text", { values: ["192.0.2.1", 7] }, /^values\[1\]: must be text, not /],
            ["an empty value", { values: [""] }, /values\[0\]: empty/],
            ["no name", { name: undefined }, /^name: is required/],
            ["a name that is no text", { name: ["www"] }, /^name: must be text, not /],
            [
                "a URL as the name",
                { name: "https://www.example.com/" },
                /name: .*a URL, not a name: write "www\.example\.com"/,
            ],
            ["a name outside the zone", { name: "www.example.org." }, /name: .*example\.org/],
            [
                "a CNAME at the apex",
                { name: "@", type: "CNAME", values: ["a.example.net."] },
                /name: a CNAME can't stand at the apex/,
            ],
            [
                "a CNAME with two values",
                { type: "CNAME", values: ["a.example.net.", "b.example.net."] },
                /one CNAME at most/,
            ],
            [
                "an IPv4 address inside IPv6",
                { type: "AAAA", values: ["::ffff:192.0.2.1"] },
                /values\[0\]: .*write 192\.0\.2\.1 with type A/,
            ],
            ["an IPv4 address in AAAA", { type: "AAAA" }, /values\[0\]: .*type A/],
            ["a target without its final dot", { type: "CNAME", values: ["www.example.org"] }, /"www\.example\.org\."/],
            ["no domain", { domain: undefined }, /^domain: is required/],
            ["a domain that is no text", { domain: 7 }, /^domain: must be text, not /],
            ["a domain that is none", { domain: "not a domain" }, /domain: /],
            ["the same value twice", { type: "AAAA", values: ["2001:db8::1", "2001:DB8:0::1"] }, /same value/],
            ["a missing property", { values: undefined }, /values: is required/],
            ["an adoption that is neither yes nor no", { adopt: "yes" }, /^adopt: must be true or false, not /],
            ["a misspelled property", { vales: ["192.0.2.1"] }, /vales: .*did you mean values/],
        ],
    );

    it("is found in what is known while the zone is not", async () => {
        await expect(record.reasons({ ...www, domain: UNKNOWN, values: ["1.2.3"] })).resolves.toHaveLength(1);
        await expect(record.reasons({ ...www, domain: "no domain", values: ["1.2.3"] })).resolves.toHaveLength(2);
        await expect(
            record.reasons({ ...www, domain: UNKNOWN, name: "www.example.org.", type: UNKNOWN }),
        ).resolves.toEqual([]);
    });

    it("all comes at once", async () => {
        const reasons = await record.reasons({ ...www, ttl: 1, values: ["1.2.3", "::1"] });
        expect(reasons).toHaveLength(3);
    });
});

describe("refusals of the API", () => {
    it.each([
        [
            "per-field errors",
            {
                status: 400,
                body: {
                    status: "error",
                    errors: [{ location: "body", name: "items", description: "'x': must be an IP address" }],
                },
            },
            /items: 'x': must be an IP address/,
        ],
        [
            "403",
            {
                status: 403,
                body: {
                    code: 403,
                    object: "HTTPForbidden",
                    cause: "Forbidden",
                    message: "Access was denied to this resource.",
                },
            },
            /403.*organisation/,
        ],
        ["HTML", { kind: "html", status: 404 }, /not the Gandi API's \(404 on POST.*<html>/],
        ["an empty body", { status: 400, body: "" }, /400 .*an empty answer|an empty answer.*400/],
    ] as const)("%s end in one readable message", async (_what, fault, message) => {
        gandi.sandbox.addFault({ method: "POST", ...fault });
        await expect(record.up(www)).rejects.toThrow(message);
    });

    it.each([
        ["a rate limit", { status: 429, headers: { "retry-after": "0" } }],
        ["a server error", { status: 502 }],
        ["a lost connection", { kind: "drop-before" }],
        ["a lost answer", { kind: "drop-after" }],
    ] as const)("%s is waited out, and one RRset is made (promise 9)", async (_what, fault) => {
        gandi.sandbox.addFault({ method: "POST", times: 1, ...fault });
        await record.up(www);
        expect(zone()).toEqual([{ name: "www", type: "A", ttl: 300, values: ["192.0.2.1"] }]);
    });
});

describe("reading a zone once", () => {
    it("refreshes many records with the list of the zone instead of one request each", async () => {
        const lives = await Promise.all(
            Array.from({ length: 40 }, async (_, i) => {
                const one = gandi.life("LiveDnsRecord");
                await one.up({ ...www, name: `host-${i}` }, { unsettled: true });
                return one;
            }),
        );
        gandi.sandbox.clearRequests();
        await expect(Promise.all(lives.map((one) => one.refresh()))).resolves.toEqual(lives.map(() => "same"));
        expect(gandi.sandbox.requests()).toHaveLength(2);
    });
});
