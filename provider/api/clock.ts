/** Time and chance as the client sees them: tests drive both. All times are milliseconds. */
export interface Clock {
    /** Milliseconds since an arbitrary start, another in each process; never goes backwards. For durations. */
    now(): number;
    /** Milliseconds since the epoch. For what is kept or comes from elsewhere: it may be set. */
    wallTime(): number;
    /** A number in [0, 1). */
    random(): number;
    /** Resolves after `ms`; rejects with the signal's reason when it is aborted first. */
    sleep(ms: number, signal?: AbortSignal): Promise<void>;
    /** Calls `ring` after `ms`, unless the returned function is called before. */
    alarm(ms: number, ring: () => void): () => void;
}

export const systemClock: Clock = {
    now: () => performance.now(),
    wallTime: () => Date.now(),
    random: Math.random,
    sleep(ms, signal) {
        return new Promise((resolve, reject) => {
            if (signal?.aborted) {
                reject(signal.reason);
                return;
            }
            const onAbort = () => {
                clearTimeout(timer);
                reject(signal?.reason);
            };
            const timer = setTimeout(() => {
                signal?.removeEventListener("abort", onAbort);
                resolve();
            }, ms);
            signal?.addEventListener("abort", onAbort, { once: true });
        });
    },
    alarm(ms, ring) {
        const timer = setTimeout(ring, ms);
        return () => clearTimeout(timer);
    },
};
