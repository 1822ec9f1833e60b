import type { PassphraseSecrets } from "./secrets";
import { parseProviderReference } from "./urn";
import { fromState, type PropertyMap, type Secret, toState } from "./values";

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

// biome-ignore lint/suspicious/noExplicitAny: JSON, checked key by key below
type Json = Record<string, any>;

/** The deployment inside an export: `{ version: 3, deployment }`. */
export const DEPLOYMENT_VERSION = 3;

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

const KNOWN_KEYS = new Set(Object.keys(newResource({ urn: "", type: "", custom: true })));

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

/** @throws when the state uses what this engine does not know, or is not in order. */
export function readDeployment(deployment: Json, secrets: PassphraseSecrets | undefined): Snapshot {
    const decrypt = (ciphertext: string): string => {
        if (secrets === undefined) {
            throw new Error("the state holds secrets but names no secrets provider");
        }
        return secrets.decrypt(ciphertext);
    };
    const read = (json: Json): ResourceState => {
        const unknownKey = Object.keys(json).find((key) => !KNOWN_KEYS.has(key) && json[key] !== undefined);
        if (unknownKey !== undefined) {
            throw new Error(
                `${json.urn}: the state uses ${unknownKey}, which the embedded engine does not support: use the Pulumi CLI`,
            );
        }
        return newResource({
            ...(json as ResourceState),
            inputs: fromState(json.inputs ?? {}, decrypt),
            outputs: fromState(json.outputs ?? {}, decrypt),
        });
    };
    const snapshot: Snapshot = {
        resources: (deployment.resources ?? []).map(read),
        pendingOperations: (deployment.pending_operations ?? []).map((operation: Json) => ({
            resource: read(operation.resource),
            type: operation.type,
        })),
    };
    verify(snapshot.resources);
    return snapshot;
}

/** The state's secrets provider, as written in the deployment; only the passphrase provider is supported. */
export function saltOf(deployment: Json): string | undefined {
    const provider = deployment.secrets_providers;
    if (provider === undefined || provider === null || provider.type === "") {
        return undefined;
    }
    if (provider.type !== "passphrase") {
        throw new Error(
            `secrets provider ${provider.type} is not supported by the embedded engine: use the Pulumi CLI`,
        );
    }
    return provider.state.salt;
}

/** Ciphertexts are kept, so that an unchanged secret does not change the file. */
const ciphertexts = new WeakMap<PassphraseSecrets, WeakMap<Secret, string>>();

export function writeDeployment(snapshot: Snapshot, secrets: PassphraseSecrets, showSecrets = false): Json {
    const known = ciphertexts.get(secrets) ?? new WeakMap<Secret, string>();
    ciphertexts.set(secrets, known);
    const seal = (secret: Secret, json: () => string) => {
        if (showSecrets) {
            return { plaintext: json() };
        }
        const ciphertext = known.get(secret) ?? secrets.encrypt(json());
        known.set(secret, ciphertext);
        return { ciphertext };
    };
    const write = (resource: ResourceState): Json => {
        const { urn, custom, aliases: _aliases, ...optional } = resource;
        return {
            urn,
            custom,
            ...Object.fromEntries(Object.entries(optional).filter(([, value]) => !isEmpty(value))),
            ...(isEmpty(resource.inputs) ? {} : { inputs: toState(resource.inputs, seal) }),
            ...(isEmpty(resource.outputs) ? {} : { outputs: toState(resource.outputs, seal) }),
        };
    };
    return {
        manifest: { time: new Date().toISOString(), magic: "", version: "" },
        secrets_providers: { type: "passphrase", state: { salt: secrets.salt } },
        ...(snapshot.resources.length === 0 ? {} : { resources: snapshot.resources.map(write) }),
        ...(snapshot.pendingOperations.length === 0
            ? {}
            : {
                  pending_operations: snapshot.pendingOperations.map(({ resource, type }) => ({
                      resource: write(resource),
                      type,
                  })),
              }),
        metadata: {},
    };
}

/** What Pulumi's JSON leaves out. */
function isEmpty(value: unknown): boolean {
    return (
        value === undefined ||
        value === false ||
        value === "" ||
        (Array.isArray(value) && value.length === 0) ||
        (typeof value === "object" && value !== null && Object.keys(value).length === 0)
    );
}

/** Each resource must stand behind all that it refers to; the Pulumi CLI refuses a state where it does not. */
export function verify(resources: ResourceState[]): void {
    const seen = new Set<string>();
    for (const resource of resources) {
        const missing = references(resource).find((urn) => !seen.has(urn));
        if (missing !== undefined) {
            throw new Error(`the state is not in order: ${resource.urn} refers to ${missing}, which is not before it`);
        }
        seen.add(resource.urn);
    }
}
