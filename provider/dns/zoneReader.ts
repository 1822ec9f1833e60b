import { strangeServers } from "./apexServers";
import { MAX_CHARACTER_STRING, octetsOf, quoteInPieces } from "./characterString";
import type { WrittenRRset } from "./checkRRset";
import { cutSuspicion, lostInstruction } from "./comments";
import { DnsNameError, Invalid, shown } from "./dnsErrors";
import { typeOf } from "./generic";
import { type Line, lexValue, type Token } from "./lexer";
import { originOf, parseName, ROOT } from "./name";
import { type OwnerName, ownerName, relativeOwner } from "./owner";
import { isRecordType, recordTypes } from "./registry";
import { parseTtl, readSoa, type Soa } from "./soa";
import { isText } from "./text";
import { readValue } from "./value";

/** What deserves a word though the file can be read. */
export interface Remark {
    readonly offset: number;
    readonly reason: string;
    /** Whether it is surely a mistake, not just untidy. */
    readonly isDoubt: boolean;
}

/** What LiveDNS signs and makes itself. */
const SIGNING_TYPES = new Set(["CDNSKEY", "DNSKEY", "NSEC", "NSEC3", "NSEC3PARAM", "RRSIG"]);

/** What some hosts have beside DNS, by the word that stands for the type. */
const HOSTS_OWN: Readonly<Record<string, string>> = {
    ANAME: "write type ALIAS at the apex, CNAME elsewhere",
    AWS: "it is an alias of Route 53: write the records that it stands for, or ALIAS at the apex",
};

const APEX = "@" as OwnerName;

interface Growing {
    readonly name: OwnerName;
    readonly type: string;
    ttl: number;
    readonly values: Set<string>;
}

/** Takes the lines of a zone file, one after the other. */
export class ZoneReader {
    private readonly remarks: Remark[] = [];
    private readonly rrsets = new Map<string, Growing>();
    private soa: Soa | undefined;
    private apexNs: number | undefined;
    private origin: string;
    private owner: OwnerName | undefined;
    private defaultTtl: number | undefined;
    private lastTtl: number | undefined;

    /** @param text that the offsets of the lines are in */
    constructor(
        private readonly zone: string,
        private readonly fallbackTtl: number,
        private readonly text: string,
    ) {
        ownerName("@", zone);
        this.origin = originOf(zone);
    }

    result(): { rrsets: WrittenRRset[]; soa?: Soa; remarks: Remark[] } {
        const rrsets = [...this.rrsets.values()].map((rrset) => ({ ...rrset, values: [...rrset.values] }));
        this.doubtServers();
        const remarks = this.remarks.sort((a, b) => a.offset - b.offset);
        return { rrsets, ...(this.soa && { soa: this.soa }), remarks };
    }

    /** Throws `Invalid`. */
    read(line: Line): void {
        const [first] = line.tokens;
        if (!line.indented && !first!.quoted && first!.text.startsWith("$")) this.readDirective(line);
        else this.readRecord(line);
    }

    private doubt(offset: number, reason: string | undefined): void {
        if (reason !== undefined) this.remarks.push({ offset, reason, isDoubt: true });
    }

