// @ts-check
"use strict";
/**
 * Makes a clone ready: installs the dependencies and builds `dist/`, each only where its sources have changed since the
 * last time. Needs Node and npm only. `npm run setup`, or as the first step of `npm test` and `npm run demo`.
 */
const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");
const OLDEST_NODE = [20, 18, 1];
/** What `dist/` is made of. */
const SOURCES = ["provider", "sandbox", "engine", "cli", "tsconfig.json", "tsconfig.build.json", "package-lock.json"];

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

/** A digest of files, and of all that is in directories. */
function digest(...paths) {
    const hash = createHash("sha256");
    const add = (path) => {
        if (statSync(path).isDirectory()) {
            for (const name of readdirSync(path).sort()) {
                add(join(path, name));
            }
        } else {
            hash.update(`${path}\0`).update(readFileSync(path));
        }
    };
    for (const path of paths) {
        add(join(root, path));
    }
    return hash.digest("hex");
}

/** Does the work, unless it was done last time and what `state` says has not changed since. */
function unlessDone(name, state, work) {
    const stamp = join(root, "node_modules", `.pulumi-gandi-${name}`);
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === state()) {
        return true;
    }
    const done = work();
    if (done) {
        writeFileSync(stamp, state());
    }
    return done;
}

/** Installs and builds. Returns false, having said why, when that is not possible. */
function setUp() {
    if (oldNode()) {
        console.log(`pulumi-gandi needs Node ${OLDEST_NODE.join(".")} or newer; this is ${process.versions.node}.`);
        return false;
    }
    const installed = () => digest("package-lock.json");
    // With the result, so that what somebody built by hand in between is not taken for it.
    const built = () => (existsSync(join(root, "dist")) ? digest(...SOURCES, "dist") : "");
    return unlessDone("install", installed, install) && unlessDone("build", built, build);
}

function install() {
    return run("Installing dependencies (npm ci)", "npm", ["ci", "--no-audit", "--no-fund"]);
}

function build() {
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
