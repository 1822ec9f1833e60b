import type { RRset } from "../../dns/rrset";

/**
 * The records that Gandi puts into a zone when a domain is registered or added to LiveDNS: nobody's, so that declaring
 * `@ A` or `www` for a new domain needs no `adopt`. A record counts only while all its values are Gandi's; one that
 * somebody has touched is theirs.
 *
 * Recorded from zones of 2019 to 2025; the addresses have changed over the years, the names have not.
 */
const FRESH: readonly { name: RegExp; type: string; value: RegExp }[] = [
    { name: /^@$/, type: "A", value: /^217\.70\.184\.\d+$/ },
    { name: /^@$/, type: "AAAA", value: /^2001:4b98:/ },
    { name: /^@$/, type: "MX", value: /^\d+ (spool|fb)\.mail\.gandi\.net\.$/ },
    { name: /^@$/, type: "TXT", value: /^"v=spf1 include:_mailcust\.gandi\.net [?~-]all"$/ },
    { name: /^www$/, type: "CNAME", value: /^webredir\.vip\.gandi\.net\.$/ },
    { name: /^webmail$/, type: "CNAME", value: /^webmail\.gandi\.net\.$/ },
    { name: /^gm\d\._domainkey$/, type: "CNAME", value: /^gm\d\.gandimail\.net\.$/ },
    { name: /^_(imaps?|pop3s?|submissions?)\._tcp$/, type: "SRV", value: /^(0 0 0 \.|\d+ 1 \d+ mail\.gandi\.net\.)$/ },
];

/** Whether nobody would miss an RRset: it is as Gandi made it, or has no values. */
export function isNobodys({ name, type, values, normalValues }: RRset): boolean {
    const candidates = FRESH.filter((fresh) => fresh.type === type && fresh.name.test(name));
    return values.length === 0 || candidates.some(({ value }) => [...normalValues].every((one) => value.test(one)));
}
