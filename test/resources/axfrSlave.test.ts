import { refusesBadInput } from "../harness/badInput";
import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";
import { ask } from "../sandbox/ask";

let gandi: Gandi;
let slave: Life;
/** Each test has a zone of its own: what a provider process reads of one it shares for five seconds. */
let zone: string;
let secondary: { domain: string; ip: string };
let zones = 0;

beforeAll(async () => {
    gandi = await startGandi();
});
afterAll(() => gandi.close());
beforeEach(() => {
    gandi.sandbox.clearFaults();
    zone = `zone-${++zones}.example`;
    gandi.sandbox.addDomain({ fqdn: zone, zone: "" });
    secondary = { domain: zone, ip: "192.0.2.53" };
    gandi.sandbox.clearRequests();
    slave = gandi.life("AxfrSlave");
});

const path = () => `/v5/livedns/domains/${zone}/axfr/slaves`;
const slaves = (fqdn = zone) => gandi.sandbox.state.zone(fqdn)!.slaves;
const byHand = (method: "PUT" | "DELETE", ip: string) => ask(gandi.sandbox, `${method} ${path()}/${ip}`);

describe("AxfrSlave", () => {
    it("is added once, and left alone by the second run (promise 3)", async () => {
        await slave.up(secondary);
        expect(slaves()).toEqual(["192.0.2.53"]);
        expect(slave.state?.id).toBe(`${zone}/192.0.2.53`);
        gandi.writes();
        await expect(slave.preview(secondary)).resolves.toBe("same");
        await expect(slave.refresh()).resolves.toBe("same");
        await expect(slave.preview(secondary)).resolves.toBe("same");
        expect(gandi.writes()).toEqual([]);
    });

    it("keeps the user's spelling where the API answers in full length, and has one id for all of them", async () => {
        const ipv6 = { domain: `${zone.toUpperCase()}.`, ip: "2001:DB8:0::35" };
        await slave.up(ipv6);
        expect(slaves()).toEqual(["2001:0db8:0000:0000:0000:0000:0000:0035"]);
        expect(slave.state?.id).toBe(`${zone}/2001:db8::35`);
        await expect(slave.refresh()).resolves.toBe("same");
        expect(slave.state?.inputs).toMatchObject(ipv6);
        const other = { domain: zone, ip: "2001:db8::0:35" };
        await expect(slave.preview(other)).resolves.toBe("same");
    });

    it("is replaced by another address, and the old one goes", async () => {
        await slave.up(secondary);
        await expect(slave.up({ ...secondary, ip: "192.0.2.54" })).resolves.toBe("replace");
        expect(slaves()).toEqual(["192.0.2.54"]);
    });

    it("is replaced by that of another zone, and the old one goes", async () => {
        const other = `other-${zone}`;
        gandi.sandbox.addDomain({ fqdn: other, zone: "" });
        await slave.up(secondary);
        await expect(slave.up({ ...secondary, domain: other })).resolves.toBe("replace");
        expect([slaves(), slaves(other)]).toEqual([[], ["192.0.2.53"]]);
    });

    it("is removed and waited for, also when somebody was faster (promise 5)", async () => {
        await slave.up(secondary);
        const { state } = slave;
        await slave.destroy();
        expect(slaves()).toEqual([]);
        slave.state = state;
        gandi.writes();
        await slave.destroy();
        expect(gandi.writes()).toEqual([]);
    });

    it("is dropped from the state when its zone no longer lists it, and added again (promise 4)", async () => {
        await slave.up(secondary);
        await byHand("DELETE", "192.0.2.53");
        await expect(slave.refresh()).resolves.toBe("gone");
        await expect(slave.up(secondary)).resolves.toBe("create");
        expect(slaves()).toEqual(["192.0.2.53"]);
    });

    it("goes on with the address that a killed run has added", async () => {
        await byHand("PUT", "192.0.2.53");
        gandi.writes();
        await slave.createAgain(secondary);
        expect(gandi.writes()).toEqual([]);
        expect(slave.state?.id).toBe(`${zone}/192.0.2.53`);
    });

    it("is kept when it is renamed, moved or tainted", async () => {
        await slave.up(secondary);
        await slave.recreate(secondary);
        expect(slaves()).toEqual(["192.0.2.53"]);
    });

    it("that does not show in time is saved as partly made, and the next run goes on (promise 5)", async () => {
        gandi.sandbox.addFault({ kind: "stale", path: path() });
        const impatient = { ...secondary, timeouts: { create: 0.05 } };
        await expect(slave.up(impatient)).rejects.toThrow(/waiting for the secondary 192\.0\.2\.53 to be listed/);
        expect(slave.state?.id).toBe(`${zone}/192.0.2.53`);
        gandi.sandbox.clearFaults();
        await expect(slave.up(secondary)).resolves.toBe("update");
        await expect(slave.preview(secondary)).resolves.toBe("same");
        expect(slaves()).toEqual(["192.0.2.53"]);
    });

    it("takes new time limits, and another name of its organisation, without a call", async () => {
        await slave.up(secondary);
        gandi.sandbox.clearRequests();
        const limited = { ...secondary, timeouts: { delete: "10m" } };
        await expect(slave.up(limited)).resolves.toBe("update");
        const named = { ...limited, sharingId: gandi.sandbox.organizations.first };
        await expect(slave.up(named)).resolves.toBe("update");
        expect(gandi.sandbox.requests()).toEqual([]);
        expect(slave.state?.outputs).toMatchObject(named);
    });

    it("that Gandi refuses for a conflict is an error in Gandi's words, and no resource", async () => {
        gandi.sandbox.addFault({ method: "PUT", path: `${path()}/*`, status: 409, body: { message: "Not now" } });
        await expect(slave.up(secondary)).rejects.toThrow(/409 on PUT.*Not now/);
        expect(slave.state).toBeUndefined();
        expect(slaves()).toEqual([]);
    });

    it("can be read by its id without being managed", async () => {
        await byHand("PUT", "2001:db8::35");
        await expect(slave.get(`${zone}/2001:DB8::0035`)).resolves.toMatchObject({
            id: `${zone}/2001:db8::35`,
            outputs: { domain: zone, ip: "2001:db8::35" },
        });
        await expect(slave.get(`${zone}/192.0.2.9`)).rejects.toThrow(`there is no AxfrSlave ${zone}/192.0.2.9`);
        await expect(slave.get("example.com")).rejects.toThrow("write domain/address");
    });

    it.each([
        ["a rate limit", { status: 429, headers: { "retry-after": "0" } }],
        ["a server error", { status: 502 }],
        ["a lost answer", { kind: "drop-after" }],
    ] as const)("%s is waited out (promise 9)", async (_what, fault) => {
        gandi.sandbox.addFault({ method: "PUT", times: 1, ...fault });
        await slave.up(secondary);
        expect(slaves()).toEqual(["192.0.2.53"]);
    });

    it("passes over an answer of the API that is no address", async () => {
        gandi.sandbox.addFault({ method: "GET", path: path(), status: 200, body: ["any", "192.0.2.53"] });
        await slave.up(secondary, { unsettled: true });
        expect(slave.state?.id).toBe(`${zone}/192.0.2.53`);
    });
});

