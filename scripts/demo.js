// @ts-check
"use strict";
/**
 * `npm run demo`: the life of a domain, from the first preview to destroy, against a local Gandi. Needs no account, no
 * network once it is set up, and no money; each claim that it prints it has verified. `npm run demo -- --embedded` runs
 * it on the embedded engine although there is a Pulumi CLI.
 */
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { setUp } = require("./setup");
const { Terminal } = require("./demo/terminal");

/** How long an operation that Ctrl-C has stopped may take to end in order. */
const GRACE_MS = 8_000;
/** What a process that Ctrl-C has ended answers. */
const EXIT_INTERRUPTED = 130;

async function demo() {
    // The SDK and its dependencies use what newer versions of Node warn of; that is not this demo's news.
    process.noDeprecation = true;
    const { openStack } = require("./demo/engine");
    const { tell } = require("./demo/story");
    const { startSandbox } = require("../dist/sandbox");

    const terminal = new Terminal(process.stdout);
    const directory = mkdtempSync(join(tmpdir(), "pulumi-gandi-demo-"));
    const sandbox = await startSandbox();
    const stopping = new AbortController();
    const stop = () => {
        terminal.settle();
        if (stopping.signal.aborted) {
            process.exit(EXIT_INTERRUPTED);
        }
        terminal.print("\n  Stopping; what is under way is ended in order. Press Ctrl-C again to stop at once.");
        stopping.abort();
        sandbox.advance(60_000);
        setTimeout(() => process.exit(EXIT_INTERRUPTED), GRACE_MS).unref();
    };
    const removeDirectory = () => rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
    process.on("exit", removeDirectory);
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
    try {
        const stack = await openStack({
            directory,
            config: {
                "gandi:url": { value: sandbox.url },
                "gandi:pollInterval": { value: "0.5" },
                "gandi:personalAccessToken": { value: sandbox.token, secret: true },
            },
            signal: stopping.signal,
            embedded: process.argv.includes("--embedded"),
        });
        await tell({ terminal, stack, sandbox });
        return 0;
    } catch (error) {
        terminal.settle();
        if (stopping.signal.aborted) {
            return EXIT_INTERRUPTED;
        }
        terminal.failure(error);
        return 1;
    } finally {
        await sandbox.close();
        removeDirectory();
    }
}

async function main() {
    if (!(await setUp())) {
        process.exitCode = 1;
        return;
    }
    try {
        // The sockets of a process that was stopped halfway may be open still.
        process.exit(await demo());
    } catch (error) {
        console.log(`The demo could not start: ${error instanceof Error ? error.message : error}`);
        process.exit(1);
    }
}

main();
