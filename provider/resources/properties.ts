import { z } from "zod";
import { type Property, setOf, spelling } from "../core/property";
import { domainName, fqdn, type OwnerName, ownerName, relativeOwner, spelledOwner } from "../dns";
import { ownerDoubt } from "../dns/owner";
import { addressProblem, canonicalAddress } from "./ipAddress";

/** A domain, in A-labels without final dot: case, the final dot, and U-labels against A-labels do not count. */
export const domainProperty: Property<string> = spelling(domainName);

/** The nameservers of a domain. */
export const serversProperty: Property<string[]> = setOf(
    domainProperty,
    "nameserver",
    z
        .array(z.string())
        .min(1, "empty: a domain has at least one nameserver")
        .max(13, "a registry takes 13 nameservers at most"),
);

/** One IPv4 or IPv6 address, as of RFC 5952. */
export const addressProperty: Property<string> = spelling(canonicalAddress, addressProblem);

/** A host of the `domain` before it, relative to that: `ns1`, `@`. Without the domain nobody can say what it means. */
export const hostProperty: Property<string, OwnerName> = {
    ...spelling(
        (text, { domain }) => (typeof domain === "string" ? ownerName(text, domain) : (text as OwnerName)),
        (text, { domain }) => {
            if (typeof domain !== "string") {
                return undefined;
            }
            const doubt = ownerDoubt(text, domain);
            if (doubt === undefined) {
                domainName(fqdn(text, domain));
            }
            return doubt;
        },
    ),
    // An id holds it relative already.
    written: (relative, { domain }) => spelledOwner(relativeOwner(relative, String(domain)), String(domain)),
};
