import type { z } from "zod";
import { nearest } from "./nearest";
import { isInTheValue, ourWord } from "./otherWords";

const WANTED: Readonly<Record<string, string>> = {
    string: "text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    array: "a list",
    object: "an object",
    record: "an object",
};

/** How `pulumi.Config` reads what stands there as text; it gives text where a program forgets that. */
const READERS: Readonly<Record<string, { readonly looksLike: RegExp; readonly reader: string }>> = {
    number: { looksLike: /^-?\d+(\.\d+)?$/, reader: "requireNumber" },
    boolean: { looksLike: /^(true|false)$/i, reader: "requireBoolean" },
    array: { looksLike: /^\s*\[/, reader: "requireObject" },
    object: { looksLike: /^\s*\{/, reader: "requireObject" },
    record: { looksLike: /^\s*\{/, reader: "requireObject" },
};

/**
 * What is wrong with an input, in words for who wrote it. Where a schema has words of its own, those count. It never shows
 * the value, which may be a secret.
 */
export const wording: z.core.$ZodErrorMap = (issue) => {
    if (issue.input === undefined) {
        return issue.code === "invalid_value" ? `is required: ${choice(issue.values)}` : "is required";
    }
    switch (issue.code) {
        case "invalid_type":
            return `must be ${WANTED[issue.expected] ?? issue.expected}, not ${kindOf(issue.input, issue.expected)}${readerFor(issue.expected, issue.input)}`;
        case "invalid_value":
            return `must be ${choice(issue.values)}${didYouMean(issue.input, issue.values)}`;
        case "unrecognized_keys":
            return issue.keys
                .map((key) => `has no property "${key}"${didYouMeanProperty(key, namesOf(issue.inst))}`)
                .join("; ");
        case "too_small":
            return isLength(issue.origin) && issue.minimum === 1 ? "is empty" : `must be ${issue.minimum} or more`;
        case "too_big":
            return `must be ${issue.maximum} or less`;
        default:
            return undefined;
    }
};

/** `: did you mean "x"?`, where that is plain. */
export function didYouMean(word: unknown, names: readonly unknown[]): string {
    const texts = names.filter((name) => typeof name === "string");
    const meant = typeof word === "string" ? nearest(word, texts) : undefined;
    return meant === undefined ? "" : `: did you mean ${meant}?`;
}

/** The same of a property, which other tools may have another word for. */
export function didYouMeanProperty(word: string, names: readonly string[]): string {
    const meant = nearest(word, names) ?? ourWord(word, names);
    if (meant !== undefined) {
        return `: did you mean ${meant}?`;
    }
    return isInTheValue(word, names) ? ': it is a part of each of values, as in "10 mail.example.com."' : "";
}

/** How a program reads the configuration that stands there as text; nothing for any other value. */
export function readerFor(expected: string, input: unknown): string {
    const config = READERS[expected];
    return typeof input === "string" && config?.looksLike.test(input)
        ? `: write it without quotes, or read it with config.${config.reader}`
        : "";
}

function choice(values: readonly unknown[]): string {
    const words = values.map((value) => JSON.stringify(value));
    return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function kindOf(value: unknown, expected: string): string {
    if (value === null || (typeof value === "number" && !Number.isFinite(value))) {
        return String(value);
    }
    if (expected === "int" && typeof value === "number") {
        return "a fraction";
    }
    const kind = Array.isArray(value) ? "array" : typeof value;
    return WANTED[kind] ?? kind;
}

function isLength(origin: string): boolean {
    return origin === "string" || origin === "array";
}

function namesOf(schema: unknown): string[] {
    return Object.keys((schema as { shape?: object } | undefined)?.shape ?? {});
}
