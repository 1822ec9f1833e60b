// @ts-check
"use strict";
/** `npm run soak`: puts the machine of soak/ into one file, and runs it. */
const { spawnSync } = require("node:child_process");
const { join } = require("node:path");
const { buildSync } = require("esbuild");
const nothingReal = require("../test/harness/nothingReal");
const { root } = require("./step");

const outfile = join(root, "node_modules", ".cache", "pulumi-gandi", "soak.js");

buildSync({
    absWorkingDir: root,
    entryPoints: ["soak/main.ts"],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    packages: "external",
    sourcemap: "inline",
    logLevel: "warning",
});
// As for the tests: nothing of whoever runs it, and no connection to anything but this machine.
nothingReal();
const preload = `--require ${JSON.stringify(join(root, "test", "harness", "onlyLoopback.js"))}`;
const { status } = spawnSync(process.execPath, ["--enable-source-maps", outfile, ...process.argv.slice(2)], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: [process.env.NODE_OPTIONS, preload].filter(Boolean).join(" ") },
    stdio: "inherit",
});
process.exit(status ?? 1);
