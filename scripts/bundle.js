// @ts-check
"use strict";
/**
 * Puts what every program and every provider process loads into one file each, zod with it: of some 250 small files,
 * finding and opening them is most of what loading them takes. The other entries stay as tsc has made them.
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

build({
    absWorkingDir: root,
    entryPoints: ["provider/index.ts", "provider/runtime.ts"],
    outdir: "dist/provider",
    allowOverwrite: true,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: others,
    plugins: [englishOnly],
    banner: { js: `/* Holds ${INCLUDED}:\n${notice}*/` },
    logLevel: "warning",
}).catch(() => {
    process.exitCode = 1;
});
