// @ts-check
"use strict";
const { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { findPulumi, hermeticEnv, openOnCli } = require("../../scripts/pulumiCli");
const { root } = require("../../scripts/step");

/**
 * @typedef {import("../../dist/engine").Stack | import("@pulumi/pulumi/automation").Stack} EngineStack
 * @typedef {object} StackOptions
 * @property {{ url: string, token: string }} sandbox
 * @property {(gandi: typeof import("../../dist/provider"), pulumi: typeof import("@pulumi/pulumi"), given: any) => void} program
 *     runs in another process, from its own text: it sees nothing but its parameters
 * @property {unknown} given its last parameter, as JSON
 * @property {boolean} embedded even where there is a Pulumi CLI
 */

/**
 * Lends a fresh stack of a program, on the Pulumi CLI where there is one, else on the embedded engine. All of it is in a
 * directory that is removed afterwards; nothing of the user's own Pulumi, account or environment is touched.
 *
 * @template T
 * @param {StackOptions} options
 * @param {(stack: EngineStack) => Promise<T>} use
 * @returns {Promise<T>}
 */
async function withStack({ sandbox, program, given, embedded }, use) {
    const workDir = mkdtempSync(join(tmpdir(), "pulumi-gandi-bench-"));
    try {
        const [stateDir, home] = [join(workDir, "state"), join(workDir, "home")];
        mkdirSync(stateDir);
        mkdirSync(home);
        symlinkSync(join(root, "node_modules"), join(workDir, "node_modules"), "junction");
        writeFileSync(join(workDir, "package.json"), '{ "private": true }\n');
        writeFileSync(join(workDir, "Pulumi.yaml"), "name: bench\nruntime: nodejs\n");
        writeFileSync(
            join(workDir, "index.js"),
            `(${program})(require("pulumi-gandi"), require("@pulumi/pulumi"), ${JSON.stringify(given)});\n`,
        );
        const cli = embedded ? undefined : findPulumi();
        const envVars = {
            ...hermeticEnv(home, stateDir),
            PULUMI_CONFIG_PASSPHRASE: "bench",
            GANDI_PERSONAL_ACCESS_TOKEN: sandbox.token,
        };
        const args = { stackName: "bench", workDir };
        /** @type {EngineStack} */
        const stack = cli
            ? await openOnCli(cli, args, envVars)
            : await require("../../dist/engine").createOrSelectStack(args, { envVars });
        await stack.setAllConfig({
            "gandi:url": { value: sandbox.url },
            // Thousands of requests in a row: how the limit is kept has a benchmark of its own.
            "gandi:requestsPerMinute": { value: "1000000" },
        });
        return await use(stack);
    } finally {
        rmSync(workDir, { recursive: true, force: true, maxRetries: 3 });
    }
}

module.exports = { withStack };
