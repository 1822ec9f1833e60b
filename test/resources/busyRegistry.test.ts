import type { dynamic } from "@pulumi/pulumi";
import { BUSY_ANSWERS } from "../../sandbox/errors";
import { type Gandi, startGandi } from "../harness/gandi";
import { providersOf } from "../harness/inProcess";

/*
 * Somebody else's operation on the domain is under way at the registry when ours is asked for, and ends when we have said
 * that we wait for it. The provider objects run in the process of the tests, with time of their own.
 */

let gandi: Gandi;
let making: (kind: string) => dynamic.ResourceProvider;
let removing: (kind: string) => dynamic.ResourceProvider;
let names = 0;
let domain: string;

beforeAll(async () => {
    gandi = await startGandi();
    making = providersOf(gandi.sandbox);
    removing = providersOf(gandi.sandbox);
});
afterAll(() => gandi.close());
beforeEach(() => {
    domain = `busy-${++names}.example`;
    gandi.sandbox.addDomain({ fqdn: domain, hosts: { ns9: ["192.0.2.9"] } });
});
afterEach(() => jest.restoreAllMocks());

/** Keeps the registry busy until somebody says that he waits for it. */
function keepBusy(): { waited: () => number } {
    const { sandbox } = gandi;
    sandbox.setDelays({ operation: null });
    sandbox.world.startAtRegistry(domain, "authinfo");
    sandbox.setDelays({ operation: 0 });
    let waited = 0;
    jest.spyOn(console, "log").mockImplementation((line: string) => {
        if (line.includes("another operation is under way") && ++waited === 1) {
            sandbox.stepOperation(domain, "done");
        }
    });
    return { waited: () => waited };
}

const registered = () => gandi.sandbox.state.domain(domain)!;
const key = () => ({ domain, algorithm: 15, type: "ksk", publicKey: Buffer.alloc(32, 7).toString("base64") });

interface Case {
    kind: string;
    inputs: () => object;
    change?: object;
    made: () => unknown;
    changed?: () => unknown;
    removed: () => unknown;
}

const CASES: Case[] = [
    {
        kind: "GlueRecord",
        inputs: () => ({ domain, name: "ns1", ips: ["192.0.2.1"] }),
        change: { ips: ["192.0.2.2"] },
        made: () => expect(registered().hosts.ns1).toEqual(["192.0.2.1"]),
        changed: () => expect(registered().hosts.ns1).toEqual(["192.0.2.2"]),
        removed: () => expect(registered().hosts).not.toHaveProperty("ns1"),
    },
    {
        kind: "DnssecKey",
        inputs: key,
        made: () => expect(registered().dnskeys).toHaveLength(1),
        removed: () => expect(registered().dnskeys).toEqual([]),
    },
    {
        kind: "Nameservers",
        inputs: () => ({ domain, nameservers: ["ns1.example.net", "ns2.example.net"], deletionPolicy: "livedns" }),
        change: { nameservers: ["ns3.example.net"] },
        made: () => expect(registered().nameservers).toEqual(["ns1.example.net", "ns2.example.net"]),
        changed: () => expect(registered().nameservers).toEqual(["ns3.example.net"]),
        removed: () => expect(registered().nameservers.join()).toMatch(/gandi\.net/),
    },
    {
        kind: "Domain",
        inputs: () => ({ fqdn: domain, adopt: true, tech: person("Lyon"), deletionPolicy: "delete" }),
        change: { tech: person("Nice") },
        made: () => expect(registered().contacts.tech).toMatchObject({ city: "Lyon" }),
        changed: () => expect(registered().contacts.tech).toMatchObject({ city: "Nice" }),
        removed: () => expect(gandi.sandbox.state.domain(domain)).toBeUndefined(),
    },
];

function person(city: string): object {
    const address = { streetaddr: "1 rue", city, zip: "69001", country: "FR", phone: "+33.123456789" };
    return { type: "individual", given: "Tess", family: "Roe", email: "tess@example.org", ...address };
}

describe.each(BUSY_ANSWERS)("a registry that says by its %s that it is busy is waited for (9)", (answer) => {
    beforeEach(() => gandi.sandbox.setBusyAnswer(answer));
    afterEach(() => gandi.sandbox.setBusyAnswer("message"));

    test.each(CASES)("$kind", async ({ kind, inputs, change, made, changed, removed }) => {
        const { inputs: wanted, failures } = await making(kind).check!({}, inputs());
        expect(failures).toEqual([]);
        const busy = [keepBusy()];
        let { id, outs } = await making(kind).create(wanted);
        made();
        if (change !== undefined) {
            busy.push(keepBusy());
            ({ outs } = await making(kind).update!(id, outs, { ...wanted, ...change }));
            changed!();
        }
        busy.push(keepBusy());
        await removing(kind).delete!(id, outs);
        removed();
        for (const { waited } of busy) expect(waited()).toBeGreaterThan(0);
    });
});
