import { isIP, isIPv4, isIPv6 } from "node:net";
import type { RRset } from "../state/model";

/**
 * What LiveDNS accepts as the value of a record. These rules are the sandbox's own reading of the API and of the RFCs: they
 * are kept apart from the provider's, so that the two can disagree.
 */

/** `livedns/dns/rrtypes`; HTTPS and SVCB are newer than the document, which warns that its list might be outdated. */
export const RECORD_TYPES = [
    "A",
    "AAAA",
    "ALIAS",
    "CAA",
    "CDS",
    "CNAME",
    "DNAME",
    "DS",
    "HTTPS",
    "KEY",
    "LOC",
    "MX",
    "NAPTR",
    "NS",
    "OPENPGPKEY",
    "PTR",
    "RP",
    "SPF",
    "SRV",
    "SSHFP",
    "SVCB",
    "TLSA",
    "TXT",
    "WKS",
] as const;

/** What is wrong with a value of an RRset, or undefined. */
type Rule = (value: string, rrset: RRset) => string | undefined;

const LABEL = /^[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?$/;
const INTEGER_16 = /^\d{1,5}$/;

export function isHostName(value: string): boolean {
    const name = value.endsWith(".") ? value.slice(0, -1) : value;
    return name.length <= 253 && name.split(".").every((label) => label.length <= 63 && LABEL.test(label));
}

/** A target is stored as it is sent: with a final dot it is absolute, without one relative to the zone. */
function isTarget(value: string): boolean {
    return value === "@" || isHostName(value);
}

const ipv4: Rule = (value) => (isIPv4(value) ? undefined : `'${value}': must be an IP address (param: {'version': 4})`);

const ipv6: Rule = (value) =>
    isIPv6(value) && !value.includes("%") ? undefined : `'${value}': must be an IP address (param: {'version': 6})`;

/** Recorded of NS, with each value in an entry of its own. Guess: other types with a target refuse an address so, too. */
const target: Rule = (value, rrset) => {
    if (isIP(value.replace(/\.$/, "")) !== 0) {
        return `'${value}': invalid hostname (param: ${asPython(rrset)})`;
    }
    return isTarget(value) ? undefined : "invalid hostname";
};

/** The RRset as the server's own language prints it. */
function asPython({ name, type, ttl, values }: RRset): string {
    const list = values.map((value) => `u'${value}'`).join(", ");
    return `{'rrset_type': u'${type}', 'rrset_ttl': ${ttl}, 'rrset_name': u'${name}', 'rrset_values': [${list}]}`;
}

/** Whole numbers of 16 bits, then a host name, which may be the root: `0 .` is the null MX of RFC 7505. */
function numbersThenTarget(count: number): Rule {
    return (value, rrset) => {
        const words = value.trim().split(/\s+/);
        const host = words.pop() ?? "";
        if (words.length !== count || !words.every((word) => INTEGER_16.test(word) && Number(word) <= 0xffff)) {
            return `'${value}': expected ${count} number(s) and a hostname`;
        }
        return host === "." ? undefined : target(host, rrset);
    };
}

function matching(pattern: RegExp, what: string): Rule {
    return (value) => (pattern.test(value) ? undefined : `'${value}': invalid ${what} record`);
}

const SEGMENT = /"((?:[^"\\]|\\\d{3}|\\[^\d])*)"/y;

/** The octets of a character string in presentation form, RFC 1035 section 5.1. */
function octets(segment: string): number {
    return Buffer.byteLength(segment.replace(/\\\d{3}|\\./gu, "x"));
}

/** Octets of a character string, RFC 1035 section 3.3. */
const LONGEST_STRING = 255;

/** Guess: a quoted character string that is too long is refused; the server does not cut it. */
const characterStrings: Rule = (value) => {
    let position = 0;
    while (position < value.length) {
        SEGMENT.lastIndex = position;
        const match = SEGMENT.exec(value);
        if (!match) {
            return `'${value}': unbalanced quotes`;
        }
        if (octets(match[1] ?? "") > LONGEST_STRING) {
            return "a character string is longer than 255 characters";
        }
        position = SEGMENT.lastIndex;
        const space = /^\s+/.exec(value.slice(position));
        if (space) {
            position += space[0].length;
        } else if (position < value.length) {
            return `'${value}': unbalanced quotes`;
        }
    }
    return value === "" ? "Required" : undefined;
};

