// @ts-check
"use strict";
/** How fast record values and zone files are read and compared. */
const dns = require("../dist/provider/dns");
const { atMost, shown } = require("./harness/rows");
const { rrsets, ZONE, zoneFile } = require("./harness/rrsets");

const COUNT = 10_000;
const RUNS = 5;

/** Milliseconds of the best run: the others were disturbed. */
function best(work) {
    const times = Array.from({ length: RUNS }, () => {
        const start = performance.now();
        work();
        return performance.now() - start;
    });
    return Math.min(...times);
}

/** @type {import("./harness/rows").Benchmark} */
module.exports = {
    name: "dns",
    async run() {
        const zone = rrsets(COUNT);
        const normalForms = () =>
            zone.map(({ type, values }) => values.map((value) => dns.apiValue(type, value, ZONE)));
        const answered = normalForms().map((values) => values.reverse());
        const text = zoneFile(COUNT);
        const twice = zoneFile(2 * COUNT);
        const compare = () => zone.every(({ type, values }, i) => dns.sameRRset(type, values, answered[i], ZONE));
        if (!compare()) {
            throw new Error("what the API answers is not the same as what was written");
        }
        return [
            atMost("10,000 RRsets parsed and compared with the API's answer", best(compare), "ms", 200),
            atMost(
                "zone file of 10,000 lines",
                best(() => dns.parseZoneFile(text, { zone: ZONE })),
                "ms",
                500,
            ),
            shown(
                "zone file of 20,000 lines",
                best(() => dns.parseZoneFile(twice, { zone: ZONE })),
                "ms",
            ),
            shown("10,000 RRsets to normal form", best(normalForms), "ms"),
            shown(
                "10,000 RRsets checked as one zone",
                best(() => dns.checkZone(zone, ZONE)),
                "ms",
            ),
        ];
    },
};
