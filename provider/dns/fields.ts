import { MAX_CHARACTER_STRING, octetsOf, quote } from "./characterString";
import { Invalid, shown } from "./dnsErrors";
import type { Line, Token } from "./lexer";
import { looksAbsolute, parseName } from "./name";

/** Octets of rdata: its length has 16 bits on the wire. */
export const MAX_RDATA = 65535;

/**
 * Reads the fields of one value, left to right. Each method takes the next field or throws `Invalid`.
 * What is legal but surely a mistake is collected in `suspicions`: only `lint` shows it.
 */
export class Fields {
    readonly suspicions: string[] = [];
    private at = 0;
    private readonly tokens: readonly Token[];

    constructor(
        line: Line,
        /** A normal name: relative names are below it. */
        readonly origin: string,
        /** A value of this type, for messages. */
        private readonly example: string,
    ) {
        this.tokens = line.tokens;
    }

    /** How many fields are left. */
    get left(): number {
        return this.tokens.length - this.at;
    }

    /** Offset of the next field, or of the last one. */
    get offset(): number {
        return (this.tokens[this.at] ?? this.tokens.at(-1))?.offset ?? 0;
    }

    suspect(suspicion: string): void {
        this.suspicions.push(suspicion);
    }

    /** The next field without taking it. */
    peek(): Token | undefined {
        return this.tokens[this.at];
    }

    token(what: string): Token {
        const token = this.tokens[this.at];
        if (!token) throw new Invalid(`${what} is missing: write it like ${this.example}`, this.offset);
        this.at++;
        return token;
    }

    /** A field that can't be quoted: a number, a mnemonic, a name. Escapes are kept. */
    word(what: string): string {
        const token = this.token(what);
        if (token.quoted) throw new Invalid(`${what} stands in quotes: write it without`, token.offset);
        return token.text;
    }

    /** A decimal number, from 0 to `max`. */
    integer(what: string, max: number): number {
        const offset = this.offset;
        const text = this.word(what);
        if (!/^\d+$/.test(text))
            throw new Invalid(`${what} is ${shown(text)}: it is a number from 0 to ${max}`, offset);
        const value = Number(text);
        if (value > max) throw new Invalid(`${what} is ${shown(text)}: ${max} is the most`, offset);
        return value;
    }

    /** A number, or a mnemonic of the table (any case). */
    code(what: string, max: number, mnemonics: Readonly<Record<string, number>>): number {
        const token = this.peek();
        const code = token && !token.quoted ? mnemonics[token.text.toUpperCase()] : undefined;
        if (code === undefined) return this.integer(what, max);
        this.at++;
        return code;
    }

    /** A domain name in normal form. */
    name(what: string): string {
        const offset = this.offset;
        const text = this.word(what);
        try {
            const name = parseName(text, this.origin);
            const suspicion = suspicionOf(what, text, name);
            if (suspicion) this.suspect(suspicion);
            return name;
        } catch (error) {
            if (error instanceof Invalid) throw new Invalid(`${what} is no domain name: ${error.reason}`, offset);
            throw error;
        }
    }

    /** A character string: 255 octets at most, in quotes or not. */
    characterString(what: string): Buffer {
        const token = this.token(what);
        const octets = octetsOf(token.text, token.offset);
        if (octets.length > MAX_CHARACTER_STRING) {
            const reason = `${what} has ${octets.length} octets: a string holds ${MAX_CHARACTER_STRING} at most`;
            throw new Invalid(reason, token.offset);
        }
        return octets;
    }

    /** Hexadecimal digits up to the end, in any number of pieces. */
    hex(what: string): Buffer {
        const offset = this.offset;
        const digits = this.rest(what);
        if (!/^(?:[\da-f]{2})+$/i.test(digits))
            throw new Invalid(`${what} is not in pairs of hexadecimal digits`, offset);
        return within(Buffer.from(digits, "hex"), what, offset);
    }

    /** Base64 (RFC 4648, section 4) up to the end, in any number of pieces. */
    base64(what: string): Buffer {
        const offset = this.offset;
        const text = this.rest(what);
        const octets = Buffer.from(text, "base64");
        // Node skips what it does not know: only what comes back the same was base64.
        if (octets.length === 0 || octets.toString("base64") !== text)
            throw new Invalid(`${what} is not base64`, offset);
        return within(octets, what, offset);
    }

    private rest(what: string): string {
        let text = this.word(what);
        if (this.left > 0) {
            const pieces = [text];
            while (this.left > 0) pieces.push(this.word(what));
            text = pieces.join("");
        }
        return text;
    }

    /** Throws where a field is left over. */
    end(): void {
        const token = this.peek();
        if (token) {
            const text = token.quoted ? quote(Buffer.from(token.text)) : token.text;
            throw new Invalid(`${shown(text)} is one field too many: write it like ${this.example}`, token.offset);
        }
    }
}

function within(octets: Buffer, what: string, offset: number): Buffer {
    if (octets.length > MAX_RDATA)
        throw new Invalid(`${what} is longer than a record can be: ${MAX_RDATA} octets`, offset);
    return octets;
}

/** What the provider knows of one record type. */
export interface RecordType {
    /** A value that a person can copy. */
    readonly example: string;
    /**
     * Takes the fields of a value; throws `Invalid`. What remains is refused by the caller. Two values are the same
     * exactly when this is the same text, which is a value itself, and its own normal form.
     */
    normal(fields: Fields): string;
}

const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}\.?$/;
/** In brackets, too, as a URL has it. */
const IPV6 = /^\[?[\da-f]*:[\da-f:.]*:[\da-f:.]*\]?\.?$/i;
const URL_START = /^[a-z][a-z\d+.-]*:\/\/([^/:]*)/i;

/** What is surely wrong with a name that DNS would take; `name` is what it stands for. */
function suspicionOf(what: string, text: string, name: string): string | undefined {
    if (IPV4.test(text) || IPV6.test(text)) return `${what} is the IP address ${text}: it must be a name`;
    const url = URL_START.exec(text);
    if (url) return `${what} is the URL ${shown(text)}: write the host, ${shown(`${url[1]}.`)}`;
    if (text.includes("@") && text !== "@" && !text.includes("\\")) {
        return `${what} ${shown(text)} holds an @: write ${shown(`${text.replace("@", ".").replace(/\.$/, "")}.`)}`;
    }
    if (!looksAbsolute(text)) return undefined;
    const inside = `${shown(name)} if a name inside the zone is meant`;
    return `${shown(text)} has no final dot: write ${shown(`${text}.`)}, or ${inside}`;
}
