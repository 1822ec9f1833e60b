import * as pulumi from "@pulumi/pulumi";
import {
    AxfrSlave,
    DnssecKey,
    Domain,
    DomainTransfer,
    EmailForward,
    LiveDnsDomain,
    LiveDnsKey,
    LiveDnsRecord,
    LiveDnsZone,
    Mailbox,
    Snapshot,
    WebRedirection,
} from "../../provider";
import { PERSON } from "../harness/contacts";

/** No engine is there to register them with: the declarations alone count. */
afterAll(() => pulumi.runtime.disconnect());

const domain = "example.com";
const owner = { ...PERSON, type: "individual" } as const;

describe("what one program declares twice, in whatever spelling, fails and names both (promise 8)", () => {
    it.each([
        [
            "a domain",
            () => new Domain("first", { fqdn: domain, owner }),
            () => new Domain("second", { fqdn: "EXAMPLE.com.", owner }),
            'Domain example.com is declared twice: by gandi.Domain "first" and by gandi.Domain "second"',
        ],
        [
            "a transfer",
            () => new DomainTransfer("first", { fqdn: domain, authinfo: "a code", owner }),
            () => new DomainTransfer("second", { fqdn: "Example.com", authinfo: "a code", owner }),
            "DomainTransfer example.com is declared twice",
        ],
        [
            "a zone",
            () => new LiveDnsDomain("first", { fqdn: domain }),
            () => new LiveDnsDomain("second", { fqdn: "example.COM" }),
            "LiveDnsDomain example.com is declared twice",
        ],
        [
            "a secondary",
            () => new AxfrSlave("first", { domain, ip: "2001:db8::1" }),
            () => new AxfrSlave("second", { domain: "EXAMPLE.com.", ip: "2001:DB8:0::0001" }),
            'AxfrSlave example.com/2001:db8::1 is declared twice: by gandi.AxfrSlave "first" and by gandi.AxfrSlave "second"',
        ],
        [
            "a signing key",
            () => new LiveDnsKey("first", { domain, flags: 257 }),
            () => new LiveDnsKey("second", { domain, flags: 257 }),
            "LiveDnsKey example.com/257 is declared twice",
        ],
        [
            "a snapshot's name",
            () => new Snapshot("first", { domain }),
            () => new Snapshot("second", { domain, name: "pulumi-gandi", triggers: { release: "2" } }),
            "Snapshot example.com/pulumi-gandi is declared twice",
        ],
    ])("%s", (_what, first, second, message) => {
        first();
        expect(second).toThrow(message);
    });

    it.each([
        ["another domain", () => new Domain("other", { fqdn: "example.org", owner })],
        ["another address", () => new AxfrSlave("other", { domain, ip: "2001:db8::2" })],
        ["other flags", () => new LiveDnsKey("zsk", { domain, flags: 256 })],
        ["a key alongside", () => new LiveDnsKey("next", { domain, flags: 257, alongside: ["example.com/1"] })],
        ["another name", () => new Snapshot("named", { domain, name: "before release" })],
        ["one that is only read", () => Snapshot.get("read", "example.com/1", { domain })],
    ])("but not %s", (_what, other) => {
        expect(other).not.toThrow();
    });
});

describe("a redirection and an RRset where Gandi writes its record (promise 8)", () => {
    const VALUES = { A: "192.0.2.1", AAAA: "2001:db8::1", MX: "10 mx.example.net.", TXT: "x" } as Record<
        string,
        string
    >;
    let count = 0;
    const redirect = (fqdn: string, host: string) =>
        new WebRedirection("web", { domain: fqdn, host, url: "https://example.org/", type: "permanent" });
    const rrset = (fqdn: string, name: string, type: "A" | "AAAA" | "ALIAS" | "MX" | "TXT" | "CNAME") =>
        new LiveDnsRecord("dns", { domain: fqdn, name, type, values: [VALUES[type] ?? "www.example.net."] });
    const fresh = () => `both-${++count}.example`;

    it.each([
        ["shop", "A"],
        ["shop", "CNAME"],
        ["shop", "TXT"],
        ["*", "A"],
        ["@", "A"],
        ["@", "AAAA"],
        ["@", "ALIAS"],
    ] as const)("exclude each other at %s of type %s, whichever comes first, with both names", (host, type) => {
        const [one, other] = [fresh(), fresh()];
        redirect(one, host);
        expect(() => rrset(one, host, type)).toThrow(
            `gandi.LiveDnsRecord "dns" declares ${one}/${host}/${type}, but gandi.WebRedirection "web" declares ` +
                `WebRedirection ${one}/${host}: Gandi writes the record of a redirection's host itself. Remove one of the two.`,
        );
        rrset(other, host, type);
        expect(() => redirect(other, host)).toThrow(/gandi\.LiveDnsRecord "dns" declares .*Gandi writes the record/);
    });

    it.each([
        ["@", "@", "MX"],
        ["@", "@", "TXT"],
        ["shop", "www", "A"],
    ] as const)("tolerate each other: %s and %s %s", (host, name, type) => {
        const fqdn = fresh();
        redirect(fqdn, host);
        expect(() => rrset(fqdn, name, type)).not.toThrow();
    });

    it("exclude each other in the records of a zone, and an exclusive zone leaves the host alone", () => {
        const [one, other] = [fresh(), fresh()];
        redirect(one, "shop");
        const records = [{ name: "shop", type: "A", values: ["192.0.2.1"] }] as const;
        expect(() => new LiveDnsZone("zone", { domain: one, records })).toThrow(/declares .*\/shop\/A.*WebRedirection/);
        redirect(other, "www");
        expect(() => new LiveDnsZone("zone", { domain: other, records, exclusive: true })).not.toThrow();
    });
});

