import type { RRset as ApiRRset } from "../../provider/api/records";
import { DEFAULT_TTL, parseZoneFile, spelledOwner, ZoneFileError } from "../../provider/dns";
import { RRset } from "../../provider/dns/rrset";
import { fromApi } from "../../provider/resources/zone/rrsets";
import { countOf } from "./zoneOf";

/** A zone as a file, and what no zone file can hold. */
export interface ZoneText {
    readonly text: string;
    /** How many RRsets are in it. */
    readonly count: number;
    /** Those that are not, as the API shows them. */
    readonly leftOut: readonly ApiRRset[];
}

/**
 * A zone as a master file (RFC 1035 section 5), a record a line, in the API's order and the API's own words. Each RRset is
 * read back before it counts as written: a value that holds a line end, or is of a type that nobody knows, is left out and
 * named. The SOA is left out too, as it is LiveDNS's own; without it a zone that nobody has changed makes the same text.
 */
export function zoneText(zone: string, rrsets: readonly ApiRRset[]): ZoneText {
    const head = `$ORIGIN ${zone}.`;
    const leftOut: ApiRRset[] = [];
    const lines: string[] = [];
    for (const one of rrsets) {
        const rrset = fromApi(one, zone).withTtl(one.rrset_ttl ?? DEFAULT_TTL);
        const { name, ttl, type, values } = rrset;
        const records = values.map((value) => `${spelledOwner(name, zone)} ${ttl} IN ${type} ${value}`);
        if (isReadAs(rrset, [head, ...records].join("\n"))) {
            lines.push(...records);
        } else {
            leftOut.push(one);
        }
    }
    const count = rrsets.length - leftOut.length;
    const title = `; ${zone} as it was at Gandi: ${countOf(count)}, without the SOA`;
    return { text: [title, head, ...lines, ""].join("\n"), count, leftOut };
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
