/** Character strings (RFC 1035, sections 3.3 and 5.1): octets to text and back. */
import { Invalid } from "./dnsErrors";

/** A character string has one length octet. */
export const MAX_CHARACTER_STRING = 255;

const BACKSLASH = 0x5c;

const isDigit = (octet: number | undefined) => octet !== undefined && octet >= 0x30 && octet <= 0x39;

/** The UTF-8 octets of a text. Throws `Invalid`. */
export function utf8(text: string, offset = 0): Buffer {
    if (/\p{Surrogate}/u.test(text)) throw new Invalid("not valid Unicode: half of a surrogate pair", offset);
    return Buffer.from(text, "utf8");
}

/** The octets that escaped text stands for; characters outside ASCII are their UTF-8 octets. Throws `Invalid`. */
export function octetsOf(text: string, offset = 0): Buffer {
    const from = utf8(text, offset);
    if (!text.includes("\\")) return from;
    const to = Buffer.alloc(from.length);
    let length = 0;
    for (let i = 0; i < from.length; i++) {
        let octet = from[i]!;
        if (octet === BACKSLASH) {
            if (isDigit(from[i + 1])) {
                const digits = from.toString("latin1", i + 1, i + 4);
                if (!/^\d{3}$/.test(digits) || Number(digits) > 255) {
                    throw new Invalid(`"\\${digits}" is no escape: write three digits from \\000 to \\255`, offset);
                }
                octet = Number(digits);
                i += 3;
            } else if (i + 1 < from.length) {
                octet = from[++i]!;
            } else {
                throw new Invalid("a backslash with nothing behind it: write \\\\ for a backslash", offset);
            }
        }
        to[length++] = octet;
    }
    return to.subarray(0, length);
}

/** `\DDD` */
export function escapeOctet(octet: number): string {
    return `\\${String(octet).padStart(3, "0")}`;
}

/** The octets in quotes; what is outside 0x20-0x7e as `\DDD`. Any length. */
export function quote(octets: Uint8Array): string {
    const plain = Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString("latin1");
    const escaped = plain.replace(/[^ !#-[\]-~]/g, (char) =>
        char === '"' || char === "\\" ? `\\${char}` : escapeOctet(char.charCodeAt(0)),
    );
    return `"${escaped}"`;
}

/** The octets as quoted strings of at most 255 octets each: what a TXT record holds. */
export function quoteInPieces(octets: Uint8Array): string {
    const pieces: string[] = [];
    for (let at = 0; at === 0 || at < octets.length; at += MAX_CHARACTER_STRING) {
        pieces.push(quote(octets.subarray(at, at + MAX_CHARACTER_STRING)));
    }
    return pieces.join(" ");
}
