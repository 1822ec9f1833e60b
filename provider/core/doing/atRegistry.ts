import { GandiError } from "../../api/errors";
import { codeOf } from "../codes";
import { Accepted, Failure, messageOf, PartlyMade, Unshown } from "../failures";
import type { Context } from "../process/context";
import { DeadlineError } from "./poll";

/** One asynchronous change of a domain at its registry. */
export interface RegistryOperation<S> {
    /** What the API shows now; never an answer that is shared with others. */
    look(): Promise<S>;
    /** Whether that is what is wanted. */
    done(seen: S): boolean;
    /** Why it can't be asked for yet, where that passes by itself: it is waited out. Called before each `guard`. */
    notYet?(seen: S): Promise<Refusal>;
    /** Throws where it may not be asked for. Called before each `send`. */
    guard?(seen: S): Promise<void>;
    /** Asks for it. Only called while it is not so; may be called again where nobody knows what became of the first call. */
    send(seen: S): Promise<void>;
    /**
     * What a conflict (409) means beside what shows. `accepted`: just this was accepted before, by a run that was killed,
     * say, and does not show yet. `unshown`: something was, which has to show first. Default: `refused`.
     */
    conflict?(seen: S): "accepted" | "unshown" | "refused";
    /** For people: `waiting for the glue record ns1`. */
    waiting: string;
}

/** Refused for now: the reason. */
type Refusal = string | undefined;

/** For how long others wait for an accepted change to show, in seconds: a registry that shows it later takes them before. */
const LONGEST_TURN = 60;

/**
 * Makes a change at the registry that the API accepts (202) before it is done: looks, asks for what is not so yet, and
 * waits until it shows, all within the operation's time. What is so already, of an interrupted run say, is never asked for,
 * unless an earlier change to something else may still come (`Context.underWay`).
 *
 * The registry takes one operation of a domain at a time: those of this process queue, and while another one is under way
 * the API's refusal is waited out.
 * @param domain in A-labels
 * @throws Unshown when the time is up after the API has accepted the change, Accepted when waiting fails after that
 * @throws PartlyMade when the time is up, or waiting fails, after it may have
 */
export function atRegistry<S>(ctx: Context, domain: string, operation: RegistryOperation<S>): Promise<S> {
    return ctx.inTurn(domain, async (letOthersPass) => {
        const { clock } = ctx.client;
        const turn = Math.min(LONGEST_TURN, ctx.remaining() / 4) * 1000;
        const { underWay } = ctx;
        let accepted: { since: number; before?: S } | undefined = underWay?.isWanted === true ? underWay : undefined;
        let mayBeAccepted = accepted !== undefined;
        let isOver = false;

        function accept(before: S): Refusal {
            accepted = { since: clock.wallTime(), before };
            mayBeAccepted = true;
            return undefined;
        }

        async function send(seen: S): Promise<Refusal> {
            if (isOver) {
                throw new Failure("time-limit", `${domain}: looked too late to ask for anything`);
            }
            const isRepeated = mayBeAccepted;
            // The wait may be over before the answer comes.
            mayBeAccepted = true;
            try {
                await operation.send(seen);
                return accept(seen);
            } catch (error) {
                mayBeAccepted = isRepeated || ctx.signal.aborted || GandiError.mayHaveWorked(error);
                if (GandiError.is(error, "busy")) {
                    return error.message;
                }
                if (GandiError.is(error, "conflict")) {
                    // After an attempt without an answer, a conflict is most likely with ourselves.
                    const meaning = isRepeated ? "accepted" : operation.conflict?.(seen);
                    if (meaning === "accepted") {
                        return accept(seen);
                    }
                    if (meaning === "unshown") {
                        return error.message;
                    }
                }
                throw error;
            }
        }

        const isDone = (seen: S) => (accepted !== undefined || underWay === undefined) && operation.done(seen);

        async function step(): Promise<{ seen: S; refusal: Refusal }> {
            const seen = await operation.look();
            if (accepted !== undefined && clock.wallTime() - accepted.since >= turn) {
                letOthersPass();
            }
            if (accepted !== undefined || isDone(seen)) {
                return { seen, refusal: undefined };
            }
            const reason = await operation.notYet?.(seen);
            if (reason !== undefined) {
                return { seen, refusal: reason };
            }
            await operation.guard?.(seen);
            return { seen, refusal: await send(seen) };
        }

        try {
            const { seen } = await ctx.until(step, {
                done: ({ seen }) => isDone(seen),
                describe: ({ refusal }) => `${domain}: ${operation.waiting}${refusal ? ` (now: ${refusal})` : ""}`,
            });
            return seen;
        } catch (error) {
            if (accepted !== undefined) {
                const Kind = error instanceof DeadlineError ? Unshown : Accepted;
                throw new Kind("not-shown-yet", messageOf(error), accepted.since, accepted.before);
            }
            throw mayBeAccepted ? new PartlyMade(codeOf(error), messageOf(error)) : error;
        } finally {
            isOver = true;
        }
    });
}
