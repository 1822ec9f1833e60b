import { refusesBadInput } from "../harness/badInput";
import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";

let gandi: Gandi;
let zone: Life;
let count = 0;
/** Another one for each test: a process takes for declared what it has been asked to check. */
let fqdn: string;

beforeAll(async () => {
    gandi = await startGandi();
});
afterAll(() => gandi.close());
beforeEach(() => {
    fqdn = `added-${++count}.example`;
    gandi.sandbox.addDomain({ fqdn, livedns: false });
    gandi.sandbox.clearFaults();
    gandi.sandbox.clearRequests();
    gandi.lines.clear();
    zone = gandi.life("LiveDnsDomain");
});

const there = (name = fqdn) => gandi.sandbox.state.zone(name);
const setByHand = (automatic: boolean) => {
    gandi.sandbox.world.state.zones.get(fqdn)!.automaticSnapshots = automatic;
};
const path = () => `/livedns/domains/${fqdn}`;

describe("LiveDnsDomain", () => {
    it("is added once, and left alone by the second run (promise 3)", async () => {
        await zone.up({ fqdn });
        expect(there()).toMatchObject({ automaticSnapshots: true });
        expect(zone.state).toMatchObject({ id: fqdn, outputs: { fqdn, automaticSnapshots: true } });
        expect(gandi.writes()).toEqual(["POST /livedns/domains"]);
        await expect(zone.preview({ fqdn })).resolves.toBe("same");
        await expect(zone.refresh()).resolves.toBe("same");
        await expect(zone.preview({ fqdn: `${fqdn.toUpperCase()}.` })).resolves.toBe("same");
        expect(gandi.writes()).toEqual([]);
    });

    it("is added with the TTL of its SOA, and without snapshots where they are not wanted", async () => {
        await zone.up({ fqdn, soaTtl: 600, automaticSnapshots: false });
        expect(there()).toMatchObject({ soaTtl: 600, automaticSnapshots: false });
        await expect(zone.refresh()).resolves.toBe("same");
    });

    it("is taken as it is where it is there, its records too (promise 2)", async () => {
        gandi.sandbox.addDomain({ fqdn, zone: "www 300 IN A 192.0.2.1" });
        await zone.up({ fqdn, soaTtl: 600 });
        expect(gandi.writes()).toEqual([]);
        expect(there()!.rrsets).toEqual([{ name: "www", type: "A", ttl: 300, values: ["192.0.2.1"] }]);
    });

    it("has its one setting changed with one PATCH", async () => {
        await zone.up({ fqdn });
        gandi.writes();
        await expect(zone.up({ fqdn, automaticSnapshots: false })).resolves.toBe("update");
        expect(gandi.writes()).toEqual([`PATCH ${path()}`]);
        expect(there()).toMatchObject({ automaticSnapshots: false });
        await expect(zone.refresh()).resolves.toBe("same");
    });

    it("sees drift of its setting as exactly that, and repairs it (promise 4)", async () => {
        await zone.up({ fqdn, soaTtl: 600 });
        setByHand(false);
        await expect(zone.refresh()).resolves.toBe("changed");
        expect(zone.state?.inputs).toMatchObject({ fqdn, soaTtl: 600, automaticSnapshots: false });
        await expect(zone.up({ fqdn, soaTtl: 600 })).resolves.toBe("update");
        expect(there()).toMatchObject({ automaticSnapshots: true });
        await expect(zone.refresh()).resolves.toBe("same");
    });

    describe("with dnssec", () => {
        const signing = () => gandi.sandbox.state.domain(fqdn)!.liveDnssec;
        const signed = () => ({ fqdn, dnssec: true });

        it("is signed by LiveDNS, with a key at the registry, until it says so, and no longer where that changes", async () => {
            await zone.up(signed());
            expect(signing()).toEqual({ state: "active" });
            expect(gandi.sandbox.state.domain(fqdn)!.dnskeys).toMatchObject([{ type: "ksk" }]);
            expect(gandi.writes()).toEqual(["POST /livedns/domains", `POST /domain/domains/${fqdn}/livedns/dnssec`]);
            await expect(zone.up({ fqdn, dnssec: false })).resolves.toBe("update");
            expect(signing()).toEqual({ state: "inactive" });
            expect(gandi.writes()).toEqual([`DELETE /domain/domains/${fqdn}/livedns/dnssec`]);
        });

        it("is asked for where it is managed only, and left as it is where it no longer is", async () => {
            await zone.up(signed());
            await zone.up({ fqdn });
            gandi.sandbox.clearRequests();
            await expect(zone.refresh()).resolves.toBe("same");
            expect(gandi.sandbox.requests().map(({ path }) => path)).toEqual([`/v5${path()}`]);
            expect(signing()).toEqual({ state: "active" });
        });

        it("sees that somebody ended it, and repairs it (promise 4)", async () => {
            await zone.up(signed());
            gandi.sandbox.editDomain(fqdn, { liveDnssec: { state: "inactive" } });
            await expect(zone.refresh()).resolves.toBe("changed");
            expect(zone.state?.inputs).toMatchObject({ fqdn, dnssec: false });
            await expect(zone.up(signed())).resolves.toBe("update");
            expect(signing()).toEqual({ state: "active" });
        });

        it("says why Gandi could not, and asks again in the next run", async () => {
            await zone.up({ fqdn });
            const failed = { state: "activation_error", error: "The registry refused the key" } as const;
            const body = { ...failed };
            gandi.sandbox.addFault({ method: "GET", path: "*/livedns/dnssec", status: 200, body, skip: 1 });
            await expect(zone.up(signed())).rejects.toThrow(/activation_error: The registry refused the key/);
            gandi.sandbox.clearFaults();
            await expect(zone.up(signed())).resolves.toBe("update");
            expect(signing()).toEqual({ state: "active" });
        });

        it("waits out another operation at the registry (promise 9)", async () => {
            await zone.up({ fqdn });
            gandi.sandbox.world.startAtRegistry(fqdn, "authinfo");
            await zone.up(signed());
            expect(signing()).toEqual({ state: "active" });
        });
    });

    it("is replaced by another domain's, and the old one stays", async () => {
        const other = `other-${fqdn}`;
        gandi.sandbox.addDomain({ fqdn: other, livedns: false });
        await zone.up({ fqdn });
        await expect(zone.up({ fqdn: other })).resolves.toBe("replace");
        expect(zone.state?.id).toBe(other);
        expect([there(), there(other)]).toEqual([expect.anything(), expect.anything()]);
    });

    it("stays when it is destroyed, and says so (promise 2)", async () => {
        await zone.up({ fqdn });
        gandi.sandbox.clearRequests();
        await zone.destroy();
        await gandi.lines.matching(new RegExp(`^${fqdn}: its zone stays on LiveDNS`));
        expect(gandi.sandbox.requests()).toEqual([]);
        expect(there()).toBeDefined();
    });

    it.each([
        ["time limits", () => ({ timeouts: { update: 60 } })],
        ["name of its organisation", () => ({ sharingId: gandi.sandbox.organizations.first })],
    ])("takes a change of its %s without a call", async (_what, change) => {
        await zone.up({ fqdn });
        gandi.sandbox.clearRequests();
        await expect(zone.up({ fqdn, ...change() })).resolves.toBe("update");
        expect(gandi.sandbox.requests()).toEqual([]);
        expect(zone.state?.outputs).toMatchObject(change());
    });

    it("is gone on with after a run that was killed before it saved, or renamed it (promise 5)", async () => {
        await zone.up({ fqdn });
        gandi.writes();
        await zone.createAgain({ fqdn });
        await zone.recreate({ fqdn });
        expect(gandi.writes()).toEqual([]);
        await gandi.lines.matching(/: still declared/);
    });

    it("can be read by its domain without being managed", async () => {
        gandi.sandbox.addDomain({ fqdn, zone: "" });
        setByHand(false);
        await expect(zone.get(`${fqdn.toUpperCase()}.`)).resolves.toMatchObject({
            id: fqdn,
            outputs: { fqdn, automaticSnapshots: false },
        });
        await expect(zone.get("nobodys.example")).rejects.toThrow(/may not see/);
        await expect(zone.get("not a domain")).rejects.toThrow("not a domain");
    });
});

