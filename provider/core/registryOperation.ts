import { GandiError } from "../api/errors";
import type { Context } from "./context";
import { messageOf, PartlyMade } from "./errors";
import { inTurn } from "./inTurn";

/** One asynchronous change of a domain at its registry. */
export interface RegistryOperation<S> {
    /** What the API shows now; never an answer that is shared with others. */
    look(signal: AbortSignal): Promise<S>;
    /** Whether that is what is wanted. */
    done(seen: S): boolean;
    /** Throws where it may not be asked for. Called before each `send`. */
    guard?(seen: S): Promise<void>;
    /** Asks for it. Only called while it is not so; may be called again where nobody knows what became of the first call. */
    send(seen: S): Promise<void>;
    /** For people: `waiting for the glue record ns1`. */
    waiting: string;
}

/** Refused for now: the API's words. */
type Refusal = string | undefined;

/**
 * Makes a change at the registry that the API accepts (202) before it is done: looks, asks for what is not so yet, and
 * waits until it shows, all within the operation's time. What is so already, of an interrupted run say, is never asked for.
 *
 * The registry takes one operation of a domain at a time: those of this process queue, and while another one is under way
 * the API's refusal is waited out.
 *
 * @param domain in A-labels
 * @throws PartlyMade when the time is up, or waiting fails, after the API has accepted the change or may have
 */
export function atRegistry<S>(ctx: Context, domain: string, operation: RegistryOperation<S>): Promise<S> {
    return inTurn(`${ctx.client.origin} ${domain}`, ctx.signal, async () => {
        let accepted = false;
        let mayBeAccepted = false;

        async function send(seen: S): Promise<Refusal> {
            try {
                await operation.send(seen);
                accepted = mayBeAccepted = true;
                return undefined;
            } catch (error) {
                // After an attempt without an answer, a conflict is most likely with ourselves: looking again tells.
                if (GandiError.is(error, "busy") || (mayBeAccepted && GandiError.is(error, "conflict"))) {
                    return error.message;
                }
                mayBeAccepted ||= ctx.signal.aborted || GandiError.mayHaveWorked(error);
                throw error;
            }
        }

        async function step(signal: AbortSignal): Promise<{ seen: S; refusal: Refusal }> {
            const seen = await operation.look(signal);
            if (accepted || operation.done(seen)) {
                return { seen, refusal: undefined };
            }
            await operation.guard?.(seen);
            return { seen, refusal: await send(seen) };
        }

        try {
            const { seen } = await ctx.until(step, {
                done: ({ seen }) => operation.done(seen),
                describe: ({ refusal }) => `${domain}: ${operation.waiting}${refusal ? ` (now: ${refusal})` : ""}`,
            });
            return seen;
        } catch (error) {
            throw mayBeAccepted ? new PartlyMade(messageOf(error)) : error;
        }
    });
}
