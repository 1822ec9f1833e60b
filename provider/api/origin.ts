import { type Dispatcher, Pool } from "undici";
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
    const origin: Origin = {
        // The deadline of a request is the client's; undici's own would only blur the error.
        dispatcher: new Pool(url, { connections: options.concurrency, headersTimeout: 0, bodyTimeout: 0 }),
        gate: new Gate(options),
        reads: new SharedReads(options.clock),
    };
    origins.set(url, origin);
    return origin;
}

/** Closes all connections and forgets limits and reads. Requests under way fail. For tests and for an orderly end. */
export async function closeAll(): Promise<void> {
    const open = [...origins.values()];
    origins.clear();
    await Promise.all(open.map(({ dispatcher }) => dispatcher.destroy()));
}