describe("a zone that LiveDNS signs by itself, and keys (promise 8)", () => {
    let count = 0;
    const fresh = () => `signs-${++count}.example`;
    const key = (fqdn: string, alongside?: string[]) => new LiveDnsKey("key", { domain: fqdn, flags: 257, alongside });
    const published = (fqdn: string) =>
        new DnssecKey("ds", {
            domain: fqdn,
            algorithm: 15,
            type: "ksk",
            publicKey: Buffer.alloc(32, 7).toString("base64"),
        });

    it.each([
        ["a LiveDnsKey", key],
        ["a LiveDnsKey alongside others", (fqdn: string) => key(fqdn, ["another"])],
        ["a DnssecKey", published],
    ])("exclude each other: %s, whichever comes first", (_what, other) => {
        const [one, two] = [fresh(), fresh()];
        new LiveDnsDomain("zone", { fqdn: one, dnssec: true });
        expect(() => other(one)).toThrow(
            /gandi\.LiveDnsDomain "zone" declares .*: with dnssec LiveDNS makes, publishes/,
        );
        other(two);
        expect(() => new LiveDnsDomain("zone", { fqdn: two, dnssec: false })).toThrow(/with dnssec LiveDNS makes/);
    });

    it("tolerate each other where it does not, and in another domain", () => {
        const [one, two] = [fresh(), fresh()];
        new LiveDnsDomain("zone", { fqdn: one });
        key(one);
        published(one);
        new LiveDnsDomain("signed", { fqdn: two, dnssec: true });
        expect(() => new LiveDnsDomain("again", { fqdn: two })).toThrow("LiveDnsDomain");
    });
});

describe("an address, which one mailbox, one alias or one forward has (promise 8)", () => {
    let count = 0;
    const fresh = () => `address-${++count}.example`;
    const forward = (fqdn: string, source: string) =>
        new EmailForward("forward", { domain: fqdn, source, destinations: ["alice@example.org"] });
    const mailbox = (fqdn: string, login: string, aliases?: string[]) =>
        new Mailbox(login, { domain: fqdn, login, password: "Fishing-at-9-43", aliases });

    it.each([
        ["a mailbox", (fqdn: string) => mailbox(fqdn, "Sales")],
        ["an alias", (fqdn: string) => mailbox(fqdn, "alice", ["bob", "SALES"])],
    ])("excludes a forward: that of %s, whichever comes first", (_what, other) => {
        const [one, two] = [fresh(), fresh()];
        const reason =
            /sales@address-\d+\.example is one mailbox's, one alias's or one forward's.*\[excluded-by-another\]/;
        forward(one, "sales");
        expect(() => other(one)).toThrow(reason);
        other(two);
        expect(() => forward(two, "Sales")).toThrow(reason);
    });

    it("excludes the same alias of another mailbox, and its login", () => {
        const one = fresh();
        mailbox(one, "alice", ["info"]);
        expect(() => mailbox(one, "bob", ["info"])).toThrow(/gandi\.Mailbox "alice" declares/);
        expect(() => mailbox(one, "info")).toThrow(/info@.* is one mailbox's/);
    });

    it("excludes nothing of another domain, nor what a wildcard stands for", () => {
        const [one, two] = [fresh(), fresh()];
        mailbox(one, "sales", ["info*"]);
        forward(two, "sales");
        forward(one, "*");
        expect(() => forward(one, "info")).not.toThrow();
    });
});
