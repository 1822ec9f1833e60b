import type { z } from "zod";
import type { Definition } from "../define";
import type { Property, Props } from "../property";
import { sameValue } from "./values";

/*
 * Defaults are no inputs. The engine keeps as inputs what the program gave and nothing else, so that it finds no
 * difference between a state and its program that nobody wrote. Whoever reads inputs here fills them in first, and the
 * outputs have them.
 */

/** What stands in the state for inputs that the program did not give: the defaults of that time, by property. */
export type Defaulted = Props;

/**
 * Properties with the defaults of all inputs that are not given, within objects too. What is not valid stays as it is.
 * @param earlier the defaults that the resource has from an earlier run: another version of this package, with another
 * default, changes no resource that is there
 */
export function withDefaults(definition: Shaped, given: Props, earlier: Defaulted = {}): Props {
    const filled = { ...given };
    for (const [property, schema] of Object.entries(definition.inputs.shape)) {
        const value = given[property] ?? (isKept(definition.properties[property]) ? earlier[property] : undefined);
        const parsed = (schema as z.ZodType).safeParse(value ?? undefined);
        const result = parsed.success ? parsed.data : value;
        if (result !== undefined) {
            filled[property] = result;
        }
    }
    return filled;
}

/** The defaults that `filled` has for what was not given. */
export function defaultedOf(definition: Shaped, given: Props, filled: Props): Defaulted {
    const absent = Object.keys(definition.inputs.shape).filter((property) => isAbsent(given[property]));
    return Object.fromEntries(absent.flatMap((name) => (isAbsent(filled[name]) ? [] : [[name, filled[name]]])));
}

/**
 * Inputs without those that only are as they are by default.
 * @param defaulted what is known of that; a state of 0.1.0 does not say, and there whatever is as the default counts
 */
export function withoutDefaults(definition: Shaped, inputs: Props, defaulted: Defaulted | undefined): Props {
    const defaults = defaulted ?? defaultsOf(definition);
    return Object.fromEntries(
        Object.entries(inputs).filter(([name, value]) => !(name in defaults) || !sameValue(defaults[name], value)),
    );
}

const defaultsByKind = new WeakMap<object, Props>();

/** The defaults of a kind. */
export function defaultsOf(definition: Shaped): Props {
    const defaults = defaultsByKind.get(definition) ?? withDefaults(definition, {});
    defaultsByKind.set(definition, defaults);
    return defaults;
}

/** Whether an existing resource keeps its default of this input: what only counts at the moment has today's. */
function isKept(property: Property | undefined): boolean {
    return property?.consequence !== "momentary";
}

function isAbsent(value: unknown): boolean {
    return value === undefined || value === null;
}

type Shaped = Pick<Definition, "inputs" | "properties">;
