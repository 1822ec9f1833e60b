import { Client } from "../../provider/api/client";
import { GandiError, type GandiErrorDetails } from "../../provider/api/errors";
import type { Context } from "../../provider/core/context";
import { sendOnce } from "../../provider/core/sendOnce";
import { VirtualClock } from "../api/virtualClock";

const failure = (kind: GandiErrorDetails["kind"], retryAfter?: number) =>
    new GandiError(kind, { kind, method: "POST", path: "/", retryAfter });

let clock: VirtualClock;
let lines: string[];
let late: AbortController;
/** What happened, in order: `dry run`, `sent`, `looked`. */
let steps: string[];
beforeEach(() => {
    clock = new VirtualClock();
    lines = [];
    late = new AbortController();
    steps = [];
});

/** Sends with these outcomes, one an attempt, then well; `seen` is what each look shows. */
function send(outcomes: (Error | undefined)[], seen: (string | undefined)[] = []): Promise<string | undefined> {
    const client = new Client({
        url: "http://127.0.0.1:9",
        credential: { scheme: "Bearer", token: "t", source: "a test" },
        clock,
    });
    const context: Partial<Context> = {
        client,
        settings: { pollInterval: 5 } as Context["settings"],
        signal: late.signal,
        log: (line) => lines.push(line),
    };
    return sendOnce(context as Context, {
        domain: "example.com",
        what: "the order",
        sending: "ordering",
        send: async (dryRun) => {
            steps.push(dryRun ? "dry run" : "sent");
            const outcome = outcomes.shift();
            if (outcome !== undefined) {
                throw outcome;
            }
        },
        look: async () => {
            steps.push("looked");
            return seen.shift();
        },
    });
}

describe("what may take effect only once (promise 1)", () => {
    it("is sent after its dry run, and not looked for after a good answer", async () => {
        await expect(send([])).resolves.toBeUndefined();
        expect(steps).toEqual(["dry run", "sent"]);
        expect(lines).toEqual(["example.com: ordering"]);
    });

    it.each(["unauthorized", "forbidden", "rejected"] as const)("is over when it is refused: %s", async (kind) => {
        await expect(send([undefined, failure(kind)], ["there"])).rejects.toThrow(kind);
        expect(steps).toEqual(["dry run", "sent"]);
    });

    it.each(["transport", "server", "unreadable", "conflict", "unexpected", "rateLimited"] as const)(
        "is gone on with where it is seen after a failure: %s",
        async (kind) => {
            await expect(send([undefined, failure(kind)], ["there"])).resolves.toBe("there");
            expect(steps).toEqual(["dry run", "sent", "looked"]);
            expect(lines).toContain("example.com: the answer was lost, but Gandi has the order");
        },
    );

    it.each(["transport", "server", "unreadable", "unexpected"] as const)(
        "is not sent again by this run where it is not seen: %s",
        async (kind) => {
            await expect(send([undefined, failure(kind)])).rejects.toThrow(kind);
            expect(steps).toEqual(["dry run", "sent", "looked"]);
        },
    );

    it("is not sent at all where the dry run was carried out", async () => {
        await expect(send([failure("unexpected")], ["there"])).resolves.toBe("there");
        expect(steps).toEqual(["dry run", "looked"]);
    });
});

describe("a rate limit (promise 9)", () => {
    it("is waited out as long as it asks, or a poll, with a look before each attempt", async () => {
        await send([undefined, failure("rateLimited", 30), failure("rateLimited")]);
        expect(steps).toEqual(["dry run", "sent", "looked", "sent", "looked", "sent"]);
        expect(clock.sleeps).toEqual([30_000, 5_000]);
        expect(lines.slice(1)).toEqual(Array(2).fill("example.com: Gandi's rate limit: trying again"));
    });

    it("is waited out until the time is up", async () => {
        clock.alarm(42_000, () => late.abort(new Error("not done within 42 s")));
        await expect(send([undefined, ...Array(20).fill(failure("rateLimited"))])).rejects.toThrow(
            "not done within 42 s",
        );
        expect(steps.filter((step) => step === "sent")).toHaveLength(9);
    });
});
