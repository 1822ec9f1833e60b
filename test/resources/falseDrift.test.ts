import { PERSON } from "../harness/contacts";
import { type Gandi, startGandi } from "../harness/gandi";

let gandi: Gandi;
let domain: string;
let count = 0;

beforeAll(async () => {
    gandi = await startGandi();
});
afterAll(() => gandi.close());
beforeEach(() => {
    // A zone for each test: a process reads one only once in five seconds.
    domain = `drift-${++count}.example`;
    gandi.sandbox.addDomain({ fqdn: domain, zone: "" });
});

interface Trap {
    /** As in the list of spellings that are no drift. */
    trap: string;
    name?: string;
    type: string;
    /** As the user writes it. `ZONE` stands for the domain. */
    given: string[];
    /** The same, as the API might answer. */
    answered: string[];
    /** Nearly the same. */
    near: string[];
    /** The name that the API answers with, where it is another. */
    answeredName?: string;
}

const SHA256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const KEY = "AwEAAcUlFV1vhmqx6NSOUOq2R/dsR7Xm";
const LONG = "a".repeat(300);

const traps: Trap[] = [
    {
        trap: "order",
        type: "A",
        given: ["192.0.2.2", "192.0.2.1"],
        answered: ["192.0.2.1", "192.0.2.2"],
        near: ["192.0.2.1", "192.0.2.3"],
    },
    {
        trap: "duplicates",
        type: "A",
        given: ["192.0.2.1", "192.0.2.2"],
        answered: ["192.0.2.1", "192.0.2.1", "192.0.2.2"],
        near: ["192.0.2.1"],
    },
    {
        trap: "TXT without quotes",
        type: "TXT",
        given: ["v=DKIM1; k=rsa; p=abc"],
        answered: ['"v=DKIM1; k=rsa; p=abc"'],
        near: ['"v=DKIM1; k=rsa; p=abd"'],
    },
    {
        trap: "TXT in quotes",
        type: "TXT",
        given: ['"hello world"'],
        answered: ['"hello" " world"'],
        near: ['"hello  world"'],
    },
    {
        trap: "TXT in other segments",
        type: "TXT",
        given: [LONG],
        answered: [`"${LONG.slice(0, 100)}" "${LONG.slice(100)}"`],
        near: [`"${LONG.slice(0, 100)}" "${LONG.slice(101)}"`],
    },
    {
        trap: "TXT with escapes",
        type: "TXT",
        given: ["é; \\"],
        answered: ['"\\195\\169\\; \\092"'],
        near: ['"\\195\\168\\; \\092"'],
    },
    {
        trap: "the final dot of names inside the zone",
        type: "CNAME",
        given: ["web"],
        answered: ["web.ZONE."],
        near: ["web.example.net."],
    },
    {
        trap: "a relative target",
        type: "MX",
        given: ["10 mail.ZONE."],
        answered: ["10 mail"],
        near: ["10 mail.ZONE"],
    },
    {
        trap: "the case of a target",
        type: "MX",
        given: ["10 Mail.Example.NET."],
        answered: ["10 mail.EXAMPLE.net."],
        near: ["20 mail.example.net."],
    },
    {
        trap: "the spelling of IPv6",
        type: "AAAA",
        given: ["2001:DB8:0::1"],
        answered: ["2001:0db8:0000:0000:0000:0000:0000:0001"],
        near: ["2001:db8::2"],
    },
    {
        trap: "hex case and spaces",
        type: "TLSA",
        name: "_443._tcp",
        given: [`3 1 1 ${SHA256}`],
        answered: [`3 1 1 ${SHA256.slice(0, 32).toUpperCase()} ${SHA256.slice(32)}`],
        near: [`3 1 1 ${SHA256.slice(0, 63)}0`],
    },
    {
        trap: "CAA quotes",
        type: "CAA",
        given: ["0 issue letsencrypt.org"],
        answered: ['0 ISSUE "letsencrypt.org"'],
        near: ['0 issue "Letsencrypt.org"'],
    },
    {
        trap: "NAPTR quotes",
        type: "NAPTR",
        given: ['100 10 "u" "E2U+sip" "!^.*$!sip:info@example.com!" .'],
        answered: ['100 10 U e2u+SIP "!^.*$!sip:info@example.com!" .'],
        near: ['100 10 "u" "E2U+sip" "!^.*$!sip:Info@example.com!" .'],
    },
    {
        trap: "leading zeros",
        type: "SRV",
        name: "_sip._tcp",
        given: ["010 0020 05060 sip.example.net."],
        answered: ["10 20 5060 sip.example.net."],
        near: ["10 20 5061 sip.example.net."],
    },
    {
        trap: "an upper-case owner kept by the server",
        type: "A",
        name: "www",
        answeredName: "WWW",
        given: ["192.0.2.1"],
        answered: ["192.0.2.1"],
        near: ["192.0.2.2"],
    },
    {
        trap: "IDN against punycode",
        type: "CNAME",
        name: "bücher",
        answeredName: "xn--bcher-kva",
        given: ["straße.example.net."],
        answered: ["xn--strae-oqa.example.net."],
        near: ["strasse.example.net."],
    },
    ...["@", "", "ZONE", "ZONE."].map((apex) => ({
        trap: `the apex spelled "${apex}"`,
        type: "A",
        name: apex,
        answeredName: "@",
        given: ["192.0.2.1"],
        answered: ["192.0.2.1"],
        near: ["192.0.2.9"],
    })),
    {
        trap: "LOC defaults",
        type: "LOC",
        given: ["52 22 23 N 4 53 32 E -2m"],
        answered: ["52 22 23.000 N 4 53 32.000 E -2.00m 1m 10000m 10m"],
        near: ["52 22 23 N 4 53 32 E -2m 1m 10000m 20m"],
    },
    {
        trap: "the order of SVCB parameters",
        type: "HTTPS",
        given: ["1 . alpn=h3,h2 port=8443"],
        answered: ['1 . port="8443" alpn="h3,h2"'],
        near: ["1 . alpn=h2,h3 port=8443"],
    },
    {
        trap: "the white space of a key",
        type: "OPENPGPKEY",
        name: "alice._openpgpkey",
        given: [KEY],
        answered: [`${KEY.slice(0, 10)} ${KEY.slice(10)}`],
        near: [KEY.toLowerCase()],
    },
];

