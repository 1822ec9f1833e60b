/**
 * The zone's own name as an owner: where a user writes `example.com` it is the apex, where the API has it, it is
 * `example.com.example.com.`: what somebody made who forgot a final dot. The two never meet.
 */
import { parseZoneFile } from "../../provider/dns";
import type { Life } from "../harness/life";
import { a, domain, gandi, life, small, somebody, there, useOwnZone, zone } from "./ownZone";

useOwnZone();

const many = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`host-${i} A`, a("192.0.2.1")]));
const apex = { "@ A": a("192.0.2.10") };
const stray = () => `${domain} A`;
/** What a user writes for it. */
const spelled = () => `${domain}.${domain}.`;

describe("a LiveDnsZone beside a stray that has the zone's own name", () => {
    it("takes the zone over with its own apex, and the stray goes", async () => {
        somebody(domain, "A", "203.0.113.66");
        somebody("@", "A", "203.0.113.1");
        const inputs = zone({ ...apex, ...many }, { exclusive: true, adopt: true });
        await life.up(inputs);
        expect(there()).toEqual({ ...apex, ...many });
        await expect(life.refresh()).resolves.toBe("same");
        await expect(life.preview(inputs)).resolves.toBe("same");
    });

    it("shows it as drift of an exclusive zone, removes it, and leaves the apex", async () => {
        await life.up(zone({ ...apex, ...small }, { exclusive: true }));
        somebody(domain, "A", "203.0.113.66");
        await expect(life.refresh()).resolves.toBe("changed");
        expect(life.state?.inputs.rrsets).toEqual({ ...apex, ...small, [stray()]: a("203.0.113.66") });
        await expect(life.up(zone({ ...apex, ...small }, { exclusive: true }))).resolves.toBe("update");
        expect(Object.keys(there()).sort()).toEqual(["@ A", "@ MX", "@ TXT", "www A"]);
    });

    it("carries a stray that is ignored through a PUT of the whole zone", async () => {
        somebody(domain, "A", "203.0.113.66");
        await life.up(zone({ ...apex, ...many }, { exclusive: true, ignore: [spelled()] }));
        expect(there()).toEqual({ ...apex, ...many, [stray()]: a("203.0.113.66") });
        await expect(life.refresh()).resolves.toBe("same");
    });

    it("does not take it for the ignored apex", async () => {
        somebody(domain, "A", "203.0.113.66");
        const reasons = await life.reasons(zone(many, { exclusive: true, ignore: ["@"] }));
        expect(reasons).toEqual([expect.stringContaining(`would remove 1 that are there: ${stray()} (203.0.113.66`)]);
    });

    it("never touches it in a shared zone, with the values wanted at the apex or others", async () => {
        somebody(domain, "A", "192.0.2.10");
        await life.up(zone(apex));
        expect(there()).toEqual({ ...apex, [stray()]: a("192.0.2.10") });
        somebody(domain, "A", "203.0.113.66");
        await life.up(zone({ "@ A": a("192.0.2.11") }, { deletionPolicy: "delete" }));
        expect(there()).toEqual({ "@ A": a("192.0.2.11"), [stray()]: a("203.0.113.66") });
        await life.destroy();
        expect(there()).toEqual({ [stray()]: a("203.0.113.66") });
    });

    it("holds it where that is declared, beside the apex", async () => {
        const both = zone({ ...apex, [stray()]: a("192.0.2.99"), [`www.${domain} A`]: a("192.0.2.98") });
        await life.up(both);
        expect(Object.keys(there()).sort()).toEqual(["@ A", stray(), `www.${domain} A`].sort());
        await expect(life.refresh()).resolves.toBe("same");
        await expect(life.preview(both)).resolves.toBe("same");
    });
});

describe("a LiveDnsRecord", () => {
    let record: Life;
    const of = (name: string) => ({ domain, name, type: "A", ttl: 300, values: ["192.0.2.10"] });
    beforeEach(() => {
        record = gandi.life("LiveDnsRecord");
    });

    it("named as its zone is the apex, and leaves the stray alone", async () => {
        somebody(domain, "A", "203.0.113.66");
        await record.up(of(domain));
        expect(record.state?.id).toBe(`${domain}/@/A`);
        expect(there()).toEqual({ "@ A": a("192.0.2.10"), [stray()]: a("203.0.113.66") });
        await record.destroy();
        expect(there()).toEqual({ [stray()]: a("203.0.113.66") });
    });

    it("is the stray where its name is absolute, through all its life", async () => {
        somebody("@", "A", "203.0.113.1");
        await record.up(of(spelled()));
        expect(record.state?.id).toBe(`${domain}/${domain}/A`);
        expect(record.state?.inputs.name).toBe(spelled());
        await expect(record.refresh()).resolves.toBe("same");
        await expect(record.preview(of(spelled()))).resolves.toBe("same");
        await record.up({ ...of(spelled()), values: ["192.0.2.11"] });
        expect(there()).toEqual({ "@ A": a("203.0.113.1"), [stray()]: a("192.0.2.11") });
        await record.destroy();
        expect(there()).toEqual({ "@ A": a("203.0.113.1") });
    });

    it.each([
        ["the zone's name", (zone: string) => zone],
        ["one below it", (zone: string) => `www.${zone}`],
    ])("is read by an id that holds %s, and passes check as it was read", async (_what, name) => {
        somebody("@", "A", "203.0.113.1");
        somebody("www", "A", "203.0.113.2");
        somebody(name(domain), "A", "192.0.2.10");
        const read = await record.get(`${domain}/${name(domain)}/A`);
        expect(read).toMatchObject({
            id: `${domain}/${name(domain)}/A`,
            inputs: { name: `${name(domain)}.${domain}.`, values: ["192.0.2.10"] },
        });
        record.state = read;
        const { __provider, ...inputs } = read.inputs;
        await expect(record.reasons(inputs)).resolves.toEqual([]);
        await expect(record.preview(inputs)).resolves.not.toBe("replace");
        await record.destroy();
        expect(Object.keys(there())).toEqual(["@ A", "www A"]);
    });

    it("is replaced where its name becomes the apex", async () => {
        await record.up(of(spelled()));
        await expect(record.up(of(domain))).resolves.toBe("replace");
        expect(Object.keys(there())).toEqual(["@ A"]);
    });
});

it("the text of a zone that holds both gives both", async () => {
    somebody("@", "A", "192.0.2.10");
    somebody(domain, "A", "203.0.113.66");
    const url = `${gandi.sandbox.url}/v5/livedns/domains/${domain}/records`;
    const headers = { authorization: `Bearer ${gandi.sandbox.token}`, accept: "text/plain" };
    const { rrsets } = parseZoneFile(await (await fetch(url, { headers })).text(), { zone: domain });
    expect(rrsets).toEqual([
        { name: "@", type: "A", ttl: 300, values: ["192.0.2.10"] },
        { name: domain, type: "A", ttl: 300, values: ["203.0.113.66"] },
    ]);
});
