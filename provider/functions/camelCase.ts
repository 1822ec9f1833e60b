import { z } from "zod";

/** `rrset_ttl` as `rrsetTtl`; nothing of the keys that no document names. */
type CamelKey<K> = K extends `${infer Head}_${infer Tail}`
    ? `${Head}${Capitalize<CamelKey<Tail> & string>}`
    : string extends K
      ? never
      : K;

/** An answer of the API with its keys in camelCase. */
export type CamelCase<T> = T extends readonly (infer Item)[]
    ? CamelCase<Item>[]
    : T extends object
      ? { [K in keyof T as CamelKey<K>]: K extends "extra_parameters" ? T[K] : CamelCase<T[K]> }
      : T;

/**
 * An answer of the API with its keys in camelCase, at every depth. What stands in `extra_parameters` keeps its names: they
 * are those that single extensions ask for.
 */
export function camelCase<T>(answer: T): CamelCase<T> {
    return converted(answer) as CamelCase<T>;
}

function converted(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(converted);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const entries = Object.entries(value).map(([key, inner]) => [
        camelKey(key),
        key === "extra_parameters" ? inner : converted(inner),
    ]);
    return Object.fromEntries(entries);
}

function camelKey(key: string): string {
    return key.replace(/_([a-z\d])/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * The schema of what {@link camelCase} makes of an answer, from the answer's own: what it says of the answer, without the ways
 * in which it reads what some servers send instead.
 */
export function camelCased(schema: z.core.$ZodType): z.ZodType {
    if (schema instanceof z.ZodObject) {
        const members = Object.entries(schema.shape).map(([key, inner]) => [camelKey(key), camelCased(inner)]);
        return z.object(Object.fromEntries(members));
    }
    if (schema instanceof z.ZodArray) {
        return z.array(camelCased(schema.element));
    }
    if (schema instanceof z.ZodOptional) {
        return camelCased(schema.unwrap()).optional();
    }
    if (schema instanceof z.ZodNonOptional) {
        return z.nonoptional(camelCased(schema.unwrap()));
    }
    if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodCatch) {
        return camelCased(schema.unwrap());
    }
    // What all the others of a union are read as is the first (api/wire.ts).
    return schema instanceof z.ZodUnion ? camelCased(schema.options[0]!) : (schema as z.ZodType);
}
