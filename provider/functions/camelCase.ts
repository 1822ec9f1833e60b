/** `rrset_ttl` as `rrsetTtl`. */
type CamelKey<K extends string> = K extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<CamelKey<Tail>>}` : K;

/** An answer of the API with its keys in camelCase. */
export type CamelCase<T> = T extends readonly (infer Item)[]
    ? CamelCase<Item>[]
    : T extends object
      ? { [K in keyof T as K extends string ? CamelKey<K> : K]: K extends "extra_parameters" ? T[K] : CamelCase<T[K]> }
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
        key.replace(/_([a-z\d])/g, (_, letter: string) => letter.toUpperCase()),
        key === "extra_parameters" ? inner : converted(inner),
    ]);
    return Object.fromEntries(entries);
}
