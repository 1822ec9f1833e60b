import { refusesBadInput } from "../harness/badInput";
import { a, domain, gandi, life, small, somebody, there, useOwnZone, zone } from "./ownZone";

useOwnZone();

describe("bad input (promise 8)", () => {
    it("comes all at once, each problem with its RRset", async () => {
        const reasons = await life.reasons(
            zone({
                "www A": { ttl: 60, values: ["192.0.2.300"] },
                "www CNAME": a("www.example.org"),
                "x.example.net. A": a("192.0.2.1"),
                "empty TXT": a(),
                "odd AX": a("1"),
            }),
        );
        expect(reasons.sort()).toEqual([
            expect.stringMatching(/^empty TXT: values: empty/),
            expect.stringMatching(/^odd AX: type: /),
            expect.stringMatching(/^www A: ttl: 60/),
            expect.stringMatching(/^www A: values\[0\]: /),
            expect.stringMatching(/^www CNAME: a CNAME is alone/),
            expect.stringMatching(/^www CNAME: values\[0\]: .*"www\.example\.org\."/),
            expect.stringMatching(/^x\.example\.net\. A: name: /),
        ]);
        expect(gandi.sandbox.requests()).toEqual([]);
    });

    refusesBadInput(
        () => ({ gandi, life, good: zone(small) }),
        [
            ["no domain", { domain: undefined }, /^domain: is required/],
            ["a domain that is no text", { domain: 7 }, /^domain: must be text, not /],
            ["a domain that is none", { domain: "not a domain" }, /^domain: /],
            ["no RRsets", { rrsets: undefined }, /^rrsets: is required/],
            ["RRsets in a list", { rrsets: [] }, /^rrsets: must be an object, not /],
            ["an RRset that is a list of values", { rrsets: { "www A": ["192.0.2.1"] } }, /^rrsets\.www A: .*object/],
            ["an RRset without values", { rrsets: { "www A": { ttl: 300 } } }, /^rrsets\.www A\.values: is required/],
            [
                "a TTL as text",
                { rrsets: { "www A": { ...a("192.0.2.1"), ttl: "1h" } } },
                /^rrsets\.www A\.ttl: .*number/,
            ],
            [
                "a value that is no text",
                { rrsets: { "www A": { values: [7] } } },
                /^rrsets\.www A\.values\[0\]: must be text/,
            ],
            ["a misspelled part", { rrsets: { "www A": { ...a("192.0.2.1"), tll: 300 } } }, /^rrsets\.www A: .*"tll"/],
            [
                "exclusiveness that is neither yes nor no",
                { exclusive: "yes" },
                /^exclusive: must be true or false, not /,
            ],
            ["patterns that are no list", { ignore: "www" }, /^ignore: must be a list, not /],
            ["a pattern with a final dot", { ignore: ["www.example.com."] }, /^ignore\[0\]: .*no pattern/],
            ["a pattern of an unknown type", { ignore: [{ type: "TXTT" }] }, /^ignore\[0\]: "TXTT" is none of A, /],
            ["an empty pattern", { ignore: [{}] }, /^ignore\[0\]: needs a name or a type/],
            ["a pattern that is no text", { ignore: ["@", 7] }, /^ignore\[1\]: /],
            ["an RRset that is ignored as well", { ignore: ["w*"] }, /^www A: is declared here, and left to others/],
            ["an adoption that is neither yes nor no", { adopt: 1 }, /^adopt: must be true or false, not /],
            ["less than no removals", { maxRemovals: -1 }, /^maxRemovals: must be 0 or more/],
            ["half a removal", { maxRemovals: 0.5 }, /^maxRemovals: must be a whole number/],
            ["removals as text", { maxRemovals: "all" }, /^maxRemovals: must be a number, not /],
            ["an unknown policy", { deletionPolicy: "remove" }, /^deletionPolicy: must be "retain" or "delete"/],
            ["a misspelled property", { rrset: {} }, /^rrset: .*did you mean rrsets/],
        ],
    );

    it("all comes at once, whatever else is wrong with an RRset", async () => {
        const rrsets = {
            "www A": { ttl: "1h", values: ["1.2.3"] },
            "mail A": { values: [7] },
            "ftp AAAA": a("192.0.2.1"),
        };
        const reasons = await life.reasons({ ...zone(small), rrsets });
        expect(reasons.sort()).toEqual([
            expect.stringContaining("ftp AAAA: values[0]: "),
            expect.stringContaining("rrsets.mail A.values[0]: must be text"),
            expect.stringContaining("rrsets.www A.ttl: must be a number"),
            expect.stringContaining('www A: values[0]: "1.2.3"'),
        ]);
    });
});

