import type { Dispatcher } from "undici";
import { isLoopback } from "./baseUrl";
import { SharedReads } from "./cache";
import type { Clock } from "./clock";
import { Gate } from "./gate";

/** What all the clients of a process share for one origin: connections, the rate limit, reads under way. */
export interface Origin {
    dispatcher: Dispatcher;
    gate: Gate;
    reads: SharedReads;
}

const origins = new Map<string, Origin>();

/** The shared state of an origin. The first client decides concurrency and clock; the lowest rate asked for holds. */
export function originOf(
    url: string,
    options: { requestsPerMinute: number; concurrency: number; clock: Clock },
): Origin {
    const known = origins.get(url);
    if (known !== undefined) {
        known.gate.lower(options.requestsPerMinute);
        return known;
    }
    // Loaded here because every program loads this package, and few programs ask the API themselves.
    const { EnvHttpProxyAgent, Pool } = require("undici") as typeof import("undici");
    // The deadline of a request is the client's; undici's own would only blur the error.
    const pool = { connections: options.concurrency, headersTimeout: 0, bodyTimeout: 0 };
    const origin: Origin = {
        dispatcher: mayUseProxy(url) ? new EnvHttpProxyAgent(pool) : new Pool(url, pool),
        gate: new Gate(options),
        reads: new SharedReads(options.clock),
    };
    origins.set(url, origin);
    return origin;
}

/** Whether HTTPS_PROXY, HTTP_PROXY or NO_PROXY have a say: not on the way to this machine. */
function mayUseProxy(url: string): boolean {
    const { HTTPS_PROXY, https_proxy = HTTPS_PROXY, HTTP_PROXY, http_proxy = HTTP_PROXY } = process.env;
    return (https_proxy ?? http_proxy ?? "") !== "" && !isLoopback(new URL(url).hostname);
}

/** Closes all connections and forgets limits and reads. Requests under way fail. For tests and for an orderly end. */
export async function closeAll(): Promise<void> {
    const open = [...origins.values()];
    origins.clear();
    await Promise.all(open.map(({ dispatcher }) => dispatcher.destroy()));
}
