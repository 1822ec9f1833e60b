// @ts-check
"use strict";
/**
 * Puts what every program and every provider process loads into one file each, zod with it, and `dns/` into another: of
 * some 250 small files, finding and opening them is most of what loading them takes. The rest stays as tsc has made it.
 */
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { build } = require("esbuild");
const { root } = require("./step");

/** What is in the files themselves; the notice of its licence goes with it. */
const INCLUDED = "zod";

/** @param {...string} path */
const text = (...path) => readFileSync(join(root, ...path), "utf8");

const { dependencies, peerDependencies, name } = JSON.parse(text("package.json"));
const others = Object.keys({ ...dependencies, ...peerDependencies, [name]: "" }).filter((one) => one !== INCLUDED);
const notice = text("node_modules", INCLUDED, "LICENSE");

/** @type {import("esbuild").Plugin} zod's messages in fifty more languages would be a third of each file. */
const englishOnly = {
    name: "english-only",
    setup({ onLoad }) {
        onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
            contents: 'export { default as en } from "./en.js";',
        }));
    },
};

/** @type {import("esbuild").Plugin} One copy of `pulumi-gandi/dns` for all: programs may look for the classes of its errors. */
const sharedDns = {
    name: "shared-dns",
    setup({ onResolve }) {
        onResolve({ filter: /^(\.\.?\/)+dns$/ }, () => ({ path: "./dns", external: true }));
    },
};

build({
    absWorkingDir: root,
    entryPoints: ["provider/index.ts", "provider/runtime.ts", "provider/dns/index.ts"],
    outdir: "dist/provider",
    allowOverwrite: true,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: others,
    plugins: [englishOnly, sharedDns],
    banner: { js: `/* ${INCLUDED}, of which the bundles of this package hold a copy:\n${notice}*/` },
    logLevel: "warning",
}).catch(() => {
    process.exitCode = 1;
});