const inZone = (text: string) => text.replaceAll("ZONE", domain);
const ofRecord = ({ name = "x", type, given }: Trap) => ({
    domain,
    name: inZone(name),
    type,
    values: given.map(inZone),
});

/** Another answer of the API for the same RRset. */
function answer({ name = "x", answeredName = name, type }: Trap, values: string[], ttl = 10800): void {
    const old = gandi.sandbox.state.zone(domain)!.rrsets.find((rrset) => rrset.type === type)!;
    gandi.sandbox.deleteRRset(domain, old.name, type);
    gandi.sandbox.setRRset(domain, { name: inZone(answeredName), type, ttl, values: values.map(inZone) });
}

describe("no false drift", () => {
    it.each(traps)("$trap ($type)", async (trap) => {
        const record = gandi.life("LiveDnsRecord");
        await record.up(ofRecord(trap));
        answer(trap, trap.answered);
        await record.refresh();
        expect(record.state?.inputs).toMatchObject(ofRecord(trap));
        await expect(record.preview(ofRecord(trap))).resolves.toBe("same");
    });

    it("TTL default against explicit", async () => {
        const [trap] = traps as [Trap];
        const record = gandi.life("LiveDnsRecord");
        await record.up(ofRecord(trap));
        await expect(record.preview({ ...ofRecord(trap), ttl: 10800 })).resolves.toBe("same");
        await expect(record.refresh()).resolves.toBe("same");
    });

    it("all of them at once in a LiveDnsZone, whatever the API answers", async () => {
        const zone = gandi.life("LiveDnsZone");
        const rrsets = Object.fromEntries(
            traps.map(({ type, given }, index) => {
                const name = type === "HTTPS" ? "@" : `n${index}`;
                return [`${name} ${type}`, { ttl: 300, values: given.map(inZone) }];
            }),
        );
        await zone.up({ domain, rrsets, exclusive: true });
        const fault = gandi.sandbox.addFault({ kind: "respell", method: "GET" });
        try {
            await expect(zone.refresh()).resolves.toBe("same");
            await expect(zone.preview({ domain, rrsets, exclusive: true })).resolves.toBe("same");
        } finally {
            gandi.sandbox.removeFault(fault);
        }
    });
});

