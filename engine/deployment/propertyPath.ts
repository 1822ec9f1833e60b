import { isMap, type PropertyMap, Secret, type Value } from "../state/values";

/** A path into a property map, as `ignoreChanges` and `replaceOnChanges` write it: `a.b[0]["c.d"].*`. */
export type PropertyPath = (string | number)[];

const SEGMENT = /^(?:\.?([^.[\]"]+)|\[(\d+)\]|\[\*\]|\["((?:[^"\\]|\\.)*)"\])/;

export function parsePath(text: string): PropertyPath {
    const path: PropertyPath = [];
    for (let rest = text; rest !== ""; ) {
        const match = SEGMENT.exec(rest);
        if (match === null) {
            throw new Error(`not a property path: ${text}`);
        }
        const [whole, name, index, quoted] = match;
        path.push(
            index !== undefined ? Number(index) : (name ?? (quoted === undefined ? "*" : JSON.parse(`"${quoted}"`))),
        );
        rest = rest.slice(whole.length);
    }
    return path;
}

/** `a.b[0]["c.d"]`. */
export function formatPath(path: PropertyPath): string {
    return path
        .map((segment, i) => {
            if (typeof segment === "number") {
                return `[${segment}]`;
            }
            if (/^[^.[\]"\s]+$/.test(segment)) {
                return i === 0 ? segment : `.${segment}`;
            }
            return `[${JSON.stringify(segment)}]`;
        })
        .join("");
}

/** Whether `inner` lies at or below `outer`, in which `*` stands for any one segment. */
export function pathContains(outer: PropertyPath, inner: PropertyPath): boolean {
    return outer.length <= inner.length && outer.every((segment, i) => segment === "*" || segment === inner[i]);
}

/** `news` with the value at the path as it is in `olds`; undefined when the path can't be followed in both. */
export function resetPath(path: PropertyPath, olds: PropertyMap, news: PropertyMap): PropertyMap | undefined {
    return reset(path, olds, news) as PropertyMap | undefined;
}

function reset(path: PropertyPath, old: Value | undefined, now: Value | undefined): Value | undefined {
    const [segment, ...rest] = path;
    if (segment === undefined) {
        return old;
    }
    if (now instanceof Secret) {
        const element = reset(path, old, now.element);
        return element === undefined ? undefined : new Secret(element);
    }
    if (old instanceof Secret) {
        return reset(path, old.element, now);
    }
    if (Array.isArray(old) && Array.isArray(now)) {
        return resetItems(segment, rest, old, now);
    }
    if (isMap(old) && isMap(now)) {
        const keys = segment === "*" ? new Set([...Object.keys(old), ...Object.keys(now)]) : [String(segment)];
        let result: PropertyMap | undefined = now;
        for (const key of keys) {
            result = result && resetKey(key, rest, old, result);
        }
        return result;
    }
    return undefined;
}

function resetItems(segment: string | number, rest: PropertyPath, old: Value[], now: Value[]): Value | undefined {
    if (segment === "*" && old.length !== now.length) {
        return undefined;
    }
    const indexes = segment === "*" ? old.keys() : [Number(segment)];
    const result = [...now];
    for (const index of indexes) {
        const item = index < old.length && index < now.length ? reset(rest, old[index], now[index]) : undefined;
        if (item === undefined) {
            return undefined;
        }
        result[index] = item;
    }
    return result;
}

function resetKey(key: string, rest: PropertyPath, old: PropertyMap, now: PropertyMap): PropertyMap | undefined {
    if (!(key in old) && !(key in now)) {
        return now;
    }
    if (rest.length > 0 && !(key in old && key in now)) {
        return undefined;
    }
    const value = reset(rest, old[key], now[key]);
    if (value !== undefined) {
        return { ...now, [key]: value };
    }
    if (key in old) {
        return undefined;
    }
    const { [key]: _added, ...others } = now;
    return others;
}
