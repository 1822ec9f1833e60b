import type { PropertyChange } from "../deployment/propertyDiff";
import { formatPath } from "../deployment/propertyPath";
import { isMap, type PropertyMap, ResourceReference, Secret, UNKNOWN, type Value } from "../state/values";

/** A dynamic resource's provider text: nobody wants to read it. */
const PROVIDER_KEY = "__provider";

/** The engine shows no property with two underscores. */
function isInternal(key: string): boolean {
    return key.startsWith("__");
}

/** A value for people: secrets and unknowns by name. */
export function renderValue(value: Value | undefined): string {
    if (value instanceof Secret) {
        return "[secret]";
    }
    if (value === UNKNOWN) {
        return "[unknown]";
    }
    if (value instanceof ResourceReference) {
        return value.urn;
    }
    if (Array.isArray(value)) {
        return `[${value.map(renderValue).join(", ")}]`;
    }
    if (isMap(value)) {
        const items = Object.entries(value).map(([key, item]) => `${key}: ${renderValue(item)}`);
        return items.length === 0 ? "{}" : `{ ${items.join(", ")} }`;
    }
    return JSON.stringify(value ?? null);
}

/** One line a property: `~ ttl: 300 => 600`, `+ values[1]: "192.0.2.2"`, `- note: "old"`. */
export function describeChanges(changes: PropertyChange[], replaceKeys: string[]): string[] {
    const shown = changes.filter(({ path }) => path[0] === PROVIDER_KEY || !isInternal(String(path[0])));
    return shown.map(({ path, old, now }) => {
        const name = formatPath(path);
        const mark = replaceKeys.includes(String(path[0])) ? " [replaces]" : "";
        if (path[0] === PROVIDER_KEY) {
            return `~ ${PROVIDER_KEY}: [changed]${mark}`;
        }
        if (old === undefined) {
            return `+ ${name}: ${renderValue(now)}${mark}`;
        }
        if (now === undefined) {
            return `- ${name}: ${renderValue(old)}${mark}`;
        }
        return `~ ${name}: ${renderValue(old)} => ${renderValue(now)}${mark}`;
    });
}

export function describeInputs(inputs: PropertyMap): string[] {
    return Object.keys(inputs)
        .filter((key) => !isInternal(key))
        .sort()
        .map((key) => `${key}: ${renderValue(inputs[key])}`);
}
