const { join } = require("node:path");

// For the programs and providers that tests start; quoted, as the path may have spaces.
const preload = `--require ${JSON.stringify(join(__dirname, "test", "harness", "deferred.js"))}`;
process.env.NODE_OPTIONS = [process.env.NODE_OPTIONS, preload].filter(Boolean).join(" ");

/** @type {import("jest").Config} */
module.exports = {
    testEnvironment: "node",
    transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
    testMatch: ["<rootDir>/test/**/*.test.ts"],
    modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/examples/"],
    testSequencer: "<rootDir>/test/harness/slowestFirst.js",
    setupFilesAfterEnv: ["<rootDir>/test/harness/heldToDocument.ts"],
    testTimeout: 60_000,
};
