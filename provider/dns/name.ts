/**
 * Domain names in normal form: absolute, lower case, A-labels, final dot (RFC 1035 section 2.3, RFC 4343, RFC 5890).
 * Two names are the same exactly when their normal texts are.
 */
import { domainToASCII } from "node:url";
import { escapeOctet, octetsOf } from "./characterString";
import { Invalid, shown } from "./dnsErrors";

export const ROOT = ".";

const MAX_LABEL = 63;
/** Octets on the wire, with a length octet a label and one for the root: 253 characters of plain text. */
const MAX_NAME = 255;

/** The labels of a name as written, split at the dots that are not escaped; the last one is empty for an absolute name. */
function splitLabels(text: string): string[] {
    const labels: string[] = [];
    let start = 0;
    for (let i = 0; i < text.length; i++) {
        if (text[i] === "\\") i++;
        else if (text[i] === ".") {
            labels.push(text.slice(start, i));
            start = i + 1;
        }
    }
    labels.push(text.slice(start));
    return labels;
}

/**
 * The A-label of a label with characters outside ASCII: UTS 46, non-transitional (`faß` is `xn--fa-hia`).
 * A label that is ASCII already is never given to it: that would read `1.2` as an IPv4 address.
 */
function toALabel(label: string): string {
    const ascii = /^[\w*-]*$/.test(label.replace(/[^\0-\x7f]/g, "")) ? domainToASCII(label) : "";
    if (ascii === "" || ascii.includes(".")) throw new Invalid(`${shown(label)} is no label of a domain name`);
    return ascii;
}

/** The octets of a label in lower case, one character an octet. */
function foldLabel(label: string): string {
    if (label === "") throw new Invalid("an empty label: two dots in a row, or a dot at the start");
    const octets = /[^\0-\x7f]/.test(label) ? toALabel(label) : octetsOf(label).toString("latin1");
    if (octets.length > MAX_LABEL) {
        throw new Invalid(`the label ${shown(label)} has ${octets.length} octets: ${MAX_LABEL} are the most`);
    }
    return octets.replace(/[A-Z]+/g, (upper) => upper.toLowerCase());
}

function printLabel(octets: string): string {
    return octets.replace(/[^!-~]|[".();\\@$]/g, (char) =>
        char > " " && char <= "~" ? `\\${char}` : escapeOctet(char.charCodeAt(0)),
    );
}

/** The labels of a normal name, leftmost first, still escaped; none for the root. */
export function labelsOf(name: string): string[] {
    return name === ROOT ? [] : splitLabels(name).slice(0, -1);
}

/** True for a name with a dot inside but none at the end: surely meant to be absolute. */
export function looksAbsolute(text: string): boolean {
    const labels = splitLabels(text);
    return labels.length > 1 && labels.at(-1) !== "";
}

/**
 * The normal form of a name as written in a master file. Throws `Invalid`.
 * @param origin a normal name, for `@` and for names without final dot
 */
export function parseName(text: string, origin: string): string {
    if (text === "@") return origin;
    if (text === ROOT) return ROOT;
    if (text === "") throw new Invalid("the name is empty");
    // Each octet takes four characters at most, as \DDD.
    if (text.length > 4 * MAX_NAME) throw new Invalid(`the name is longer than ${MAX_NAME - 2} octets`);
    const labels = splitLabels(text);
    const absolute = labels.at(-1) === "";
    if (absolute) labels.pop();
    const octets = labels.map(foldLabel);
    const printed = `${octets.map(printLabel).join(".")}.`;
    const name = absolute || origin === ROOT ? printed : printed + origin;
    const length = octets.reduce((sum, label) => sum + label.length + 1, absolute ? 1 : wireLength(origin));
    if (length > MAX_NAME) {
        throw new Invalid(`the name ${shown(name)} is longer than ${MAX_NAME - 2} octets`);
    }
    return name;
}

function wireLength(name: string): number {
    return labelsOf(name).reduce((sum, label) => sum + octetsOf(label).length + 1, 1);
}

const origins = new Map<string, string>();

/** The normal name of a zone that is given without or with final dot. Throws `Invalid`. */
export function originOf(zone: string): string {
    const known = origins.get(zone);
    if (known !== undefined) return known;
    const origin = parseName(zone, ROOT);
    // A program has a handful of zones; a caller that has very many gets no cache, and no leak.
    if (origins.size < 1000) origins.set(zone, origin);
    return origin;
}

/** `name` relative to `origin` (both normal): `@` for the origin itself, `undefined` where it is not inside. */
export function relativeTo(name: string, origin: string): string | undefined {
    if (name === origin) return "@";
    const labels = labelsOf(name);
    const depth = labels.length - labelsOf(origin).length;
    if (depth <= 0) return undefined;
    const parent = depth === labels.length ? ROOT : `${labels.slice(depth).join(".")}.`;
    return parent === origin ? labels.slice(0, depth).join(".") : undefined;
}