    private note(offset: number, reason: string): void {
        this.remarks.push({ offset, reason, isDoubt: false });
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
        else {
            const origin = this.absolute(argument);
            this.doubt(argument.offset, this.dotDoubt(argument));
            this.origin = origin;
        }
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

    private readRecord(line: Line): void {
        const { tokens, indented } = line;
        const name = indented ? undefined : tokens[0]!;
        const { at, type, ...given } = readHead(tokens, indented ? 0 : 1);
        if (given.ttl !== undefined) this.lastTtl = given.ttl;
        // The SOA's last field has not been the default TTL since RFC 2308, but for BIND where there is no other.
        const ttl = given.ttl ?? this.defaultTtl ?? this.lastTtl ?? this.soa?.minimum ?? this.fallbackTtl;
        const rdata: Line = { ...line, tokens: tokens.slice(at), offset: type.offset };
        const isSoa = typeOf(type.text) === "SOA";
        if (name !== undefined) this.owner = isSoa ? this.readSoaOwner(name) : this.readOwner(name);
        if (this.owner === undefined) throw new Invalid("the first record has no owner name", tokens[0]!.offset);
        if (isSoa) {
            this.addSoa(this.owner, type, rdata, ttl);
            return;
        }
        if (name !== undefined) this.doubt(name.offset, this.dotDoubt(name));
        this.add(this.owner, type, ttl, rdata);
    }

    /** A name without final dot that ends with the zone's, as one that was meant to be whole does. */
    private dotDoubt(name: Token): string | undefined {
        if (!this.repeatsZone(name)) return undefined;
        const absolute = this.absolute(name);
        const meant = shown(`${name.text}.`);
        return `${shown(name.text)} has no final dot and stands for ${absolute}: write ${meant}, or ${shown(absolute)} if that is meant`;
    }

    private repeatsZone({ text }: Token): boolean {
        if (text === "@" || text.endsWith(".") || this.origin === ROOT) return false;
        return `.${parseName(text, ROOT)}`.endsWith(`.${originOf(this.zone)}`);
    }

    private add(name: OwnerName, typeToken: Token, ttl: number, rdata: Line): void {
        const type = knownType(typeToken);
        const [first] = rdata.tokens;
        if (!first) throw new Invalid(`the ${type} record has no value`, typeToken.offset);
        const tokens = isText(type) ? this.cutLongStrings(rdata.tokens) : rdata.tokens;
        const { text, suspicions } = readValue(type, { ...rdata, tokens }, this.origin);
        for (const reason of suspicions) this.doubt(first.offset, reason);
        if (rdata.comment !== undefined) this.readComment(type, rdata.tokens, rdata.comment);
        if (name === APEX && type === "NS") this.apexNs ??= typeToken.offset;

        const key = `${name} ${type}`;
        const rrset = this.rrsets.get(key) ?? { name, type, ttl, values: new Set() };
        if (rrset.ttl !== ttl) {
            const lowest = Math.min(rrset.ttl, ttl);
            const reason = `${key} has a TTL of ${rrset.ttl} above and of ${ttl} here: an RRset has one (RFC 2181, section 5.2): ${lowest} counts`;
            this.note(typeToken.offset, reason);
            rrset.ttl = lowest;
        }
        rrset.values.add(text);
        this.rrsets.set(key, rrset);
    }

    /** Exporters that don't cut long texts leave no doubt about what they hold: the joined text counts. */
    private cutLongStrings(tokens: readonly Token[]): readonly Token[] {
        return tokens.flatMap((token) => {
            const { quoted, text, offset } = token;
            const octets = octetsOf(text, offset);
            if (!quoted || octets.length <= MAX_CHARACTER_STRING) return token;
            this.note(
                offset,
                `a string of ${octets.length} octets, of which ${MAX_CHARACTER_STRING} are the most (RFC 1035, section 3.3): it is cut into pieces`,
            );
            return lexValue(quoteInPieces(octets)).tokens.map((piece) => ({ ...piece, offset }));
        });
    }

    private readComment(type: string, tokens: readonly Token[], comment: number): void {
        this.doubt(tokens[0]!.offset, cutSuspicion(type, tokens, comment, this.text));
        const loss = lostInstruction(comment, this.text);
        if (loss !== undefined) this.note(comment, loss);
    }

    /**
     * An SOA stands at the apex only, and LiveDNS keeps its own: one whose owner lacks its dot, or is the root as in
     * older exports of Cloudflare, is the zone's all the same.
     */
    private readSoaOwner(name: Token): OwnerName {
        const isRoot = this.absolute(name) === ROOT;
        const owner = isRoot ? APEX : this.readOwner(name);
        const isUndotted = `${owner}.` === originOf(this.zone) && this.repeatsZone(name);
        if (!isRoot && !isUndotted) return owner;
        const what = isRoot ? "stands for the root" : "has no final dot";
        this.note(name.offset, `${shown(name.text)} ${what}: as the owner of the SOA it is taken for the apex`);
        return APEX;
    }

    /** A zone transfer ends with the SOA that it starts with. */
    private addSoa(owner: OwnerName, token: Token, rdata: Line, ttl: number): void {
        if (owner !== APEX) {
            this.note(token.offset, "an SOA stands at the apex only: this one is passed over");
            return;
        }
        const soa = readSoa(rdata, this.origin, ttl);
        if (this.soa && this.soa.serial !== soa.serial) throw new Invalid("a second SOA", token.offset);
        this.soa ??= soa;
    }

    private doubtServers(): void {
        const reason = strangeServers([...(this.rrsets.get("@ NS")?.values ?? [])]);
        if (reason === undefined || this.apexNs === undefined) return;
        this.doubt(this.apexNs, `${reason}. Where they are meant, declare them apart from the zone file`);
    }
}

/** What stands between owner and value: TTL and class, in any order, and the type. Throws `Invalid`. */
function readHead(tokens: readonly Token[], start: number): { at: number; type: Token; ttl?: number } {
    let ttl: number | undefined;
    let classGiven = false;
    for (let at = start; at < tokens.length; at++) {
        const token = tokens[at]!;
        if (ttl === undefined && /^\d/.test(token.text)) ttl = parseTtl(token.text, token.offset);
        else if (!classGiven && isClass(token)) classGiven = true;
        // When Microsoft's server saw a dynamic record last.
        else if (!/^\[AGE:\d+\]$/i.test(token.text))
            return { at: at + 1, type: token, ...(ttl !== undefined && { ttl }) };
    }
    throw new Invalid("the record has no type", tokens.at(-1)!.offset);
}

function isClass({ text, offset }: Token): boolean {
    const name = text.toUpperCase();
    if (["CH", "CS", "HS"].includes(name)) throw new Invalid(`class ${name} is not supported: only IN is`, offset);
    return name === "IN" || name === "CLASS1";
}

function knownType({ text, offset }: Token) {
    const type = typeOf(text);
    if (SIGNING_TYPES.has(type)) {
        throw new Invalid(`LiveDNS signs the zone itself: remove the ${type} records`, offset);
    }
    if (!isRecordType(type)) {
        const hint = Object.hasOwn(HOSTS_OWN, type) ? `: ${HOSTS_OWN[type]}` : "";
        throw new Invalid(`${shown(text)} is none of the types ${recordTypes.join(", ")}${hint}`, offset);
    }
    return type;
}
