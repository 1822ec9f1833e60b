/** The type of the root resource that stands for the stack itself. */
const STACK_TYPE = "pulumi:pulumi:Stack";

const PROVIDER_PREFIX = "pulumi:providers:";

/** `urn:pulumi:<stack>::<project>::<qualified type>::<name>`, where the qualified type leads from parent to child by `$`. */
export function createUrn(
    stack: string,
    project: string,
    parent: string | undefined,
    type: string,
    name: string,
): string {
    const parentType = parent === undefined ? STACK_TYPE : qualifiedType(parent);
    const qualified = parentType === STACK_TYPE ? type : `${parentType}$${type}`;
    return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

export function qualifiedType(urn: string): string {
    return urn.split("::")[2] ?? "";
}

export function typeOf(urn: string): string {
    return qualifiedType(urn).split("$").at(-1) ?? "";
}

/** The name may itself hold `::`. */
export function nameOf(urn: string): string {
    return urn.split("::").slice(3).join("::");
}

export function isStack(urn: string): boolean {
    return qualifiedType(urn) === STACK_TYPE;
}

export function isProviderType(type: string): boolean {
    return type.startsWith(PROVIDER_PREFIX);
}

export function isDefaultProvider(urn: string): boolean {
    return isProviderType(typeOf(urn)) && nameOf(urn).startsWith("default");
}

/** The package that a type token belongs to: `pulumi-nodejs` for dynamic resources. */
export function packageOf(type: string): string {
    return isProviderType(type) ? type.slice(PROVIDER_PREFIX.length) : (type.split(":")[0] ?? "");
}

/** A provider reference is `<urn>::<id>`. */
export function parseProviderReference(reference: string): { urn: string; id: string } {
    const at = reference.lastIndexOf("::");
    return { urn: reference.slice(0, at), id: reference.slice(at + 2) };
}
