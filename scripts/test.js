// @ts-check
"use strict";
/**
 * `npm test`: sets the clone up, then types, lint and every test that this machine can run. The last line of its output
 * is `N passed, N failed, N skipped`. Arguments go to Jest: `npm test -- test/dns`.
 */
const { spawn, spawnSync } = require("node:child_process");
const { mkdtempSync, readFileSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { root, setUp } = require("./setup");

const TYPESCRIPT = "typescript/bin/tsc";
/**
 * Types, each read with settings of its own (the examples with those of a user's program), and lint. Two at a time.
 * @type {string[][][]}
 */
const CHECKS = [
    [["Types of the package and its tests (tsc)", TYPESCRIPT, "--noEmit", "-p", "tsconfig.json"]],
    [
        ["Types of the scripts (tsc)", TYPESCRIPT, "--noEmit", "-p", "scripts"],
        ["Types of the examples (tsc)", TYPESCRIPT, "--noEmit", "-p", "examples"],
        ["Lint and format (biome)", "@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."],
    ],
];

/**
 * Runs a tool of node_modules; one line when it is done, and its output where it fails. Resolves to whether it succeeded.
 * @param {string[]} command
 */
function check([title, script = "", ...args]) {
    const started = Date.now();
    const child = spawn(process.execPath, [join(root, "node_modules", script), ...args], { cwd: root });
    const output = [];
    child.stdout.on("data", (data) => output.push(data));
    child.stderr.on("data", (data) => output.push(data));
    return new Promise((resolve) => {
        child.on("error", (error) => output.push(Buffer.from(String(error))));
        child.on("close", (code) => {
            const seconds = ((Date.now() - started) / 1000).toFixed(1);
            console.log(`${title} … ${code === 0 ? `${seconds} s` : `failed after ${seconds} s`}`);
            if (code !== 0) {
                console.log(Buffer.concat(output).toString("utf8"));
            }
            resolve(code === 0);
        });
    });
}

/** The outcomes of all the checks. */
async function checks() {
    const outcomes = [];
    await Promise.all(
        CHECKS.map(async (queue) => {
            for (const each of queue) {
                outcomes.push(await check(each));
            }
        }),
    );
    return outcomes;
}

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

async function main() {
    const total = { passed: 0, failed: 0, skipped: 0 };
    const count = (ok) => {
        total[ok ? "passed" : "failed"]++;
        return ok;
    };
    if (count(setUp())) {
        (await checks()).forEach(count);
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
