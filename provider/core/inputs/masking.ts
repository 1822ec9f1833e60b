import { domainToASCII } from "node:url";

/** What stands in a text in place of a secret: the engine's own word. */
export const MASK = "[secret]";

/** Of a longer secret no part of more characters than this is shown: messages quote parts, too. */
const SHOWN_AT_MOST = 5;
/** A single character says nothing, and only garbles a text. */
const SHORTEST = 2;

/**
 * A function that takes all of these secrets, and their parts, out of a text, in whatever case; but for the parts that are
 * in `open`, texts that are no secrets, as the domain of an e-mail address may be.
 */
export function masker(secrets: readonly string[], open: readonly string[] = []): (text: string) => string {
    // Most texts never come to be: a whole zone may be a secret, and is only cut up for one.
    let mask: ((text: string) => string) | undefined;
    return (text) => {
        mask ??= secrets.length === 0 ? (plain) => plain : made(secrets, open);
        return mask(text);
    };
}

function made(secrets: readonly string[], open: readonly string[]): (text: string) => string {
    const known = new Set(open.flatMap(spellings).map(folded));
    const told = new Set([...known].flatMap((text) => windows(text)));
    const texts = [...new Set(secrets.flatMap(spellings))].filter(
        (text) => text.length >= SHORTEST && !known.has(folded(text)),
    );
    const long = texts.filter(({ length }) => length > SHOWN_AT_MOST).map(folded);
    const short = texts.filter(({ length }) => length <= SHOWN_AT_MOST).map(escaped);
    const word = new RegExp(`(?<![\\p{L}\\p{N}])(${short.join("|")})(?![\\p{L}\\p{N}])`, "giu");
    const parts = new Set(long.flatMap((secret) => windows(secret)).filter((part) => !told.has(part)));
    return (text) => {
        const rest = parts.size === 0 ? text : withoutParts(text, parts);
        return short.length === 0 ? rest : rest.replace(word, MASK);
    };
}

const WINDOW = SHOWN_AT_MOST + 1;

function withoutParts(text: string, parts: ReadonlySet<string>): string {
    const plain = folded(text);
    let masked = "";
    /** Where the text goes on that is neither shown nor masked yet. */
    let rest = 0;
    let isMasked = false;
    for (let at = 0; at + WINDOW <= plain.length; at++) {
        if (parts.has(plain.slice(at, at + WINDOW))) {
            masked += isMasked && at <= rest ? "" : text.slice(rest, at) + MASK;
            isMasked = true;
            rest = at + WINDOW;
        }
    }
    return masked + text.slice(rest);
}

function windows(text: string): string[] {
    return Array.from({ length: Math.max(0, text.length - WINDOW + 1) }, (_, at) => text.slice(at, at + WINDOW));
}

/** How a text may come back: in A-labels, an IPv6 address in its canonical form. */
function spellings(text: string): string[] {
    return [text, domainToASCII(text), domainToASCII(`[${text}]`).slice(1, -1)];
}

/** Without regard to case, each character in its place. */
function folded(text: string): string {
    const lower = text.toLowerCase();
    return lower.length === text.length ? lower : text;
}

function escaped(text: string): string {
    return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
