import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkZone, parseZoneFile, toZoneFile } from "../../provider/dns";

const HOSTS: [host: string, file: string, records: string[], remarks: string[]][] = [
    [
        "Azure DNS",
        "azure",
        [
            "@ 172800 NS ns1-07.azure-dns.com. | ns2-07.azure-dns.net.",
            "@ 3600 A 192.0.2.10",
            "* 3600 A 192.0.2.11",
            "_sip._tcp 3600 SRV 10 5 5060 sip.example.net.",
            'txt 3600 TXT "some textwith; more" | "an \\"inner\\" quote"',
        ],
        [],
    ],
    [
        "Cloudflare, as it was for years",
        "cloudflare-2017",
        ["@ 300 NS replace&me\\$with^your\\@nameserver.", "@ 300 MX 10 mail.example.net.", "@ 300 A 192.0.2.10"],
        [
            '6: "@" stands for the root: as the owner of the SOA it is taken for the apex',
            '16: the target "REPLACE&ME$WITH^YOUR@NAMESERVER." holds an @: write "REPLACE&ME$WITH^YOUR.NAMESERVER."',
        ],
    ],
    [
        "Cloudflare",
        "cloudflare",
        [
            "@ 86400 NS ana.ns.cloudflare.com. | bob.ns.cloudflare.com.",
            "@ 1 A 192.0.2.10",
            "*.dev 300 A 192.0.2.11",
            "www 1 CNAME example.com.",
            "@ 1 MX 10 mail.example.net.",
            "_sip._tcp 1 SRV 10 5 5060 sip.example.net.",
            '@ 1 CAA 0 issue "letsencrypt.org"',
            '@ 1 TXT "v=spf1 include:spf.example.net -all"',
            'k1._domainkey 1 TXT "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAabcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklm" "nopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789IDAQAB"',
        ],
        [
            '8: "example.com" has no final dot: as the owner of the SOA it is taken for the apex',
            "15: Cloudflare has answered for this record with addresses of its own: LiveDNS publishes the value itself",
        ],
    ],
    [
        "cPanel",
        "cpanel",
        [
            "@ 86400 NS ns1.example.net. | ns2.example.net.",
            "@ 14400 A 192.0.2.10",
            "@ 14400 MX 0 example.com.",
            "mail 14400 CNAME example.com.",
            "www 14400 CNAME example.com.",
            'default._domainkey 14400 TXT "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAabcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefnopqrst" "uvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789IDAQAB"',
        ],
        [],
    ],
    [
        "DigitalOcean",
        "digitalocean",
        [
            "@ 1800 NS ns1.digitalocean.com. | ns2.digitalocean.com.",
            "@ 3600 A 192.0.2.10",
            "www 43200 CNAME example.com.",
            "@ 14400 MX 10 mail.example.net.",
            '@ 3600 CAA 0 issue "letsencrypt.org"',
            'k1._domainkey 3600 TXT "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAabcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklm" "nopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789IDAQAB"',
        ],
        ["10: a string of 392 octets, of which 255 are the most (RFC 1035, section 3.3): it is cut into pieces"],
    ],
    [
        "DNSimple",
        "dnsimple",
        [
            "@ 3600 NS ns1.dnsimple.com. | ns2.dnsimple-edge.net.",
            "@ 3600 ALIAS app.example.net.",
            "www 3600 CNAME app.example.net.",
            '@ 600 TXT "v=spf1 -all"',
        ],
        [],
    ],
    [
        "Gandi itself",
        "gandi",
        [
            "@ 10800 A 217.70.184.38",
            "@ 10800 MX 10 spool.mail.gandi.net. | 50 fb.mail.gandi.net.",
            '@ 10800 TXT "v=spf1 include:_mailcust.gandi.net ?all"',
            "_imap._tcp 10800 SRV 0 0 0 .",
            "webmail 10800 CNAME webmail.gandi.net.",
            "www 10800 CNAME webredir.vip.gandi.net.",
        ],
        [],
    ],
    [
        "GoDaddy",
        "godaddy",
        [
            "@ 600 A 192.0.2.10",
            '@ 3600 TXT "v=spf1 include:secureserver.net -all"',
            '_dmarc 3600 TXT "v=DMARC1; p=quarantine; adkim=r; aspf=r;"',
            "www 3600 CNAME example.com.",
            "_domainconnect 3600 CNAME _domainconnect.gd.domaincontrol.com.",
            "@ 3600 NS ns13.domaincontrol.com. | ns14.domaincontrol.com.",
            "@ 3600 MX 0 smtp.secureserver.net.",
        ],
        [],
    ],
    [
        "Google Cloud DNS",
        "google-cloud-dns",
        [
            "@ 21600 NS ns-cloud-a1.googledomains.com. | ns-cloud-a2.googledomains.com.",
            "@ 300 A 192.0.2.10",
            '@ 300 TXT "v=spf1 -allsite-verification=abc"',
            "www 300 CNAME example.com.",
            "_443._tcp.www 300 TLSA 3 1 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "svc 300 HTTPS 1 . alpn=h2,h3 ipv4hint=192.0.2.10",
            'k1._domainkey 300 TXT "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAabcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklm" "nopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789IDAQAB"',
        ],
        [],
    ],
    [
        "Hetzner",
        "hetzner",
        [
            "@ 86400 NS helium.ns.hetzner.de. | hydrogen.ns.hetzner.com.",
            "@ 86400 A 192.0.2.10",
            "www 7200 A 192.0.2.10",
            "@ 86400 AAAA 2001:db8::10",
            "@ 86400 MX 10 mail.example.com.",
            '@ 86400 TXT "v=spf1 +a +mx ?all"',
            '_dmarc 86400 TXT "v=DMARC1; p=none"',
        ],
        [],
    ],
    [
        "Hurricane Electric",
        "hurricane-electric",
        [
            "@ 86400 NS ns1.he.net. | ns2.he.net.",
            "@ 300 A 192.0.2.10",
            "* 300 AAAA 2001:db8::11",
            "loc 86400 LOC 48 51 30.120 N 2 17 40.200 E 35m 1m 10000m 10m",
        ],
        [],
    ],
    [
        "IONOS",
        "ionos",
        [
            "@ 86400 NS ns1045.ui-dns.org. | ns1089.ui-dns.de.",
            "@ 3600 A 192.0.2.10",
            "@ 3600 MX 10 mx00.ionos.com.",
            "autodiscover 3600 CNAME adsredir.ionos.info.",
            "_domainconnect 3600 CNAME _domainconnect.ionos.com.",
            '@ 3600 TXT "v=spf1 include:_spf-us.ionos.com ~all"',
        ],
        [],
    ],
    [
        "Linode",
        "linode",
        [
            "@ 86400 NS ns1.linode.com. | ns2.linode.com.",
            "@ 86400 MX 10 mail.example.com.",
            '@ 86400 TXT "v=spf1 mx -all"',
            "@ 86400 A 192.0.2.10",
            "mail 300 A 192.0.2.25",
            "www 86400 AAAA 2001:db8::10",
        ],
        [],
    ],
    [
        "Microsoft's DNS server",
        "microsoft",
        [
            "@ 3600 NS ns1.example.net.",
            "@ 600 A 192.0.2.10",
            "host 1200 A 192.0.2.12",
            "_ldap._tcp 1200 SRV 0 100 389 dc1.example.net.",
            'txt 1200 TXT "one two"',
        ],
        [],
    ],
    [
        "BIND's named-compilezone",
        "named-compilezone",
        [
            "@ 3600 NS ns1.example.net. | ns2.example.net.",
            "@ 3600 A 192.0.2.10",
            '@ 3600 TXT "v=spf1 -all"',
            "0/25 3600 NS ns1.example.org.",
            "_cafe 3600 A 192.0.2.13",
            'odd 3600 CAA 0 issue ""',
            'odd 3600 TXT "back\\\\slash and \\195\\169"',
        ],
        [],
    ],
    [
        "a zone that BIND has written",
        "named-dump",
        [
            "@ 86400 NS ns1.example.net. | ns2.example.net.",
            "@ 3600 A 192.0.2.10",
            "@ 3600 MX 10 mail.example.com.",
            "mail 5400 A 192.0.2.25",
            "_sip._tcp 5400 SRV 10 5 5060 mail.example.com.",
        ],
        [],
    ],
    [
        "OVH",
        "ovh",
        [
            "@ 3600 NS dns104.ovh.net. | ns104.ovh.net.",
            "@ 3600 MX 1 mx1.mail.ovh.net. | 5 mx2.mail.ovh.net.",
            "@ 3600 A 192.0.2.10",
            '@ 600 TXT "v=spf1 include:mx.ovh.com -all" | "1|www.example.com"',
            "_autodiscover._tcp 3600 SRV 0 0 443 mailconfig.ovh.net.",
            "autoconfig 3600 CNAME mailconfig.ovh.net.",
            "ftp 3600 CNAME example.com.",
            "www 3600 MX 1 mx1.mail.ovh.net.",
            "www 3600 A 192.0.2.10",
            'www 3600 TXT "3|welcome"',
        ],
        ["9: @ TXT has a TTL of 600 above and of 3600 here: an RRset has one (RFC 2181, section 5.2): 600 counts"],
    ],
    [
        "Plesk",
        "plesk",
        [
            "@ 86400 NS ns1.example.net.",
            "@ 86400 A 192.0.2.10",
            "* 86400 A 192.0.2.11",
            "_imaps._tcp 86400 SRV 0 0 993 example.com.",
            '_dmarc 86400 TXT "v=DMARC1; p=quarantine"',
        ],
        [],
    ],
    [
        "Porkbun",
        "porkbun",
        [
            "@ 86400 NS curitiba.ns.porkbun.com. | fortaleza.ns.porkbun.com.",
            "@ 600 ALIAS pixie.porkbun.com.",
            "* 600 CNAME pixie.porkbun.com.",
            '_acme-challenge 600 TXT "abc_-DEF"',
        ],
        [],
    ],
    [
        "PowerDNS's pdnsutil",
        "powerdns",
        [
            "@ 3600 NS ns1.example.net.",
            "@ 3600 A 192.0.2.10",
            "@ 3600 MX 10 mail.example.net.",
            "www 3600 CNAME example.com.",
            'txt 3600 TXT "one; two"',
        ],
        [],
    ],
    [
        "Route 53, by cli53",
        "route53-cli53",
        [
            "@ 172800 NS ns-1.awsdns-00.com. | ns-2.awsdns-00.co.uk.",
            "@ 300 A 192.0.2.10",
            '@ 300 TXT "v=spf1 -all"',
            "* 300 A 192.0.2.11",
            "geo 60 A 192.0.2.20 | 192.0.2.21",
            'odd 300 TXT "a\\"bc;d"',
        ],
        [
            "8: Route 53 has chosen between these records: LiveDNS gives all of them",
            "9: Route 53 has chosen between these records: LiveDNS gives all of them",
        ],
    ],
];

