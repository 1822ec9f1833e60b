// @ts-check
"use strict";
const { spawnSync } = require("node:child_process");
const { mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { findPulumi, hermeticEnv, openOnCli } = require("../pulumiCli");
const { root } = require("../step");

const PROJECT = "gandi-quickstart";
const STACK = "demo";
/** The oldest CLI of which this package is tested. */
const OLDEST_CLI = [3, 216];

/**
 * @typedef {import("../../dist/engine").Stack | import("@pulumi/pulumi/automation").Stack} EngineStack
 * @typedef {import("@pulumi/pulumi/automation").EngineEvent} EngineEvent
 * @typedef {object} DemoStack
 * @property {string} engine what runs it, for people
 * @property {EngineStack} stack
 * @property {AbortSignal} signal stops an operation
 * @property {() => string} state the text of the state file
 */

/**
 * A fresh stack of the quickstart, on the Pulumi CLI where there is one, else on the embedded engine. All that it makes is
 * in `directory`; nothing of the user's own Pulumi, account or environment is touched.
 *
 * @param {object} options
 * @param {string} options.directory an empty directory
 * @param {Record<string, { value: string, secret?: boolean }>} options.config
 * @param {AbortSignal} options.signal
 * @param {boolean} options.embedded even where there is a CLI
 * @returns {Promise<DemoStack>}
 */
async function openStack({ directory, config, signal, embedded }) {
    const workDir = join(directory, "project");
    const stateDir = join(directory, "state");
    const home = join(directory, "home");
    for (const path of [workDir, stateDir, home]) {
        mkdirSync(path);
    }
    // A project of its own with the quickstart's program: the stack's settings go beside the project file.
    const project = { name: PROJECT, main: join(root, "examples", "quickstart"), runtime: "nodejs" };
    writeFileSync(join(workDir, "Pulumi.yaml"), JSON.stringify(project));
    /** @type {Cli} */
    const cli = embedded ? { reason: "--embedded" } : usableCli();
    const envVars = {
        ...hermeticEnv(home, stateDir),
        PULUMI_CONFIG_PASSPHRASE: "demo",
        // The quickstart's types are checked by the tests; here they would cost each run some seconds.
        PULUMI_NODEJS_TRANSPILE_ONLY: "true",
        NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --no-deprecation`.trim(),
    };
    const args = { stackName: STACK, workDir };
    const stack = cli.directory
        ? await openOnCli(cli.directory, args, envVars)
        : await require("../../dist/engine").createOrSelectStack(args, { envVars });
    await stack.setAllConfig(config);
    return {
        engine: cli.directory
            ? `Pulumi CLI ${cli.version} (${cli.directory})`
            : `embedded engine of this package (${cli.reason})`,
        stack,
        signal,
        state: () => readFileSync(join(stateDir, ".pulumi", "stacks", PROJECT, `${STACK}.json`), "utf8"),
    };
}

/**
 * @typedef {object} Cli
 * @property {string} [directory] where it is, if there is one that can be used
 * @property {string} [version]
 * @property {string} [reason] why there is none
 * @returns {Cli}
 */
function usableCli() {
    const directory = findPulumi();
    if (directory === undefined) {
        return { reason: "no Pulumi CLI on PATH, in ~/.pulumi/bin or in PULUMI_CLI" };
    }
    const { stdout } = spawnSync(join(directory, "pulumi"), ["version"], {
        encoding: "utf8",
        env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    });
    const version = /v?(\d+)\.(\d+)\.\d+\S*/.exec(stdout ?? "");
    if (version === null) {
        return { reason: `the Pulumi CLI in ${directory} does not run` };
    }
    const older = OLDEST_CLI.map((part, i) => Number(version[i + 1]) - part).find((difference) => difference !== 0);
    return older !== undefined && older < 0
        ? { reason: `the Pulumi CLI in ${directory} is ${version[0]}, older than ${OLDEST_CLI.join(".")}` }
        : { directory, version: version[0].replace(/^v/, "") };
}

module.exports = { openStack };
