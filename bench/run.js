// @ts-check
"use strict";
/**
 * `npm run bench`: sets the clone up, measures, and compares with the targets. Names of benchmarks run only those:
 * `npm run bench -- dns`. The table's figures go to bench/results.json, or to the file of `--json FILE`, as well. Needs
 * no network. The exit code is 1 where a target is missed or a benchmark failed.
 */
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { parseArgs } = require("node:util");
const { setUp } = require("../scripts/setup");

/** In the order in which they run. */
const BENCHMARKS = ["dns", "load", "requests", "state", "rateLimit", "up", "memory"];
const COLUMNS = ["figure", "measured", "target", "ok?"];

/**
 * @typedef {import("./harness/rows").Row} Row
 *
 * @param {string} name
 * @param {{ embedded: boolean }} options
 * @returns {Promise<Row[]>}
 */
async function rowsOf(name, options) {
    process.stdout.write(`${name} … `);
    const started = performance.now();
    try {
        // Only now: what it loads does not exist before the build.
        /** @type {import("./harness/rows").Benchmark} */
        const benchmark = require(`./${name}`);
        const rows = await benchmark.run(options);
        console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
        return rows;
    } catch (error) {
        console.log(`failed: ${error instanceof Error ? error.stack : error}`);
        return [{ figure: `${name} (failed)`, measured: null, unit: "", target: null, ok: false }];
    }
}

/** @param {Row[]} rows */
function table(rows) {
    const cells = rows.map(({ figure, measured, unit, target, ok }) => [
        figure,
        measured === null ? "" : `${measured.toLocaleString("en-US")} ${unit}`.trim(),
        target ?? "",
        ok === null ? "" : ok ? "yes" : "NO",
    ]);
    const widths = COLUMNS.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column].length)));
    const line = (row) =>
        row
            .map((cell, column) => cell.padEnd(widths[column]))
            .join("  ")
            .trimEnd();
    return [COLUMNS, widths.map((width) => "-".repeat(width)), ...cells].map(line).join("\n");
}

async function main() {
    const { values, positionals } = parseArgs({
        allowPositionals: true,
        options: {
            json: { type: "string", default: join(__dirname, "results.json") },
            embedded: { type: "boolean", default: false },
        },
    });
    const unknown = positionals.filter((name) => !BENCHMARKS.includes(name));
    if (unknown.length > 0) {
        throw new Error(`no benchmark ${unknown.join(", ")}: there are ${BENCHMARKS.join(", ")}`);
    }
    if (!(await setUp())) {
        return 1;
    }
    // The SDK and its dependencies use what newer versions of Node warn of; that is not measured here.
    process.noDeprecation = true;
    const results = [];
    for (const name of BENCHMARKS.filter((each) => positionals.length === 0 || positionals.includes(each))) {
        const rows = await rowsOf(name, { embedded: values.embedded });
        results.push(...rows.map((row) => ({ benchmark: name, ...row })));
    }
    console.log(`\n${table(results)}`);
    writeFileSync(values.json, `${JSON.stringify({ node: process.version, results }, null, 2)}\n`);
    return results.some(({ ok }) => ok === false) ? 1 : 0;
}

main().then(
    // The sockets of a process that was stopped halfway may be open still.
    (code) => process.exit(code),
    (error) => {
        console.log(`The benchmarks could not run: ${error instanceof Error ? error.message : error}`);
        process.exit(1);
    },
);
