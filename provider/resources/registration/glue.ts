import type { Problem } from "../../core/definition";
import { messageOf } from "../../core/failures";
import { domainName } from "../../dns";
import { addressProblems, canonicalAddress } from "../ipAddress";

/** The nameservers that a domain is ordered with, and the addresses of those that need a glue record. */
export interface OrderedServers {
    nameservers?: readonly string[] | undefined;
    nameserversIps?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** What is wrong with the names and addresses, each by itself. */
export function glueProblems({ nameserversIps = {} }: OrderedServers): Problem[] {
    const problems: Problem[] = [];
    const seen = new Map<string, string>();
    for (const [server, ips] of Object.entries(nameserversIps)) {
        const path = `nameserversIps["${server}"]`;
        try {
            const name = domainName(server);
            const first = seen.get(name);
            if (first !== undefined) {
                problems.push({ path, reason: `"${server}" is the same nameserver as "${first}"` });
            }
            seen.set(name, server);
        } catch (error) {
            problems.push({ path, reason: messageOf(error) });
        }
        problems.push(...addressProblems(ips, path));
    }
    return problems;
}

/**
 * Why the nameservers can't go with the order of a domain: a registry takes no nameserver inside a domain that it does not
 * know yet without the addresses for its glue record (RFC 5732 section 3.2.1), and has no use for others'.
 *
 * @param open the properties that are not known yet, of which nothing is missed
 */
export function missingGlue(fqdn: string, servers: OrderedServers, open: ReadonlySet<string>): Problem[] {
    const { nameservers = [], nameserversIps = {} } = servers;
    const names = new Set(nameservers.map(domainName));
    const given = new Set(Object.keys(nameserversIps).map(domainName));
    const problems: Problem[] = [];
    for (const [index, server] of open.has("nameserversIps") ? [] : nameservers.entries()) {
        if (isInside(domainName(server), domainName(fqdn)) && !given.has(domainName(server))) {
            const reason = `${server} lies in the domain itself: give its addresses in nameserversIps, for its glue record`;
            problems.push({ path: `nameservers[${index}]`, reason });
        }
    }
    for (const server of open.has("nameservers") ? [] : Object.keys(nameserversIps)) {
        if (!names.has(domainName(server))) {
            problems.push({ path: `nameserversIps["${server}"]`, reason: "is none of nameservers" });
        }
    }
    return problems;
}

function isInside(name: string, domain: string): boolean {
    return name === domain || name.endsWith(`.${domain}`);
}

/** The order's fields. */
export function orderedServers({ nameservers, nameserversIps }: OrderedServers): {
    nameservers: string[] | undefined;
    nameservers_ips: Record<string, string[]> | undefined;
} {
    const glue = Object.entries(nameserversIps ?? {}).map(
        ([server, ips]) => [domainName(server), ips.map(canonicalAddress)] as const,
    );
    return {
        nameservers: nameservers?.map(domainName),
        nameservers_ips: glue.length === 0 ? undefined : Object.fromEntries(glue),
    };
}
