import { isDeepStrictEqual } from "node:util";
import { formatPath, type PropertyPath } from "../../engine/deployment/propertyPath";
import type { Props } from "../../provider/core/property";

/** A property that is not as declared. */
export interface Difference {
    /** `ttl`, `rrsets["www A"].values`. */
    readonly path: string;
    /** As the program declares it; undefined where it does not. */
    readonly declared?: unknown;
    /** As it is. */
    readonly is?: unknown;
    /** As it was when the state was last written. */
    readonly was?: unknown;
    /** It differs, and nothing shows how. */
    readonly isSecret?: true;
    /** Whether it was changed outside of the program since then. */
    readonly isDrift: boolean;
}

interface Three {
    declared?: unknown;
    is?: unknown;
    was?: unknown;
}

/** Whether a property is no input: the text that the engine loads, and the marks of our kinds. */
export function isOurs(property: string): boolean {
    return property.startsWith("_");
}

/** Where what is differs from what is declared, down to the smallest part that both have; lists of plain values are one. */
export function differencesBetween(declared: Props, is: Props, was: Props): Difference[] {
    const shown = (props: Props) => Object.fromEntries(Object.entries(props).filter(([key]) => !isOurs(key)));
    return below({ declared: shown(declared), is: shown(is), was: shown(was) }, []);
}

function below({ declared, is, was }: Three, path: PropertyPath): Difference[] {
    if (isDeepStrictEqual(declared, is)) {
        return [];
    }
    const keys = keysOf(declared, is);
    if (keys === undefined) {
        return [{ path: formatPath(path), declared, is, was, isDrift: !isDeepStrictEqual(was, is) }];
    }
    return keys.flatMap((key) => {
        const parts = { declared: at(declared, key), is: at(is, key), was: at(was, key) };
        return below(parts, [...path, Array.isArray(declared) ? Number(key) : key]);
    });
}

/** The parts to go down to; undefined where there is nothing to be gained by it. */
function keysOf(one: unknown, other: unknown): string[] | undefined {
    const isList = Array.isArray(one) && Array.isArray(other) && [...one, ...other].every(isObject);
    if (!isList && !(isObject(one) && isObject(other))) {
        return undefined;
    }
    return [...new Set([...Object.keys(one as object), ...Object.keys(other as object)])];
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function at(value: unknown, key: string): unknown {
    return typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined;
}
