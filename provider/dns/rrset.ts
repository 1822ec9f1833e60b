/** RRsets are sets (RFC 2181, section 5). Values here are as users write them and as the API answers: see `presentation`. */
import { DnsValueError } from "./dnsErrors";
import { apiValue } from "./value";

/** Its own text for a value that is not understood: a strange answer of the API must not stop a refresh. */
function key(type: string, value: string, zone: string): string {
    try {
        return apiValue(type, value, zone);
    } catch (error) {
        if (error instanceof DnsValueError) return value;
        throw error;
    }
}

/** The values of an RRset in normal form; one that is not understood stays as it is. */
export function normalValues(type: string, values: readonly string[], zone: string): string[] {
    return values.map((value) => key(type, value, zone));
}

/** True where both lists hold the same values, in whatever order and spelling; a value given twice counts once. */
export function sameRRset(
    type: string,
    values: readonly string[],
    otherValues: readonly string[],
    zone: string,
): boolean {
    const keys = new Set(values.map((value) => key(type, value, zone)));
    const others = new Set(otherValues.map((value) => key(type, value, zone)));
    return keys.size === others.size && [...keys].every((value) => others.has(value));
}

/** The pairs of values that are the same value: each repeated spelling with the first one. */
export function duplicateValues(
    type: string,
    values: readonly string[],
    zone: string,
): [first: string, again: string][] {
    const firsts = new Map<string, string>();
    const pairs: [string, string][] = [];
    for (const value of values) {
        const same = key(type, value, zone);
        const first = firsts.get(same);
        if (first === undefined) firsts.set(same, value);
        else pairs.push([first, value]);
    }
    return pairs;
}

/**
 * `values` in the spelling and order of `spelled`, where they are the same; values that it lacks come last, as they
 * are. So a value that only looks different is no drift.
 */
export function keepSpelling(
    type: string,
    values: readonly string[],
    spelled: readonly string[],
    zone: string,
): string[] {
    const rest = new Map(values.map((value) => [key(type, value, zone), value]));
    const kept = spelled.filter((value) => rest.delete(key(type, value, zone)));
    return [...kept, ...rest.values()];
}
