import { LONGEST_ERROR } from "./bounds";

/**
 * Controls of C0 and C1 (U+0000 to U+001F, U+007F to U+009F), which drive terminals and begin lines; the separators of
 * lines and paragraphs; and the controls of writing direction, which make a text show as another one.
 */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * A text as one line that a terminal shows and never obeys: control characters stand as `\n`, `\r`, `\t` or `\u001b`.
 * Whatever came from outside goes through here on its way to people.
 */
export function printable(text: string): string {
    return text.replace(
        UNPRINTABLE,
        (control) => SHORT[control] ?? `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}

/** A text on its way to people: one line that a terminal shows, of at most 2,000 characters. */
export function forPeople(text: string): string {
    return shortened(printable(text), LONGEST_ERROR);
}

/** A text of at most so many characters: of a longer one the beginning and the end, where the reason and the remedy stand. */
export function shortened(text: string, most: number): string {
    if (text.length <= most) return text;
    const gap = ` … ${text.length} characters in all … `;
    const kept = most - gap.length;
    const end = Math.floor(kept / 3);
    return whole(text.slice(0, kept - end)) + gap + whole(text.slice(-end));
}

/** A slice may have cut a surrogate pair in half: half a character is none. */
function whole(slice: string): string {
    return slice.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, "");
}

/** A text without these secrets. Before anything is cut off, as half a token is no token that could be found. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
    return secrets
        .filter((secret) => secret !== "")
        .reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
}
