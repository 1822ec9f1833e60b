import { octetsOf, quoteInPieces, utf8 } from "./characterString";
import { cutSuspicion } from "./comments";
import { DnsValueError, Invalid } from "./dnsErrors";
import { Fields } from "./fields";
import { isGeneric, ownNotation } from "./generic";
import { type Line, lexValue } from "./lexer";
import { originOf } from "./name";
import { isRecordType, recordType } from "./registry";
import { isQuoted, isText } from "./text";

interface Reading {
    readonly text: string;
    readonly suspicions: readonly string[];
}

/**
 * Reads the fields of a value. For a type that is not known, the normal text is its fields, one space between.
 * Throws `Invalid`.
 */
export function readValue(type: string, line: Line, origin: string): Reading {
    if (!isRecordType(type)) {
        const words = line.tokens.map(({ text, quoted }) => (quoted ? `"${text}"` : text));
        return { text: words.join(" "), suspicions: [] };
    }
    if (isGeneric(line)) return readValue(type, lexValue(ownNotation(type, line)), origin);
    const known = recordType(type);
    const fields = new Fields(line, origin, known.example);
    const text = known.normal(fields);
    fields.end();
    return { text, suspicions: fields.suspicions };
}

function read(type: string, text: string, zone: string): Reading {
    try {
        return readValue(type, lexValue(text), originOf(zone));
    } catch (error) {
        if (error instanceof Invalid) throw new DnsValueError(type, text, error.reason);
        throw error;
    }
}

/**
 * The normal form of one value of a record: two values of a type are the same exactly when this text is the same.
 * It is also the text to send to the API, and normal forms are their own normal forms.
 *
 * `text` is presentation text, read as a zone file is read (RFC 1035, section 5.1): white space separates, `;` starts
 * a comment, names without final dot are below the zone, `"a" "b"` and `a b` are both the TXT `ab`. What a user of
 * LiveDNS writes for TXT and SPF is plain text instead: see `presentation` and `apiValue`.
 *
 * Names come out in lower case with final dot, IPv6 as in RFC 5952, TXT and SPF quoted in pieces of 255 octets (their
 * joined octets count), CAA values quoted, hexadecimal in lower case, base64 in one piece.
 * @param type upper case; the value of a type that is not in `recordTypes` only has its white space made even
 * @param zone the zone's name, with or without final dot
 * @throws DnsValueError where DNS does not accept the value
 */
export function normalize(type: string, text: string, zone: string): string {
    return read(type, text, zone).text;
}

/**
 * What is legal in a value but surely a mistake, each with the right spelling where it is plain: a dotted name without
 * final dot, text behind a `;`, a private key. Empty for a value without any. `text` is read as by `normalize`.
 * @throws DnsValueError where DNS does not accept the value
 */
export function lint(type: string, text: string, zone: string): string[] {
    const { suspicions } = read(type, text, zone);
    return [...suspicions, ...commentSuspicions(type, text)];
}

/** In a value there is no place for a comment, whatever it says. */
function commentSuspicions(type: string, text: string): string[] {
    const { tokens, comment } = lexValue(text);
    if (comment === undefined) return [];
    return [
        cutSuspicion(type, tokens, comment, text) ?? 'what is behind ";" is a comment, and is not stored: remove it',
    ];
}

/**
 * The presentation text of a value as users write it for LiveDNS. For TXT and SPF that is plain text, one value one
 * record: it is quoted, escaped, and cut at 255 octets of UTF-8; `v=DKIM1; k=rsa` and `a b` keep all their characters,
 * a backslash is a backslash. A value that starts and ends with a quote is presentation text already (all that the API
 * answers with is); strings of more than 255 octets in it are cut. Values of other types stay as they are.
 */
export function presentation(type: string, text: string): string {
    if (!isText(type)) return text;
    try {
        if (!isQuoted(text)) return quoteInPieces(utf8(text));
        const { tokens, comment } = lexValue(text);
        const allQuoted = comment === undefined && tokens.every(({ quoted }) => quoted);
        return allQuoted ? quoteInPieces(Buffer.concat(tokens.map((token) => octetsOf(token.text)))) : text;
    } catch (error) {
        if (error instanceof Invalid) return text;
        throw error;
    }
}

/**
 * What to send to the API for a value as users write it: `normalize` of `presentation`.
 * @throws DnsValueError where DNS does not accept the value
 */
export function apiValue(type: string, text: string, zone: string): string {
    return normalize(type, presentation(type, text), zone);
}
