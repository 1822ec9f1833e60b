/** What a `;` takes away: what stands behind it is no part of a value, though it may be meant to be. */
import { quote } from "./characterString";
import { copyable } from "./dnsErrors";
import type { Token } from "./lexer";
import { isText } from "./text";

/** Types with fields of free text, in which a `;` may be part of what somebody has written without quotes. */
const FREE_TEXT = new Set(["HTTPS", "NAPTR", "SVCB"]);

/**
 * What a `;` has cut off a value by its looks: the rest of a TXT that is not in quotes. In a zone file any other comment
 * is one.
 * @param tokens of the value
 * @param comment offset of the first `;` outside quotes
 * @param text that the offsets are in
 */
export function cutSuspicion(
    type: string,
    tokens: readonly Token[],
    comment: number,
    text: string,
): string | undefined {
    const reason = 'what is behind ";" is a comment, and is lost';
    if (isText(type) && isCutPolicy(tokens[0]!, comment, text)) return `${reason}: put the whole text in quotes`;
    const token = cutToken(type, tokens, comment);
    if (token === undefined) return undefined;
    if (FREE_TEXT.has(type)) return `${reason}: put the text that holds the ";" in quotes`;
    const end = text.indexOf("\n", comment);
    const before = text.slice(tokens[0]!.offset, token.offset);
    const quoted = (to: number | undefined) =>
        copyable(`${before}${quote(Buffer.from(text.slice(token.offset, to).trim()))}`);
    return `${reason}: write ${quoted(end < 0 ? undefined : end)}, or ${quoted(comment)} if it is one`;
}

/** `"v=DMARC1"; p=reject`: a policy that goes on behind its quotes. No other comment begins with a tag and its value. */
function isCutPolicy({ quoted, text: value }: Token, comment: number, text: string): boolean {
    return (
        quoted &&
        /^v=\w+$/i.test(value.trim()) &&
        /^;[^\S\n]*[a-z]\w*[^\S\n]*=/i.test(text.slice(comment, comment + 100))
    );
}

function cutToken(type: string, tokens: readonly Token[], comment: number): Token | undefined {
    if (FREE_TEXT.has(type)) {
        const glued = ({ quoted, offset, text }: Token) => !quoted && offset + text.length === comment;
        return tokens.find(glued);
    }
    const token = type === "CAA" ? tokens.at(-1) : isText(type) ? tokens[0] : undefined;
    return token === undefined || token.quoted || token.offset > comment ? undefined : token;
}

/** Instructions to a provider's own software, which ends with its zone: what they did is lost with them. */
const INSTRUCTIONS: readonly { readonly pattern: RegExp; readonly loss: string }[] = [
    // https://developers.cloudflare.com/dns/manage-dns-records/how-to/import-and-export/
    {
        pattern: /\bcf-proxied:true\b/,
        loss: "Cloudflare has answered for this record with addresses of its own: LiveDNS publishes the value itself",
    },
    // cli53, an exporter of Route 53.
    { pattern: /\bAWS routing=/, loss: "Route 53 has chosen between these records: LiveDNS gives all of them" },
];

/** What a record loses with the comment behind it. */
export function lostInstruction(comment: number, text: string): string | undefined {
    const end = text.indexOf("\n", comment);
    const said = text.slice(comment, Math.min(end < 0 ? text.length : end, comment + 1000));
    return INSTRUCTIONS.find(({ pattern }) => pattern.test(said))?.loss;
}
