import { isDeepStrictEqual } from "node:util";

type Dictionary = Record<string, unknown>;

/** How the engine spells a value that is not known in preview, at any depth (SDK: `rpc.unknownValue`). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** How a special value is told from an object, and a secret from other special values (SDK: `rpc.specialSigKey`, `specialSecretSig`). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

export function containsUnknown(value: unknown): boolean {
    if (value === UNKNOWN) {
        return true;
    }
    if (Array.isArray(value)) {
        return value.some(containsUnknown);
    }
    return isPlainObject(value) && Object.values(value).some(containsUnknown);
}

/**
 * The known part of a value: unknown leaves are left out, and so is a list or object of which nothing remains, so that
 * rules about emptiness do not fire on values that are merely not known yet.
 */
export function known(value: unknown): unknown {
    if (value === UNKNOWN) {
        return undefined;
    }
    if (Array.isArray(value)) {
        const rest = value.map(known).filter((item) => item !== undefined);
        return rest.length === 0 && value.length > 0 ? undefined : rest;
    }
    if (isPlainObject(value)) {
        const rest = Object.entries(value).flatMap(([key, inner]) => {
            const left = known(inner);
            return left === undefined ? [] : [[key, left] as const];
        });
        return rest.length === 0 && Object.keys(value).length > 0 ? undefined : Object.fromEntries(rest);
    }
    return value;
}

/**
 * Plain JSON without `undefined`. The SDK fails a call whose answer holds `undefined` anywhere, after the resource was
 * made: an orphan.
 */
export function plain<T>(value: T): T {
    return JSON.parse(JSON.stringify(value)) as T;
}

/** A value that the engine is to keep as a secret, as it is written on the wire. */
export function secret(value: unknown): Dictionary {
    return { [SIGNATURE]: SECRET_SIGNATURE, value };
}

export function isPlainObject(value: unknown): value is Dictionary {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Deep equality in which an absent property and `undefined` are one. */
export function sameValue(a: unknown, b: unknown): boolean {
    return isDeepStrictEqual(withoutAbsent(a), withoutAbsent(b));
}

function withoutAbsent(value: unknown): unknown {
    return value === undefined || value === null ? undefined : plain(value);
}

export function pick(props: Dictionary, keys: Iterable<string>): Dictionary {
    const there = [...keys].filter((key) => props[key] !== undefined && props[key] !== null);
    return Object.fromEntries(there.map((key) => [key, props[key]]));
}

/**
 * The values that are there, spelled and ordered as the user did where they are equal; those that the user did not give
 * stand last.
 */
export function inUsersSpelling<T>(given: readonly T[], seen: readonly T[], normalForm: (value: T) => string): T[] {
    const left = new Map(seen.map((value) => [normalForm(value), value]));
    const kept = given.filter((value) => left.delete(normalForm(value)));
    return [...kept, ...left.values()];
}

/** Whether two lists hold the same, in whatever order, spelling and number. */
export function sameSet<T>(some: readonly T[], others: readonly T[], normalForm: (value: T) => string): boolean {
    const one = new Set(some.map(normalForm));
    const other = new Set(others.map(normalForm));
    return one.size === other.size && [...one].every((value) => other.has(value));
}
