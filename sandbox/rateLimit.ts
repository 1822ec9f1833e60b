const WINDOW_MS = 60_000;

/**
 * At most so many requests in any 60 seconds: the strictest reading of "1000 requests a minute" per address.
 * Guess: refused requests do not count.
 */
export class RateLimit {
    private readonly accepted: number[] = [];

    /** @param requestsPerMinute undefined for no limit. */
    constructor(private readonly requestsPerMinute: number | undefined) {}

    admits(now: number): boolean {
        if (this.requestsPerMinute === undefined) {
            return true;
        }
        while (this.accepted.length > 0 && this.accepted[0]! <= now - WINDOW_MS) {
            this.accepted.shift();
        }
        if (this.accepted.length >= this.requestsPerMinute) {
            return false;
        }
        this.accepted.push(now);
        return true;
    }
}
