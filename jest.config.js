const { join } = require("node:path");

const harness = join(__dirname, "test", "harness");
// For Jest's workers, and the programs and providers that tests start; quoted, as the path may have spaces.
const preloads = ["onlyLoopback.js", "deferred.js"].map((name) => `--require ${JSON.stringify(join(harness, name))}`);
process.env.NODE_OPTIONS = [process.env.NODE_OPTIONS, ...preloads].filter(Boolean).join(" ");

/** @type {import("jest").Config} */
module.exports = {
    testEnvironment: "node",
    transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
    // Commands are imported when they are called, by the names of their compiled files.
    moduleNameMapper: { "^(\\./.*)\\.js$": ["$1.ts", "$1.js"] },
    testMatch: ["<rootDir>/test/**/*.test.ts"],
    modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/examples/"],
    testSequencer: "<rootDir>/test/harness/slowestFirst.js",
    globalSetup: "<rootDir>/test/harness/nothingReal.js",
    setupFiles: ["<rootDir>/test/harness/onlyLoopback.js"],
    setupFilesAfterEnv: ["<rootDir>/test/harness/heldToDocument.ts"],
    testTimeout: 60_000,
};
