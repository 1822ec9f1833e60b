// @ts-check
"use strict";
/** How well the limit of 1,000 requests a minute is used, and kept. Five minutes, in virtual time. */
const { Gate } = require("../dist/provider/api/gate");
const { RateLimit } = require("../dist/sandbox/rateLimit");
const { VirtualClock } = require("./harness/virtualClock");
const { atLeast, atMost } = require("./harness/rows");

const WRITES = 5_000;
const PER_MINUTE = 1_000;
/** What a client of the provider has in flight at a time. */
const CONCURRENCY = 16;
const LATENCY_MS = 20;

/** @type {import("./harness/rows").Benchmark} */
module.exports = {
    name: "rateLimit",
    async run() {
        const clock = new VirtualClock();
        const gate = new Gate({ requestsPerMinute: PER_MINUTE, concurrency: CONCURRENCY, clock });
        const server = new RateLimit(PER_MINUTE);
        let refused = 0;
        const write = async () => {
            for (;;) {
                const permit = await gate.enter(() => {});
                await clock.sleep(LATENCY_MS / 2);
                const isAdmitted = server.admits(clock.now());
                await clock.sleep(LATENCY_MS / 2);
                gate.leave(permit, isAdmitted ? "answered" : "refused");
                if (isAdmitted) {
                    return;
                }
                refused++;
            }
        };
        await Promise.all(Array.from({ length: WRITES }, write));
        // The first thousand may go at once, and as many in each minute after it.
        const allowed = PER_MINUTE * (1 + clock.now() / 60_000);
        return [
            atMost("5,000 writes under 1,000 a minute: answers 429", refused, "", 0),
            atLeast("share of the allowed rate that they use", (100 * WRITES) / allowed, "%", 95),
        ];
    },
};
