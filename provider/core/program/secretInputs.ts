import * as pulumi from "@pulumi/pulumi";
import { SECRET_INPUTS, type SecretPath } from "../inputs/secrets";
import { contentOf } from "./sdkInternals";

/**
 * The property that names the secrets among the arguments of a resource or a look-up. Only an Output can be one: without
 * any there is no such property.
 */
export function secretInputsOf(args: pulumi.Inputs): pulumi.Inputs {
    return holdsDeferred(args) ? { [SECRET_INPUTS]: secretsOrUndefined(args) } : {};
}

/** Whether a value is only known later. */
export function isDeferred(value: unknown): value is pulumi.OutputInstance<unknown> | Promise<unknown> {
    return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** Whether a value is a secret, now or when it is known. */
export async function isSecret(value: unknown): Promise<boolean> {
    return ((await secretsOrUndefined({ value })) ?? []).length > 0;
}

async function secretsOrUndefined(args: object): Promise<SecretPath[] | undefined> {
    try {
        // In an order of their own: that of the program's text must not count.
        const paths = (await secretPaths(args, [])).map((path) => JSON.stringify(path)).sort();
        return paths.length > 0 ? paths.map((path) => JSON.parse(path)) : undefined;
    } catch {
        // An Output that failed fails the property that it stands in.
        return undefined;
    }
}

async function secretPaths(value: unknown, path: SecretPath): Promise<SecretPath[]> {
    if (pulumi.Output.isInstance(value)) {
        // What is inside may say more exactly what is secret.
        return (await pulumi.isSecret(value)) ? [path] : secretPaths(await contentOf(value), path);
    }
    if (value instanceof Promise) {
        return secretPaths(await value, path);
    }
    if (Array.isArray(value)) {
        const inner = await Promise.all(value.map((item) => secretPaths(item, path)));
        return inner.flat().length > 0 ? [path] : [];
    }
    if (!isDictionary(value)) {
        return [];
    }
    const inner = Object.entries(value).map(([key, item]) => secretPaths(item, [...path, key]));
    return (await Promise.all(inner)).flat();
}

function holdsDeferred(value: unknown): boolean {
    if (isDeferred(value)) {
        return true;
    }
    if (Array.isArray(value)) {
        return value.some(holdsDeferred);
    }
    return isDictionary(value) && Object.values(value).some(holdsDeferred);
}

/** Not an instance of a class: a resource among the arguments leads to the whole program. */
function isDictionary(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
