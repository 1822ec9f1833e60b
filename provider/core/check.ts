import type { z } from "zod";
import type { AnyDefinition, Problem, Props } from "./definition";
import { POINTER } from "./pointer";
import { containsUnknown, isPlainObject } from "./values";

export interface Checked {
    /** The user's spelling and order, with the defaults filled in. */
    readonly inputs: Props;
    readonly problems: Problem[];
}

/** Holds inputs against their types, ranges and defaults. What is not known yet passes. */
export function checkInputs(definition: Pick<AnyDefinition, "kind" | "inputs" | "outputs">, news: Props): Checked {
    const shape = definition.inputs.shape;
    const inputs: Props = {};
    const problems: Problem[] = [];
    for (const property of Object.keys(news)) {
        if (property !== POINTER && !(property in shape) && !definition.outputs.includes(property)) {
            problems.push({
                path: property,
                reason: `${definition.kind} has no such property${suggestion(property, Object.keys(shape))}`,
            });
        }
    }
    for (const [property, schema] of Object.entries(shape)) {
        const value = news[property] ?? undefined;
        const parsed = schema.safeParse(value);
        const found: z.core.$ZodIssue[] = parsed.error?.issues ?? [];
        const mistyped = new Set(found.filter(({ code }) => code === "invalid_type").map(({ path }) => path.join(".")));
        const issues = found.filter(
            ({ path, code }) =>
                !containsUnknown(at(value, path)) &&
                // A text in place of a list is held against the list's length as well: its type is what is wrong.
                (code === "invalid_type" || !mistyped.has(path.join("."))),
        );
        for (const { path, message, code } of issues) {
            const missing = code === "invalid_type" && at(value, path) === undefined;
            problems.push({
                path: [property, ...path.map(String)].join("."),
                reason: missing ? "is required" : message,
            });
        }
        const checked = parsed.success && !containsUnknown(value) ? parsed.data : value;
        if (checked !== undefined) {
            inputs[property] = checked;
        }
    }
    return { inputs, problems };
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
    return path.reduce<unknown>((inner, key) => {
        if (Array.isArray(inner)) {
            return inner[Number(key)];
        }
        return isPlainObject(inner) ? inner[String(key)] : inner;
    }, value);
}

function suggestion(wrong: string, names: string[]): string {
    const close = names.find((name) => name.toLowerCase() === wrong.toLowerCase() || editDistanceIsOne(name, wrong));
    return close ? `: did you mean ${close}?` : `; it has ${names.join(", ")}`;
}

function editDistanceIsOne(a: string, b: string): boolean {
    const [short, long] = a.length <= b.length ? [a, b] : [b, a];
    if (long.length - short.length > 1) {
        return false;
    }
    let start = 0;
    while (start < short.length && short[start] === long[start]) {
        start++;
    }
    const rest = short.length === long.length ? start + 1 : start;
    return short.slice(rest) === long.slice(start + 1);
}