describe("bad input (promise 8)", () => {
    refusesBadInput(
        () => ({ gandi, life: slave, good: secondary }),
        [
            ["no address", { ip: undefined }, /^ip: is required/],
            ["an address that is no text", { ip: ["192.0.2.53"] }, /^ip: must be text, not /],
            ["an address that is none", { ip: "192.0.2.256" }, /^ip: "192\.0\.2\.256" is no IPv4 or IPv6 address/],
            ["a network", { ip: "192.0.2.0/24" }, /^ip: "192\.0\.2\.0\/24" is a network: give one address/],
            ["an IPv4 address inside IPv6", { ip: "::FFFF:c000:235" }, /^ip: .*write "192\.0\.2\.53"/],
            ["an address with a control character", { ip: "192.0.2.53\u001b[2J" }, /^ip: "192\.0\.2\.53\\u001b/],
            ["a URL", { ip: "https://192.0.2.53/" }, /^ip: .* is no IPv4 or IPv6 address/],
            ["a zone index", { ip: "fe80::1%eth0" }, /^ip: "fe80::1%eth0" has a zone index/],
            ["a host name", { ip: "ns1.example.net" }, /^ip: "ns1\.example\.net" is no IPv4/],
            ["no domain", { domain: undefined }, /^domain: is required/],
            ["a domain that is no text", { domain: 7 }, /^domain: must be text, not /],
            ["a domain that is none", { domain: "not a domain" }, /^domain: /],
            ["a misspelled property", { ipp: "192.0.2.1" }, /^ipp: .*did you mean ip/],
        ],
    );
});
