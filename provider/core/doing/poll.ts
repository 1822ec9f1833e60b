import { type Clock, systemClock } from "../../api/clock";
import { GandiError } from "../../api/errors";
import type { Code } from "../codes";

export interface UntilOptions<T> {
    /** The state that was waited for. */
    done(observation: T): boolean;
    /** Why it will never be done; undefined while it may. */
    failed?(observation: T): string | undefined;
    /** For people, without the time: `example.com: registering, step 2 of 3 (WAIT)`. */
    describe(observation: T): string;
    /** Seconds in all. The last observation is made when they are over; one is made even when it is 0. */
    timeout: number;
    /** Seconds between the first two observations; later ones are up to six times as far apart. Default 5. */
    interval?: number | undefined;
    /** What a person can do about a deadline, the last words of its error: `timeouts.create gives it more time`. */
    hint?: string | undefined;
    signal?: AbortSignal | undefined;
    log?: ((line: string) => void) | undefined;
    clock?: Clock | undefined;
}

/** The time is up. `last` is the last observation; undefined when there was none. */
export class DeadlineError<T = unknown> extends Error {
    override readonly name = "DeadlineError";
    readonly trouble: Code = "time-limit";

    constructor(
        message: string,
        readonly last: T | undefined,
    ) {
        super(message);
    }
}

/** What was waited for will never be. `last` is the observation that says so. */
export class FailedError<T = unknown> extends Error {
    override readonly name = "FailedError";
    readonly trouble: Code = "operation-failed";

    constructor(
        message: string,
        readonly last: T,
    ) {
        super(message);
    }
}

/** What an observation under way at the deadline is still given, in seconds. */
const GRACE = 10;
const GROWTH = 1.5;
const LONGEST = 6;
/** A line when the description changes, but not more often than this, and one when it has not for longer, in seconds. */
const LINE_AT_MOST = 5;
const LINE_AT_LEAST = 30;

/**
 * Observes until what is observed is done, and returns that observation. The pauses grow and vary by a quarter, so that
 * many who wait don't ask in step.
 *
 * `observe` may heed the signal that it is given, aborted when the waiting ends; where it does not, it is left behind.
 *
 * A rate limit, a failure of the server or a lost connection does not end the waiting; any other error does.
 * @throws DeadlineError, FailedError, the signal's reason, or what `observe` throws
 */
export async function until<T>(
    observe: (signal: AbortSignal) => Promise<T>,
    { done, failed, describe, timeout, interval = 5, hint, signal, log, clock = systemClock }: UntilOptions<T>,
): Promise<T> {
    signal?.throwIfAborted();
    const start = clock.now();
    const elapsed = () => (clock.now() - start) / 1000;
    const report = reporter(log ?? (() => {}));
    const ending = new AbortController();
    const end = () => ending.abort();
    signal?.addEventListener("abort", end, { once: true });
    const cancelAlarm = clock.alarm((timeout + GRACE) * 1000, end);

    let last: T | undefined;
    let observed = false;
    let trouble: string | undefined;
    try {
        for (let pause = interval; ; pause = Math.min(pause * GROWTH, interval * LONGEST)) {
            try {
                last = await unlessEnded(observe(ending.signal), ending.signal);
                observed = true;
                trouble = undefined;
            } catch (error) {
                if (ending.signal.aborted) break;
                // A limit of days does not pass in the time of an operation.
                if (!GandiError.isTransient(error) || error.kind === "quota") throw error;
                trouble = error.message;
            }
            if (trouble === undefined) {
                const observation = last as T;
                if (done(observation)) return observation;
                const reason = failed?.(observation);
                if (reason !== undefined) throw new FailedError(reason, observation);
                report(describe(observation), elapsed());
            } else {
                report(trouble, elapsed());
            }
            const left = timeout - elapsed();
            if (left <= 0) break;
            await clock.sleep(Math.min(pause * (0.75 + clock.random() / 2), left) * 1000, signal);
        }
    } finally {
        cancelAlarm();
        signal?.removeEventListener("abort", end);
    }
    signal?.throwIfAborted();
    const state = observed ? describe(last as T) : "nothing was observed";
    const what = `${state}: not done after ${duration(elapsed())}${hint === undefined ? "" : `; ${hint}`}.`;
    throw new DeadlineError(trouble === undefined ? what : `${what} The last attempt: ${trouble}`, last);
}

/** Lines at a human rate. */
function reporter(log: (line: string) => void): (text: string, seconds: number) => void {
    let shown: { text: string; seconds: number } | undefined;
    return (text, seconds) => {
        const since = shown === undefined ? Number.POSITIVE_INFINITY : seconds - shown.seconds;
        if (since < (text === shown?.text ? LINE_AT_LEAST : LINE_AT_MOST)) return;
        shown = { text, seconds };
        log(`${text}, ${duration(seconds)}`);
    };
}

/** Settles as `work` does, or rejects when the waiting ends first: an observer need not heed its signal. */
function unlessEnded<T>(work: Promise<T>, ending: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
        const end = () => reject(ending.reason);
        ending.addEventListener("abort", end, { once: true });
        if (ending.aborted) end();
        work.then(resolve, reject).finally(() => ending.removeEventListener("abort", end));
    });
}

/** `40 s`, `2 min 5 s`, `1 h 3 min`. */
function duration(seconds: number): string {
    const whole = Math.round(seconds);
    if (whole < 60) return `${whole} s`;
    const minutes = Math.floor(whole / 60);
    if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
    return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