/** The layout is each host's, as its documentation and published files show it; names and addresses are ours. */
const read = (file: string) =>
    parseZoneFile(readFileSync(join(__dirname, "exports", `${file}.zone`), "utf8"), { zone: "example.com" });

describe.each(HOSTS)("the export of %s", (_host, file, records, remarks) => {
    const { rrsets, warnings, doubts } = read(file);
    const others = warnings.filter(({ reason }) => !reason.startsWith("none of the nameservers"));

    it("is read, record by record", () => {
        expect(rrsets.map(({ name, ttl, type, values }) => `${name} ${ttl} ${type} ${values.join(" | ")}`)).toEqual(
            records,
        );
    });

    it("says what is untidy", () => {
        expect(others.map(({ line, reason }) => `${line}: ${reason}`)).toEqual(remarks);
    });

    it("has nameservers at the apex that are not LiveDNS's, which is the doubt about it", () => {
        const servers = rrsets.find(({ name, type }) => name === "@" && type === "NS");
        const found = doubts.filter(({ reason }) => /^none of the nameservers .*leave the NS/.test(reason));
        expect(found).toHaveLength(servers === undefined ? 0 : 1);
        expect(warnings).toEqual(expect.arrayContaining(doubts));
    });

    it("is the same zone when it is written and read again", () => {
        expect(parseZoneFile(toZoneFile(rrsets, "example.com"), { zone: "example.com" }).rrsets).toEqual(rrsets);
    });

    it("is a zone that LiveDNS takes, but for TTLs and what is doubtful anyway", () => {
        const tidy = rrsets.map((rrset) => ({ ...rrset, ttl: Math.max(rrset.ttl, 300) }));
        const known = tidy.filter(({ name, type }) => name !== "@" || type !== "NS");
        expect(checkZone(known, "example.com")).toEqual([]);
    });
});
