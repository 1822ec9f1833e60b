// @ts-check
"use strict";
const { accessSync, constants, statSync } = require("node:fs");
const { homedir } = require("node:os");
const { delimiter, dirname, join } = require("node:path");

const EXECUTABLE = process.platform === "win32" ? "pulumi.exe" : "pulumi";

/** @param {string} path */
function isExecutable(path) {
    try {
        accessSync(path, constants.X_OK);
        return statSync(path).isFile();
    } catch {
        return false;
    }
}

/**
 * The directory of the Pulumi CLI: of PULUMI_CLI (a directory or the file itself), on PATH, or in ~/.pulumi/bin; undefined
 * where there is none.
 *
 * @returns {string | undefined}
 * @throws Error when PULUMI_CLI names a place without a CLI
 */
function findPulumi() {
    const given = process.env.PULUMI_CLI;
    if (given) {
        const file = [given, join(given, EXECUTABLE), join(given, "bin", EXECUTABLE)].find(isExecutable);
        if (file === undefined) {
            throw new Error(`PULUMI_CLI=${given}: no Pulumi CLI there`);
        }
        return dirname(file);
    }
    const path = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
    return [...path, join(homedir(), ".pulumi", "bin")].find((directory) => isExecutable(join(directory, EXECUTABLE)));
}

/** No account of the machine's: empty counts as absent. */
const NO_ACCOUNT = {
    GANDI_PERSONAL_ACCESS_TOKEN: "",
    GANDI_KEY: "",
    GANDI_SHARING_ID: "",
    GANDI_URL: "",
    GANDI_READ_ONLY: "",
};

/**
 * The environment of a stack for which nothing of the user's own counts: no home, no account, no token, no proxy to the
 * sandbox; and nothing is asked of the network.
 *
 * @param {string} home a directory for the engine's own files
 * @param {string} stateDir the directory of the state
 */
function hermeticEnv(home, stateDir) {
    return {
        PULUMI_HOME: home,
        PULUMI_BACKEND_URL: `file://${stateDir}`,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true",
        NO_PROXY: "127.0.0.1,localhost",
        ...NO_ACCOUNT,
    };
}

/**
 * A stack on the CLI of a directory.
 *
 * @param {string} directory
 * @param {import("@pulumi/pulumi/automation").LocalProgramArgs} args
 * @param {Record<string, string>} envVars
 * @returns {Promise<import("@pulumi/pulumi/automation").Stack>}
 */
function openOnCli(directory, args, envVars) {
    const { LocalWorkspace } = require("@pulumi/pulumi/automation");
    const PATH = `${directory}${delimiter}${process.env.PATH ?? ""}`;
    // The Automation API looks for the CLI on the PATH of this process.
    process.env.PATH = PATH;
    return LocalWorkspace.createOrSelectStack(args, { envVars: { ...envVars, PATH }, secretsProvider: "passphrase" });
}

module.exports = { NO_ACCOUNT, findPulumi, hermeticEnv, openOnCli };
