import { newResource, type ResourceState } from "../state/resourceState";
import type { PropertyMap } from "../state/values";

/** A former identity of a resource: a whole URN, or the parts of one that were different. */
export type Alias =
    | { urn: string }
    | { name?: string; type?: string; stack?: string; project?: string; parent?: string; noParent?: boolean };

/** What a program registers: the resource as it should be. */
export interface Goal {
    type: string;
    name: string;
    custom: boolean;
    properties: PropertyMap;
    parent: string | undefined;
    dependencies: string[];
    propertyDependencies: Record<string, string[]>;
    /** Provider reference, `<urn>::<id>`; undefined for components and providers. */
    provider: string | undefined;
    /** undefined: as the parent says. */
    protect: boolean | undefined;
    retainOnDelete: boolean | undefined;
    deletedWith: string | undefined;
    /** undefined: as the provider says. */
    deleteBeforeReplace: boolean | undefined;
    ignoreChanges: string[];
    replaceOnChanges: string[];
    hideDiff: unknown[];
    additionalSecretOutputs: string[];
    aliases: Alias[];
    /** Seconds. */
    customTimeouts: Record<string, number>;
    sourcePosition: string | undefined;
    stackTrace: { sourcePosition?: string }[];
}

/** What a program reads with `Resource.get`. */
export interface ReadGoal {
    id: string;
    type: string;
    name: string;
    properties: PropertyMap;
    parent: string | undefined;
    dependencies: string[];
    provider: string;
    additionalSecretOutputs: string[];
    sourcePosition: string | undefined;
    stackTrace: { sourcePosition?: string }[];
}

/** The resource as it is to be, before its provider has checked its inputs. */
export function registeredState(
    goal: Goal,
    urn: string,
    old: ResourceState | undefined,
    alias: string | undefined,
): ResourceState {
    return newResource({
        urn,
        type: goal.type,
        custom: goal.custom,
        inputs: goal.properties,
        parent: goal.parent,
        protect: goal.protect ?? false,
        dependencies: goal.dependencies,
        provider: goal.provider,
        propertyDependencies: goal.propertyDependencies,
        additionalSecretOutputs: goal.additionalSecretOutputs,
        aliases: alias === undefined ? [] : [alias],
        customTimeouts: goal.customTimeouts,
        retainOnDelete: goal.retainOnDelete ?? false,
        deletedWith: goal.deletedWith,
        created: old?.created,
        modified: old?.modified,
        sourcePosition: goal.sourcePosition,
        stackTrace: goal.stackTrace,
        ignoreChanges: goal.ignoreChanges,
        replaceOnChanges: goal.replaceOnChanges,
        hideDiff: goal.hideDiff,
    });
}

/** A resource that is not managed, before it has been read. */
export function externalState(goal: ReadGoal, urn: string): ResourceState {
    return newResource({
        urn,
        type: goal.type,
        custom: true,
        external: true,
        id: goal.id,
        inputs: goal.properties,
        parent: goal.parent,
        dependencies: goal.dependencies,
        provider: goal.provider,
        additionalSecretOutputs: goal.additionalSecretOutputs,
        sourcePosition: goal.sourcePosition,
        stackTrace: goal.stackTrace,
    });
}
