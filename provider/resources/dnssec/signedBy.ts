import type { Place } from "../../core/kind";

/**
 * Where a program says who signs a zone: LiveDNS by itself, or keys that it declares.
 * @param excludes why nobody else may; default: others may
 */
export function signedBy(domain: string, excludes?: Place["excludes"]): Place {
    return { name: `the signing of ${domain}`, excludes };
}
