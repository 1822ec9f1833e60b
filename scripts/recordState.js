// @ts-check
"use strict";
/**
 * `node scripts/recordState.js VERSION`: plays the story of `test/states/VERSION` with the package as it is built here, on
 * the Pulumi CLI and a sandbox, and keeps what the two are left with. See "A change of what a state holds" in
 * CONTRIBUTING.md.
 */
const { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { findPulumi, hermeticEnv, openOnCli } = require("./pulumiCli");
const { look, settle } = require("./stateOutcome");
const { root } = require("./step");

const STACK = "dev";
/** Stands in a fixture for the sandbox's own address, which is another in each run. */
const ORIGIN = "http://127.0.0.1:8053";
/** That of all test stacks (`test/harness/stackEnv.ts`). */
const PASSPHRASE = "correct horse";

/** The files of a fixture that are written by hand. */
const WRITTEN = ["Pulumi.yaml", "index.js", "story.js"];

async function main() {
    const [version] = process.argv.slice(2);
    const pulumi = findPulumi();
    if (version === undefined || pulumi === undefined) {
        throw new Error("usage: node scripts/recordState.js VERSION, with a Pulumi CLI on PATH or in PULUMI_CLI");
    }
    const fixture = join(root, "test", "states", version);
    const dir = mkdtempSync(join(tmpdir(), "pulumi-gandi-record-"));
    try {
        await record(fixture, dir, pulumi);
    } finally {
        rmSync(dir, { recursive: true, force: true });
    }
}

/** @param {string} fixture @param {string} dir of the run @param {string} pulumi the CLI's directory */
async function record(fixture, dir, pulumi) {
    const story = require(join(fixture, "story.js"));
    const { startSandbox } = require(join(root, "dist", "sandbox"));
    const stateFile = join(dir, "sandbox.json");
    const recorded = await startSandbox({ seed: story.seed, stateFile });
    const stack = await openStack(fixture, dir, pulumi, recorded.url);
    for (const [key, value] of Object.entries(story.secrets(recorded))) {
        await stack.setConfig(key, { value, secret: true });
    }
    await story.record({ sandbox: recorded, stack });
    await recorded.close();

    const kept = {
        [`Pulumi.${STACK}.yaml`]: readFileSync(join(dir, `Pulumi.${STACK}.yaml`), "utf8"),
        "stack.json": withoutPlaces(
            readFileSync(join(dir, "state", ".pulumi", "stacks", "states", `${STACK}.json`), "utf8"),
        ),
        "sandbox.json": readFileSync(stateFile, "utf8"),
    };
    for (const [name, text] of Object.entries(kept)) {
        writeFileSync(join(fixture, name), text.replaceAll(recorded.url, ORIGIN));
    }

    const port = Number(new URL(recorded.url).port);
    const sandbox = await startSandbox({ stateFile, port });
    try {
        writeFileSync(join(fixture, "outcome.json"), toJson(await outcomes(sandbox, stack)));
    } finally {
        await sandbox.close();
    }
}

/** What this version itself makes of what it has left, for later ones to be compared with. */
async function outcomes(sandbox, stack) {
    const recorded = look(sandbox);
    settle(sandbox);
    await stack.up();
    const finished = look(sandbox);
    await stack.setConfig("stage", { value: "changed" });
    await stack.up();
    const changed = look(sandbox);
    await stack.destroy();
    return { recorded, finished, changed, destroyed: look(sandbox) };
}

/** @returns {Promise<import("@pulumi/pulumi/automation").Stack>} */
function openStack(fixture, dir, pulumi, url) {
    for (const name of WRITTEN) {
        cpSync(join(fixture, name), join(dir, name));
    }
    writeFileSync(join(dir, "Pulumi.yaml"), readFileSync(join(dir, "Pulumi.yaml"), "utf8").replace(ORIGIN, url));
    writeFileSync(join(dir, "package.json"), '{ "private": true }\n');
    symlinkSync(join(root, "node_modules"), join(dir, "node_modules"), "junction");
    const [home, state] = ["home", "state"].map((name) => join(dir, name));
    mkdirSync(home);
    mkdirSync(state);
    const env = { ...hermeticEnv(home, state), PULUMI_CONFIG_PASSPHRASE: PASSPHRASE };
    return openOnCli(pulumi, { stackName: STACK, workDir: dir }, env);
}

/** The engine notes in which file of this machine each resource was registered. */
function withoutPlaces(text) {
    const places = ["sourcePosition", "stackTrace"];
    return toJson(JSON.parse(text, (key, value) => (places.includes(key) ? undefined : value)));
}

function toJson(value) {
    return `${JSON.stringify(value, undefined, 2)}\n`;
}

main();
