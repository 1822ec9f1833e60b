// @ts-check
"use strict";
/** How much a record adds to the state. */
const { startSandbox } = require("../dist/sandbox");
const { recordsProgram, zoneProgram } = require("./harness/programs");
const { atMost, shown } = require("./harness/rows");
const { rrsets, ZONE } = require("./harness/rrsets");
const { withStack } = require("./harness/stack");

const COUNT = 200;

/** Bytes of the exported deployment, as JSON without white space, for each record of a program. */
async function bytesPerRecord(sandbox, program, embedded) {
    const given = { domain: ZONE, rrsets: rrsets(COUNT) };
    const { deployment } = await withStack({ sandbox, program, given, embedded }, async (stack) => {
        await stack.up();
        return stack.exportStack();
    });
    const ours = deployment.resources.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/gandi:"));
    return {
        compact: Buffer.byteLength(JSON.stringify(ours)) / COUNT,
        indented: Buffer.byteLength(JSON.stringify({ deployment: { resources: ours } }, null, 4)) / COUNT,
    };
}

/** @type {import("./harness/rows").Benchmark} */
module.exports = {
    name: "state",
    async run({ embedded }) {
        const sandbox = await startSandbox({ zones: { [ZONE]: "" } });
        try {
            const zone = await bytesPerRecord(sandbox, zoneProgram, embedded);
            const records = await bytesPerRecord(sandbox, recordsProgram, embedded);
            return [
                atMost("state of a LiveDnsRecord", records.compact, "bytes", 1_500),
                atMost("state of a record inside a LiveDnsZone", zone.compact, "bytes", 500),
                shown("state of a LiveDnsRecord, indented as pulumi stack export does", records.indented, "bytes"),
                shown("state of a record inside a LiveDnsZone, indented", zone.indented, "bytes"),
            ];
        } finally {
            await sandbox.close();
        }
    },
};
