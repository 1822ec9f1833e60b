/**
 * Names as the API wants them: owner names relative to their zone, zones without final dot.
 *
 * The name `example.com` inside the zone example.com is the apex where a user writes it, and `example.com.example.com.`
 * where it is relative already: in an answer of the API, a zone file, an id, a key. So there is a reader for each,
 * `ownerName` and `relativeOwner`, and what comes out has a type of its own.
 */
import { DnsNameError, Invalid, shown } from "./dnsErrors";
import { labelsOf, looksAbsolute, originOf, parseName, ROOT, relativeTo } from "./name";

declare const normal: unique symbol;

/** An owner name in normal form, relative to its zone: `@`, `www`, `*.a`, `0/25`; lower case, A-labels. */
export type OwnerName = string & { readonly [normal]: "OwnerName" };

const APEX = "@" as OwnerName;

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
 * The normal owner name of an RRset as a user writes it, relative to its zone: `@`, `www`, `*.a`, `0/25`; lower case,
 * A-labels. The apex has four spellings: `@`, nothing, the zone, and the zone with final dot. A name with final dot is
 * absolute: in the zone example.com `example.com.example.com.` is the name `example.com` below the apex.
 * @throws DnsNameError for a name outside the zone, a `*` that is not the leftmost label (RFC 4592), a label of more
 * than 63 octets, a name of more than 253
 */
export function ownerName(name: string, zone: string): OwnerName {
    return `${name.toLowerCase()}.` === originOfZone(zone) ? APEX : relativeOwner(name, zone);
}

/**
 * The normal form of an owner name that is relative already: out of an answer of the API, of `parseZoneFile`, of an id
 * or of a key. The zone's own name is no spelling of the apex here, it stands below it. Else as `ownerName`.
 * @throws DnsNameError as `ownerName`
 */
export function relativeOwner(name: string, zone: string): OwnerName {
    if (name === "") return APEX;
    const origin = originOfZone(zone);
    const absolute = parsed(name, origin);
    const relative = relativeTo(absolute, origin);
    if (relative === undefined) {
        throw new DnsNameError(name, `not inside the zone ${zone}: a name with final dot is absolute`);
    }
    if (labelsOf(absolute).lastIndexOf("*") > 0) {
        throw new DnsNameError(name, '"*" stands for names only as the leftmost label');
    }
    return relative as OwnerName;
}

/** The same, undefined where the name is none inside the zone: what a strange answer of the API holds must not stop a refresh. */
export function ownerOrUndefined(name: string, zone: string): OwnerName | undefined {
    try {
        return relativeOwner(name, zone);
    } catch (error) {
        if (error instanceof DnsNameError) return undefined;
        throw error;
    }
}

/**
 * How a user writes an owner name, so that `ownerName` reads it back and nobody takes it for another: as it is, but
 * absolute where it ends with the zone's name.
 */
export function spelledOwner(owner: OwnerName, zone: string): string {
    const origin = originOfZone(zone);
    return `.${owner}.`.endsWith(`.${origin}`) ? `${owner}.${origin}` : owner;
}

/**
 * What is doubtful in an owner name as a user writes it, with both readings: `www.example.com` in the zone example.com,
 * `\052` for the wildcard. The zone's own name is the apex, and no doubt. Throws as `ownerName`.
 */
export function ownerDoubt(name: string, zone: string): string | undefined {
    return octalDoubt(name, zone) ?? suffixDoubt(name, zone);
}

/** What nobody writes as a number: letters, digits, hyphens. Their numbers are Route 53's octal ones for other characters. */
const NEEDLESS_ESCAPE = /\\([01][0-7]{2})/g;

/** `\052` for `*`, `0\05725` for `0/25`: as Route 53 shows them. */
function octalDoubt(name: string, zone: string): string | undefined {
    const owner = ownerName(name, zone);
    const octal = name.replace(NEEDLESS_ESCAPE, (whole, digits: string) => {
        const isNeedless = /[a-z\d_-]/i.test(String.fromCharCode(Number(digits)));
        const meant = String.fromCharCode(Number.parseInt(digits, 8));
        return isNeedless && /[!-~]/.test(meant) && !/["().;@\\]/.test(meant) ? meant : whole;
    });
    return octal === name
        ? undefined
        : `${shown(name)} stands for ${shown(owner)}, as numbers behind a backslash are decimal (RFC 1035, section 5.1), and octal for ` +
              `Route 53: write ${shown(octal)}, or ${shown(owner)} if that is meant`;
}

function suffixDoubt(name: string, zone: string): string | undefined {
    const owner = ownerName(name, zone);
    const absolute = spelledOwner(owner, zone);
    if (absolute === owner || !looksAbsolute(name)) return undefined;
    const apex = originOfZone(zone).slice(0, -1);
    const short = owner.slice(0, -apex.length - 1);
    return `${shown(name)} stands for ${absolute.slice(0, -1)}: write ${shown(short)}, or ${shown(absolute)} if that is meant`;
}

/** The whole name of an owner as a user writes it, without final dot: `www` in `example.com` is `www.example.com`. Throws as `ownerName`. */
export function fqdn(name: string, zone: string): string {
    const relative = ownerName(name, zone);
    const apex = originOfZone(zone).slice(0, -1);
    return relative === APEX ? apex : `${relative}.${apex}`;
}

/**
 * The normal form of a name that can be registered, or of a zone: lower case, A-labels, no final dot.
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
