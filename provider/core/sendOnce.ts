import { GandiError } from "../api/errors";
import type { Context } from "./context";

/** A POST that costs money or changes who owns a domain: an order, a transfer, a change of owner. */
export interface OneTimePost<S> {
    /** In A-labels. */
    domain: string;
    /** For people: `the order`. */
    what: string;
    /** For people, before it is sent for real: `ordering for 14.40 EUR`. */
    sending: string;
    /** One request, which the client must never repeat by itself. */
    send(dryRun: boolean): Promise<void>;
    /** What Gandi shows of it; undefined where it has had no effect. */
    look(): Promise<S | undefined>;
}

/**
 * Sends a POST that may take effect only once: as a dry run, then for real. Nothing paid is sent twice: what was answered
 * well or refused is over, and after any other failure (a lost connection, a 5xx, a time-out) we look before anything
 * else. What has taken effect is gone on with. What has not is an error, and the next run looks again before it sends.
 * Only a 429 without an effect to be seen is waited out, for as long as the operation may take, and sent again: it was
 * turned away.
 *
 * @returns what Gandi shows where the answer was lost; undefined after a good answer
 */
export async function sendOnce<S>(ctx: Context, post: OneTimePost<S>): Promise<S | undefined> {
    // One header lost on the way makes the dry run an order, so it is sent with the same care.
    const early = await attempt(ctx, post, true);
    if (early !== undefined) {
        return early;
    }
    ctx.log(`${post.domain}: ${post.sending}`);
    return attempt(ctx, post, false);
}

async function attempt<S>(
    ctx: Context,
    { domain, what, send, look }: OneTimePost<S>,
    dryRun: boolean,
): Promise<S | undefined> {
    for (;;) {
        try {
            await send(dryRun);
            return undefined;
        } catch (error) {
            if (GandiError.isDenied(error) || GandiError.is(error, "rejected")) {
                throw error;
            }
            const found = await look();
            if (found !== undefined) {
                ctx.log(`${domain}: the answer was lost, but Gandi has ${what}`);
                return found;
            }
            if (!GandiError.is(error, "rateLimited")) {
                throw error;
            }
            ctx.log(`${domain}: Gandi's rate limit: trying again`);
            await ctx.client.clock.sleep((error.retryAfter ?? ctx.settings.pollInterval) * 1000, ctx.signal);
        }
    }
}
