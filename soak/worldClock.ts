import type { Clock } from "../provider/api/clock";
import type { Sandbox } from "../sandbox";

interface Timer {
    readonly at: number;
    readonly ring: () => void;
    /** Time runs on to a sleep's end by itself; an alarm guards a request, and is only waited for where that hangs. */
    readonly isSleep: boolean;
}

/**
 * Turns of the event loop for which nothing is heard of the requests on their way, after which they hang. Client and
 * server share the loop: what is answered at all is answered within a few turns.
 */
const PATIENCE = 400;

/**
 * The clock of a world, which its providers and its sandbox share. Time passes at once: when all sleep, it is the time at
 * which the first wakes. It stands still while a request is on its way, so that none times out because somebody else sleeps.
 */
export class WorldClock implements Clock {
    private time = 0;
    private readonly started: number;
    private readonly timers = new Set<Timer>();
    private isRunning = false;
    private onTheirWay = 0;
    private turns = 0;

    constructor(
        private readonly sandbox: Sandbox,
        /** A number in [0, 1). */
        readonly random: () => number,
    ) {
        this.started = sandbox.now();
    }

    now(): number {
        return this.time;
    }

    wallTime(): number {
        return this.started + this.time;
    }

    sleep(ms: number, signal?: AbortSignal): Promise<void> {
        return new Promise((resolve, reject) => {
            if (signal?.aborted) {
                reject(signal.reason);
                return;
            }
            const wakeUp = this.at(ms, true, () => {
                signal?.removeEventListener("abort", onAbort);
                resolve();
            });
            const onAbort = () => {
                wakeUp();
                reject(signal?.reason);
            };
            signal?.addEventListener("abort", onAbort, { once: true });
        });
    }

    alarm(ms: number, ring: () => void): () => void {
        return this.at(ms, false, ring);
    }

    /** Moves time on, the sandbox's too; what becomes due rings. */
    advance(ms: number): void {
        this.time += ms;
        this.sandbox.advance(ms);
        for (const timer of [...this.timers].filter(({ at }) => at <= this.time).sort((a, b) => a.at - b.at)) {
            if (this.timers.delete(timer)) timer.ring();
        }
    }

    /** A request begins; it is over when the returned function is called. */
    requesting(): () => void {
        this.onTheirWay++;
        this.progress();
        return () => {
            this.onTheirWay--;
            this.progress();
        };
    }

    /** Something is heard of a request. */
    progress(): void {
        this.turns = 0;
    }

    private at(ms: number, isSleep: boolean, ring: () => void): () => void {
        const timer = { at: this.time + ms, ring, isSleep };
        this.timers.add(timer);
        this.run();
        return () => this.timers.delete(timer);
    }

    private run(): void {
        if (this.isRunning) return;
        this.isRunning = true;
        setImmediate(() => {
            this.isRunning = false;
            if (this.timers.size === 0) return;
            const isWaiting = this.onTheirWay > 0;
            const hangs = isWaiting && this.turns++ > PATIENCE;
            if (!isWaiting || hangs) {
                const driving = [...this.timers].filter(({ isSleep }) => isSleep || hangs);
                if (driving.length === 0) return;
                this.advance(Math.max(0, Math.min(...driving.map(({ at }) => at)) - this.time));
            }
            this.run();
        });
    }
}
