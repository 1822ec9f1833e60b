// @ts-check
"use strict";
/**
 * Loaded first in each process that the engine starts. The engine holds the other end of a pipe, which the system closes
 * however the engine ends, killed or with the Jest that it runs in: then this process ends too, and what it has started.
 */
const { Socket } = require("node:net");

// Taken out: what this process starts gets its environment and its options, but not the pipe.
const fd = process.env.PULUMI_GANDI_LEASH;
delete process.env.PULUMI_GANDI_LEASH;

function end() {
    try {
        process.kill(-process.pid, "SIGKILL");
    } catch {
        // On Windows there are no process groups.
        process.exit(1);
    }
}

if (fd !== undefined) {
    new Socket({ fd: Number(fd), readable: true, writable: false }).on("error", end).on("close", end).resume().unref();
}
