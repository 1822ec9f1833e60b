/** Names as the API wants them: owner names relative to their zone, zones without final dot. */
import { DnsNameError, Invalid, shown } from "./errors";
import { labelsOf, originOf, parseName, ROOT, relativeTo } from "./name";

function parsed(text: string, origin: string): string {
    const [, host] = /^[a-z][a-z\d+.-]*:\/\/([^/:]+)/i.exec(text) ?? [];
    if (host !== undefined) throw new DnsNameError(text, `a URL, not a name: write ${shown(host)}`);
    if (/[\s"();]|.@|@./.test(text)) {
        throw new DnsNameError(text, "white space, quotes, parentheses, ; and @ have no place in a name");
    }
    try {
        return parseName(text, origin);
    } catch (error) {
        if (error instanceof Invalid) throw new DnsNameError(text, error.reason);
        throw error;
    }
}

function originOfZone(zone: string): string {
    try {
        return originOf(zone);
    } catch (error) {
        if (error instanceof Invalid) throw new DnsNameError(zone, error.reason);
        throw error;
    }
}

/**
 * The normal owner name of an RRset, relative to its zone: `@`, `www`, `*.a`, `0/25`; lower case, A-labels.
 * The apex has four spellings: `@`, nothing, the zone, and the zone with final dot. A name with final dot is absolute.
 *
 * @throws DnsNameError for a name outside the zone, a `*` that is not the leftmost label (RFC 4592), a label of more
 * than 63 octets, a name of more than 253
 */
export function ownerName(name: string, zone: string): string {
    const origin = originOfZone(zone);
    if (name === "" || `${name.toLowerCase()}.` === origin) return "@";
    const absolute = parsed(name, origin);
    const relative = relativeTo(absolute, origin);
    if (relative === undefined) {
        throw new DnsNameError(name, `not inside the zone ${zone}: a name with final dot is absolute`);
    }
    if (labelsOf(absolute).lastIndexOf("*") > 0) {
        throw new DnsNameError(name, '"*" stands for names only as the leftmost label');
    }
    return relative;
}

/** The whole name of an owner, without final dot: `www` in `example.com` is `www.example.com`. Throws as `ownerName`. */
export function fqdn(name: string, zone: string): string {
    const relative = ownerName(name, zone);
    const apex = originOfZone(zone).slice(0, -1);
    return relative === "@" ? apex : `${relative}.${apex}`;
}

/**
 * The normal form of a name that can be registered, or of a zone: lower case, A-labels, no final dot.
 *
 * @throws DnsNameError for anything but two or more labels of letters, digits and inner hyphens (RFC 1123, section 2.1)
 */
export function domainName(text: string): string {
    if (text.trim() === "") throw new DnsNameError(text, "the domain name is empty");
    const labels = labelsOf(parsed(text, ROOT));
    const odd = labels.find((label) => !/^[a-z\d](?:[a-z\d-]*[a-z\d])?$/.test(label));
    if (odd !== undefined) {
        throw new DnsNameError(text, `the label ${shown(odd)} may have letters, digits and inner hyphens only`);
    }
    if (labels.length < 2) throw new DnsNameError(text, 'a domain name has two labels at least, like "example.com"');
    if (/^\d+$/.test(labels.at(-1)!)) throw new DnsNameError(text, "an IP address, not a domain name");
    return labels.join(".");
}
