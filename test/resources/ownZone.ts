import { type Gandi, startGandi } from "../harness/gandi";
import type { Life } from "../harness/life";

export let gandi: Gandi;
export let life: Life;
/** Each test has a zone of its own: a process reads one only once in five seconds. */
export let domain: string;
let count = 0;

/** Has a sandbox for the tests of a file, and for each of them a zone with a LiveDnsZone of its own. */
export function useOwnZone(): void {
    beforeAll(async () => {
        gandi = await startGandi();
    });
    afterAll(() => gandi.close());
    beforeEach(() => {
        domain = `zone-${++count}.example`;
        gandi.sandbox.addDomain({ fqdn: domain, zone: "" });
        gandi.sandbox.clearFaults();
        gandi.sandbox.clearRequests();
        gandi.lines.clear();
        life = gandi.life("LiveDnsZone");
    });
}

export const a = (...values: string[]) => ({ ttl: 300, values });
export const zone = (rrsets: object, more: object = {}) => ({ domain, rrsets, ...more });
export const there = (fqdn = domain) =>
    Object.fromEntries(
        gandi.sandbox.state
            .zone(fqdn)!
            .rrsets.map(({ name, type, ttl, values }) => [`${name} ${type}`, { ttl, values }]),
    );
/** A change that nobody here made. */
export const somebody = (name: string, type: string, ...values: string[]) =>
    gandi.sandbox.setRRset(domain, { name, type, ttl: 300, values });
export const small = {
    "@ MX": { ttl: 10800, values: ["010 Mail.Example.NET."] },
    "@ TXT": { ttl: 10800, values: ["v=spf1 -all"] },
    "www A": a("192.0.2.2", "192.0.2.1"),
};
