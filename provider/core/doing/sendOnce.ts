import { GandiError } from "../../api/errors";
import { Failure, messageOf } from "../failures";
import type { Context } from "../process/context";
import { lookForEffect } from "./lateEffect";

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

/** What became of an attempt. `turnedAway`: a 429, of whose effect nothing shows. */
type Outcome<S> = { is: "answered" } | { is: "seen"; seen: S } | { is: "turnedAway" };

/**
 * Sends a POST that may take effect only once: as a dry run, then for real. Nothing paid is sent twice: what was answered
 * well or refused is over, and after anything else (a lost connection, a 5xx, a time-out, a 429) its effect is looked for
 * with patience, as what is read may be older than the write. What has taken effect is gone on with. What has not is an
 * error, and the next run looks again before it sends.
 *
 * Only a 429 without an effect to be seen is sent again, for as long as the operation may take: it was turned away. The
 * dry run comes first again, as that is judged by what Gandi has, however old what it shows may be.
 * @returns what Gandi shows where the answer was lost; undefined after a good answer
 */
export async function sendOnce<S>(ctx: Context, post: OneTimePost<S>): Promise<S | undefined> {
    for (let isAgain = false; ; ) {
        // One header lost on the way makes the dry run an order, so it is sent with the same care.
        const early = await attempt(ctx, post, { dryRun: true, isAgain });
        if (early.is === "seen") {
            return early.seen;
        }
        if (early.is === "answered") {
            ctx.log(`${post.domain}: ${post.sending}`);
            const outcome = await attempt(ctx, post, { dryRun: false, isAgain });
            if (outcome.is !== "turnedAway") {
                return outcome.is === "seen" ? outcome.seen : undefined;
            }
            isAgain = true;
        }
        ctx.log(`${post.domain}: Gandi's rate limit: trying again`);
    }
}

/** @param isAgain after a 429 to the real request: what refuses it now may be its own effect */
async function attempt<S>(
    ctx: Context,
    { domain, what, send, look }: OneTimePost<S>,
    { dryRun, isAgain }: { dryRun: boolean; isAgain: boolean },
): Promise<Outcome<S>> {
    try {
        await send(dryRun);
        return { is: "answered" };
    } catch (error) {
        if (GandiError.isDenied(error) || (GandiError.is(error, "rejected") && !isAgain)) {
            throw error;
        }
        const wasTurnedAway = GandiError.is(error, "rateLimited");
        const { seen, isAbsent } = await lookForEffect(ctx, {
            look,
            looking: `${domain}: looking for ${what}, as it may have taken effect`,
            atLeast: wasTurnedAway ? error.retryAfter : undefined,
        });
        if (seen !== undefined) {
            ctx.log(`${domain}: the answer was lost, but Gandi has ${what}`);
            return { is: "seen", seen };
        }
        if (wasTurnedAway && isAbsent) {
            return { is: "turnedAway" };
        }
        throw new Failure(
            "outcome-unknown",
            `${messageOf(error)} Nothing shows of ${what} so far; the next run looks again before it sends one`,
            {
                cause: error,
            },
        );
    }
}
