import type { dynamic } from "@pulumi/pulumi";
import { VirtualClock } from "../api/virtualClock";
import { PERSON } from "../harness/contacts";
import { type Gandi, startGandi } from "../harness/gandi";
import { providersOf } from "../harness/inProcess";

/*
 * Here the provider objects run in the process of the tests, not in one of their own, so that their clock can be driven:
 * minutes of an API that refuses every write with a rate limit pass at once.
 */

let gandi: Gandi;
let making: (kind: string) => dynamic.ResourceProvider;
let removing: (kind: string) => dynamic.ResourceProvider;
let refreshing: (kind: string) => dynamic.ResourceProvider;
const clock = new VirtualClock();
let names = 0;
let domain: string;

beforeAll(async () => {
    gandi = await startGandi();
    making = providersOf(gandi.sandbox);
    removing = providersOf(gandi.sandbox);
    refreshing = providersOf(gandi.sandbox, clock);
});
afterAll(() => gandi.close());
beforeEach(() => {
    domain = `hasty-${++names}.example`;
    gandi.sandbox.addDomain({ fqdn: domain, zone: "www 300 IN A 192.0.2.1", freeSlots: [{}] });
    gandi.sandbox.clearFaults();
    jest.spyOn(console, "log").mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

async function checked(kind: string, inputs: object): Promise<object> {
    const { inputs: found, failures } = await making(kind).check!({}, inputs);
    expect(failures).toEqual([]);
    return found;
}

/** All that is at Gandi. */
const world = () => structuredClone(gandi.sandbox.world.state);

/** Every write is refused for as long as anybody tries. */
function refuseWrites(): void {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
        gandi.sandbox.addFault({ method, status: 429 });
    }
}

const KINDS: [kind: string, inputs: () => object][] = [
    ["AxfrSlave", () => ({ domain, ip: "192.0.2.53" })],
    ["DnssecKey", () => ({ domain, algorithm: 15, type: "ksk", publicKey: Buffer.alloc(32, 7).toString("base64") })],
    ["Domain", () => ({ fqdn: `new-${domain}`.replace("example", "com"), maxPrice: 50, owner: PERSON })],
    [
        "DomainTransfer",
        () => ({
            fqdn: `in-${domain}`.replace("example", "com"),
            authinfo: "a-code-of-16-octets",
            maxPrice: 50,
            owner: PERSON,
        }),
    ],
    ["EmailForward", () => ({ domain, source: "sales", destinations: ["alice@example.org"] })],
    ["EmailOffer", () => ({ domain, antispam: false })],
    ["Mailbox", () => ({ domain, login: "alice", password: "Correct-horse-123" })],
    ["GlueRecord", () => ({ domain, name: "ns1", ips: ["192.0.2.1"] })],
    ["WebRedirection", () => ({ domain, host: "shop", url: "https://example.org/", type: "permanent" })],
    [
        "LiveDnsDomain",
        () => {
            gandi.sandbox.addDomain({ fqdn: domain, livedns: false });
            return { fqdn: domain };
        },
    ],
    ["LiveDnsKey", () => ({ domain, flags: 257 })],
    ["LiveDnsRecord", () => ({ domain, name: "api", type: "A", values: ["192.0.2.2"] })],
    ["LiveDnsZone", () => ({ domain, exclusive: false, rrsets: { "api A": { ttl: 300, values: ["192.0.2.2"] } } })],
    ["MailSlot", () => ({ domain, type: "standard_2023", duration: 1, maxPrice: 5 })],
    ["Nameservers", () => ({ domain, nameservers: ["ns1.example.net", "ns2.example.net"] })],
    ["Snapshot", () => ({ domain })],
    ["TsigKey", () => ({ domains: [domain] })],
];
/** Without those whose destruction asks nothing of the API. */
const REMOVED = KINDS.filter(([kind]) => !["DomainTransfer", "EmailOffer", "LiveDnsDomain"].includes(kind));
/** Where the default is to keep it. */
const POLICY: Record<string, string> = {
    Domain: "delete",
    LiveDnsZone: "delete",
    Mailbox: "delete",
    MailSlot: "delete",
    Nameservers: "livedns",
};
/** Another state of those that can be changed. */
const CHANGES: [kind: string, change: () => object][] = [
    ["Domain", () => ({ autorenew: { enabled: true, duration: 2 } })],
    ["EmailForward", () => ({ destinations: ["bob@example.net"] })],
    ["EmailOffer", () => ({ antispam: true })],
    ["GlueRecord", () => ({ ips: ["192.0.2.9"] })],
    ["Mailbox", () => ({ aliases: ["info"] })],
    ["WebRedirection", () => ({ url: "https://example.net/" })],
    ["LiveDnsDomain", () => ({ automaticSnapshots: false })],
    ["LiveDnsRecord", () => ({ values: ["192.0.2.9"] })],
    ["LiveDnsZone", () => ({ rrsets: { "api A": { ttl: 300, values: ["192.0.2.9"] } } })],
    ["Nameservers", () => ({ nameservers: ["ns3.example.net", "ns4.example.net"] })],
    ["Snapshot", () => ({ name: "renamed" })],
    ["TsigKey", () => ({ domains: [] })],
];
/** Whose removal takes effect later than it is accepted. */
const WAITS = KINDS.filter(([kind]) =>
    [
        "AxfrSlave",
        "DnssecKey",
        "EmailForward",
        "GlueRecord",
        "Mailbox",
        "MailSlot",
        "Nameservers",
        "TsigKey",
        "WebRedirection",
    ].includes(kind),
);

describe("a time limit (promises 5 and 9)", () => {
    it.each(KINDS)("ends the creation of a %s, and the next run makes it", async (kind, own) => {
        const inputs = await checked(kind, own());
        const before = world();
        refuseWrites();
        const failure = await making(kind)
            .create(inputs)
            .catch((error) => error);
        // What costs money is not tried for as long as it could be.
        expect(failure.message).toMatch(
            /not done (within|after) .*timeouts\.create gives it more time|the next run looks again|takes no more of these/,
        );
        expect(world()).toEqual(before);
        gandi.sandbox.clearFaults();
        // Where the write may have got through the resource is saved under its id, as partly made.
        await (failure.id === undefined
            ? making(kind).create(inputs)
            : making(kind).update!(failure.id, failure.properties, inputs));
        expect(world()).not.toEqual(before);
    });

    it.each(REMOVED)("ends the removal of a %s, and the next run removes it", async (kind, own) => {
        const policy = POLICY[kind] === undefined ? {} : { deletionPolicy: POLICY[kind] };
        const inputs = await checked(kind, { ...own(), ...policy });
        const { id, outs } = await making(kind).create(inputs);
        const before = world();
        refuseWrites();
        await expect(removing(kind).delete!(id, outs)).rejects.toThrow(
            /not done (within|after) .*timeouts\.delete gives it more time|takes no more of these/,
        );
        expect(world()).toEqual(before);
        gandi.sandbox.clearFaults();
        await removing(kind).delete!(id, outs);
        expect(world()).not.toEqual(before);
    });

    it.each(CHANGES)("ends a change of a %s, and the next run makes it", async (kind, change) => {
        const own = KINDS.find(([name]) => name === kind)![1]();
        const inputs = await checked(kind, own);
        const wanted = await checked(kind, { ...own, ...change() });
        const { id, outs } = await making(kind).create(inputs);
        const before = world();
        refuseWrites();
        const failure = await making(kind).update!(id, outs, wanted).catch((error) => error);
        expect(failure.message).toMatch(
            /not done (within|after) .*timeouts\.update gives it more time|takes no more of these/,
        );
        expect(world()).toEqual(before);
        gandi.sandbox.clearFaults();
        await making(kind).update!(id, failure.properties ?? outs, wanted);
        expect(world()).not.toEqual(before);
    });

    it.each(KINDS)("ends a refresh of a %s, although others read the same", async (kind, own) => {
        const inputs = await checked(kind, { ...own(), timeouts: { update: 120 } });
        const { id, outs } = await making(kind).create(inputs);
        gandi.sandbox.addFault({ method: "GET", status: 429, headers: { "retry-after": "5" } });
        const start = clock.now();
        const failures = await Promise.all(
            [1, 2, 3].map(() => refreshing(kind).read!(id, outs).catch((error: Error) => error.message)),
        );
        expect(failures).toEqual(
            Array(3).fill("not done within 120 s; timeouts.update gives it more time [time-limit]"),
        );
        expect(clock.now() - start).toBeLessThanOrEqual(140_000);
        gandi.sandbox.clearFaults();
        await expect(refreshing(kind).read!(id, outs)).resolves.toMatchObject({ id });
    });

    it.each(WAITS)("ends the wait for the removal of a %s, and the next run finds it gone", async (kind, own) => {
        const policy = POLICY[kind] === undefined ? {} : { deletionPolicy: POLICY[kind] };
        const { id, outs } = await making(kind).create(await checked(kind, { ...own(), ...policy }));
        gandi.sandbox.addFault({ kind: "stale" });
        gandi.writes();
        await expect(removing(kind).delete!(id, outs)).rejects.toThrow(
            /not done after .*timeouts\.delete gives it more time/,
        );
        expect(gandi.writes()).toHaveLength(1);
        gandi.sandbox.clearFaults();
        await removing(kind).delete!(id, outs);
        expect(gandi.writes()).toEqual([]);
    });
});