const twoTargets: Rule = (value) => {
    const words = value.trim().split(/\s+/);
    return words.length === 2 && words.every((word) => word === "." || isTarget(word)) ? undefined : "invalid hostname";
};

const QUOTED_OR_WORD = String.raw`(?:"(?:[^"\\]|\\.)*"|[^\s"]+)`;

const service: Rule = (value) => {
    const [priority, host, ...parameters] = value.trim().split(/\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/);
    const fine =
        INTEGER_16.test(priority ?? "") &&
        (host === "." || isTarget(host ?? "")) &&
        parameters.every((parameter) => /^[a-z0-9-]+(=.*)?$/.test(parameter));
    return fine ? undefined : `'${value}': invalid service binding`;
};

const RULES: Record<string, Rule> = {
    A: ipv4,
    AAAA: ipv6,
    ALIAS: target,
    CAA: matching(new RegExp(String.raw`^\d{1,3}\s+[A-Za-z0-9]+\s+${QUOTED_OR_WORD}$`), "CAA"),
    CDS: matching(/^\d+\s+\d+\s+\d+\s+[0-9A-Fa-f\s]+$/, "CDS"),
    CNAME: target,
    DNAME: target,
    DS: matching(/^\d+\s+\d+\s+\d+\s+[0-9A-Fa-f\s]+$/, "DS"),
    HTTPS: service,
    KEY: matching(/^\d+\s+\d+\s+\d+\s+[A-Za-z0-9+/=\s]+$/, "KEY"),
    LOC: matching(
        /^\d+(\s+\d+(\s+\d+(\.\d+)?)?)?\s+[NS]\s+\d+(\s+\d+(\s+\d+(\.\d+)?)?)?\s+[EW]\s+-?\d+(\.\d+)?m?(\s+\d+(\.\d+)?m?){0,3}$/,
        "LOC",
    ),
    MX: numbersThenTarget(1),
    NAPTR: matching(
        new RegExp(String.raw`^\d+\s+\d+\s+${QUOTED_OR_WORD}\s+${QUOTED_OR_WORD}\s+${QUOTED_OR_WORD}\s+\S+$`),
        "NAPTR",
    ),
    NS: target,
    OPENPGPKEY: matching(/^[A-Za-z0-9+/=\s]+$/, "OPENPGPKEY"),
    PTR: target,
    RP: twoTargets,
    SPF: characterStrings,
    SRV: numbersThenTarget(3),
    SSHFP: matching(/^\d+\s+\d+\s+[0-9A-Fa-f\s]+$/, "SSHFP"),
    SVCB: service,
    TLSA: matching(/^\d+\s+\d+\s+\d+\s+[0-9A-Fa-f\s]+$/, "TLSA"),
    TXT: characterStrings,
    WKS: matching(/^\d+(\.\d+){3}\s+\S+\s+\S.*$/, "WKS"),
};

/** What is wrong with one value of an RRset, or undefined. */
export function rdataProblem(rrset: RRset, value: string): string | undefined {
    return RULES[rrset.type]?.(value, rrset);
}

/**
 * The spelling that the server stores: it puts quotes round unquoted text (recorded in 2020) and keeps everything else.
 * Guess: quotes and backslashes inside unquoted text are escaped, and it is cut into strings of 255 octets. Public clients
 * send long keys unquoted.
 */
export function stored(type: string, value: string): string {
    if ((type !== "TXT" && type !== "SPF") || value.startsWith('"') || value === "") {
        return value;
    }
    const strings = [""];
    let length = 0;
    for (const character of value) {
        length += Buffer.byteLength(character);
        if (length > LONGEST_STRING) {
            strings.push("");
            length = Buffer.byteLength(character);
        }
        strings.push(strings.pop() + character.replace(/[\\"]/, "\\$&"));
    }
    return strings.map((string) => `"${string}"`).join(" ");
}