describe("trouble on the way (promises 5 and 9)", () => {
    it.each([
        ["the zone is made at the same moment", { status: 409, effect: true, body: { message: "exists" } }, /409/],
        ["the answer is lost", { kind: "drop-after" }, /no connection|closed/],
    ] as const)("where %s the run fails, and the next one takes the zone", async (_what, fault, message) => {
        gandi.sandbox.addFault({ method: "POST", times: 1, ...fault });
        await expect(zone.up({ fqdn })).rejects.toThrow(message);
        expect(zone.state).toBeUndefined();
        await zone.up({ fqdn });
        expect(zone.state?.id).toBe(fqdn);
    });

    it("between its two calls leaves no resource, and the next run goes on", async () => {
        gandi.sandbox.addFault({ method: "PATCH", times: 1, status: 409, body: { message: "Not now" } });
        const inputs = { fqdn, automaticSnapshots: false };
        await expect(zone.up(inputs)).rejects.toThrow(/409 on PATCH.*Not now/);
        expect(zone.state).toBeUndefined();
        expect(there()).toBeDefined();
        await zone.up(inputs);
        expect(there()).toMatchObject({ automaticSnapshots: false });
        await expect(zone.preview(inputs)).resolves.toBe("same");
    });

    it("of a domain that is not in the account is an error in Gandi's words", async () => {
        const stranger = { fqdn: "nobodys.example" };
        await expect(zone.up(stranger)).rejects.toThrow(/404 on POST.*organisation/);
        expect(zone.state).toBeUndefined();
    });
});

