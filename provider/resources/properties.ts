import { z } from "zod";
import { type Property, setOf, spelling } from "../core/property";
import { DEFAULT_TTL, domainName, fqdn, type OwnerName, ownerName, relativeOwner, spelledOwner } from "../dns";
import { ttlProblem } from "../dns/checkRRset";
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

/** The addresses of a glue record. */
export const addressesProperty: Property<string[]> = setOf(
    addressProperty,
    "address",
    z.array(z.string()).min(1, "empty: a glue record has at least one address"),
);

/** An owner name in the zone of the `domain` before it: `www`, `@`. Without the domain nobody can say what it means. */
export const ownerProperty = {
    schema: z.string(),
    normal: (text, { domain }) => (typeof domain === "string" ? ownerName(text, domain) : (text as OwnerName)),
    // An id holds it relative already.
    written: (relative, { domain }) => spelledOwner(relativeOwner(relative, String(domain)), String(domain)),
} satisfies Property<string, OwnerName>;

/** One that a host may have: `ns1`, `@`. */
export const hostProperty: Property<string, OwnerName> = {
    ...ownerProperty,
    ...spelling(ownerProperty.normal, (text, { domain }) => {
        if (typeof domain !== "string") {
            return undefined;
        }
        const doubt = ownerDoubt(text, domain);
        if (doubt === undefined) {
            domainName(fqdn(text, domain));
        }
        return doubt;
    }),
};

/** Seconds that resolvers may cache an RRset; their range is `checkRRset`'s. */
export const ttlSchema = z
    .number()
    .int({ error: ({ input }) => ttlProblem(input as number) })
    .default(DEFAULT_TTL);
