// @ts-check
"use strict";
/** What loading the package adds to a program, which loads the Pulumi SDK anyway. */
const { execFileSync } = require("node:child_process");
const { root } = require("../scripts/step");
const { atMost, median, shown } = require("./harness/rows");

const RUNS = 11;
const SDK = "@pulumi/pulumi";
const PACKAGE = "pulumi-gandi";

/** Milliseconds that a fresh process takes for it. */
function load(name) {
    const program = `const start = performance.now(); require("${name}"); console.log(performance.now() - start);`;
    return Number(execFileSync(process.execPath, ["-e", program], { cwd: root, encoding: "utf8" }));
}

/** @type {import("./harness/rows").Benchmark} */
module.exports = {
    name: "load",
    async run() {
        // The first of each reads from a cold disk.
        load(SDK);
        load(PACKAGE);
        // One after the other, so that both meet the same weather.
        const pairs = Array.from({ length: RUNS }, () => ({ sdk: load(SDK), all: load(PACKAGE) }));
        const sdk = median(pairs.map((pair) => pair.sdk));
        const all = median(pairs.map((pair) => pair.all));
        return [
            atMost(`require("${PACKAGE}") over require("${SDK}")`, all - sdk, "ms", 80),
            shown(`require("${SDK}")`, sdk, "ms"),
            shown(`require("${PACKAGE}")`, all, "ms"),
        ];
    },
};
