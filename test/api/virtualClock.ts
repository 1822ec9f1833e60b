import type { Clock } from "../../provider/api/clock";

interface Timer {
    at: number;
    ring(): void;
    /** Time runs on to a sleep's end by itself; an alarm only rings when it has come. */
    drives: boolean;
}

/** Time that passes at once: when everybody sleeps, it is the time at which the first wakes. */
export class VirtualClock implements Clock {
    time = 0;
    /** When it was 0, in milliseconds since the epoch. */
    started = Date.now();
    /** Every sleep asked for, in milliseconds. */
    readonly sleeps: number[] = [];
    readonly #timers = new Set<Timer>();
    #chance: () => number;
    #running = false;

    constructor(chance: () => number = () => 0.5) {
        this.#chance = chance;
    }

    now(): number {
        return this.time;
    }

    wallTime(): number {
        return this.started + this.time;
    }

    random(): number {
        return this.#chance();
    }

    sleep(ms: number, signal?: AbortSignal): Promise<void> {
        this.sleeps.push(ms);
        return new Promise((resolve, reject) => {
            if (signal?.aborted) {
                reject(signal.reason);
                return;
            }
            const onAbort = () => {
                this.#timers.delete(timer);
                reject(signal?.reason);
            };
            const wake = () => {
                signal?.removeEventListener("abort", onAbort);
                resolve();
            };
            const timer = { at: this.time + ms, ring: wake, drives: true };
            this.#timers.add(timer);
            signal?.addEventListener("abort", onAbort);
            this.#run();
        });
    }

    alarm(ms: number, ring: () => void): () => void {
        const timer = { at: this.time + ms, ring, drives: false };
        this.#timers.add(timer);
        return () => this.#timers.delete(timer);
    }

    advance(ms: number): void {
        this.time += ms;
        for (const timer of [...this.#timers].filter(({ at }) => at <= this.time).sort((a, b) => a.at - b.at)) {
            if (this.#timers.delete(timer)) timer.ring();
        }
    }

    #run(): void {
        if (this.#running) return;
        this.#running = true;
        setImmediate(() => {
            this.#running = false;
            const sleeping = [...this.#timers].filter(({ drives }) => drives);
            if (sleeping.length === 0) return;
            this.advance(Math.max(0, Math.min(...sleeping.map(({ at }) => at)) - this.time));
            this.#run();
        });
    }
}
