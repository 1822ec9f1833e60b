import type { Exchange } from "../../sandbox/app";

/**
 * Set up for every test file: each exchange with a sandbox of this process is held against docs/gandi-openapi.yaml, and a
 * test in which the two disagree fails. The document is only read where there is a sandbox.
 */
const found: string[] = [];
let document: { disagreements(exchange: Exchange): string[] } | undefined;

Reflect.set(globalThis, Symbol.for("pulumi-gandi.sandbox.observer"), (exchange: Exchange) => {
    const { ApiDocument } = require("./apiDocument") as typeof import("./apiDocument");
    document ??= new ApiDocument();
    found.push(...document.disagreements(exchange));
});

afterEach(() => {
    const disagreements = [...new Set(found.splice(0))];
    if (disagreements.length > 0) {
        throw new Error(`The sandbox and docs/gandi-openapi.yaml disagree:\n${disagreements.join("\n")}`);
    }
});
