import { z } from "zod";
import type { Code } from "./codes";
import { messageOf } from "./failures";
import { inUsersSpelling, sameSet, sameValue } from "./inputs/values";

/** Properties as they cross the wire between the engine and a dynamic provider: plain JSON. */
export type Props = Record<string, unknown>;

/** One thing wrong with the inputs. `path` names the property, e.g. `owner.email`. */
export interface Problem {
    readonly path: string;
    readonly reason: string;
    /** Default: `invalid-input`. */
    readonly code?: Code;
}

/**
 * What a changed input asks for.
 *
 * - `update`: the API is asked to make it so (the default).
 * - `replace`: it is part of the resource's identity; another resource takes its place.
 * - `remember`: a later read or delete goes by it, which sees nothing but the state (`deletionPolicy`, `timeouts.delete` …).
 *   So it is a change, which makes no call, or the delete would run with the old policy.
 * - `momentary`: only the create or update that it is given to goes by it (`adopt`, `maxPrice` …). Another value is no
 *   change, as a preview of one makes every output unknown; the state's outputs have it from the next update on. So that
 *   this holds, what only the state can tell (`prior`, and what `observe`, `describe` and `remove` are given) is without it.
 */
export type Consequence = "update" | "replace" | "remember" | "momentary";

/**
 * One input of a kind, said once: its type, what is wrong with it, its normal form, how it compares, and what a change of
 * it asks for. Actions are only ever given normal forms, and may answer in any spelling: what the user wrote is core's
 * business. `others` are the inputs that stand before it in the definition, in normal form: a name counts from its domain.
 *
 * None of the functions is called with a value that is missing or not known yet.
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
    /**
     * What is there (in normal form), as the user spells it where it means the same. Default: as given where all is the same.
     * @param shown the same as the API spells it, where that is known
     */
    spelled?(given: T, there: N, others: Props, shown?: T): T;
    /** Its normal form as a program may write it, where that is another text: a name that looks absolute. */
    written?(normal: N, others: Props): T;
}

/** A value of which no other spelling means the same. */
export function plainly<T>(schema: z.ZodType<T>): Property<T> {
    return { schema };
}

/** A value that only the create or update goes by that it is given to: see {@link Consequence}. */
export function momentary<T>(schema: z.ZodType<T>): Property<T>;
export function momentary<T, N>(property: Property<T, N>): Property<T, N>;
export function momentary<T>(property: z.ZodType<T> | Property<T>): Property<T> {
    return { ...("schema" in property ? property : { schema: property }), consequence: "momentary" };
}

/** A value that a later read or delete goes by, which sees nothing but the state: see {@link Consequence}. */
export function remembered<T>(schema: z.ZodType<T>): Property<T> {
    return { schema, consequence: "remember" };
}

/**
 * A text that has one normal form.
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
 * @param what one of them is called: `address`
 * @param key by which two in normal form are one, where what is sent says more than counts
 */
export function setOf(
    item: Property<string>,
    what: string,
    schema: z.ZodType<string[]>,
    key: (normal: string) => string = (normal) => normal,
): Property<string[]> {
    const normal = (value: string, others: Props) => normalOf(item, value, others);
    return {
        schema,
        problems(values, path, others) {
            const firsts = new Map<string, string>();
            return values.flatMap((value, index) => {
                const at = `${path}[${index}]`;
                const one = key(normal(value, others));
                const first = firsts.get(one);
                firsts.set(one, first ?? value);
                const wrong = item.problems?.(value, at, others) ?? [];
                const again = { path: at, reason: `"${value}" is the same ${what} as "${first}"` };
                return wrong.length > 0 || first === undefined ? wrong : [again];
            });
        },
        normal: (values, others) => values.map((value) => normal(value, others)),
        same: (old, wanted) => sameSet(old, wanted, key),
        spelled: (given, there, others) => inUsersSpelling(given, there, (value) => key(normal(value, others))),
    };
}

/** A part of an object: it has a type and a comparison, and is sent as it is given. */
export type Part = Pick<Property, "schema" | "same" | "optional">;

/** An object in which what may be undefined may be absent. */
export type WithOptionals<V> = { [K in keyof V as undefined extends V[K] ? never : K]: V[K] } & {
    [K in keyof V as undefined extends V[K] ? K : never]?: V[K];
};

/** An object of which each part compares on its own: where one differs, the others stay as the user spells them. */
export function recordOf<P extends Readonly<Record<string, Part>>>(
    parts: P,
): Property<WithOptionals<{ -readonly [K in keyof P]: z.output<P[K]["schema"]> }>> {
    const names = (old: Props, wanted: Props) => [...new Set([...Object.keys(old), ...Object.keys(wanted)])];
    const samePart = (name: string, old: Props, wanted: Props) =>
        isSame(parts[name] ?? {}, old[name], wanted[name], { old, wanted });
    const record: Property = {
        schema: z.strictObject(Object.fromEntries(Object.entries(parts).map(([name, { schema }]) => [name, schema]))),
        same: (old: Props, wanted: Props) => names(old, wanted).every((name) => samePart(name, old, wanted)),
        spelled(given: Props, there: Props) {
            const values = names(given, there).map((name) => [
                name,
                samePart(name, given, there) ? given[name] : there[name],
            ]);
            return Object.fromEntries(values.filter(([, value]) => value !== undefined));
        },
    };
    return record;
}

/** A property that a program may leave out, with no default. */
export function optional<T, N>(property: Property<T, N>): Property<T | undefined, N | undefined> {
    return { ...property, schema: property.schema.optional() };
}

/** The normal form of a value. What means nothing stays as it is: a strange answer of the API must not stop a refresh. */
export function normalOf<T, N>({ normal }: Property<T, N>, value: T, others: Props = {}): N {
    try {
        return normal === undefined ? (value as T & N) : normal(value, others);
    } catch {
        return value as T & N;
    }
}

/** Whether two values in normal form are one. A missing one is only judged by who says that it can. */
export function isSame(
    { same, optional }: Pick<Property, "same" | "optional">,
    old: unknown,
    wanted: unknown,
    all: { readonly old: Props; readonly wanted: Props } = { old: {}, wanted: {} },
): boolean {
    const isJudged = optional === true || (old !== undefined && wanted !== undefined);
    return sameValue(old, wanted) || (isJudged && same?.(old, wanted, all) === true);
}
