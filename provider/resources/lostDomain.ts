import { GandiError } from "../api/errors";
import { isGoneFromZone } from "../api/gone";
import type { Context } from "../core/process/context";

/**
 * What a failed read of a domain or zone means. A 404 is also what a token of another organisation sees, so it is never
 * "gone", or one wrong token would plan to buy every domain again; except for domains that `gandi:goneDomains` names.
 *
 * @returns undefined: gone
 * @throws the error, with what to do when the domain really is lost
 */
export function lostDomain(ctx: Context, domain: string, error: unknown): undefined {
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

/**
 * Ends well when what a zone holds (a key, a snapshot, a secondary) is being removed and is gone already.
 *
 * @throws the error of the removal, or that of reading the zone when it can't be seen
 */
export async function unlessGone(ctx: Context, domain: string, removal: Promise<void>): Promise<void> {
    try {
        await removal;
    } catch (error) {
        if (!(await isGone(ctx, domain, error))) {
            throw error;
        }
    }
}

async function isGone(ctx: Context, domain: string, error: unknown): Promise<boolean> {
    try {
        return await isGoneFromZone(error, ctx.client, domain);
    } catch (failure) {
        return lostDomain(ctx, domain, failure) === undefined;
    }
}
