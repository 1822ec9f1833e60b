/** Record values from their parts. The values are presentation text; what they hold is checked where they are used. */
import { quote, quoteInPieces } from "./characterString";
import { DnsValueError } from "./dnsErrors";

/** The value of a TXT record with any text: quoted, escaped, in pieces of 255 octets of UTF-8. */
export function txt(text: string): string {
    return quoteInPieces(Buffer.from(text, "utf8"));
}

/**
 * The value of an MX record (RFC 1035, section 3.3.9).
 * @param preference 0 to 65535, the lowest is tried first
 * @param exchange absolute with final dot, or a name inside the zone
 */
export function mx(preference: number, exchange: string): string {
    return `${preference} ${exchange}`;
}

/** The value of an SRV record (RFC 2782). The numbers are from 0 to 65535; `target` as the exchange of `mx`. */
export function srv(priority: number, weight: number, port: number, target: string): string {
    return `${priority} ${weight} ${port} ${target}`;
}

/**
 * The value of a CAA record (RFC 8659).
 * @param tag `issue`, `issuewild`, `iodef`, …
 * @param value for `issue` the authority's domain with its parameters, `;` for nobody; for `iodef` a URL
 * @param options `critical`: an authority that does not know the tag must not issue (default false)
 */
export function caa(tag: string, value: string, { critical = false }: { readonly critical?: boolean } = {}): string {
    return `${critical ? 128 : 0} ${tag} ${quote(Buffer.from(value, "utf8"))}`;
}

/** The value of an SSHFP record (RFC 4255): the numbers of algorithm and fingerprint type, and hexadecimal digits. */
export function sshfp(algorithm: number, fingerprintType: number, fingerprint: string): string {
    return `${algorithm} ${fingerprintType} ${fingerprint}`;
}

/** The value of a TLSA record (RFC 6698): the numbers of usage, selector and matching type, and hexadecimal digits. */
export function tlsa(usage: number, selector: number, matchingType: number, data: string): string {
    return `${usage} ${selector} ${matchingType} ${data}`;
}

/** The terms that make a receiver ask DNS (RFC 7208, section 4.6.4). */
const ASKS_DNS = /^[+\-~?]?(?:include:|a(?:[:/]|$)|mx(?:[:/]|$)|ptr(?::|$)|exists:|redirect=)/i;
const MAX_LOOKUPS = 10;

/**
 * The TXT value of an SPF policy (RFC 7208).
 * @param terms `mx`, `include:_spf.example.net`, `-all`, …, without `v=spf1`
 * @throws DnsValueError where a term is no single term, stands behind `all`, or is the eleventh to need a look-up
 */
export function spf(terms: readonly string[]): string {
    const text = ["v=spf1", ...terms].join(" ");
    const refuse = (reason: string) => new DnsValueError("TXT", text, reason);
    const odd = terms.find((term) => !/^[!-~]+$/.test(term) || term.toLowerCase() === "v=spf1");
    if (odd !== undefined) throw refuse(`${JSON.stringify(odd)} is not one term of SPF`);
    const all = terms.findIndex((term) => /^[+\-~?]?all$/i.test(term));
    if (all >= 0 && terms.slice(all + 1).some((term) => !/^[a-z][\w.-]*=/i.test(term))) {
        throw refuse("what stands behind all is never looked at");
    }
    const lookups = terms.filter((term) => ASKS_DNS.test(term)).length;
    if (lookups > MAX_LOOKUPS)
        throw refuse(`${lookups} terms need a look-up: ${MAX_LOOKUPS} may (RFC 7208, section 4.6.4)`);
    return txt(text);
}

/** A DMARC policy (RFC 7489, section 6.3). What is absent has the default there. */
export interface DmarcPolicy {
    /** What receivers do with mail that fails. */
    readonly policy: "none" | "quarantine" | "reject";
    /** For subdomains; default as `policy`. */
    readonly subdomainPolicy?: "none" | "quarantine" | "reject";
    /** Share of the mail that the policy is for, 0 to 100; default 100. */
    readonly percent?: number;
    /** Where aggregate reports go: mail addresses, or URLs. Default: nowhere. */
    readonly aggregateReports?: readonly string[];
    /** Where failure reports go: mail addresses, or URLs. Default: nowhere. */
    readonly failureReports?: readonly string[];
    /** Whether the domain of DKIM may be a parent of the sender's (`relaxed`) or not. Default: `relaxed`. */
    readonly dkimAlignment?: "relaxed" | "strict";
    /** Whether the domain of SPF may be a parent of the sender's (`relaxed`) or not. Default: `relaxed`. */
    readonly spfAlignment?: "relaxed" | "strict";
}

/** The TXT value of a DMARC policy, for the name `_dmarc` (RFC 7489). */
export function dmarc(options: DmarcPolicy): string {
    const tags: [tag: string, value: string | number | undefined][] = [
        ["v", "DMARC1"],
        ["p", options.policy],
        ["sp", options.subdomainPolicy],
        ["pct", options.percent],
        ["rua", options.aggregateReports?.map(reportUrl).join(",")],
        ["ruf", options.failureReports?.map(reportUrl).join(",")],
        ["adkim", options.dkimAlignment?.charAt(0)],
        ["aspf", options.spfAlignment?.charAt(0)],
    ];
    return txt(
        tags
            .filter(([, value]) => value !== undefined && value !== "")
            .map(([tag, value]) => `${tag}=${value}`)
            .join("; "),
    );
}

/** `,` and `!` end a URL in DMARC (RFC 7489, section 6.2). */
function reportUrl(address: string): string {
    const url = /^[a-z][a-z\d+.-]*:/i.test(address) ? address : `mailto:${address}`;
    return url.replaceAll(",", "%2C").replaceAll("!", "%21");
}

/** Parameters of an HTTPS record (RFC 9460, section 7). */
export interface HttpsParameters {
    /** Protocols, the preferred one first: `["h3", "h2"]`. Default: HTTP/1.1 alone. */
    readonly alpn?: readonly string[];
    /** 0 to 65535. Default: 443. */
    readonly port?: number;
    /** IPv4 addresses of the target. */
    readonly ipv4hint?: readonly string[];
    /** IPv6 addresses of the target. */
    readonly ipv6hint?: readonly string[];
    /** The configuration of Encrypted Client Hello, in Base64. */
    readonly ech?: string;
}

/**
 * The value of an HTTPS record (RFC 9460).
 * @param priority 0 for an alias, which has no parameters; else the lowest is tried first
 * @param target absolute with final dot, or a name inside the zone; `.` for the owner itself
 */
export function https(priority: number, target: string, parameters: HttpsParameters = {}): string {
    const { alpn, port, ipv4hint, ipv6hint, ech } = parameters;
    const lists = { alpn: alpn?.map((id) => id.replace(/[\\,]/g, "\\$&")), ipv4hint, ipv6hint };
    const words = Object.entries(lists)
        .filter(([, list]) => list !== undefined)
        .map(([key, list]) => `${key}=${quote(Buffer.from(list!.join(","), "utf8"))}`);
    if (port !== undefined) words.push(`port=${port}`);
    if (ech !== undefined) words.push(`ech=${ech}`);
    return [priority, target, ...words].join(" ");
}
