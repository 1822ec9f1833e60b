import type { Interference, World } from "../world";

/** What can go wrong with a call. */
export interface CellFault {
    readonly name: string;
    /** Which calls it can meet. */
    readonly meets: "reads" | "writes" | "all";
    /** Whether it can last until it is lifted, too. */
    readonly lasts: boolean;
    /** What the server does to the request. */
    readonly answer?: Interference;
    /** What happens at Gandi just before the request is served. */
    readonly happens?: "second writer" | "never converges";
    /** Nobody listens. */
    readonly refuses?: true;
}

const json = (status: number, message: string): Interference => ({
    status,
    body: { code: status, message, object: "HTTPError", cause: "Error" },
});

const answers: readonly [name: string, meets: CellFault["meets"], answer: Interference][] = [
    ["dropped before", "all", { kind: "drop-before" }],
    ["dropped after", "writes", { kind: "drop-after" }],
    ["timed out before", "all", { kind: "hang" }],
    ["timed out after", "writes", { kind: "hang", effect: true }],
    ["429", "all", json(429, "Too many requests")],
    ["429 with Retry-After", "all", { ...json(429, "Too many requests"), headers: { "retry-after": "30" } }],
    ["429 after", "writes", { ...json(429, "Too many requests"), effect: true }],
    ["429 with Retry-After after", "writes", { ...json(429, "x"), headers: { "retry-after": "30" }, effect: true }],
    ...[500, 502, 503, 504].flatMap((status): [string, CellFault["meets"], Interference][] => [
        [`${status}`, "all", json(status, "Internal error")],
        [`${status} after`, "writes", { ...json(status, "Internal error"), effect: true }],
    ]),
    ["401", "all", json(401, "The server could not verify that you authorized to access the document you requested")],
    ["403", "all", json(403, "Access was denied to this resource.")],
    ["HTML", "all", { kind: "html" }],
    ["HTML after", "writes", { kind: "html", effect: true }],
    ["HTML as a success", "all", { kind: "html", status: 200, effect: true }],
    ["empty", "all", { kind: "empty" }],
    ["truncated", "all", { kind: "truncated" }],
    ["wrong shape", "all", { status: 200, effect: true, body: { unexpected: ["shape"] } }],
    ["a list for an object", "all", { status: 200, effect: true, body: [[]] }],
    ["null", "all", { status: 200, effect: true, body: "null" }],
    ["stale", "reads", { kind: "stale" }],
    ["slow body", "all", { kind: "stall" }],
];

/** Everything that a cell can be hit by. */
export const FAULTS: readonly CellFault[] = [
    ...answers.map(([name, meets, answer]): CellFault => ({ name, meets, lasts: true, answer })),
    { name: "refused", meets: "all", lasts: true, refuses: true, answer: { kind: "drop-before" } },
    { name: "never converges", meets: "writes", lasts: false, happens: "never converges" },
    { name: "second writer", meets: "all", lasts: false, happens: "second writer" },
];

/** From now on nothing that is begun at Gandi ends. */
export function neverConverge({ sandbox }: World): void {
    sandbox.setDelays({ order: null, operation: null });
}

/** What was begun ends, and what begins ends in its time. */
export function convergeAgain({ sandbox }: World, delays: { order: number; operation: number }): void {
    sandbox.setDelays(delays);
    for (const { id, status } of sandbox.state.operations()) {
        if (status !== "DONE" && status !== "ERROR") sandbox.stepOperation(id, "done");
    }
    for (const { fqdn, step } of sandbox.state.orders()) {
        if (step !== "DONE" && step !== "ERROR") sandbox.stepOrder(fqdn, "done");
    }
}
