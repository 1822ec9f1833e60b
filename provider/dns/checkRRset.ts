import { DnsNameError, DnsValueError, shown } from "./dnsErrors";
import { notationDoubts } from "./notations";
import { ownerDoubt, ownerName } from "./owner";
import { recordTypes } from "./registry";
import { duplicateValues } from "./rrset";
import { isText } from "./text";
import { apiValue, lint, presentation } from "./value";

/** The least `rrset_ttl` of the LiveDNS API document, in seconds. */
export const MIN_TTL = 300;
/** The greatest `rrset_ttl` of the LiveDNS API document, in seconds: 30 days. */
export const MAX_TTL = 2592000;
/** What the API takes where no TTL is given, in seconds. */
export const DEFAULT_TTL = 10800;

/** An RRset as users write it. */
export interface WrittenRRset {
    /** Relative to the zone, `@` for the apex; or absolute, with final dot. */
    readonly name: string;
    /** Upper case. */
    readonly type: string;
    /** Seconds, 300 to 2592000. */
    readonly ttl: number;
    /** TXT and SPF as plain text or in quotes; other types as in a zone file. */
    readonly values: readonly string[];
}

/**
 * All that is wrong with an RRset, each problem with its property, the reason and, where it is plain, the right
 * spelling; empty for a good one. Besides what DNS refuses that is what LiveDNS refuses (TTL, ALIAS and CNAME in the
 * wrong place) and what is legal but surely a mistake (see `lint`).
 * @param rrset what of it is known; what is absent is not judged (without `ttl` the API takes its default); its name as
 * a user writes it: see `ownerName`
 * @param zone the zone's name, with or without final dot
 * @param types the types to allow: `GET /v5/livedns/dns/rrtypes` may know more than `recordTypes`
 */
export function checkRRset(
    rrset: Partial<WrittenRRset>,
    zone: string,
    types: readonly string[] = recordTypes,
): string[] {
    const { name, type, ttl, values } = rrset;
    const wrongTtl = ttl === undefined ? undefined : ttlProblem(ttl);
    return [
        ...(type === undefined ? [] : typeProblems(type, types)),
        ...(wrongTtl === undefined ? [] : [`ttl: ${wrongTtl}`]),
        ...(name === undefined ? [] : nameProblems(name, type, zone)),
        ...(values?.length === 0 ? ["values: empty: to have no records, remove the RRset"] : []),
        ...(values === undefined || type === undefined ? [] : setProblems(type, values, zone)),
    ];
}

function typeProblems(type: string, types: readonly string[]): string[] {
    if (types.includes(type)) return [];
    if (types.includes(type.toUpperCase())) return [`type: ${shown(type)} is written ${shown(type.toUpperCase())}`];
    if (type.toUpperCase() === "SOA") return ["type: LiveDNS keeps the SOA record itself"];
    return [`type: ${shown(type)} is none of ${types.join(", ")}`];
}

/** What is wrong with the TTL of an RRset; undefined for a good one. */
export function ttlProblem(ttl: number): string | undefined {
    if (Number.isInteger(ttl) && ttl >= MIN_TTL && ttl <= MAX_TTL) return undefined;
    const automatic = ttl === 1 ? `: Cloudflare writes 1 for "automatic", which is ${MIN_TTL}` : "";
    return `${ttl} is not a whole number of seconds from ${MIN_TTL} to ${MAX_TTL} (30 days)${automatic}`;
}

function nameProblems(name: string, type: string | undefined, zone: string): string[] {
    let atApex: boolean;
    try {
        const doubt = ownerDoubt(name, zone);
        if (doubt !== undefined) return [`name: ${doubt}`];
        atApex = ownerName(name, zone) === "@";
    } catch (error) {
        if (error instanceof DnsNameError) return [`name: ${error.message}`];
        throw error;
    }
    if (type === "CNAME" && atApex)
        return ['name: a CNAME can\'t stand at the apex "@", beside SOA and NS: use type ALIAS'];
    if (type === "ALIAS" && !atApex) return ['name: LiveDNS has ALIAS only at the apex "@": use type CNAME'];
    if (type === "DS" && atApex) return ["name: the DS of a zone belongs into its parent: use DnssecKey"];
    return [];
}

/** The types that a name has once at most (RFC 1034, section 3.6.2; RFC 6672, section 2.4). */
const SINGLE = new Set(["ALIAS", "CNAME", "DNAME"]);

function setProblems(type: string, values: readonly string[], zone: string): string[] {
    const problems: string[] = [];
    for (const [first, again] of duplicateValues(type, values, zone)) {
        problems.push(`values: ${shown(first)} and ${shown(again)} are the same value: remove one`);
    }
    if (SINGLE.has(type) && values.length > 1) {
        problems.push(`values: a name has one ${type} at most, here are ${values.length}`);
    }
    const normal = values.map((value) => normalOrUndefined(type, value, zone));
    if (type === "MX" && values.length > 1 && normal.some((value) => value?.endsWith(" ."))) {
        problems.push('values: "." says that there is no mail here: it stands alone (RFC 7505)');
    }
    if (type === "TXT" && normal.filter((value) => /^"v=spf1[ "]/i.test(value ?? "")).length > 1) {
        problems.push(
            "values: two SPF policies make SPF fail for all mail (RFC 7208, section 3.2): join them into one",
        );
    }
    const each = values.flatMap((value, index) =>
        valueProblems(type, value, zone).map((problem) => `values[${index}]: ${problem}`),
    );
    return [...problems, ...each];
}

function normalOrUndefined(type: string, value: string, zone: string): string | undefined {
    try {
        return apiValue(type, value, zone);
    } catch (error) {
        if (error instanceof DnsValueError) return undefined;
        throw error;
    }
}

function valueProblems(type: string, value: string, zone: string): string[] {
    try {
        if (value.trim() === "") return [isText(type) ? 'empty: an empty text is written "\\"\\""' : "empty"];
        const suspicions = lint(type, presentation(type, value), zone);
        return [...(isText(type) ? notationDoubts(value) : []), ...suspicions];
    } catch (error) {
        if (error instanceof DnsValueError) return [`${shown(value)}: ${error.reason}`];
        throw error;
    }
}
