/** Zones as text: the master file format (RFC 1035, section 5.1; RFC 2308, section 4), with BIND's units of time. */
import { DEFAULT_TTL, type RRset } from "./checkRRset";
import { DnsNameError, Invalid, shown, ZoneFileError, type ZoneFileProblem } from "./errors";
import { Fields } from "./fields";
import { typeOf } from "./generic";
import { Lexer, type Line, type Token } from "./lexer";
import { originOf, parseName } from "./name";
import { type OwnerName, ownerName, relativeOwner, spelledOwner } from "./owner";
import { isRecordType, recordTypes } from "./registry";
import { parseTtl } from "./ttl";
import { apiValue, readValue } from "./value";

/** The start of authority, which LiveDNS keeps itself. Times in seconds. */
export interface Soa {
    /** Seconds, 0 to 2147483647. */
    readonly ttl: number;
    /** Absolute, with final dot. */
    readonly primary: string;
    /** A mail address with a dot for its `@`, with final dot. */
    readonly mailbox: string;
    /** 0 to 4294967295. */
    readonly serial: number;
    /** Seconds. */
    readonly refresh: number;
    /** Seconds. */
    readonly retry: number;
    /** Seconds. */
    readonly expire: number;
    /** Seconds; the TTL of negative answers (RFC 2308). */
    readonly minimum: number;
}

/** How {@link parseZoneFile} reads. */
export interface ZoneFileOptions {
    /** The zone's name, with or without final dot: the first `$ORIGIN`. All owners must be inside. */
    readonly zone: string;
    /** Seconds, for records before which the file gives no TTL at all. Default 10800, as the API's. */
    readonly defaultTtl?: number;
}

/** What a zone file holds. */
export interface ZoneFile {
    /** In the order of the file; names, types and values in normal form. Without the SOA. */
    readonly rrsets: RRset[];
    /** The SOA, where the file has one. */
    readonly soa?: Soa;
    /** What is legal but surely a mistake: see `lint`. */
    readonly warnings: ZoneFileProblem[];
}

const MAX_PROBLEMS = 20;
const MAX_SERIAL = 2 ** 32 - 1;

/** What LiveDNS signs and makes itself. */
const SIGNING_TYPES = new Set(["CDNSKEY", "DNSKEY", "NSEC", "NSEC3", "NSEC3PARAM", "RRSIG"]);

/**
 * Reads a zone file: `$ORIGIN`, `$TTL`, comments, parentheses, escapes, relative names, omitted owners, classes and
 * TTLs, `TYPE257` and `\#`. `$INCLUDE` and `$GENERATE` are refused, as is every class but IN. A record that stands
 * there twice counts once. Takes time and memory linear in the text.
 *
 * @throws ZoneFileError with the line and column of each problem
 * @throws DnsNameError where the zone is no domain name
 */
export function parseZoneFile(text: string, { zone, defaultTtl = DEFAULT_TTL }: ZoneFileOptions): ZoneFile {
    const lexer = new Lexer(text);
    const reader = new ZoneReader(zone, defaultTtl);
    const problems: Doubt[] = [];
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
    if (problems.length > 0) throw new ZoneFileError(placed(text, problems));
    return { ...reader.result(), warnings: placed(text, reader.doubts) };
}

interface Doubt {
    readonly offset: number;
    readonly reason: string;
}

/** Lines and columns for offsets, in one pass; doubts come in the order of the file. */
function placed(text: string, doubts: readonly Doubt[]): ZoneFileProblem[] {
    let line = 1;
    let start = 0;
    return doubts.map(({ offset, reason }) => {
        for (let end = text.indexOf("\n", start); end >= 0 && end < offset; end = text.indexOf("\n", start)) {
            line++;
            start = end + 1;
        }
        return { line, column: Math.max(offset - start, 0) + 1, reason };
    });
}

class ZoneReader {
    readonly doubts: Doubt[] = [];
    private readonly rrsets = new Map<string, { name: string; type: string; ttl: number; values: Set<string> }>();
    private soa: Soa | undefined;
    private origin: string;
    private owner: OwnerName | undefined;
    private defaultTtl: number | undefined;
    private lastTtl: number | undefined;

    constructor(
        private readonly zone: string,
        private readonly fallbackTtl: number,
    ) {
        ownerName("@", zone);
        this.origin = originOf(zone);
    }

    result(): Omit<ZoneFile, "warnings"> {
        const rrsets = [...this.rrsets.values()].map((rrset) => ({ ...rrset, values: [...rrset.values] }));
        return { rrsets, ...(this.soa && { soa: this.soa }) };
    }

    read(line: Line): void {
        const [first] = line.tokens;
        if (!line.indented && !first!.quoted && first!.text.startsWith("$")) this.readDirective(line);
        else this.readRecord(line);
    }

    private readDirective({ tokens }: Line): void {
        const [directive, argument, extra] = tokens;
        const name = directive!.text.toUpperCase();
        if (name !== "$ORIGIN" && name !== "$TTL") {
            throw new Invalid(`${name} is not supported: write the records themselves`, directive!.offset);
        }
        if (!argument || argument.quoted) throw new Invalid(`${name} needs a value`, directive!.offset);
        if (extra) throw new Invalid(`${name} has one value`, extra.offset);
        if (name === "$TTL") this.defaultTtl = parseTtl(argument.text, argument.offset);
        else this.origin = this.absolute(argument);
    }

