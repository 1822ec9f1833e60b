import { z } from "zod";
import type { Field, Problem } from "../core/definition";
import { messageOf } from "../core/failures";
import { domainName } from "../dns";

/** How an input that names a domain compares: case, the final dot, and U-labels against A-labels do not count. */
export const domainField: Field = {
    same: (old, wanted) => domainName(old as string) === domainName(wanted as string),
};

/** What is wrong with a domain, if it is known. */
export function domainProblems(domain: string | undefined, path = "domain"): Problem[] {
    try {
        if (domain !== undefined) {
            domainName(domain);
        }
        return [];
    } catch (error) {
        return [{ path, reason: messageOf(error) }];
    }
}

/** The one thing that a program declares by a domain's name; undefined where check will refuse the name. */
export function declaredAs(what: string): (domain: string) => string | undefined {
    return (domain) => (domainProblems(domain).length > 0 ? undefined : `${what} ${domainName(domain)}`);
}

/** The nameservers of a domain. */
export const serverNames = z
    .array(z.string())
    .min(1, "empty: a domain has at least one nameserver")
    .max(13, "a registry takes 13 nameservers at most");

/** What is wrong with a list of nameservers. */
export function serverProblems(given: readonly string[]): Problem[] {
    const problems: Problem[] = [];
    const seen = new Map<string, string>();
    for (const [index, server] of given.entries()) {
        try {
            const name = domainName(server);
            const first = seen.get(name);
            if (first !== undefined) {
                problems.push({
                    path: `nameservers[${index}]`,
                    reason: `"${server}" is the same nameserver as "${first}"`,
                });
            }
            seen.set(name, first ?? server);
        } catch (error) {
            problems.push({ path: `nameservers[${index}]`, reason: messageOf(error) });
        }
    }
    return problems;
}
