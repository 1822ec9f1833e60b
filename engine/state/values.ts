/** What stands in place of a value that is not known yet, in preview. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The key that marks a special object on the wire and in state, and the marks themselves. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE_REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
const OUTPUT_VALUE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const ASSET = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";

/** A property value inside the engine. An unknown is the string {@link UNKNOWN}. */
export type Value = null | boolean | number | string | Value[] | Secret | ResourceReference | PropertyMap;

export interface PropertyMap {
    [key: string]: Value;
}

/** A value that is encrypted in state and never shown. */
export class Secret {
    constructor(readonly element: Value) {}
}

/** A resource used as a value: by URN, with the id of a custom resource. */
export class ResourceReference {
    constructor(
        readonly urn: string,
        readonly id: Value | undefined,
    ) {}
}

export function isMap(value: Value | undefined): value is PropertyMap {
    return (
        typeof value === "object" &&
        value !== null &&
        !Array.isArray(value) &&
        !(value instanceof Secret) &&
        !(value instanceof ResourceReference)
    );
}

/** How a special object is written, on the wire or in state. */
interface Encoding {
    secret(secret: Secret): unknown;
    reference(reference: ResourceReference): unknown;
}

/** How a secret is read: from its `value` on the wire, from its `ciphertext` in state. */
type DecodeSecret = (encoded: Record<string, unknown>) => Value;

function encode(value: Value, encoding: Encoding): unknown {
    if (value instanceof Secret) {
        return encoding.secret(value);
    }
    if (value instanceof ResourceReference) {
        return encoding.reference(value);
    }
    if (Array.isArray(value)) {
        return value.map((item) => encode(item, encoding));
    }
    if (isMap(value)) {
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encode(item, encoding)]));
    }
    return value;
}

function decode(value: unknown, secret: DecodeSecret): Value {
    if (Array.isArray(value)) {
        return value.map((item) => decode(item, secret));
    }
    if (typeof value !== "object" || value === null) {
        return (value ?? null) as Value;
    }
    const object = value as Record<string, unknown>;
    switch (object[SIGNATURE]) {
        case undefined:
            return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, decode(item, secret)]));
        case SECRET:
            return new Secret(secret(object));
        case RESOURCE_REFERENCE:
            return new ResourceReference(
                String(object.urn),
                object.id === undefined ? undefined : decode(object.id, secret),
            );
        case OUTPUT_VALUE: {
            const element = "value" in object ? decode(object.value, secret) : UNKNOWN;
            return object.secret === true && !(element instanceof Secret) ? new Secret(element) : element;
        }
        case ASSET:
        case ARCHIVE:
            throw new Error("assets and archives are not supported by the embedded engine: use the Pulumi CLI");
        default:
            throw new Error(`unknown signature ${String(object[SIGNATURE])} in a property value`);
    }
}

const wire: Encoding = {
    secret: ({ element }) => ({ [SIGNATURE]: SECRET, value: encode(element, wire) }),
    reference: ({ urn, id }) => ({
        [SIGNATURE]: RESOURCE_REFERENCE,
        urn,
        ...(id === undefined ? {} : { id: encode(id, wire) }),
    }),
};

/** What a dynamic provider understands: secrets in clear, a resource as its id (a component as its URN). */
const plain: Encoding = {
    secret: ({ element }) => encode(element, plain),
    reference: ({ urn, id }) => (id === undefined || id === "" ? urn : encode(id, plain)),
};

// biome-ignore lint/suspicious/noExplicitAny: JSON, of whatever shape
type Json = Record<string, any>;

export function fromWire(object: Json): PropertyMap {
    return decode(object, (encoded) => decode(encoded.value, () => null)) as PropertyMap;
}

export function toWire(map: PropertyMap): Json {
    return encode(map, wire) as Json;
}

export function toPlain(map: PropertyMap): Json {
    return encode(map, plain) as Json;
}

/** The value without any secret mark in it, in clear. */
export function reveal(value: Value): unknown {
    return encode(value, plain);
}

/** Writes a map as state has it; `seal` gives what stands for a secret, by its JSON. */
export function toState(
    map: PropertyMap,
    seal: (secret: Secret, json: () => string) => { ciphertext: string } | { plaintext: string },
): Json {
    const state: Encoding = {
        ...wire,
        secret: (secret) => ({ [SIGNATURE]: SECRET, ...seal(secret, () => JSON.stringify(reveal(secret.element))) }),
    };
    return encode(map, state) as Json;
}

/** Reads a map as state has it: secrets as `ciphertext`, or as `plaintext` in an export with `--show-secrets`. */
export function fromState(object: Json, decrypt: (ciphertext: string) => string): PropertyMap {
    return decode(object, (encoded) => {
        const json = encoded.ciphertext === undefined ? encoded.plaintext : decrypt(String(encoded.ciphertext));
        return decode(JSON.parse(String(json)), () => null);
    }) as PropertyMap;
}

function some(value: Value, test: (value: Value) => boolean): boolean {
    if (test(value)) {
        return true;
    }
    if (value instanceof Secret) {
        return some(value.element, test);
    }
    if (value instanceof ResourceReference) {
        return value.id !== undefined && some(value.id, test);
    }
    if (Array.isArray(value)) {
        return value.some((item) => some(item, test));
    }
    return isMap(value) && Object.values(value).some((item) => some(item, test));
}

function containsSecret(value: Value): boolean {
    return some(value, (item) => item instanceof Secret);
}

export function containsUnknown(value: Value): boolean {
    return some(value, (item) => item === UNKNOWN);
}

/** Deep equality; a secret equals only a secret. */
export function equal(a: Value | undefined, b: Value | undefined): boolean {
    if (a === b) {
        return true;
    }
    if (a instanceof Secret || b instanceof Secret) {
        return a instanceof Secret && b instanceof Secret && equal(a.element, b.element);
    }
    if (a instanceof ResourceReference || b instanceof ResourceReference) {
        return a instanceof ResourceReference && b instanceof ResourceReference && a.urn === b.urn && equal(a.id, b.id);
    }
    if (Array.isArray(a) || Array.isArray(b)) {
        return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => equal(item, b[i]));
    }
    if (!isMap(a) || !isMap(b)) {
        return false;
    }
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => key in b && equal(a[key], b[key]));
}

/**
 * A dynamic provider takes and gives values in clear. A result whose input holds a secret becomes a secret again: key by
 * key while both sides are maps; anything else, an array too, as a whole.
 */
export function annotateSecrets(results: PropertyMap, inputs: PropertyMap): PropertyMap {
    const annotated = { ...results };
    for (const [key, input] of Object.entries(inputs)) {
        const result = annotated[key];
        if (result === undefined) {
            continue;
        }
        if (isMap(result) && isMap(input)) {
            annotated[key] = annotateSecrets(result, input);
        } else if (!(result instanceof Secret) && containsSecret(input)) {
            annotated[key] = new Secret(result);
        }
    }
    return annotated;
}