describe("what Gandi does not keep", () => {
    it.each([
        ["exclusive", true],
        ["ignore", ["_acme-challenge.**"]],
        ["deletionPolicy", "delete"],
        ["timeouts", { update: 60 }],
        ["sharingId", "f1f1f1f1-0000-4000-8000-000000000001"],
    ])("%s changes without a call", async (field, value) => {
        await life.up(zone(small));
        gandi.sandbox.clearRequests();
        await expect(life.up(zone(small, { [field]: value }))).resolves.toBe("update");
        expect(gandi.sandbox.requests()).toEqual([]);
        expect(life.state?.outputs).toMatchObject({ [field]: value });
    });
});

it("keeps its RRsets when it is renamed, moved or tainted, whatever its deletionPolicy", async () => {
    const inputs = zone(small, { deletionPolicy: "delete" });
    await life.up(inputs);
    await life.recreate(inputs);
    expect(Object.keys(there())).toHaveLength(3);
    await gandi.lines.matching(/: still declared/);
});

it("is deleted without a write where somebody was faster (promise 5)", async () => {
    await life.up(zone(small, { deletionPolicy: "delete" }));
    gandi.sandbox.clearZone(domain);
    gandi.writes();
    await life.destroy();
    expect(gandi.writes()).toEqual([]);
});

it("that Gandi refuses for a conflict is an error in Gandi's words, and the next run goes on", async () => {
    const body = { message: "Not now" };
    gandi.sandbox.addFault({ method: "POST", path: `/livedns/domains/${domain}/records`, status: 409, body });
    await expect(life.up(zone({ "www A": a("192.0.2.1") }))).rejects.toThrow(/www A.*Not now/);
    gandi.sandbox.clearFaults();
    await life.up(zone({ "www A": a("192.0.2.1") }));
    expect(there()).toEqual({ "www A": a("192.0.2.1") });
});

describe("a token that can't see (promise 6)", () => {
    it.each([
        ["has expired", "expired", /401.*expired or revoked/],
        ["is of another organisation", "second", /may not see.*404 on GET.*gandi:goneDomains/],
    ] as const)("that %s plans nothing and forgets nothing", async (_what, name, message) => {
        await life.up(zone(small, { deletionPolicy: "delete" }));
        const runs = gandi.runs({ "gandi:personalAccessToken": gandi.sandbox.tokens[name] });
        try {
            const { state } = life;
            const blind = life.under({ ...runs, destroying: runs.later });
            await expect(blind.refresh()).rejects.toThrow(message);
            await expect(blind.destroy()).rejects.toThrow(/40[134]/);
            expect(blind.state).toEqual(state);
            expect(Object.keys(there())).toHaveLength(3);
        } finally {
            await runs.close();
        }
    });
});

it("can be read whole by its domain without being managed", async () => {
    somebody("www", "A", "192.0.2.1");
    await expect(life.get(`${domain.toUpperCase()}.`)).resolves.toMatchObject({
        id: domain,
        outputs: { domain, rrsets: { "www A": a("192.0.2.1") } },
    });
});

it("is replaced by a zone of another domain, and the old one keeps its RRsets", async () => {
    await life.up(zone(small));
    gandi.sandbox.addDomain({ fqdn: "other.example", zone: "" });
    await expect(life.up({ ...zone(small), domain: "other.example" })).resolves.toBe("replace");
    expect(Object.keys(there())).toHaveLength(3);
    expect(Object.keys(there("other.example"))).toHaveLength(3);
});
