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
