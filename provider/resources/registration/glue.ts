import { z } from "zod";
import type { Problem } from "../../core/property";
import { normalOf, type Property } from "../../core/property";
import { domainName } from "../../dns";
import { addressesProperty, domainProperty } from "../properties";

/** The addresses of nameservers that need a glue record, by their names. */
export const glueProperty: Property<Record<string, string[]>> = {
    schema: z.record(z.string(), addressesProperty.schema),
    problems(glue, path, others) {
        const seen = new Map<string, string>();
        return Object.entries(glue).flatMap(([server, ips]) => {
            const at = `${path}["${server}"]`;
            const name = normalOf(domainProperty, server);
            const first = seen.get(name);
            seen.set(name, server);
            const wrong = domainProperty.problems?.(server, at, others) ?? [];
            const again = { path: at, reason: `"${server}" is the same nameserver as "${first}"` };
            const ofAddresses = addressesProperty.problems?.(ips, at, others) ?? [];
            return [...(wrong.length > 0 || first === undefined ? wrong : [again]), ...ofAddresses];
        });
    },
    normal: (glue) =>
        Object.fromEntries(
            Object.entries(glue).map(([server, ips]) => [domainName(server), normalOf(addressesProperty, ips)]),
        ),
};

/** What says with which nameservers a domain is ordered. */
export interface OrderedServers {
    fqdn?: string | undefined;
    nameservers?: readonly string[] | undefined;
    nameserversIps?: Readonly<Record<string, readonly string[]>> | undefined;
}

/**
 * Why the nameservers can't go with the order of a domain: a registry takes no nameserver inside a domain that it does not
 * know yet without the addresses for its glue record (RFC 5732 section 3.2.1), and has no use for others'.
 * @param given the same as the user spells them
 * @param open the properties that are not known yet, of which nothing is missed
 */
export function missingGlue(
    { fqdn, nameservers = [], nameserversIps = {} }: OrderedServers,
    given: OrderedServers,
    open: ReadonlySet<string>,
): Problem[] {
    if (fqdn === undefined) {
        return [];
    }
    const lacks = (server: string) =>
        (server === fqdn || server.endsWith(`.${fqdn}`)) && !Object.hasOwn(nameserversIps, server);
    const bare = open.has("nameserversIps") ? [] : nameservers.flatMap((server, at) => (lacks(server) ? [at] : []));
    const isStray = (server: string) => !nameservers.includes(normalOf(domainProperty, server));
    const strays = open.has("nameservers") ? [] : Object.keys(given.nameserversIps ?? {}).filter(isStray);
    return [
        ...bare.map((at) => ({
            path: `nameservers[${at}]`,
            reason: `${given.nameservers?.[at]} lies in the domain itself: give its addresses in nameserversIps, for its glue record`,
        })),
        ...strays.map((server) => ({ path: `nameserversIps["${server}"]`, reason: "is none of nameservers" })),
    ];
}
