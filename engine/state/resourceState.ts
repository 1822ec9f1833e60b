import { parseProviderReference } from "./urn";
import type { PropertyMap } from "./values";

/** A resource as the engine holds it; the names are those of Pulumi's deployment JSON, version 3. */
export interface ResourceState {
    urn: string;
    custom: boolean;
    /** To be deleted: the old side of a replacement that was created before it was deleted. */
    delete: boolean;
    id: string;
    type: string;
    inputs: PropertyMap;
    outputs: PropertyMap;
    parent: string | undefined;
    protect: boolean;
    /** To be replaced by the next update (`pulumi state taint`). */
    taint: boolean;
    /** Read, not managed. */
    external: boolean;
    dependencies: string[];
    /** Why the resource is only partly made; the next update calls the provider again. */
    initErrors: string[];
    /** Provider reference, `<urn>::<id>`. */
    provider: string | undefined;
    propertyDependencies: Record<string, string[]>;
    /** Deleted before its replacement, which is not created yet. */
    pendingReplacement: boolean;
    additionalSecretOutputs: string[];
    /** Former URNs, until the references to them are rewritten. Never saved. */
    aliases: string[];
    /** Seconds. */
    customTimeouts: Record<string, number>;
    retainOnDelete: boolean;
    deletedWith: string | undefined;
    created: string | undefined;
    modified: string | undefined;
    sourcePosition: string | undefined;
    stackTrace: { sourcePosition?: string }[];
    ignoreChanges: string[];
    replaceOnChanges: string[];
    hideDiff: unknown[];
    importID: string | undefined;
}

export type OperationKind = "creating" | "updating" | "deleting" | "reading";

export interface PendingOperation {
    resource: ResourceState;
    type: OperationKind;
}

export interface Snapshot {
    resources: ResourceState[];
    pendingOperations: PendingOperation[];
}

export function newResource(
    given: Pick<ResourceState, "urn" | "type" | "custom"> & Partial<ResourceState>,
): ResourceState {
    return {
        delete: false,
        id: "",
        inputs: {},
        outputs: {},
        parent: undefined,
        protect: false,
        taint: false,
        external: false,
        dependencies: [],
        initErrors: [],
        provider: undefined,
        propertyDependencies: {},
        pendingReplacement: false,
        additionalSecretOutputs: [],
        aliases: [],
        customTimeouts: {},
        retainOnDelete: false,
        deletedWith: undefined,
        created: undefined,
        modified: undefined,
        sourcePosition: undefined,
        stackTrace: [],
        ignoreChanges: [],
        replaceOnChanges: [],
        hideDiff: [],
        importID: undefined,
        ...given,
    };
}

/** All that a resource refers to: its parent, dependencies, provider and what it is deleted with. */
export function references(resource: ResourceState): string[] {
    return [
        ...(resource.parent === undefined ? [] : [resource.parent]),
        ...resource.dependencies,
        ...Object.values(resource.propertyDependencies).flat(),
        ...(resource.provider === undefined ? [] : [parseProviderReference(resource.provider).urn]),
        ...(resource.deletedWith === undefined ? [] : [resource.deletedWith]),
    ];
}
