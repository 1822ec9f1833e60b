/** Zones as text: the master file format (RFC 1035, section 5.1; RFC 2308, section 4), with BIND's units of time. */
import { DEFAULT_TTL, type WrittenRRset } from "./checkRRset";
import { Invalid, ZoneFileError, type ZoneFileProblem } from "./dnsErrors";
import { Lexer } from "./lexer";
import { originOf } from "./name";
import { relativeOwner, spelledOwner } from "./owner";
import type { Soa } from "./soa";
import { apiValue } from "./value";
import { type Remark, ZoneReader } from "./zoneReader";

/** How {@link parseZoneFile} reads. */
export interface ZoneFileOptions {
    /** The zone's name, with or without final dot: the first `$ORIGIN`. All owners must be inside. */
    readonly zone: string;
    /** Seconds, for records before which the file gives no TTL at all, and no SOA. Default 10800, as the API's. */
    readonly defaultTtl?: number;
}

/** What a zone file holds. */
export interface ZoneFile {
    /**
     * In the order of the file; names, types and values in normal form. Without the SOA. The names are relative already:
     * a resource or `fqdn` is given `spelledOwner(name, zone)`, as the zone's own name is the apex there.
     */
    readonly rrsets: WrittenRRset[];
    /** The SOA, where the file has one. */
    readonly soa?: Soa;
    /**
     * Whatever deserves a word, in the order of the file: `doubts`, and what is only untidy, or lost without harm to any
     * record (an SOA in the wrong place, two TTLs in one RRset, what a comment told the former provider).
     */
    readonly warnings: ZoneFileProblem[];
    /**
     * Those of `warnings` that are legal but surely mistakes (see `lint`): names and texts that don't say what they seem
     * to, and NS at the apex none of which is LiveDNS's. A LiveDnsZone refuses them; each names a spelling that says it
     * without doubt.
     */
    readonly doubts: ZoneFileProblem[];
}

const MAX_PROBLEMS = 20;

/**
 * Reads a zone file: `$ORIGIN`, `$TTL`, comments, parentheses, escapes, relative names, omitted owners, classes and
 * TTLs, `TYPE257` and `\#`. `$INCLUDE` and `$GENERATE` are refused, as is every class but IN, and what LiveDNS has no
 * record for. A record that stands there twice counts once, the lowest of several TTLs in an RRset counts (RFC 2181,
 * section 5.2), an SOA that does not stand at the apex is passed over, strings of more than 255 octets are cut into
 * pieces. Takes time and memory linear in the text.
 * @throws ZoneFileError with the line and column of each problem
 * @throws DnsNameError where the zone is no domain name
 */
export function parseZoneFile(text: string, { zone, defaultTtl = DEFAULT_TTL }: ZoneFileOptions): ZoneFile {
    // A file of line ends without line feeds would be one line, and its first comment all the rest.
    const lines = text.replace(/\r(?!\n)/g, "\n");
    const lexer = new Lexer(lines);
    const reader = new ZoneReader(zone, defaultTtl, lines);
    const problems: Place[] = [];
    while (problems.length < MAX_PROBLEMS) {
        try {
            const line = lexer.line();
            if (!line) break;
            if (line.tokens.length > 0) reader.read(line);
        } catch (error) {
            if (!(error instanceof Invalid)) throw error;
            problems.push(error);
        }
    }
    if (problems.length > 0) throw new ZoneFileError(placed(lines, problems));
    const { remarks, ...result } = reader.result();
    const doubts = remarks.filter(({ isDoubt }) => isDoubt);
    return { ...result, warnings: placed(lines, remarks), doubts: placed(lines, doubts) };
}

type Place = Pick<Remark, "offset" | "reason">;

/** Lines and columns for offsets, in one pass over the text: the remarks are in its order. */
function placed(text: string, remarks: readonly Place[]): ZoneFileProblem[] {
    let line = 1;
    let start = 0;
    return remarks.map(({ offset, reason }) => {
        for (let end = text.indexOf("\n", start); end >= 0 && end < offset; end = text.indexOf("\n", start)) {
            line++;
            start = end + 1;
        }
        return { line, column: Math.max(offset - start, 0) + 1, reason };
    });
}

/**
 * The RRsets as a zone file, one record a line: `www 300 IN A 192.0.2.1`, below an `$ORIGIN`. `parseZoneFile` reads
 * it back. ALIAS records stand in it too, though only LiveDNS knows them.
 * @param rrsets as `parseZoneFile` gives them, or written like that: their names are relative already (see
 * `relativeOwner`)
 * @param zone the zone's name, with or without final dot
 * @throws DnsValueError where DNS does not accept a value, DnsNameError for an owner name
 */
export function toZoneFile(rrsets: readonly WrittenRRset[], zone: string): string {
    const records = rrsets.flatMap(({ name, type, ttl, values }) => {
        const owner = spelledOwner(relativeOwner(name, zone), zone);
        return values.map((value) => `${owner} ${ttl} IN ${type} ${apiValue(type, value, zone)}`);
    });
    return [`$ORIGIN ${originOf(zone)}`, ...records, ""].join("\n");
}
