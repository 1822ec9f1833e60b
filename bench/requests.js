// @ts-check
"use strict";
/**
 * How often the API is asked. A list is shared for some seconds only, so the time that a refresh takes is shown with its
 * count.
 */
const { startSandbox } = require("../dist/sandbox");
const { recordsProgram, zoneProgram } = require("./harness/programs");
const { atMost, shown } = require("./harness/rows");
const { rrsets, ZONE } = require("./harness/rrsets");
const { withStack } = require("./harness/stack");

const COUNT = 1_000;
/** The longest page of a list at Gandi. */
const PAGE = 500;
const LIST = Math.ceil(COUNT / PAGE);

/** @type {import("./harness/rows").Benchmark} */
module.exports = {
    name: "requests",
    async run({ embedded }) {
        const sandbox = await startSandbox({ zones: { [ZONE]: "" } });
        const asked = async (operation) => {
            sandbox.clearRequests();
            await operation();
            return sandbox.requests().length;
        };
        const given = { domain: ZONE, rrsets: rrsets(COUNT) };
        try {
            const ofZone = await withStack({ sandbox, program: zoneProgram, given, embedded }, async (stack) => [
                atMost("create a LiveDnsZone of 1,000 RRsets", await asked(() => stack.up()), "requests", 5),
                atMost(
                    "preview it without changes",
                    await asked(() => stack.preview({ expectNoChanges: true })),
                    "requests",
                    0,
                ),
                atMost("refresh it", await asked(() => stack.refresh({ expectNoChanges: true })), "requests", LIST + 1),
            ]);
            // The zone's RRsets stay, and the records are taken as they are.
            const ofRecords = await withStack({ sandbox, program: recordsProgram, given, embedded }, async (stack) => {
                await stack.up();
                const requests = await asked(() => stack.refresh({ expectNoChanges: true }));
                const times = sandbox.requests().map(({ time }) => time);
                const seconds = (Math.max(...times) - Math.min(...times)) / 1_000;
                return [
                    atMost("refresh 1,000 LiveDnsRecords of one zone", requests, "requests", LIST + 1),
                    shown("between the first of them and the last", seconds, "s"),
                ];
            });
            return [...ofRecords, ...ofZone];
        } finally {
            await sandbox.close();
        }
    },
};
