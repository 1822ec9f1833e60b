import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as gandi from "pulumi-gandi";

// The domain. It is ordered once, and only when its full price, taxes included, is not above maxPrice.
const domain = new gandi.Domain("example", {
    fqdn: "example.com",
    duration: 1,
    maxPrice: 20,
    currency: "EUR",
    owner: {
        type: "company",
        orgname: "Example Books Ltd",
        given: "Alice",
        family: "Doe",
        email: "alice@example.org",
        streetaddr: "5 rue neuve",
        city: "Paris",
        zip: "75001",
        country: "FR",
        phone: "+33.123456789",
    },
    autorenew: { enabled: true },
});

// Its zone on LiveDNS: a snapshot is taken at every change.
const zone = new gandi.LiveDnsDomain("example", { fqdn: domain.fqdn, automaticSnapshots: true });

// One RRset, written out.
new gandi.LiveDnsRecord("shop", { domain: zone.fqdn, name: "bücher", type: "CNAME", ttl: 600, values: ["www"] });

// The rest comes from a zone file.
const { rrsets } = gandi.dns.parseZoneFile(readFileSync(join(__dirname, "example.com.zone"), "utf8"), {
    zone: "example.com",
});
for (const { name, type, ttl, values } of rrsets) {
    new gandi.LiveDnsRecord(`${name} ${type}`, { domain: zone.fqdn, name, type, ttl, values });
}

export const fqdn = domain.fqdn;
export const expires = domain.expiresAt;
