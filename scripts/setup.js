// @ts-check
"use strict";
/**
 * Makes a clone ready: installs the dependencies and builds `dist/`, each only where its sources have changed since the
 * last time. Needs Node and npm only. `npm run setup`, or as the first step of `npm test` and `npm run demo`.
 */
const { createHash } = require("node:crypto");
const { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { root, step, tool } = require("./step");

const OLDEST_NODE = [20, 18, 1];
/** What `dist/` is made of. */
const SOURCES = [
    ...["provider", "sandbox", "engine", "cli", "scripts/bundle.js"],
    ...["tsconfig.json", "tsconfig.build.json", "package-lock.json"],
];

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
async function unlessDone(name, state, work) {
    const stamp = join(root, "node_modules", `.pulumi-gandi-${name}`);
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === state()) {
        return true;
    }
    const done = await work();
    if (done) {
        writeFileSync(stamp, state());
    }
    return done;
}

/** Installs the dependencies. Resolves to whether that was possible, having said why not. */
async function install() {
    if (oldNode()) {
        console.log(`pulumi-gandi needs Node ${OLDEST_NODE.join(".")} or newer; this is ${process.versions.node}.`);
        return false;
    }
    return unlessDone(
        "install",
        () => digest("package-lock.json"),
        () => step("Installing dependencies (npm ci)", "npm", ["ci", "--no-audit", "--no-fund"]),
    );
}

/** Builds `dist/`. Resolves to whether that was possible, having said why not. */
async function build() {
    // With the result, so that what somebody built by hand in between is not taken for it.
    const built = () => (existsSync(join(root, "dist")) ? digest(...SOURCES, "dist") : "");
    return unlessDone("build", built, async () => {
        rmSync(join(root, "dist"), { recursive: true, force: true });
        return (
            (await tool("Building dist/ (tsc)", "typescript/bin/tsc", "-p", "tsconfig.build.json")) &&
            (await step("Bundling what programs load (esbuild)", process.execPath, [join(__dirname, "bundle.js")]))
        );
    });
}

/** Installs and builds. */
async function setUp() {
    return (await install()) && (await build());
}

module.exports = { install, build, setUp };

if (require.main === module) {
    setUp().then((done) => {
        process.exitCode = done ? 0 : 1;
    });
}
