// @ts-check
"use strict";
/**
 * `npm test`: sets the clone up, then types, lint and every test that this machine can run. The last line of its output
 * is `N passed, N failed, N skipped`. Arguments go to Jest: `npm test -- test/dns`.
 */
const { spawnSync } = require("node:child_process");
const { mkdtempSync, readFileSync, rmSync } = require("node:fs");
const { availableParallelism, tmpdir } = require("node:os");
const { join } = require("node:path");
const { build, install } = require("./setup");
const { root, tool } = require("./step");

const TYPESCRIPT = "typescript/bin/tsc";
/** Tests mostly wait for the processes that they have started. */
const WORKERS = availableParallelism() + 1;

/** Builds; types, each read with settings of its own (the examples with those of a user's program); lint. The outcomes. */
async function checks() {
    const ofPackage = tool("Types of the package and its tests (tsc)", TYPESCRIPT, "--noEmit", "-p", "tsconfig.json");
    // Two at a time. The examples are read against the types of `dist/`.
    const rest = [
        build,
        () => tool("Types of the examples (tsc)", TYPESCRIPT, "--noEmit", "-p", "examples"),
        () => tool("Types of the scripts and benchmarks (tsc)", TYPESCRIPT, "--noEmit", "-p", "scripts"),
        () => tool("Lint and format (biome)", "@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."),
    ];
    const outcomes = [];
    for (const each of rest) {
        outcomes.push(await each());
    }
    return [...outcomes, await ofPackage];
}

/** Jest's own counts, or undefined when it did not get as far as running tests. */
function jest(args) {
    const directory = mkdtempSync(join(tmpdir(), "pulumi-gandi-test-"));
    const report = join(directory, "jest.json");
    try {
        const { status } = spawnSync(
            process.execPath,
            [
                // For Jest's workers, too: collecting garbage less often takes a twelfth off their time.
                "--max-semi-space-size=64",
                join(root, "node_modules", "jest", "bin", "jest.js"),
                `--maxWorkers=${WORKERS}`,
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

async function main() {
    const total = { passed: 0, failed: 0, skipped: 0 };
    const count = (ok) => {
        total[ok ? "passed" : "failed"]++;
        return ok;
    };
    if (count(await install())) {
        const outcomes = await checks();
        outcomes.forEach(count);
        const [built] = outcomes;
        const counts = built ? jest(process.argv.slice(2)) : undefined;
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
