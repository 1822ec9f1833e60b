import * as pulumi from "@pulumi/pulumi";
import * as gandi from "../../provider";
import { cli } from "../cli/cli";
import { type Gandi, startGandi } from "../harness/gandi";
import { ask } from "../sandbox/ask";

/*
 * A PUT of an empty list leaves an RRset without values: some ACME clients end their runs so. It is no record of DNS.
 */

let api: Gandi;
let domain: string;
let names = 0;
const environment = { ...process.env };

beforeAll(async () => {
    api = await startGandi();
    process.env.GANDI_URL = api.sandbox.url;
    process.env.GANDI_PERSONAL_ACCESS_TOKEN = api.sandbox.token;
    pulumi.runtime.setAllConfig({ "gandi:pollInterval": "0.02" });
});
afterAll(async () => {
    process.env = environment;
    await api.close();
});
/** Each test has a zone of its own: what a provider process reads of one it shares for five seconds. */
beforeEach(async () => {
    domain = `emptied-${++names}.example`;
    api.sandbox.addDomain({ fqdn: domain, zone: "www 300 IN A 192.0.2.1" });
    await empty("_acme-challenge", "TXT");
});

const TXT = { name: "_acme-challenge", type: "TXT", ttl: 300, values: ["a token"] };
const www = { ttl: 300, values: ["192.0.2.1"] };
const zone = () => Object.fromEntries(api.sandbox.state.zone(domain)!.rrsets.map(({ name, values }) => [name, values]));

async function empty(name: string, type: string): Promise<void> {
    const url = `/v5/livedns/domains/${domain}/records/${name}/${type}`;
    expect((await ask(api.sandbox, `PUT ${url}`, { body: { rrset_values: [] } })).status).toBe(201);
    expect((await ask(api.sandbox, `GET ${url}`)).json.rrset_values).toEqual([]);
}

describe("an RRset without values", () => {
    it("is taken by a record without adopt, as it holds nothing", async () => {
        const record = api.life("LiveDnsRecord");
        await record.up({ domain, ...TXT });
        expect(zone()).toMatchObject({ "_acme-challenge": ['"a token"'] });
        await expect(record.refresh()).resolves.toBe("same");
    });

    it("is a record that is gone, and can't be read", async () => {
        const record = api.life("LiveDnsRecord");
        await expect(record.get(`${domain}/_acme-challenge/TXT`)).rejects.toThrow("there is no LiveDnsRecord");
        await record.up({ domain, name: "www", type: "A", ...www });
        await empty("www", "A");
        await expect(record.refresh()).resolves.toBe("gone");
        await record.up({ domain, name: "www", type: "A", ...www });
        expect(zone()).toMatchObject({ www: ["192.0.2.1"] });
    });

    it("makes way for a CNAME", async () => {
        await api.life("LiveDnsRecord").up({ domain, ...TXT, type: "CNAME", values: ["example.net."] });
        expect(zone()).toMatchObject({ "_acme-challenge": ["example.net."] });
    });

    it.each([
        ["exclusive", { exclusive: true, adopt: false }],
        ["shared", { exclusive: false }],
    ])("is no drift of a zone that is %s, nor in its way", async (_what, how) => {
        const life = api.life("LiveDnsZone");
        const wanted = (rrsets: object) => ({ domain, rrsets: { "www A": www, ...rrsets }, ...how });
        await life.up(wanted({}));
        await expect(life.refresh()).resolves.toBe("same");
        await expect(life.up(wanted({ "_acme-challenge TXT": { ttl: 300, values: ["x"] } }))).resolves.toBe("update");
        expect(zone()).toEqual({ www: ["192.0.2.1"], "_acme-challenge": ['"x"'] });
    });

    it.each([true, false])("of a zone's own is seen as missing, and made again (exclusive: %s)", async (exclusive) => {
        const life = api.life("LiveDnsZone");
        const wanted = { domain, exclusive, rrsets: { "www A": www, "ftp A": www } };
        await life.up(wanted);
        await empty("ftp", "A");
        await expect(life.refresh()).resolves.toBe("changed");
        expect(Object.keys(life.state!.inputs.rrsets as object)).toEqual(["www A"]);
        await expect(life.up(wanted)).resolves.toBe("update");
        expect(zone()).toMatchObject({ www: ["192.0.2.1"], ftp: ["192.0.2.1"] });
    });

    it("is left out where a whole zone is written in one request", async () => {
        const life = api.life("LiveDnsZone");
        const many = Array.from({ length: 25 }, (_, index) => [`host-${index} A`, www]);
        await life.up({ domain, exclusive: true, rrsets: { "www A": www, ...Object.fromEntries(many) } });
        expect(zone()).toMatchObject({ www: ["192.0.2.1"], "host-24": ["192.0.2.1"] });
        await expect(life.refresh()).resolves.toBe("same");
    });

    it("is in no look-up, no snapshot and no restore", async () => {
        expect((await gandi.getRecords({ domain })).map(({ name }) => name)).toEqual(["www"]);
        await expect(gandi.getRecords({ domain, name: "_acme-challenge", type: "TXT" })).resolves.toEqual([]);
        await expect(gandi.getRecords({ domain, name: "_acme-challenge" })).resolves.toEqual([]);
        expect(await gandi.getZoneFile({ domain })).not.toContain("_acme-challenge");
        const snapshots = `/v5/livedns/domains/${domain}/snapshots`;
        const { id } = (await ask(api.sandbox, `POST ${snapshots}`, { body: { name: "now" } })).json;
        expect((await gandi.getSnapshot({ domain, id })).zoneData).toHaveLength(1);
        api.sandbox.setRRset(domain, { name: "www", type: "A", ttl: 300, values: ["203.0.113.66"] });
        await expect(cli(api.sandbox, ["restore", domain, "now", "--yes"])).resolves.toMatchObject({ code: 0 });
        expect(zone()).toMatchObject({ www: ["192.0.2.1"] });
    });
});
