import type { PlainObject } from "../../engine/process/providerProcess";
import { type Gandi, startGandi } from "../harness/gandi";

let gandi: Gandi;
beforeAll(async () => {
    gandi = await startGandi();
});
afterAll(() => gandi.close());
beforeEach(() => gandi.sandbox.clearFaults());

const PUBLIC_KEY = "mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==";

/** What there is of a kind, out of band. */
const zone = (fqdn: string) => gandi.sandbox.state.zone(fqdn)!;
const registered = (fqdn: string) => gandi.sandbox.state.domain(fqdn)!;
const KINDS: [kind: string, inputs: PlainObject, count: (fqdn: string) => number][] = [
    ["GlueRecord", { name: "ns1", ips: ["192.0.2.1"] }, (fqdn) => Object.keys(registered(fqdn).hosts).length],
    [
        "EmailForward",
        { source: "sales", destinations: ["alice@example.org"] },
        (fqdn) => Object.keys(registered(fqdn).forwards).length,
    ],
    [
        "MailSlot",
        { type: "standard_2023", duration: 1, maxPrice: 5 },
        (fqdn) => registered(fqdn).slots.filter(({ type }) => type === "standard_2023").length,
    ],
    ["DnssecKey", { algorithm: 13, type: "ksk", publicKey: PUBLIC_KEY }, (fqdn) => registered(fqdn).dnskeys.length],
    ["LiveDnsKey", { flags: 257 }, (fqdn) => zone(fqdn).keys.length],
    ["Snapshot", { name: "before" }, (fqdn) => zone(fqdn).snapshots.filter(({ name }) => name === "before").length],
    ["AxfrSlave", { ip: "192.0.2.53" }, (fqdn) => zone(fqdn).slaves.length],
    [
        "Mailbox",
        { login: "alice", password: "Correct-horse-123" },
        (fqdn) => registered(fqdn).mailboxes.filter(({ login }) => login === "alice").length,
    ],
    [
        "WebRedirection",
        { host: "shop", url: "https://example.org/", type: "permanent" },
        (fqdn) => Object.keys(registered(fqdn).webRedirections).length,
    ],
    [
        "LiveDnsRecord",
        { name: "shop", type: "A", values: ["192.0.2.1"] },
        (fqdn) => zone(fqdn).rrsets.filter(({ name }) => name === "shop").length,
    ],
];

const FAULTS: [string, object][] = [
    ["a rate limit", { status: 429, headers: { "retry-after": "0" } }],
    ["a server error", { status: 502 }],
    ["a lost connection", { kind: "drop-after" }],
];

it("A zone that was added is waited for where it shows later", async () => {
    const fqdn = "zone-late.com";
    gandi.sandbox.addDomain({ fqdn, nameservers: ["ns1.example.net"] });
    gandi.sandbox.addFault({ kind: "stale", path: `/livedns/domains/${fqdn}`, times: 4 });
    const one = gandi.life("LiveDnsDomain");
    await one.up({ fqdn });
    await expect(one.refresh()).resolves.toBe("same");
});

it("The snapshot that a zone takes before it goes is one, and found where its answer was lost", async () => {
    const fqdn = "zone-snapshot.com";
    gandi.sandbox.addDomain({ fqdn });
    const resource = gandi.life("LiveDnsZone");
    await resource.up({
        domain: fqdn,
        rrsets: { "shop A": { ttl: 300, values: ["192.0.2.1"] } },
        deletionPolicy: "delete",
    });
    await gandi.life("LiveDnsDomain").up({ fqdn, automaticSnapshots: false });
    gandi.sandbox.addFault({ method: "POST", path: "*/snapshots", times: 1, effect: true, status: 429 });
    gandi.sandbox.addFault({ kind: "stale", path: "*/snapshots", times: 2 });
    await resource.destroy();
    expect(zone(fqdn).snapshots.filter(({ automatic }) => !automatic)).toHaveLength(1);
});

describe("What took effect although its answer was lost, and shows later, is there once (promise 5)", () => {
    it.each(KINDS.flatMap(([kind, inputs, count]) => FAULTS.map((fault) => [kind, ...fault, inputs, count] as const)))(
        "%s, after %s",
        async (kind, what, fault, inputs, count) => {
            const fqdn = `${kind}-${what.replaceAll(" ", "-")}.com`.toLowerCase();
            gandi.sandbox.addDomain({ fqdn, freeSlots: [{}, {}] });
            const resource = gandi.life(kind);
            // One write, which is what makes it; and two reads that are older, if they come.
            for (const method of ["POST", "PUT"]) {
                gandi.sandbox.addFault({ method, path: `*${fqdn}/*`, times: 1, effect: true, ...fault });
            }
            gandi.sandbox.addFault({ kind: "stale", path: `*${fqdn}/*`, times: 4 });
            await resource.up({ domain: fqdn, ...inputs });
            expect(count(fqdn)).toBe(1);
            gandi.sandbox.clearFaults();
            await expect(resource.refresh()).resolves.toBe("same");
            await expect(resource.preview({ domain: fqdn, ...inputs })).resolves.toBe("same");
        },
    );
});
