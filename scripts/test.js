// @ts-check
"use strict";
/**
 * `npm test`: sets the clone up, then types, lint and every test that this machine can run. The last line of its output
 * is `N passed, N failed, N skipped`. Arguments go to Jest: `npm test -- test/dns`.
 */
const { spawnSync } = require("node:child_process");
const { mkdtempSync, readFileSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { root, run, setUp } = require("./setup");

/** Each is read with settings of its own: the examples with those of a user's program. */
const TYPES = [
    ["the package and its tests", "tsconfig.json"],
    ["the scripts", "scripts"],
    ["the examples", "examples"],
];

/** Jest's own counts, or undefined when it did not get as far as running tests. */
function jest(args) {
    const directory = mkdtempSync(join(tmpdir(), "pulumi-gandi-test-"));
    const report = join(directory, "jest.json");
    try {
        const { status } = spawnSync(
            process.execPath,
            [
                join(root, "node_modules", "jest", "bin", "jest.js"),
                "--maxWorkers=2",
                "--json",
                `--outputFile=${report}`,
                ...args,
            ],
            // With --json Jest prints its report to stdout as well; people read stderr.
            { cwd: root, stdio: ["ignore", "ignore", "inherit"] },
        );
        const counts = JSON.parse(readFileSync(report, "utf8"));
        const brokenSuites = counts.numRuntimeErrorTestSuites;
        return {
            passed: counts.numPassedTests,
            failed: counts.numFailedTests + brokenSuites + (status !== 0 && counts.success ? 1 : 0),
            skipped: counts.numPendingTests + counts.numTodoTests,
        };
    } catch (error) {
        console.log(`Jest left no report: ${error}`);
        return undefined;
    } finally {
        rmSync(directory, { recursive: true, force: true });
    }
}

function main() {
    const total = { passed: 0, failed: 0, skipped: 0 };
    const count = (ok) => {
        total[ok ? "passed" : "failed"]++;
        return ok;
    };
    const node = (title, script, args) => run(title, process.execPath, [join(root, "node_modules", script), ...args]);
    if (count(setUp())) {
        for (const [what, project] of TYPES) {
            count(node(`Types of ${what} (tsc)`, "typescript/bin/tsc", ["--noEmit", "-p", project]));
        }
        count(node("Lint and format (biome)", "@biomejs/biome/bin/biome", ["check", "--error-on-warnings", "."]));
        const counts = jest(process.argv.slice(2));
        if (counts === undefined) {
            total.failed++;
        } else {
            for (const key of Object.keys(total)) {
                total[key] += counts[key];
            }
        }
    }
    console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
    process.exitCode = total.failed === 0 ? 0 : 1;
}

main();
