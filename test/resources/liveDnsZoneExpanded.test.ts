/**
 * What a program writes for a zone becomes the map that the engine keeps: in the class, where values may be outputs, and in
 * check, where all that is given is plain. It is the same map, and the same is wrong with it.
 */

import * as pulumi from "@pulumi/pulumi";
import { UNKNOWN } from "../../provider/core/inputs/values";
import { REFUSED_ARGS } from "../../provider/core/program/programError";
import { withRRsets } from "../../provider/resources/zone/args";
import { withoutCode } from "../harness/life";
import { a, domain, gandi, life, useOwnZone } from "./ownZone";

useOwnZone();
afterAll(() => pulumi.runtime.disconnect());

/** What it refuses it warns of as well. */
beforeEach(() => void jest.spyOn(pulumi.log, "warn").mockResolvedValue());
afterEach(() => jest.restoreAllMocks());

type Args = Parameters<typeof withRRsets>[1];
type Registered = { rrsets: object; [REFUSED_ARGS]?: string[] };
/** What the class registers with the engine. */
const ofClass = (args: object) => withRRsets("zone", args as Args, undefined) as Registered;

const RECORDS = [
    { name: "WWW", type: "a", ttl: 300, values: ["192.0.2.1"] },
    { name: "", type: "MX", values: ["10 mail"] },
    { name: "k1._domainkey", type: "TXT", values: ["v=DKIM1; k=rsa; p=x"] },
];
const FILE = "$TTL 1h\n@ IN MX 10 mail\nmail IN A 192.0.2.25\nwww 300 IN A 192.0.2.1\n";

it.each([
    ["records", { records: RECORDS }],
    ["a zone file", { zoneFile: FILE }],
    ["no records at all", { records: [] }],
])("%s: the map is the same", async (_what, content) => {
    const args = { domain, ...content };
    const { __provider, ...inputs } = await life.check(args);
    expect(inputs).toEqual({ domain, rrsets: ofClass(args).rrsets });
});

it.each([
    ["both", { records: RECORDS, zoneFile: FILE }],
    ["an RRset that stands there twice", { records: [...RECORDS, RECORDS[0]] }],
    ["a record without a type", { records: [{ name: "www", values: ["192.0.2.1"] }] }],
    ["a misspelt property of a record", { records: [{ ...RECORDS[0], vales: [] }] }],
    ["records that are no list", { records: "www" }],
    [
        "a name that repeats the zone",
        { records: [{ ...RECORDS[0], name: "www.zone.example" }], domain: "zone.example" },
    ],
    ["a file that can't be read", { zoneFile: "www IN A 192.0.2.300\nwww IN TYP x\n" }],
    ["a file of doubt", { zoneFile: "www IN CNAME www.example.org\n" }],
    ["a file that is no text", { zoneFile: 7 }],
])("%s: the same is wrong", async (_what, content) => {
    const args = { domain, ...content };
    const refused = ofClass(args)[REFUSED_ARGS]!.map((reason) =>
        withoutCode(reason.replace('gandi.LiveDnsZone "zone": ', "")),
    );
    expect(refused).not.toEqual([]);
    await expect(life.reasons(args)).resolves.toEqual(refused);
});

it("what is only untidy in a file is told", async () => {
    await life.check({ domain, zoneFile: "www 300 IN A 192.0.2.1\nwww 600 IN A 192.0.2.2\n" });
    await gandi.lines.matching(/^warning: LiveDnsZone zone-\d+\.example: zoneFile, line 2, .*300 counts/);
});

it("what is not known yet stays at its leaf; without all names the whole map is not known", async () => {
    const records = [{ name: "www", type: "A", ttl: 300, values: [UNKNOWN] }];
    await expect(life.check({ domain, records })).resolves.toMatchObject({ rrsets: { "www A": a(UNKNOWN) } });
    for (const args of [
        { domain, records: [{ ...records[0], name: UNKNOWN }] },
        { domain, records: UNKNOWN },
        { domain, zoneFile: UNKNOWN },
        { domain: UNKNOWN, records },
    ]) {
        await expect(life.check(args)).resolves.toMatchObject({ rrsets: UNKNOWN });
    }
});

it("what comes of a secret is one", async () => {
    const records = [{ name: "www", type: "TXT", values: ["hush-hush"] }];
    const given = { domain, records, __secretInputs: [["domain"], ["records"]] };
    await expect(life.check(given)).resolves.toMatchObject({ __secretInputs: [["domain"], ["rrsets"]] });
});

it("it lives as the class's does", async () => {
    await life.up({ domain, records: RECORDS });
    await expect(life.preview({ domain, ...ofClass({ domain, records: RECORDS }) })).resolves.toBe("same");
    await expect(life.refresh()).resolves.toBe("same");
    await expect(life.up({ domain, zoneFile: FILE })).resolves.toBe("update");
});
