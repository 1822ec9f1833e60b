/** What a value out of somebody's file has under a key; never what it inherits, as keys are anybody's. */
export function ownValue(value: unknown, key: string): unknown {
    return typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined;
}