    private absolute({ text, offset }: Token): string {
        try {
            return parseName(text, this.origin);
        } catch (error) {
            if (error instanceof Invalid) throw new Invalid(`${shown(text)}: ${error.reason}`, offset);
            throw error;
        }
    }

    private readOwner(token: Token): OwnerName {
        try {
            return relativeOwner(this.absolute(token), this.zone);
        } catch (error) {
            if (error instanceof DnsNameError) throw new Invalid(error.message, token.offset);
            throw error;
        }
    }

    private readRecord({ tokens, indented }: Line): void {
        let at = 0;
        if (!indented) this.owner = this.readOwner(tokens[at++]!);
        if (this.owner === undefined) throw new Invalid("the first record has no owner name", tokens[0]!.offset);
        let ttl: number | undefined;
        let classGiven = false;
        let type: Token | undefined;
        for (; type === undefined; at++) {
            const token = tokens[at];
            if (!token) throw new Invalid("the record has no type", tokens.at(-1)!.offset);
            if (ttl === undefined && /^\d/.test(token.text)) ttl = parseTtl(token.text, token.offset);
            else if (!classGiven && isClass(token)) classGiven = true;
            else type = token;
        }
        if (ttl !== undefined) this.lastTtl = ttl;
        ttl ??= this.defaultTtl ?? this.lastTtl ?? this.fallbackTtl;
        const rdata: Line = { tokens: tokens.slice(at), indented, offset: type.offset, comment: undefined };
        this.add(this.owner, type, ttl, rdata);
    }

    private add(owner: string, typeToken: Token, ttl: number, rdata: Line): void {
        const type = typeOf(typeToken.text);
        if (type === "SOA") {
            this.addSoa(owner, typeToken, readSoa(rdata, this.origin, ttl));
            return;
        }
        if (SIGNING_TYPES.has(type)) {
            throw new Invalid(`LiveDNS signs the zone itself: remove the ${type} records`, typeToken.offset);
        }
        if (!isRecordType(type)) {
            const reason = `${shown(typeToken.text)} is none of the types ${recordTypes.join(", ")}`;
            throw new Invalid(reason, typeToken.offset);
        }
        if (rdata.tokens.length === 0) throw new Invalid(`the ${type} record has no value`, typeToken.offset);
        const { text, suspicions } = readValue(type, rdata, this.origin);
        for (const reason of suspicions) this.doubts.push({ offset: rdata.tokens[0]!.offset, reason });
        const key = `${owner} ${type}`;
        const rrset = this.rrsets.get(key);
        if (!rrset) {
            this.rrsets.set(key, { name: owner, type, ttl, values: new Set([text]) });
        } else if (rrset.ttl !== ttl) {
            const reason = `${key} has a TTL of ${rrset.ttl} above and of ${ttl} here: an RRset has one (RFC 2181)`;
            throw new Invalid(reason, typeToken.offset);
        } else {
            rrset.values.add(text);
        }
    }

    /** A zone transfer ends with the SOA that it starts with. */
    private addSoa(owner: string, token: Token, soa: Soa): void {
        if (owner !== "@") throw new Invalid("an SOA stands at the apex only", token.offset);
        if (this.soa && this.soa.serial !== soa.serial) throw new Invalid("a second SOA", token.offset);
        this.soa ??= soa;
    }
}

function isClass({ text, offset }: Token): boolean {
    const name = text.toUpperCase();
    if (["CH", "CS", "HS"].includes(name)) throw new Invalid(`class ${name} is not supported: only IN is`, offset);
    return name === "IN" || name === "CLASS1";
}

function readSoa(rdata: Line, origin: string, ttl: number): Soa {
    const fields = new Fields(rdata, origin, "ns1.gandi.net. hostmaster.gandi.net. 1 10800 3600 604800 10800");
    const time = (what: string) => parseTtl(fields.word(what), fields.offset);
    const soa = {
        ttl,
        primary: fields.name("the primary server"),
        mailbox: fields.name("the mailbox"),
        serial: fields.integer("the serial", MAX_SERIAL),
        refresh: time("the refresh time"),
        retry: time("the retry time"),
        expire: time("the expire time"),
        minimum: time("the minimum time"),
    };
    fields.end();
    return soa;
}

/**
 * The RRsets as a zone file, one record a line: `www 300 IN A 192.0.2.1`, below an `$ORIGIN`. `parseZoneFile` reads
 * it back. ALIAS records stand in it too, though only LiveDNS knows them.
 *
 * @param rrsets as `parseZoneFile` gives them, or written like that: their names are relative already (see
 * `relativeOwner`)
 * @param zone the zone's name, with or without final dot
 * @throws DnsValueError where DNS does not accept a value, DnsNameError for an owner name
 */
export function toZoneFile(rrsets: readonly RRset[], zone: string): string {
    const records = rrsets.flatMap(({ name, type, ttl, values }) => {
        const owner = spelledOwner(relativeOwner(name, zone), zone);
        return values.map((value) => `${owner} ${ttl} IN ${type} ${apiValue(type, value, zone)}`);
    });
    return [`$ORIGIN ${originOf(zone)}`, ...records, ""].join("\n");
}
