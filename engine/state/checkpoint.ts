import { newResource, type ResourceState, references, type Snapshot } from "./resourceState";
import type { PassphraseSecrets } from "./secrets";
import { fromState, type Secret, toState } from "./values";

// biome-ignore lint/suspicious/noExplicitAny: JSON, checked key by key below
type Json = Record<string, any>;

/** The deployment inside an export: `{ version: 3, deployment }`. */
export const DEPLOYMENT_VERSION = 3;

const KNOWN_KEYS = new Set(Object.keys(newResource({ urn: "", type: "", custom: true })));

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
