import type { Clock } from "./clock";
import { type ErrorKind, GandiError } from "./errors";
import type { Method } from "./route";

/**
 * How far a request may be repeated.
 *
 * - `always`: sending it twice does what sending it once does. GET, PUT, DELETE; POST of a record (201, then 200 for
 *   equal values); PATCH that sets a value.
 * - `unsent`: only when the server surely did nothing: it answered 429, or no connection came about.
 * - `unconnected`: only when no connection came about. A 429 may have had its effect all the same, and the caller looks for
 *   it before it tries again: the next would be a second one.
 * - `never`: it buys. Not even after a 429: that it was refused before any effect is likely, not promised (RFC 6585
 *   section 4), and the caller can look for the order (`createstatus`, then the domain) before it tries again.
 */
export type Repeat = "always" | "unsent" | "unconnected" | "never";

/** What a method is by itself; calls say otherwise where the API makes it safe, or where it buys. */
export const REPEAT: Readonly<Record<Method, Repeat>> = {
    GET: "always",
    PUT: "always",
    DELETE: "always",
    PATCH: "unsent",
    POST: "unsent",
};

/** Codes of a connection that never came about. */
const UNSENT = new Set([
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "UND_ERR_CONNECT_TIMEOUT",
]);

/** For how long: attempts in all, and seconds since the first. */
const PATIENCE: Partial<Record<ErrorKind, { attempts: number; within: number }>> = {
    server: { attempts: 6, within: 300 },
    transport: { attempts: 6, within: 300 },
    unreadable: { attempts: 3, within: 300 },
    // The rate limit is over by then; the other one is not for days.
    quota: { attempts: 4, within: 120 },
};

/** For how long a rate limit is waited out where the caller sets no end to it, in milliseconds: it passes by itself. */
const RATE_LIMIT_PATIENCE = 900_000;

const FIRST_BACKOFF = 500;
const LONGEST_BACKOFF = 30_000;
const LONGEST_RETRY_AFTER = 120_000;

/**
 * Milliseconds to wait before the request is sent again, or undefined when it is not.
 *
 * Full jitter: a random share of a bound that doubles with each attempt. After a 429 nothing is added, as the gate makes
 * everybody wait.
 * @param attempt 1 after the first attempt
 * @param elapsed milliseconds since the first attempt
 * @param limited whether the caller ends it in time
 */
export function waitBeforeRepeat(
    error: unknown,
    repeat: Repeat,
    { attempt, elapsed, limited }: { attempt: number; elapsed: number; limited: boolean },
    clock: Clock,
): number | undefined {
    if (!GandiError.isTransient(error) || repeat === "never") return undefined;
    if (repeat !== "always" && !wasNotProcessed(error)) return undefined;
    if (repeat === "unconnected" && error.kind === "rateLimited") return undefined;
    if (error.kind === "rateLimited") {
        return limited || elapsed <= RATE_LIMIT_PATIENCE ? 0 : undefined;
    }
    const patience = PATIENCE[error.kind];
    if (patience === undefined || attempt >= patience.attempts) return undefined;
    if (error.kind === "quota" && (error.retryAfter ?? 0) > patience.within) return undefined;

    const backoff = clock.random() * Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** attempt);
    const asked = Math.min(LONGEST_RETRY_AFTER, (error.retryAfter ?? 0) * 1000);
    const wait = Math.max(backoff, asked);
    return elapsed + wait > patience.within * 1000 ? undefined : wait;
}

function wasNotProcessed(error: GandiError): boolean {
    return (
        error.kind === "rateLimited" ||
        error.kind === "quota" ||
        (error.kind === "transport" && UNSENT.has(error.causeCode ?? ""))
    );
}