describe("a zone that can't be seen (promise 6)", () => {
    afterEach(() => gandi.sandbox.editToken("first", { status: "valid" }));

    it.each([
        ["has expired", () => gandi.sandbox.editToken("first", { status: "expired" }), /401.*expired or revoked/],
        [
            "is of another organisation",
            () => gandi.sandbox.addDomain({ fqdn, organization: "second" }),
            /may not see.*404 on GET.*gandi:goneDomains/,
        ],
    ])("is neither forgotten nor added again with a token that %s", async (_what, lose, message) => {
        await zone.up({ fqdn });
        const { state } = zone;
        lose();
        gandi.writes();
        await expect(zone.refresh()).rejects.toThrow(message);
        await expect(zone.up({ fqdn, automaticSnapshots: false })).rejects.toThrow(/40[14] on GET/);
        expect(zone.state).toEqual(state);
        expect(gandi.writes()).toEqual([]);
    });
});

describe("bad input (promise 8)", () => {
    refusesBadInput(
        () => ({ gandi, life: zone, good: { fqdn } }),
        [
            ["no domain", { fqdn: undefined }, /^fqdn: is required/],
            ["a domain that is no text", { fqdn: 7 }, /^fqdn: must be text, not /],
            ["a domain that is none", { fqdn: "not a domain" }, /^fqdn: /],
            ["a domain of one label", { fqdn: "example" }, /^fqdn: .*two labels/],
            [
                "snapshots that are neither on nor off",
                { automaticSnapshots: "on" },
                /^automaticSnapshots: must be true or false/,
            ],
            ["a TTL that is too short", { soaTtl: 299 }, /^soaTtl: .*whole number of seconds from 300 to 2592000/],
            ["a TTL that is too long", { soaTtl: 2592001 }, /^soaTtl: .*whole number of seconds from 300 to 2592000/],
            ["a TTL with a fraction", { soaTtl: 300.5 }, /^soaTtl: .*whole number of seconds from 300 to 2592000/],
            ["a TTL as text", { soaTtl: "10m" }, /^soaTtl: .*whole number of seconds from 300 to 2592000/],
            ["a signing that is neither on nor off", { dnssec: "on" }, /^dnssec: must be true or false/],
            ["a misspelled property", { automaticSnapshot: true }, /^automaticSnapshot: .*mean automaticSnapshots/],
        ],
    );
});
