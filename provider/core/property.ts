import { z } from "zod";
import type { Consequence, Problem, Props } from "./definition";
import { messageOf } from "./failures";
import { inUsersSpelling, sameSet } from "./inputs/values";

/**
 * One input of a kind, said once: its type, what is wrong with it, its normal form, how it compares, and what a change of
 * it asks for. Actions are only ever given normal forms, and may answer in any spelling: what the user wrote is core's
 * business. `others` are the inputs that stand before it in the definition, in normal form: a name counts from its domain.
 *
 * None of the functions is called with a value that is missing or not known yet.
 *
 * @typeParam T what a program gives, with its default
 * @typeParam N its normal form
 */
// biome-ignore lint/suspicious/noExplicitAny: T and N stand in both argument and result positions
export interface Property<T = any, N = T> {
    /** Type, range and default. */
    readonly schema: z.ZodType<T>;
    /** Default: `replace` for what makes the identity, `update` for the rest. */
    readonly consequence?: Consequence;
    /** Kept as a secret even where the program gives it in clear. */
    readonly secret?: true;
    /** For an object whose parts ask for different things: each part compares on its own. */
    readonly parts?: Readonly<Record<string, Pick<Property, "consequence" | "same">>>;
    /** What is wrong with a value of the right type. */
    problems?(value: T, path: string, others: Props): Problem[];
    /** The one spelling of all that mean the same. Throws for what means nothing. Default: the value as it is. */
    normal?(value: T, others: Props): N;
    /** Whether two values in normal form are one; deep equality when absent. `all` are the inputs beside each. */
    same?(old: N, wanted: N, all: { readonly old: Props; readonly wanted: Props }): boolean;
    /** Whether `same` can judge a missing value. */
    readonly optional?: true;
    /** What is there (in normal form), as the user spells it where it means the same. Default: as given where all is the same. */
    spelled?(given: T, there: N, others: Props): T;
    /** Its normal form as a program may write it, where that is another text: a name that looks absolute. */
    written?(normal: N, others: Props): T;
}

/** A value of which no other spelling means the same. */
export function plainly<T>(schema: z.ZodType<T>): Property<T> {
    return { schema };
}

/** A value that only the create or update goes by that it is given to: see {@link Consequence}. */
export function momentary<T>(schema: z.ZodType<T>): Property<T> {
    return { schema, consequence: "momentary" };
}

/** A value that a later read or delete goes by, which sees nothing but the state: see {@link Consequence}. */
export function remembered<T>(schema: z.ZodType<T>): Property<T> {
    return { schema, consequence: "record" };
}

/**
 * A text that has one normal form.
 *
 * @param parse throws where it has none, which is what is wrong with it
 * @param problem what else is wrong with it where a program gives it; it may throw that, too
 */
export function spelling<N extends string>(
    parse: (text: string, others: Props) => N,
    problem: (text: string, others: Props) => string | undefined = () => undefined,
): Property<string, N> {
    return {
        schema: z.string(),
        problems(text, path, others) {
            try {
                parse(text, others);
                const reason = problem(text, others);
                return reason === undefined ? [] : [{ path, reason }];
            } catch (error) {
                return [{ path, reason: messageOf(error) }];
            }
        },
        normal: parse,
    };
}

/**
 * Values of which neither order nor spelling counts, and none may stand twice.
 *
 * @param what one of them is called: `address`
 */
export function setOf(item: Property<string>, what: string, schema: z.ZodType<string[]>): Property<string[]> {
    const normal = (value: string, others: Props) => normalOf(item, value, others);
    return {
        schema,
        problems(values, path, others) {
            const firsts = new Map<string, string>();
            return values.flatMap((value, index) => {
                const at = `${path}[${index}]`;
                const key = normal(value, others);
                const first = firsts.get(key);
                firsts.set(key, first ?? value);
                const wrong = item.problems?.(value, at, others) ?? [];
                const again = { path: at, reason: `"${value}" is the same ${what} as "${first}"` };
                return wrong.length > 0 || first === undefined ? wrong : [again];
            });
        },
        normal: (values, others) => values.map((value) => normal(value, others)),
        same: (old, wanted) => sameSet(old, wanted, (value) => value),
        spelled: (given, there, others) => inUsersSpelling(given, there, (value) => normal(value, others)),
    };
}

/** A property that a program may leave out, with no default. */
export function optional<T, N>(property: Property<T, N>): Property<T | undefined, N | undefined> {
    return { ...property, schema: property.schema.optional() };
}

/** The normal form of a value. What means nothing stays as it is: a strange answer of the API must not stop a refresh. */
export function normalOf<T, N>({ normal }: Property<T, N>, value: T, others: Props = {}): N {
    try {
        return normal === undefined ? (value as never) : normal(value, others);
    } catch {
        return value as never;
    }
}