describe("no missed drift", () => {
    it.each(traps)("near $trap ($type)", async (trap) => {
        const record = gandi.life("LiveDnsRecord");
        await record.up(ofRecord(trap));
        const before = record.state!.inputs;
        answer(trap, trap.near);
        await expect(record.refresh()).resolves.toBe("changed");
        expect({ ...record.state?.inputs, values: before.values }).toEqual(before);
        expect(record.state?.inputs.values).not.toEqual(before.values);
        await expect(record.preview(ofRecord(trap))).resolves.toBe("update");
    });

    it.each([
        ["another TTL", { ttl: 10801, values: ["192.0.2.1", "192.0.2.2"] }],
        ["a dropped value", { ttl: 10800, values: ["192.0.2.1"] }],
        ["one more value", { ttl: 10800, values: ["192.0.2.1", "192.0.2.2", "192.0.2.3"] }],
    ])("%s shows as exactly that in a LiveDnsZone", async (_what, edit) => {
        const zone = gandi.life("LiveDnsZone");
        const rrsets = {
            "x A": { ttl: 10800, values: ["192.0.2.1", "192.0.2.2"] },
            "y A": { ttl: 10800, values: ["192.0.2.1"] },
        };
        await zone.up({ domain, rrsets });
        gandi.sandbox.setRRset(domain, { name: "x", type: "A", ...edit });
        await expect(zone.refresh()).resolves.toBe("changed");
        expect(zone.state?.inputs).toMatchObject({ rrsets: { ...rrsets, "x A": edit } });
        await expect(zone.preview({ domain, rrsets })).resolves.toBe("update");
    });
});

describe("no false drift at the registry", () => {
    const servers = ["ns1.example.net", "NS2.example.net."];

    it("nameserver order, case and dot", async () => {
        const delegation = gandi.life("Nameservers");
        await delegation.up({ domain, nameservers: servers, adopt: true });
        gandi.sandbox.editDomain(domain, { nameservers: ["NS2.EXAMPLE.NET", "ns1.example.net."] });
        await delegation.refresh();
        expect(delegation.state?.inputs.nameservers).toEqual(servers);
        await expect(delegation.preview({ domain, nameservers: servers, adopt: true })).resolves.toBe("same");
    });

    it("glue and slave IPv6 expanded", async () => {
        const glue = { domain, name: "ns1", ips: ["2001:DB8::1", "192.0.2.1"] };
        const slave = { domain, ip: "2001:DB8::53" };
        const [host, secondary] = [gandi.life("GlueRecord"), gandi.life("AxfrSlave")];
        await host.up(glue);
        await secondary.up(slave);
        const fault = gandi.sandbox.addFault({ kind: "respell", method: "GET" });
        try {
            await expect(host.refresh()).resolves.toBe("same");
            await expect(secondary.refresh()).resolves.toBe("same");
            await expect(host.preview(glue)).resolves.toBe("same");
            await expect(secondary.preview(slave)).resolves.toBe("same");
        } finally {
            gandi.sandbox.removeFault(fault);
        }
    });

    it("contacts' extra keys", async () => {
        const shop = { fqdn: "extra-keys.com", maxPrice: 20, owner: PERSON };
        const bought = gandi.life("Domain");
        await bought.up(shop);
        const more = { lang: "en", brand_number: "12", security_question_num: 3 };
        const { owner: registered } = gandi.sandbox.state.domain("extra-keys.com")!;
        gandi.sandbox.editDomain("extra-keys.com", { owner: { ...registered, ...more } });
        await expect(bought.refresh()).resolves.toBe("same");
        await expect(bought.preview(shop)).resolves.toBe("same");
    });

    it("DNSSEC public key white space", async () => {
        const publicKey = "mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==";
        const key = { domain, algorithm: 13, type: "ksk", publicKey };
        const signed = gandi.life("DnssecKey");
        await signed.up(key);
        const dnskeys = gandi.sandbox.state.domain(domain)!.dnskeys;
        const inPieces = `${publicKey.slice(0, 32)} ${publicKey.slice(32)}`;
        gandi.sandbox.editDomain(domain, { dnskeys: dnskeys.map((each) => ({ ...each, public_key: inPieces })) });
        await expect(signed.refresh()).resolves.toBe("same");
        await expect(signed.preview(key)).resolves.toBe("same");
    });
});
