/**
 * How a resource in a state leads back to this package. All of it stands in every user's state: it never changes.
 */

/** The package that the SDK's own provider process serves; an explicit provider must be of it. */
export const PROVIDER_PACKAGE = "pulumi-nodejs";

/** Set by the SDK's provider process and by us; never one of a resource's own inputs. */
export const POINTER = "__provider";

/** The type token of a kind. */
export function resourceType(kind: string): string {
    return `${PROVIDER_PACKAGE}:dynamic/gandi:${kind}`;
}

/**
 * The text that the SDK's provider process compiles to find our code: a pointer to the installed package instead of the
 * serialised code.
 */
export function pointer(kind: string): string {
    return `exports.handler=()=>require("pulumi-gandi/runtime").get("${kind}");`;
}
