import { GandiError } from "../../api/errors";
import { Failure, messageOf } from "../failures";
import type { Context } from "../process/context";
import { lookForEffect } from "./lateEffect";

/** A POST that makes a thing whose id the API gives, and that may not be sent twice. */
export interface Making<T, R> {
    /** For people, with its domain: `example.com: the key with flags 257`. */
    readonly what: string;
    /** Everything that was there before it, unfiltered: only so is what came since known to be new. */
    readonly before: readonly T[];
    idOf(thing: T): string;
    /** One request; undefined where its answer does not name what it made. */
    send(): Promise<R | undefined>;
    /** Everything that is there now, not shared with others. */
    list(): Promise<readonly T[]>;
    /** Whether it may be what was asked for, by all that tells it, and no other resource of the program has it. */
    isLike(thing: T): boolean;
    /** What it is, once it was found in the list. */
    take(thing: T): R;
    /** What a person can do where several have come: `Name the one that nobody uses in adopt`. */
    readonly advice: string;
}

/**
 * Makes a thing with one POST. Where the answer was lost, or names nothing, what is new in the list tells what became of
 * it; what was there before is never taken for it. Only what was turned away by the rate limit, and can't be seen, is sent
 * again. For this to be true the things of one place are made one at a time: see `inTurn`.
 * @throws Error where nothing new shows, with the POST's own as its cause; where several do, one that names them
 */
export async function makeOne<T, R>(ctx: Context, making: Making<T, R>): Promise<R> {
    const { what, send, idOf, take } = making;
    for (;;) {
        let lost: Error = new Failure("outcome-unknown", `${what} was made, but Gandi did not say which it is.`);
        try {
            const made = await send();
            if (made !== undefined) {
                return made;
            }
        } catch (error) {
            if (!GandiError.is(error, "rateLimited") && !GandiError.mayHaveWorked(error)) {
                throw error;
            }
            lost = error;
        }
        const turnedAway = GandiError.is(lost, "rateLimited") ? lost : undefined;
        const { seen, isAbsent } = await lookForEffect(ctx, {
            look: () => madeSince(making),
            looking: `${what}: looking for it, as it may have been made`,
            atLeast: turnedAway?.retryAfter,
        });
        if (seen !== undefined) {
            ctx.log(`${what}: the answer was lost, but Gandi has made it: ${idOf(seen)}`);
            return take(seen);
        }
        if (turnedAway === undefined || !isAbsent) {
            const next = "Nothing shows of it so far; the next run looks again before it makes one";
            throw new Failure("outcome-unknown", `${messageOf(lost)} ${next}`, { cause: lost });
        }
        ctx.log(`${what}: Gandi's rate limit: trying again`);
    }
}

/** The one thing that has come since. */
async function madeSince<T, R>({ what, before, idOf, list, isLike, advice }: Making<T, R>): Promise<T | undefined> {
    const known = new Set(before.map(idOf));
    const made = (await list()).filter((thing) => !known.has(idOf(thing)) && isLike(thing));
    if (made.length > 1) {
        throw new Failure(
            "which-one",
            `${what}: the answer was lost, and one of those that have come since may be it: ${made.map(idOf).join(", ")}. ${advice}`,
        );
    }
    return made[0];
}
