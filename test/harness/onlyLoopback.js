"use strict";
/**
 * Loaded first in every process of the tests: a connection to anything but this machine fails, by name. Whoever runs the
 * tests has an account, and a test that forgets to say where the sandbox is would ask Gandi.
 */
const { BlockList, isIP, Socket } = require("node:net");

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");
const MARK = Symbol.for("pulumi-gandi.tests.onlyLoopback");

/** What `connect()` is given, in any of its forms; Node calls itself with an array of them. */
function optionsOf([first, second]) {
    if (Array.isArray(first)) return optionsOf(first);
    if (typeof first === "object" && first !== null) return first;
    return Number.isNaN(Number(first)) ? { path: first } : { host: typeof second === "string" ? second : undefined };
}

function isLocal({ path, host = "localhost" }) {
    const family = isIP(host);
    return path || host === "localhost" || (family !== 0 && loopback.check(host, family === 6 ? "ipv6" : "ipv4"));
}

if (!Socket.prototype[MARK]) {
    const connect = Socket.prototype.connect;
    Socket.prototype.connect = function (...args) {
        const options = optionsOf(args);
        if (!isLocal(options)) {
            const error = new Error(`Tests connect to this machine only, not to ${options.host}`);
            process.nextTick(() => this.destroy(error));
            return this;
        }
        return connect.apply(this, args);
    };
    Object.defineProperty(Socket.prototype, MARK, { value: true });
}
