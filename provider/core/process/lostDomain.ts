import { GandiError } from "../../api/errors";
import type { Context } from "./context";

/**
 * What a failed read of a domain or zone means. A 404 is also what a token of another organisation sees, so it is never
 * "gone", or one wrong token would plan to buy every domain again; except for domains that `gandi:goneDomains` names.
 * @param domain in A-labels
 * @returns undefined: gone
 * @throws the error, with what to do when the domain really is lost
 */
export function lostDomain(ctx: Pick<Context, "isGoneDomain">, domain: string, error: unknown): undefined {
    if (!GandiError.is(error, "invisible")) {
        throw error;
    }
    if (ctx.isGoneDomain(domain)) {
        return undefined;
    }
    throw error.saying(
        `If the domain is really lost, remove it from the stack with \`pulumi state delete\`, or set gandi:goneDomains to ${domain} and run \`pulumi refresh --run-program\`.`,
    );
}
