import { GandiError } from "../../api/errors";
import type { Context } from "../process/context";

/** What a request whose answer was lost, or says nothing sure, may have done all the same. */
export interface LateEffect<S> {
    /** What shows of it now; undefined where nothing does. Never an answer that is shared with others. */
    look(): Promise<S | undefined>;
    /** For people: `example.com: looking for the order`. */
    looking: string;
    /** Seconds that are waited in any case, such as the `Retry-After` of a 429. */
    atLeast?: number | undefined;
}

/**
 * How often an effect is looked for. The pauses begin with `gandi:pollInterval` and grow by half: about a minute in all by
 * default. Guess: no document says how far reads are behind writes; what was accepted is known to show seconds later.
 */
const LOOKS = 6;
const GROWTH = 1.5;

/**
 * Looks for the effect of a request of which nobody knows whether it had any, until it shows or patience is at an end. One
 * look proves nothing: what was read may be older than the write.
 * @returns what shows; `isAbsent` where all the looks were made and the last one shows nothing, so that the request may be
 * taken for one that had no effect
 * @throws what a look throws, but for what passes by itself (a rate limit, a failure of the server, a lost connection)
 */
export async function lookForEffect<S>(
    ctx: Context,
    { look, looking, atLeast = 0 }: LateEffect<S>,
): Promise<{ seen: S | undefined; isAbsent: boolean }> {
    const { clock } = ctx.client;
    const start = clock.now();
    let pause = ctx.settings.pollInterval;
    for (let looks = 1; ; looks++) {
        const { seen, failed } = await observe(look);
        if (seen !== undefined) {
            return { seen, isAbsent: false };
        }
        const isEnough = looks >= LOOKS && clock.now() - start >= atLeast * 1000;
        const left = ctx.remaining();
        if (isEnough || left <= 0) {
            return { seen: undefined, isAbsent: isEnough && !failed };
        }
        if (looks === 1) {
            ctx.log(looking);
        }
        await clock.sleep(Math.min(pause, left) * 1000, ctx.signal);
        pause *= GROWTH;
    }
}

async function observe<S>(look: () => Promise<S | undefined>): Promise<{ seen?: S; failed: boolean }> {
    try {
        const seen = await look();
        return seen === undefined ? { failed: false } : { seen, failed: false };
    } catch (error) {
        if (!GandiError.isTransient(error)) {
            throw error;
        }
        return { failed: true };
    }
}
