import { isRecordType, recordTypes } from "../../dns";
import { shown } from "../../dns/dnsErrors";
import { placeOf } from "../../dns/rrset";

/** RRsets of a zone that are other people's business. */
export type IgnorePattern = string | { name?: string | undefined; type?: string | undefined };

/**
 * Tells the RRsets, by key, that a list of patterns is for.
 *
 * In the pattern of a name `**` stands for any labels, none too, and `*` for any characters of one label:
 * `_acme-challenge.**` is `_acme-challenge` and `_acme-challenge.www`. `@` is the apex. A pattern with final dot is
 * absolute: it needs the zone, in normal form.
 */
export function ignores(patterns: readonly IgnorePattern[] = [], zone?: string): (key: string) => boolean {
    const rules = patterns.map((pattern) => {
        const { name, type } = typeof pattern === "string" ? { name: pattern, type: undefined } : pattern;
        return { name: name === undefined ? undefined : labelsOf(relative(name, zone)), type: type?.toUpperCase() };
    });
    return (key) => {
        const place = placeOf(key);
        const labels = labelsOf(place.name);
        return rules.some(
            ({ name, type }) =>
                (type === undefined || type === place.type) && (name === undefined || matches(name, labels)),
        );
    };
}

/** What is wrong with a pattern, of which nothing would come but RRsets that are not left alone; undefined for a good one. */
export function ignoreProblem(pattern: IgnorePattern, zone: string | undefined): string | undefined {
    const { name: given, type } = typeof pattern === "string" ? { name: pattern, type: undefined } : pattern;
    if (given === undefined && type === undefined) {
        return "needs a name or a type";
    }
    const isOpen = zone === undefined && given?.endsWith(".");
    const name = given === undefined || isOpen ? undefined : relative(given, zone);
    if (name !== undefined && (name.endsWith(".") || !/^[!-~]+$/.test(name) || labelsOf(name).includes(""))) {
        return `${shown(given!)} is no pattern of names inside the zone: write "_acme-challenge.**", "*.dev" or "@", in A-labels`;
    }
    if (zone !== undefined && `.${given?.toLowerCase()}`.endsWith(`.${zone}`)) {
        const short = given!.slice(0, -zone.length - 1) || "@";
        return `${shown(given!)} counts from ${zone}: write ${shown(short)}, or ${shown(`${given}.${zone}.`)} if that is meant`;
    }
    if (type !== undefined && !isRecordType(type.toUpperCase())) {
        return `${shown(type)} is none of ${recordTypes.join(", ")}`;
    }
    return undefined;
}

/** An absolute pattern as one that counts from the zone; one that is outside of it stays. */
function relative(name: string, zone: string | undefined): string {
    const parent = `.${zone}.`;
    const inside = `.${name.toLowerCase()}`.endsWith(parent);
    return inside ? name.slice(0, Math.max(name.length - parent.length, 0)) || "@" : name;
}

function labelsOf(name: string): string[] {
    return name === "@" ? [] : name.toLowerCase().split(".");
}

function matches(pattern: readonly string[], labels: readonly string[]): boolean {
    // Row by row: which ends of `labels` the pattern so far can reach. Linear in both, whatever the stars.
    let reached = new Set([0]);
    for (const part of pattern) {
        const next = new Set<number>();
        for (const at of reached) {
            if (part === "**") {
                for (let end = at; end <= labels.length; end++) {
                    next.add(end);
                }
            } else if (at < labels.length && labelMatches(part, labels[at]!)) {
                next.add(at + 1);
            }
        }
        reached = next;
    }
    return reached.has(labels.length);
}

function labelMatches(pattern: string, label: string): boolean {
    const [start, ...rest] = pattern.split("*") as [string, ...string[]];
    const end = rest.pop();
    if (end === undefined) {
        return pattern === label;
    }
    if (!label.startsWith(start) || !label.endsWith(end) || label.length < start.length + end.length) {
        return false;
    }
    let at = start.length;
    for (const piece of rest) {
        const found = label.indexOf(piece, at);
        if (found < 0 || found + piece.length > label.length - end.length) {
            return false;
        }
        at = found + piece.length;
    }
    return true;
}
