import type { Clock } from "./clock";

const WINDOW = 60_000;
/** A wait below this is not worth a line, in milliseconds. */
const NOTICEABLE = 2_000;
/** At most one line in so many milliseconds. */
const LINE_EVERY = 15_000;
/** The longest that a `Retry-After` is honoured, and that we wait of our own accord, in milliseconds. */
const LONGEST_PAUSE = 120_000;
const LONGEST_BACKOFF = 60_000;

export interface GateOptions {
    /** Requests in any 60 seconds. */
    requestsPerMinute: number;
    /** Requests in flight at a time. */
    concurrency: number;
    clock: Clock;
}

/** The right to send one request. Each ends in exactly one call of `Gate.leave`. */
export interface Permit {
    /** Which slowdown it was sent after: a surge of 429s is one event, not one for each. */
    readonly slowdown: number;
}

interface Waiter {
    admit(permit: Permit): void;
    log: (line: string) => void;
}

/**
 * How many requests may be sent. All the requests of a process to one origin pass here, in the order they come.
 *
 * A token bucket of `requestsPerMinute` tokens, all there at the start, so that a burst is not held back. A token comes
 * back 60 s after its request was *answered*: as the server counts a request before it answers, it never counts more
 * than the bucket holds in any 60 s, however long requests are under way.
 *
 * A 429 closes the gate for everybody and halves the pace after it; answers bring the pace back. It is needed even
 * though we count: other processes share the limit of one address.
 */
export class Gate {
    readonly #clock: Clock;
    readonly #concurrency: number;
    #limit: number;
    #inFlight = 0;
    /** When the tokens that are out were used up, oldest first. */
    #answered: number[] = [];
    #queue: Waiter[] = [];
    #pumping = false;
    #slowdowns = 0;
    #refusals = 0;
    #closedUntil = Number.NEGATIVE_INFINITY;
    /** Requests a minute after a 429; at the limit there is no spacing. */
    #pace: number;
    #lastSent = Number.NEGATIVE_INFINITY;
    #lastLine = Number.NEGATIVE_INFINITY;

    constructor({ requestsPerMinute, concurrency, clock }: GateOptions) {
        this.#limit = requestsPerMinute;
        this.#pace = requestsPerMinute;
        this.#concurrency = concurrency;
        this.#clock = clock;
    }

    /** Of several clients that share the gate the most careful one decides. */
    lower(requestsPerMinute: number): void {
        this.#limit = Math.min(this.#limit, requestsPerMinute);
        this.#pace = Math.min(this.#pace, this.#limit);
    }

    /** Waits for a place. Rejects with the signal's reason when it is aborted first. */
    enter(log: (line: string) => void, signal?: AbortSignal): Promise<Permit> {
        return new Promise((resolve, reject) => {
            if (signal?.aborted) {
                reject(signal.reason);
                return;
            }
            const giveUp = () => {
                this.#queue = this.#queue.filter((other) => other !== waiter);
                reject(signal?.reason);
            };
            const waiter: Waiter = {
                admit: (permit) => {
                    signal?.removeEventListener("abort", giveUp);
                    resolve(permit);
                },
                log,
            };
            signal?.addEventListener("abort", giveUp, { once: true });
            this.#queue.push(waiter);
            void this.#pump();
        });
    }

    /**
     * The request is over.
     * @param outcome `refused` after a 429, with its `Retry-After` in seconds if it has one.
     */
    leave(permit: Permit, outcome: "answered" | "failed" | "refused", retryAfter?: number): void {
        this.#inFlight--;
        this.#answered.push(this.#clock.now());
        if (permit.slowdown === this.#slowdowns) {
            if (outcome === "refused") this.#slowDown(retryAfter);
            if (outcome === "answered") this.#recover();
        }
        void this.#pump();
    }

    #slowDown(retryAfter: number | undefined): void {
        this.#slowdowns++;
        this.#refusals++;
        this.#pace = Math.max(this.#limit / 32, this.#pace / 2);
        const own = Math.min(LONGEST_BACKOFF, 1000 * 2 ** (this.#refusals - 1)) * (0.5 + this.#clock.random() / 2);
        const pause = retryAfter === undefined ? own : Math.min(LONGEST_PAUSE, retryAfter * 1000);
        this.#closedUntil = this.#clock.now() + pause;
    }

    #recover(): void {
        this.#refusals = 0;
        this.#pace = Math.min(this.#limit, this.#pace + this.#limit / 100);
    }

    async #pump(): Promise<void> {
        if (this.#pumping) return;
        this.#pumping = true;
        for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
            const wait = this.#wait();
            if (wait === Number.POSITIVE_INFINITY) break;
            if (wait > 0) {
                this.#announce(wait, next.log);
                await this.#clock.sleep(wait);
                continue;
            }
            this.#queue.shift();
            this.#inFlight++;
            this.#lastSent = this.#clock.now();
            next.admit({ slowdown: this.#slowdowns });
        }
        this.#pumping = false;
    }

    /** Milliseconds until the next request may go; infinite when only an answer can make room. */
    #wait(): number {
        if (this.#inFlight >= this.#concurrency) return Number.POSITIVE_INFINITY;
        const now = this.#clock.now();
        while (this.#answered[0] !== undefined && this.#answered[0] + WINDOW <= now) this.#answered.shift();
        const spacing = this.#pace < this.#limit ? WINDOW / this.#pace : 0;
        const token = this.#inFlight + this.#answered.length < this.#limit ? now : this.#nextToken();
        return Math.max(0, this.#closedUntil - now, this.#lastSent + spacing - now, token - now);
    }

    #nextToken(): number {
        const first = this.#answered[0];
        return first === undefined ? Number.POSITIVE_INFINITY : first + WINDOW;
    }

    #announce(wait: number, log: (line: string) => void): void {
        const now = this.#clock.now();
        if (wait < NOTICEABLE || now - this.#lastLine < LINE_EVERY) return;
        this.#lastLine = now;
        log(`waiting ${Math.ceil(wait / 1000)} s: Gandi's rate limit`);
    }
}
