import type { Provider } from "../process/provider";
import type { ResourceState } from "../state/resourceState";
import { equal, type PropertyMap } from "../state/values";
import type { Handled } from "./ledger";
import { diffRevealed, type PropertyChange } from "./propertyDiff";
import { parsePath, pathContains, resetPath } from "./propertyPath";

/** What a diff comes to, after the engine has compared inputs where the provider left that to it. */
export interface ResourceDiff {
    changes: boolean;
    /** Properties that force a replacement, if there are changes. */
    replaceKeys: string[];
    /** What has changed, where the engine compared. */
    changed: PropertyChange[];
    deleteBeforeReplace: boolean;
}

/** A property that asks for a replacement whenever the last update ended in a partial failure. */
const INIT_ERROR = "#initerror";

export async function diffResource(
    provider: Provider,
    old: ResourceState,
    news: PropertyMap,
    ignoreChanges: string[],
): Promise<ResourceDiff> {
    const { urn, id, outputs, inputs } = old;
    const diff = await provider.diff(urn, id, outputs, inputs, news, ignoreChanges);
    const { deleteBeforeReplace, replaces: replaceKeys } = diff;
    if (diff.changes !== undefined) {
        return { changes: diff.changes, replaceKeys, changed: [], deleteBeforeReplace };
    }
    const kept = ignoreChanges.reduce((map, path) => resetPath(parsePath(path), inputs, map) ?? map, news);
    const changed = diffRevealed(inputs, kept);
    return { changes: changed.length > 0, replaceKeys, changed, deleteBeforeReplace };
}

/** The diff of a resource that the program has registered; one that can't stay is replaced without asking its provider. */
export async function diffRegistered(
    /** undefined for a component. */
    provider: Provider | undefined,
    old: ResourceState,
    made: ResourceState,
    handled: ReadonlyMap<string, Handled>,
): Promise<ResourceDiff> {
    if (old.taint) {
        return replaceBecause("id");
    }
    if (made.deletedWith !== undefined && handled.get(made.deletedWith) === "replace") {
        return replaceBecause("deletedWith");
    }
    if (providerChanged(old, made)) {
        return replaceBecause("provider");
    }
    if (provider === undefined) {
        return {
            changes: !equal(old.inputs, made.inputs),
            replaceKeys: [],
            changed: [],
            deleteBeforeReplace: false,
        };
    }
    return diffResource(provider, old, made.inputs, made.ignoreChanges);
}

function replaceBecause(key: string): ResourceDiff {
    return { changes: true, replaceKeys: [key], changed: [], deleteBeforeReplace: false };
}

/**
 * A dynamic provider has no DiffConfig, so another provider with other inputs still counts as the same one; only where
 * there was no provider, or is none now, the resource can't stay.
 */
function providerChanged(old: ResourceState, made: ResourceState): boolean {
    return old.provider !== made.provider && (old.provider === undefined || made.provider === undefined);
}

/** `replaceOnChanges`: works on what the engine compared; where the provider said "changed", nobody knows what has. */
export function forceReplacement(diff: ResourceDiff, paths: string[], hasInitErrors: boolean): ResourceDiff {
    const watched = paths.map(parsePath);
    const isWatched = (path: (string | number)[]) => watched.some((each) => pathContains(each, path));
    const keys = diff.changed.filter(({ path }) => isWatched(path)).map(({ path }) => String(path[0]));
    const initError = hasInitErrors && isWatched([INIT_ERROR]) ? [INIT_ERROR] : [];
    return {
        ...diff,
        changes: diff.changes || initError.length > 0,
        replaceKeys: [...new Set([...diff.replaceKeys, ...keys, ...initError])],
    };
}
