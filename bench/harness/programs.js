// @ts-check
"use strict";
/** The programs that benchmarks run: see `program` of stack.js. */

/** @typedef {import("./stack").StackOptions["program"]} Program */

/** Leads to nothing.js as the package's own pointer does to its runtime: a constant, and no serialised code. */
const nothingPointer = `exports.handler=()=>require(${JSON.stringify(require.resolve("./nothing.js"))});`;

/** @type {Program} */
const recordsProgram = (gandi, _pulumi, { domain, rrsets }) => {
    for (const rrset of rrsets) {
        new gandi.LiveDnsRecord(rrset.name, { domain, ...rrset });
    }
};

/** @type {Program} */
const zoneProgram = (gandi, _pulumi, { domain, rrsets }) => {
    new gandi.LiveDnsZone("zone", { domain, records: rrsets, exclusive: true });
};

/**
 * As many resources that do nothing, with the same inputs, so that as much is sent and kept.
 *
 * @type {Program}
 */
const nothingProgram = (_gandi, pulumi, { domain, rrsets, nothingPointer: __provider }) => {
    class Nothing extends pulumi.CustomResource {}
    for (const rrset of rrsets) {
        const inputs = { domain, ...rrset, adopt: false, __provider };
        new Nothing("pulumi-nodejs:dynamic/bench:Nothing", rrset.name, inputs);
    }
};

module.exports = { recordsProgram, zoneProgram, nothingProgram, nothingPointer };
