// @ts-check
"use strict";
const { spawn } = require("node:child_process");
const { join } = require("node:path");

const root = join(__dirname, "..");

/**
 * Runs a command in the repository: one line when it is done, and its output where it fails. Resolves to whether it
 * succeeded.
 * @param {string} title
 * @param {string} command
 * @param {string[]} args
 */
function step(title, command, args) {
    const started = Date.now();
    const child = spawn(command, args, {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe"],
        // npm is a script there.
        shell: process.platform === "win32" && command !== process.execPath,
    });
    /** @type {string[]} */
    const output = [];
    for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding("utf8").on("data", (text) => output.push(text));
    }
    return new Promise((resolve) => {
        child.on("error", (error) => output.push(String(error)));
        child.on("close", (code) => {
            const seconds = ((Date.now() - started) / 1000).toFixed(1);
            console.log(`${title} … ${code === 0 ? `${seconds} s` : `failed after ${seconds} s`}`);
            if (code !== 0) {
                console.log(output.join(""));
            }
            resolve(code === 0);
        });
    });
}

/**
 * Runs a tool of `node_modules`.
 * @param {string} title
 * @param {string} script Path inside `node_modules`.
 * @param {string[]} args
 */
function tool(title, script, ...args) {
    return step(title, process.execPath, [join(root, "node_modules", script), ...args]);
}

module.exports = { root, step, tool };
