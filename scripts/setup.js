// @ts-check
"use strict";
/**
 * Makes a fresh clone ready: installs the dependencies when the lock file is newer than they are, and builds `dist/`.
 * Needs Node and npm only. `npm run setup`, or as the first step of `npm test` and `npm run demo`.
 */
const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { existsSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");
const OLDEST_NODE = [20, 18, 1];

/** Runs a command in the repository, its output shown only when it fails. Returns whether it succeeded. */
function run(title, command, args, environment = {}) {
    const started = Date.now();
    process.stdout.write(`${title} … `);
    const result = spawnSync(command, args, {
        cwd: root,
        encoding: "utf8",
        env: { ...process.env, ...environment },
        maxBuffer: 64 * 1024 * 1024,
        shell: process.platform === "win32",
    });
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    if (result.status === 0) {
        console.log(`${seconds} s`);
        return true;
    }
    console.log(`failed after ${seconds} s`);
    console.log([result.error?.message, result.stdout, result.stderr].filter(Boolean).join("\n"));
    return false;
}

function oldNode() {
    const have = process.versions.node.split(".").map(Number);
    const difference = OLDEST_NODE.map((part, i) => (have[i] ?? 0) - part).find((d) => d !== 0) ?? 0;
    return difference < 0;
}

/** Installs and builds. Returns false, having said why, when that is not possible. */
function setUp() {
    if (oldNode()) {
        console.log(`pulumi-gandi needs Node ${OLDEST_NODE.join(".")} or newer; this is ${process.versions.node}.`);
        return false;
    }
    const stamp = join(root, "node_modules", ".pulumi-gandi-setup");
    const lock = createHash("sha256")
        .update(readFileSync(join(root, "package-lock.json")))
        .digest("hex");
    if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== lock) {
        if (!run("Installing dependencies (npm ci)", "npm", ["ci", "--no-audit", "--no-fund"])) {
            return false;
        }
        writeFileSync(stamp, lock);
    }
    rmSync(join(root, "dist"), { recursive: true, force: true });
    return run("Building dist/ (tsc)", process.execPath, [
        join(root, "node_modules", "typescript", "bin", "tsc"),
        "-p",
        "tsconfig.build.json",
    ]);
}

module.exports = { root, run, setUp };

if (require.main === module) {
    process.exitCode = setUp() ? 0 : 1;
}
