// @ts-check
"use strict";

/**
 * Time that passes at once: when all sleep, it is the time at which the first wakes.
 *
 * @implements {Pick<import("../../dist/provider/api/clock").Clock, "now" | "random" | "sleep">}
 */
class VirtualClock {
    constructor() {
        this.time = 0;
        /** @type {{ at: number, wake: (value?: unknown) => void }[]} */
        this.sleepers = [];
        this.isPassing = false;
    }

    now() {
        return this.time;
    }

    wallTime() {
        return this.time;
    }

    random() {
        return 0.5;
    }

    /** @returns {Promise<void>} */
    async sleep(ms) {
        const awake = new Promise((wake) => this.sleepers.push({ at: this.time + ms, wake }));
        this.pass();
        await awake;
    }

    /** @returns {() => void} */
    alarm() {
        throw new Error("nobody here rings");
    }

    pass() {
        if (this.isPassing || this.sleepers.length === 0) {
            return;
        }
        this.isPassing = true;
        // After all that goes on without waiting.
        setImmediate(() => {
            this.isPassing = false;
            this.time = Math.max(this.time, Math.min(...this.sleepers.map(({ at }) => at)));
            const due = this.sleepers.filter(({ at }) => at <= this.time);
            this.sleepers = this.sleepers.filter(({ at }) => at > this.time);
            for (const { wake } of due) {
                wake();
            }
            this.pass();
        });
    }
}

module.exports = { VirtualClock };
