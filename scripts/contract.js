// @ts-check
"use strict";
/**
 * `npm run contract -- --url URL`: tries the facts of `contract/` at an address, see "Settling a guess" in CONTRIBUTING.md.
 * They are TypeScript that no user needs, so they are no part of `dist/`: they are put together here, each time.
 */
const { readFileSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");
const { buildSync } = require("esbuild");
const { root } = require("./step");

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** @returns {typeof import("../contract/command")} */
function load() {
    const { outputFiles } = buildSync({
        absWorkingDir: root,
        entryPoints: ["contract/command.ts"],
        bundle: true,
        platform: "node",
        packages: "external",
        target: "node20",
        write: false,
    });
    const built = new Module(join(root, "contract", "command.js"));
    built.paths = [join(root, "node_modules")];
    /** @type {any} */ (built)._compile(outputFiles[0].text, built.id);
    return built.exports;
}

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) {
    // npm and a terminal send it twice: what is being cleaned up must not be left because of that.
    process.on(signal, () => interruption.abort());
}

const { stdout, stderr, env } = process;
load()
    .runContractCommand(process.argv.slice(2), { stdout, stderr, env, version, signal: interruption.signal })
    .then((code) => {
        process.exitCode = code;
    });
