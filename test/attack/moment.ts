import { setTimeout as pause } from "node:timers/promises";
import type { Fault, Sandbox } from "../../sandbox";

/** Milliseconds that a held request waits: longer than any test. */
const FOR_EVER = 3_600_000;

/** A moment of a run at which something is killed: when this request has arrived, and before it is answered. */
export interface Moment {
    readonly method: string;
    readonly path: string;
    /** How many such requests pass first. */
    readonly skip?: number;
    /** This earlier request takes effect, but its answer is lost. */
    readonly lostAnswer?: Pick<Fault, "method" | "path" | "skip">;
}

/** Holds the request of a moment, for ever or for so many milliseconds. */
export function hold(sandbox: Sandbox, { lostAnswer, ...request }: Moment, delay = FOR_EVER): void {
    if (lostAnswer !== undefined) {
        sandbox.addFault({ ...lostAnswer, kind: "drop-after", times: 1 });
    }
    sandbox.addFault({ ...request, kind: "delay", delay, times: 1 });
}

/** Resolves when a held request has arrived. */
export async function arrived(sandbox: Sandbox): Promise<void> {
    await become(() => sandbox.requests().some(({ fault, status }) => fault === "delay" && status === null));
}

/** Looks until it is so: the sandbox announces nothing. */
export async function become(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
        await pause(5);
    }
}
