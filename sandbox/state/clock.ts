/** The sandbox's own time. It can be moved forward at will; with `manual` it moves in no other way. */
export class Clock {
    private readonly frozenAt: number | null;

    /** @param offset milliseconds that the clock was moved forward so far. */
    constructor(
        kind: "real" | "manual",
        private offset = 0,
    ) {
        this.frozenAt = kind === "manual" ? Date.now() : null;
    }

    movedBy(): number {
        return this.offset;
    }

    /** Milliseconds since the epoch. */
    now(): number {
        return (this.frozenAt ?? Date.now()) + this.offset;
    }

    /** @param ms milliseconds, zero or more. */
    advance(ms: number): void {
        if (!Number.isFinite(ms) || ms < 0) {
            throw new RangeError(`advance takes a number of milliseconds, zero or more, not ${ms}`);
        }
        this.offset += ms;
    }
}

/** `2026-01-31T12:00:00Z`: the API's dates have no fraction of a second. */
export function isoDate(ms: number): string {
    return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}
