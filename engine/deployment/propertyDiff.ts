import { equal, isMap, type PropertyMap, reveal, type Value } from "../state/values";
import type { PropertyPath } from "./propertyPath";

/** One property that differs: added where `old` is undefined, deleted where `now` is. */
export interface PropertyChange {
    path: PropertyPath;
    old: Value | undefined;
    now: Value | undefined;
}

/** The properties that differ, maps by key, arrays by position, down to the smallest value that differs. */
export function diffProperties(old: PropertyMap, now: PropertyMap): PropertyChange[] {
    return diffValue([], old, now);
}

function diffValue(path: PropertyPath, old: Value | undefined, now: Value | undefined): PropertyChange[] {
    if (equal(old, now)) {
        return [];
    }
    if (isMap(old) && isMap(now)) {
        const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
        return keys.flatMap((key) => diffValue([...path, key], old[key], now[key]));
    }
    if (Array.isArray(old) && Array.isArray(now)) {
        const length = Math.max(old.length, now.length);
        return Array.from({ length }, (_, i) => diffValue([...path, i], old[i], now[i])).flat();
    }
    return [{ path, old, now }];
}

/** The same without regard to what is secret: whether an update is needed does not depend on marks. */
export function diffRevealed(old: PropertyMap, now: PropertyMap): PropertyChange[] {
    return diffProperties(reveal(old) as PropertyMap, reveal(now) as PropertyMap);
}
