import { DEFAULT_TTL, parseZoneFile, spelledOwner, ZoneFileError } from "../../provider/dns";
import { RRset } from "../../provider/dns/rrset";

/** A zone as a file, and what no zone file can hold. */
export interface ZoneText {
    readonly text: string;
    /** How many RRsets are in it. */
    readonly count: number;
    /** Those that are not. */
    readonly leftOut: readonly RRset[];
}

/**
 * A zone as a master file (RFC 1035 section 5), a record a line, in the API's order and the API's own words. Each RRset is
 * read back before it counts as written: a value that holds a line end, or is of a type that nobody knows, is left out and
 * named. The SOA is left out too, as it is LiveDNS's own; without it a zone that nobody has changed makes the same text.
 */
export function zoneText(zone: string, rrsets: readonly RRset[]): ZoneText {
    const head = `$ORIGIN ${zone}.`;
    const leftOut: RRset[] = [];
    const lines: string[] = [];
    for (const one of rrsets) {
        const rrset = one.withTtl(one.ttl ?? DEFAULT_TTL);
        const { name, ttl, type, values } = rrset;
        const records = values.map((value) => `${spelledOwner(name, zone)} ${ttl} IN ${type} ${value}`);
        if (isReadAs(rrset, [head, ...records].join("\n"))) {
            lines.push(...records);
        } else {
            leftOut.push(one);
        }
    }
    return { text: [head, ...lines, ""].join("\n"), count: rrsets.length - leftOut.length, leftOut };
}

function isReadAs(rrset: RRset, text: string): boolean {
    try {
        const [read, ...others] = parseZoneFile(text, { zone: rrset.zone }).rrsets;
        const again = read && RRset.there(rrset.zone, read.name, read.type, read);
        return again !== undefined && others.length === 0 && again.key === rrset.key && again.equals(rrset);
    } catch (error) {
        if (error instanceof ZoneFileError) return false;
        throw error;
    }
}
