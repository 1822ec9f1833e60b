/**
 * Texts of TXT and SPF in the notation of another tool. They are plain text here, and all their characters are kept, so
 * that what Route 53, Terraform, octoDNS or a zone file take for quoting would be stored as part of the text.
 */
import { octetsOf, quoteInPieces, utf8 } from "./characterString";
import { copyable, Invalid, shown } from "./dnsErrors";
import { lexValue } from "./lexer";
import { holdsPrivateKey } from "./privateKey";
import { isQuoted } from "./text";

/** A notation by its looks: what is said of a text in it, and the text without it; undefined for any other text. */
type Notation = (text: string) => { readonly said: string; readonly rest: string } | undefined;

/** In the order in which one is inside the other. */
const NOTATIONS: readonly Notation[] = [
    whiteSpace,
    zoneFileLine,
    parentheses,
    escapedQuotes,
    otherQuotes,
    joinedStrings,
    quoteAtOneEnd,
    lineBreaks,
    escapes,
];

/**
 * What is doubtful in a text that is not in quotes, with the text that is probably meant and the spelling that keeps all
 * its characters.
 */
export function notationDoubts(value: string): string[] {
    if (isQuoted(value) || holdsPrivateKey(utf8(value))) return [];
    const said: string[] = [];
    let text = value;
    for (const notation of NOTATIONS) {
        const found = notation(text);
        if (found === undefined) continue;
        said.push(found.said);
        text = found.rest;
    }
    if (said.length === 0) return [];
    const readings = [...new Set(meanings(text).map((octets) => written(spelled(octets))))];
    const literal = `${written(quoteInPieces(utf8(value)))} if all its characters are meant`;
    return [`${shown(value)} ${said.join(", and ")}: write ${[...readings, literal].join(", or ")}`];
}

function written(spelling: string): string {
    return JSON.stringify(copyable(spelling));
}

/** Text that a user may write as it is; octets that are no such text in quotes. */
function spelled(octets: Buffer): string {
    const text = octets.toString("utf8");
    const isPlain = octets.equals(utf8(text)) && !/\p{Cc}/u.test(text) && text !== "" && text === text.trim();
    return isPlain && !text.includes('"') && !text.includes("\\") ? text : quoteInPieces(octets);
}

/** What a text without its notation stands for; numbers behind a backslash are decimal, and octal for Route 53. */
function meanings(text: string): Buffer[] {
    const octal = text.replace(
        /\\([0-3][0-7]{2})/g,
        (_, digits) => `\\${String(Number.parseInt(digits, 8)).padStart(3, "0")}`,
    );
    return [text, octal].flatMap((reading) => {
        try {
            if (!isQuoted(reading)) return octetsOf(reading);
            return Buffer.concat(lexValue(reading).tokens.map((token) => octetsOf(token.text)));
        } catch (error) {
            if (error instanceof Invalid) return [];
            throw error;
        }
    });
}

function whiteSpace(text: string) {
    const rest = text.trim();
    return rest === text ? undefined : { said: "starts or ends with white space", rest };
}

/** `www 300 IN TXT "…"`, `TXT "…"` */
function zoneFileLine(text: string) {
    const rest = /^(?:\S+\s+)??(?:\d+\s+)?(?:IN\s+)?(?:TXT|SPF)\s+(["(][\s\S]*)$/i.exec(text)?.[1];
    return rest === undefined ? undefined : { said: "is a whole line of a zone file", rest };
}

/** BIND's way to write one text on several lines. */
function parentheses(text: string) {
    const rest = /^\(\s*("[\s\S]*")\s*\)$/.exec(text)?.[1];
    return rest === undefined
        ? undefined
        : {
              said: "stands in the parentheses of a zone file",
              rest: rest.replace(/[\r\n]+/g, " "),
          };
}

/** Quotes that were escaped once more for JSON or HCL. */
function escapedQuotes(text: string) {
    const isWhole = /^\\"[\s\S]*\\"$/.test(text) && text.length > 3;
    return isWhole ? { said: BACKSLASHES, rest: text.replaceAll('\\"', '"') } : undefined;
}

/** The quotes of a shell or of a word processor. */
function otherQuotes(text: string) {
    const rest = /^(?:'([\s\S]+)'|`([\s\S]+)`|[“”„]([\s\S]+)[“”]|[‘’‚]([\s\S]+)[‘’]|«([\s\S]+)»)$/.exec(text)?.slice(1);
    const inner = rest?.find((group) => group !== undefined);
    return inner === undefined ? undefined : { said: 'is in quotes that are kept, unlike "', rest: inner };
}

/**
 * `AAA""BBB` and `AAA" "BBB`: how a text of more than 255 octets is given to Route 53, with `\"` where it was copied out of
 * HCL or JSON. A text with other quotes holds quotes.
 */
function joinedStrings(text: string) {
    if (isQuoted(text)) return undefined;
    const rest = text.replace(/\\"\s*\\"|"\s*"/g, "");
    const isJoined = rest !== text && !rest.replace(/^"|"$/g, "").includes('"');
    return isJoined
        ? { said: "is cut by quotes, as Route 53 and Terraform cut a long text, and would keep them", rest }
        : undefined;
}

function quoteAtOneEnd(text: string) {
    const rest = isQuoted(text) ? text : text.replace(/^"/, "").replace(/(?<!\\)"$/, "");
    return rest === text ? undefined : { said: "has a quote at one end only", rest };
}

function lineBreaks(text: string) {
    const lines = text.split(/\r\n|\r|\n/);
    return lines.length === 1 || isQuoted(text)
        ? undefined
        : { said: "holds a line break", rest: lines.map((line) => line.trim()).join(" ") };
}

const BACKSLASHES = "is plain text, its backslashes are kept";

/** `\;` and `\"` of octoDNS and BIND, `\032` and its like. */
function escapes(text: string) {
    return !isQuoted(text) && /\\(?:[;"]|\d{3})/.test(text) ? { said: BACKSLASHES, rest: text } : undefined;
}
