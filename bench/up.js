// @ts-check
"use strict";
/** What a record costs an `up`, beside what any dynamic resource costs the engine and the SDK. */
const { nothingPointer, nothingProgram, recordsProgram } = require("./harness/programs");
const { startRemoteSandbox } = require("./harness/remoteSandbox");
const { atMost, median, shown } = require("./harness/rows");
const { rrsets, ZONE } = require("./harness/rrsets");
const { withStack } = require("./harness/stack");

const COUNT = 1_000;
const LATENCY_MS = 20;
const RUNS = 3;

/** Milliseconds of an `up` that creates everything. */
async function createAll(program, embedded) {
    // A zone that has nothing yet.
    const sandbox = await startRemoteSandbox({ zones: { [ZONE]: "" }, latency: LATENCY_MS });
    const given = { domain: ZONE, rrsets: rrsets(COUNT), nothingPointer };
    try {
        return await withStack({ sandbox, program, given, embedded }, async (stack) => {
            const start = performance.now();
            const { summary } = await stack.up();
            const milliseconds = performance.now() - start;
            // With the stack itself.
            if (summary.resourceChanges?.create !== COUNT + 1) {
                throw new Error(`${COUNT} resources should have been made: ${JSON.stringify(summary.resourceChanges)}`);
            }
            return milliseconds;
        });
    } finally {
        sandbox.close();
    }
}

/** @type {import("./harness/rows").Benchmark} */
module.exports = {
    name: "up",
    async run({ embedded }) {
        const pairs = [];
        for (let run = 0; run < RUNS; run++) {
            const nothing = await createAll(nothingProgram, embedded);
            const records = await createAll(recordsProgram, embedded);
            pairs.push({ nothing, records, ratio: records / nothing });
        }
        return [
            atMost(
                "up of 1,000 LiveDnsRecords over as many that do nothing",
                median(pairs.map((p) => p.ratio)),
                "times",
                1.15,
            ),
            shown("up of 1,000 LiveDnsRecords, 20 ms latency", median(pairs.map((p) => p.records)) / 1000, "s"),
            shown("up of 1,000 resources that do nothing", median(pairs.map((p) => p.nothing)) / 1000, "s"),
        ];
    },
};
