import type { Dispatcher } from "undici";
import { isLoopback } from "./baseUrl";
import { SharedReads } from "./cache";
import type { Clock } from "./clock";
import { Gate } from "./gate";

/** What the clients of one origin share: connections, the rate limit, reads under way. */
export interface Origin {
    dispatcher: Dispatcher;
    gate: Gate;
    reads: SharedReads;
}

interface OriginOptions {
    readonly requestsPerMinute: number;
    readonly concurrency: number;
    readonly clock: Clock;
}

/** The origins that are asked, each with what its clients share. */
export class Origins {
    readonly #byUrl = new Map<string, Origin>();

    /** The shared state of an origin. The first client decides concurrency and clock; the lowest rate asked for holds. */
    of(url: string, options: OriginOptions): Origin {
        const known = this.#byUrl.get(url);
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
        this.#byUrl.set(url, origin);
        return origin;
    }

    /** Closes all connections and forgets limits and reads. Requests under way fail. For tests and for an orderly end. */
    async close(): Promise<void> {
        const open = [...this.#byUrl.values()];
        this.#byUrl.clear();
        await Promise.all(open.map(({ dispatcher }) => dispatcher.destroy()));
    }
}

/** Those of the clients that were told of no others: the look-ups of a program, the commands. */
export const ownOrigins = new Origins();

/** Whether HTTPS_PROXY, HTTP_PROXY or NO_PROXY have a say: not on the way to this machine. */
function mayUseProxy(url: string): boolean {
    const { HTTPS_PROXY, https_proxy = HTTPS_PROXY, HTTP_PROXY, http_proxy = HTTP_PROXY } = process.env;
    return (https_proxy ?? http_proxy ?? "") !== "" && !isLoopback(new URL(url).hostname);
}
