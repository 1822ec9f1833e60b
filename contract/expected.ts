/**
 * What a value must be: itself; for a text a RegExp; for an object the members that are named; for a list each of its
 * elements; or something that words and a test say together.
 */
export type Expected = string | number | boolean | null | RegExp | Such | readonly Expected[] | ExpectedMembers;
interface ExpectedMembers {
    readonly [name: string]: Expected | undefined;
}

class Such {
    constructor(
        readonly words: string,
        readonly test: (value: unknown) => boolean,
        /** The same with other texts, where it is made of any. */
        readonly mapped?: (change: (text: string) => string) => Expected,
    ) {}
}

/** A value that passes a test. @param words go on after "instead of": "a whole number". */
export function such(words: string, test: (value: unknown) => boolean): Expected {
    return new Such(words, test);
}

/** A list of which an order can be told. */
export const TWO_OR_MORE = such("a list of two or more", (value) => Array.isArray(value) && value.length >= 2);
export const ONE_OR_MORE = such("a list of one or more", (value) => Array.isArray(value) && value.length >= 1);
export const WHOLE_NUMBER = such("a whole number", Number.isInteger);
export const SOME_TEXT = such("a text", (value) => typeof value === "string");

/** A list among whose elements there is one for each of these. */
export function including(...wanted: Expected[]): Expected {
    const words = `a list with ${wanted.map(shown).join(", ")}`;
    const hasAll = (list: unknown[]) =>
        wanted.every((one) => list.some((element) => differences(one, element).length === 0));
    return new Such(
        words,
        (value) => Array.isArray(value) && hasAll(value),
        (change) => including(...mapTexts(wanted, change)),
    );
}

/** A list whose elements rise, or fall, by one of their members, in upper case. */
export function ordered(member: string, direction: "rising" | "falling"): Expected {
    const isFine = (lower: string, higher: string) => lower.toUpperCase() <= higher.toUpperCase();
    const fits = (names: string[]) =>
        names.slice(1).every((name, index) => {
            const before = names[index]!;
            return direction === "rising" ? isFine(before, name) : isFine(name, before);
        });
    return such(
        `a list with ${direction} ${member}`,
        (value) => Array.isArray(value) && fits(value.map((element) => String(element?.[member]))),
    );
}

/** One value that is another than it should be. */
export interface Difference {
    /** Where it stands: `errors.0.name`; empty for the whole. */
    path: string;
    came: unknown;
    /** In words. */
    wanted: string;
}

export function differences(expected: Expected | undefined, value: unknown, path = ""): Difference[] {
    const differs = [{ path, came: value, wanted: shown(expected) }];
    if (expected instanceof RegExp) {
        return typeof value === "string" && expected.test(value) ? [] : differs;
    }
    if (expected instanceof Such) {
        return expected.test(value) ? [] : differs;
    }
    if (typeof expected !== "object" || expected === null) {
        return value === expected ? [] : differs;
    }
    if (typeof value !== "object" || value === null || Array.isArray(expected) !== Array.isArray(value)) {
        return differs;
    }
    if (Array.isArray(expected) && expected.length !== (value as unknown[]).length) {
        return differs;
    }
    return Object.entries(expected).flatMap(([name, member]) =>
        differences(member, (value as Record<string, unknown>)[name], path === "" ? name : `${path}.${name}`),
    );
}

/** How a report says what is expected. */
export function shown(expected: Expected | undefined): string {
    if (expected instanceof RegExp) {
        return String(expected);
    }
    if (expected instanceof Such) {
        return expected.words;
    }
    if (expected === undefined) {
        return "nothing";
    }
    return JSON.stringify(expected, (_name, value) =>
        value instanceof RegExp || value instanceof Such ? shown(value) : value,
    );
}

/** The same with other texts, those of RegExps, too. */
export function mapTexts<Value>(value: Value, change: (text: string) => string): Value {
    const changed = (one: unknown): unknown => {
        if (typeof one === "string") {
            return change(one);
        }
        if (one instanceof RegExp) {
            return new RegExp(change(one.source), one.flags);
        }
        if (Array.isArray(one)) {
            return one.map(changed);
        }
        if (one instanceof Such) {
            return one.mapped?.(change) ?? one;
        }
        if (typeof one === "object" && one !== null) {
            return Object.fromEntries(Object.entries(one).map(([name, member]) => [change(name), changed(member)]));
        }
        return one;
    };
    return changed(value) as Value;
}
