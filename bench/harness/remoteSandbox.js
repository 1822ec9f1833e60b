// @ts-check
"use strict";
/**
 * A sandbox in a process of its own: in that of the engine its work would delay the engine, which a real API does not.
 */
const { fork } = require("node:child_process");
const { once } = require("node:events");

/**
 * @param {import("../../dist/sandbox").SandboxOptions} options
 * @returns {Promise<{ url: string, token: string, close(): void }>}
 */
async function startRemoteSandbox(options) {
    const child = fork(__filename);
    child.send(options);
    const [started] = await once(child, "message");
    return { ...started, close: () => child.disconnect() };
}

if (require.main === module) {
    const { startSandbox } = require("../../dist/sandbox");
    process.once("message", async (/** @type {import("../../dist/sandbox").SandboxOptions} */ options) => {
        const { url, token } = await startSandbox(options);
        process.send?.({ url, token });
    });
    // Also where the other process has been killed.
    process.once("disconnect", () => process.exit());
}

module.exports = { startRemoteSandbox };
