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

module.exports = { findPulumi };
