import { GandiError } from "../../provider/api/errors";
import { DeadlineError, FailedError, type UntilOptions, until } from "../../provider/core/doing/poll";
import { VirtualClock } from "../api/virtualClock";

interface Order {
    step: string;
    number: number;
}

const DONE: Order = { step: "DONE", number: 4 };

/** Observes these one after the other, and the last one for ever. */
function observations(...all: (Order | Error)[]): () => Promise<Order> {
    let turn = 0;
    return async () => {
        const next = all[Math.min(turn++, all.length - 1)]!;
        if (next instanceof Error) throw next;
        return next;
    };
}

function options(clock: VirtualClock, more: Partial<UntilOptions<Order>> = {}): UntilOptions<Order> {
    return {
        done: ({ step }) => step === "DONE",
        failed: ({ step }) => (step === "ERROR" ? "example.com: the order failed" : undefined),
        describe: ({ step, number }) => `example.com: registering, step ${number} of 3 (${step})`,
        timeout: 600,
        clock,
        ...more,
    };
}

const bill: Order = { step: "BILL", number: 1 };
const wait: Order = { step: "WAIT", number: 2 };
const run: Order = { step: "RUN", number: 3 };

function apiError(kind: ConstructorParameters<typeof GandiError>[1]["kind"]): GandiError {
    return new GandiError(`an error that is ${kind}`, { kind, method: "GET", path: "/" });
}

test("waits until it is done, and gives that observation", async () => {
    const clock = new VirtualClock();
    expect(await until(observations(bill, wait, run, DONE), options(clock))).toBe(DONE);
    expect(clock.sleeps).toHaveLength(3);
});

test("what is done at once waits for nothing and says nothing", async () => {
    const clock = new VirtualClock();
    const lines: string[] = [];
    await until(observations(DONE), options(clock, { log: (line) => lines.push(line) }));
    expect([clock.sleeps, lines]).toEqual([[], []]);
});

test("the pauses start at the interval and grow up to six times that", async () => {
    const clock = new VirtualClock();
    const all = [...Array<Order>(12).fill(wait), DONE];
    await until(observations(...all), options(clock, { interval: 2 }));
    expect(clock.sleeps[0]).toBe(2_000);
    expect(clock.sleeps[1]).toBe(3_000);
    expect(clock.sleeps.at(-1)).toBe(12_000);
});

test.each([
    [0, 3_750],
    [0.999999, 6_250],
])("the pauses vary by a quarter, so that many don't ask in step (chance %d)", async (chance, pause) => {
    const clock = new VirtualClock(() => chance);
    await until(observations(wait, DONE), options(clock, { interval: 5 }));
    expect(Math.round(clock.sleeps[0]!)).toBe(pause);
});

test("a deadline carries the last observation, and is obeyed (5)", async () => {
    const clock = new VirtualClock();
    const error = await until(observations(bill, wait), options(clock, { timeout: 60 })).catch((reason) => reason);
    expect(error).toBeInstanceOf(DeadlineError);
    expect(error).toMatchObject({
        last: wait,
        message: "example.com: registering, step 2 of 3 (WAIT): not done after 1 min.",
    });
    expect(clock.time).toBe(60_000);
});

test("what is done right at the deadline is done", async () => {
    const clock = new VirtualClock();
    const observe = async () => (clock.time >= 60_000 ? DONE : wait);
    expect(await until(observe, options(clock, { timeout: 60 }))).toBe(DONE);
});

test("with no time at all it still looks once", async () => {
    const clock = new VirtualClock();
    expect(await until(observations(DONE), options(clock, { timeout: 0 }))).toBe(DONE);
    await expect(until(observations(wait), options(clock, { timeout: 0 }))).rejects.toBeInstanceOf(DeadlineError);
});

test("an observation that never ends is cut off soon after the deadline, and its signal aborted", async () => {
    const clock = new VirtualClock();
    let heard: AbortSignal | undefined;
    const waiting = until(
        (signal) => {
            heard = signal;
            return new Promise<Order>(() => {});
        },
        options(clock, { timeout: 60 }),
    );
    clock.advance(70_000);
    await expect(waiting).rejects.toMatchObject({ name: "DeadlineError", last: undefined });
    expect(heard?.aborted).toBe(true);
});

test.each(["rateLimited", "server", "transport"] as const)("a %s error in between is survived (9)", async (kind) => {
    const clock = new VirtualClock();
    expect(await until(observations(wait, apiError(kind), DONE), options(clock))).toBe(DONE);
});

test.each(["unauthorized", "forbidden", "invisible", "schema", "quota"] as const)(
    "a %s error ends the waiting",
    async (kind) => {
        const error = apiError(kind);
        await expect(until(observations(wait, error), options(new VirtualClock()))).rejects.toBe(error);
    },
);

test("errors until the deadline are told with it", async () => {
    const work = until(observations(wait, apiError("server")), options(new VirtualClock()));
    await expect(work).rejects.toMatchObject({
        last: wait,
        message: expect.stringContaining("The last attempt: an error that is server"),
    });
});

test("what has failed ends the waiting at once", async () => {
    const failed: Order = { step: "ERROR", number: 2 };
    const error = await until(observations(wait, failed, DONE), options(new VirtualClock())).catch((reason) => reason);
    expect(error).toBeInstanceOf(FailedError);
    expect(error).toMatchObject({ message: "example.com: the order failed", last: failed });
});

test("an abort ends the pause, with the signal's reason", async () => {
    const clock = new VirtualClock();
    const abort = new AbortController();
    const observe = async () => {
        setImmediate(() => abort.abort(new Error("stop")));
        return wait;
    };
    clock.sleep = (_, signal) =>
        new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    await expect(until(observe, options(clock, { signal: abort.signal }))).rejects.toThrow("stop");
});

test("an abort ends an observation that does not heed it", async () => {
    const abort = new AbortController();
    const observe = () => {
        setImmediate(() => abort.abort(new Error("stop")));
        return new Promise<Order>(() => {});
    };
    const work = until(observe, options(new VirtualClock(), { signal: abort.signal }));
    await expect(work).rejects.toThrow("stop");
});

test("progress is told when it changes, and now and then when it does not", async () => {
    const clock = new VirtualClock();
    const lines: string[] = [];
    const observe = async () => (clock.time < 10_000 ? bill : clock.time < 100_000 ? wait : DONE);
    await until(observe, options(clock, { interval: 10, log: (line) => lines.push(line) }));
    expect(lines).toEqual([
        "example.com: registering, step 1 of 3 (BILL), 0 s",
        "example.com: registering, step 2 of 3 (WAIT), 10 s",
        "example.com: registering, step 2 of 3 (WAIT), 48 s",
        "example.com: registering, step 2 of 3 (WAIT), 1 min 21 s",
    ]);
});

test("fast polling is not told fast", async () => {
    const clock = new VirtualClock();
    const lines: string[] = [];
    let number = 0;
    const observe = async () => (clock.time < 20_000 ? { step: "RUN", number: ++number } : DONE);
    await until(observe, options(clock, { interval: 0.05, log: (line) => lines.push(line) }));
    expect(lines.length).toBeLessThanOrEqual(5);
});
