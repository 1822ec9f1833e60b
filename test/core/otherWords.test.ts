import * as pulumi from "@pulumi/pulumi";
import { checkInputs } from "../../provider/core/inputs/check";
import { ourWord } from "../../provider/core/inputs/otherWords";
import { definitions } from "../../provider/resources/kinds";
import { rrsetsOf, type ZoneContent } from "../../provider/resources/zone/args";

/** What a program that comes from another tool may write for a kind, and what it is here. */
const WORDS: Record<string, Record<string, string>> = {
    AxfrSlave: { zone: "domain", address: "ip", ip_address: "ip" },
    DnssecKey: { fqdn: "domain", zone: "domain", dnskey: "publicKey" },
    Domain: {
        domain: "fqdn",
        domain_name: "fqdn",
        registrant: "owner",
        name_servers: "nameservers",
        years: "duration",
    },
    DomainTransfer: { name: "fqdn", auth_code: "authinfo", years: "duration" },
    EmailForward: {
        zone: "domain",
        alias: "source",
        to: "destinations",
        forward_to: "destinations",
        targets: "destinations",
    },
    WebRedirection: {
        ...{ zone: "domain", source: "host", subdomain: "host", from: "host" },
        ...{ target: "url", destination: "url", to: "url", location: "url", status_code: "type", code: "type" },
    },
    MailSlot: { zone: "domain", mailbox_type: "type", months: "duration", budget: "maxPrice", term: "duration" },
    EmailOffer: { zone: "domain", spam_filter: "antispam", dkim_signing: "dkim" },
    GlueRecord: { zone: "domain", hostname: "name", addresses: "ips", target: "ips" },
    LiveDnsDomain: { domain: "fqdn", zone: "fqdn" },
    LiveDnsKey: { zone: "domain", fqdn: "domain" },
    LiveDnsRecord: {
        ...{ zone: "domain", zone_name: "domain", managed_zone: "domain", fqdn: "domain" },
        ...{ record: "name", host: "name", subdomain: "name", rrset_name: "name" },
        ...{ rrset_type: "type", ttl_seconds: "ttl", rrset_ttl: "ttl", allow_overwrite: "adopt" },
        ...{
            records: "values",
            content: "values",
            value: "values",
            target: "values",
            rdata: "values",
            rrdatas: "values",
        },
    },
    LiveDnsZone: { zone: "domain", fqdn: "domain" },
    Mailbox: {
        ...{ zone: "domain", username: "login", local_part: "login", alias: "aliases", mailbox_type: "type" },
        ...{ pass: "password", vacation: "responder", out_of_office: "responder", renewal: "autorenew" },
    },
    Nameservers: { zone: "domain", ns: "nameservers", values: "nameservers", servers: "nameservers" },
    Snapshot: { zone: "domain", fqdn: "domain", label: "name" },
    TsigKey: { domain: "domains", zone: "domains", fqdn: "domains" },
};

test.each(Object.keys(definitions))("another tool's words for the properties of %s are known", (kind) => {
    const names = Object.keys(definitions[kind]!.inputs.shape);
    const words = WORDS[kind];
    expect(words).toBeDefined();
    expect(Object.fromEntries(Object.keys(words!).map((word) => [word, ourWord(word, names)]))).toEqual(words);
});

test.each(["proxied", "", "comment", "x"])("%j is nobody's word", (word) => {
    expect(ourWord(word, ["domain", "name", "values"])).toBeUndefined();
});

afterAll(() => pulumi.runtime.disconnect());

describe("check says which property is meant (promise 8)", () => {
    const reasons = (kind: string, inputs: object) =>
        checkInputs(definitions[kind]!, { ...inputs }).problems.map(({ path, reason }) => `${path}: ${reason}`);

    test.each([
        [
            "another tool's word",
            { content: ["192.0.2.1"] },
            "content: LiveDnsRecord has no such property: did you mean values?",
        ],
        ["a slip of the hand", { valeus: [] }, "valeus: LiveDnsRecord has no such property: did you mean values?"],
        [
            "a part of the value",
            { priority: 10 },
            'priority: LiveDnsRecord has no such property: it is a part of each of values, as in "10 mail.example.com."',
        ],
    ])("for %s", (_what, strange, reason) => {
        const inputs = { domain: "example.com", name: "www", type: "A", values: ["192.0.2.1"] };
        expect(reasons("LiveDnsRecord", { ...inputs, ...strange })).toEqual([reason]);
    });

    test("inside an object, too", () => {
        expect(reasons("Domain", { fqdn: "example.com", owner: { firstName: "Alice" } })).toContainEqual(
            expect.stringMatching(/^owner: has no property "firstName": did you mean given\?/),
        );
    });

    test.each([
        ["the list", { rrsets: [] }, "give records or zoneFile, one of the two; rrsets is called records here"],
        [
            "an RRset in it",
            { records: [{ name: "www", type: "A", content: "192.0.2.1" }] },
            'records[0]: has no property "content": did you mean values?',
        ],
    ])("of a LiveDnsZone for %s", (_what, args, reason) => {
        const others = Object.keys(args).filter((name) => name !== "records");
        const content = { domain: "example.com", others, ...args } as ZoneContent;
        expect(() => rrsetsOf(content, "the zone", () => {})).toThrow(reason);
    });
});
