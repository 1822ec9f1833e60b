import { Gate } from "../../provider/api/gate";
import { VirtualClock } from "./virtualClock";

const MINUTE = 60_000;

interface Run {
    sent: number[];
    answered: number[];
}

/** Sends `count` requests, each of which takes `latency`, and notes when each was sent and counted by the server. */
async function send(gate: Gate, clock: VirtualClock, count: number, latency: () => number): Promise<Run> {
    const run: Run = { sent: [], answered: [] };
    await Promise.all(
        Array.from({ length: count }, async () => {
            const permit = await gate.enter(() => {});
            run.sent.push(clock.now());
            await clock.sleep(latency());
            run.answered.push(clock.now());
            gate.leave(permit, "answered");
        }),
    );
    return run;
}

/** The most of these times that fall within any 60 seconds. */
function mostInAMinute(times: number[]): number {
    const sorted = [...times].sort((a, b) => a - b);
    let first = 0;
    return Math.max(
        ...sorted.map((time, last) => {
            while (sorted[first]! <= time - MINUTE) first++;
            return last - first + 1;
        }),
    );
}

/** Latencies that differ from one request to the next, up to ten seconds. */
function uneven(): () => number {
    let turn = 0;
    return () => (turn++ * 7919) % 10_000;
}

test.each([
    ["20 ms", () => 20],
    ["2 s", () => 2_000],
    ["anything up to 10 s", uneven()],
])("of 5,000 requests that take %s never more than 1,000 reach the server in a minute (9)", async (_, latency) => {
    const clock = new VirtualClock();
    const gate = new Gate({ requestsPerMinute: 1000, concurrency: 1000, clock });
    const { sent, answered } = await send(gate, clock, 5000, latency);
    // The server counts a request somewhere between the two.
    expect(mostInAMinute(sent)).toBeLessThanOrEqual(1000);
    expect(mostInAMinute(answered)).toBeLessThanOrEqual(1000);
    expect(mostInAMinute(sent.map((time, i) => (i % 2 === 0 ? time : answered[i]!)))).toBeLessThanOrEqual(1000);
});

test("5,000 requests use at least 95 % of what is allowed", async () => {
    const clock = new VirtualClock();
    const gate = new Gate({ requestsPerMinute: 1000, concurrency: 16, clock });
    const { answered } = await send(gate, clock, 5000, () => 20);
    const allowed = 1000 * (1 + Math.max(...answered) / MINUTE);
    expect(5000 / allowed).toBeGreaterThanOrEqual(0.95);
});

test("a burst up to the limit is not held back", async () => {
    const clock = new VirtualClock();
    const gate = new Gate({ requestsPerMinute: 1000, concurrency: 1000, clock });
    const { sent } = await send(gate, clock, 1000, () => 20);
    expect(Math.max(...sent)).toBe(0);
});

test("requests go in the order in which they came", async () => {
    const clock = new VirtualClock();
    const gate = new Gate({ requestsPerMinute: 10, concurrency: 2, clock });
    const order: number[] = [];
    await Promise.all(
        Array.from({ length: 25 }, async (_, i) => {
            const permit = await gate.enter(() => {});
            order.push(i);
            gate.leave(permit, "answered");
        }),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
});

test("the lower of two limits holds for all", async () => {
    const clock = new VirtualClock();
    const gate = new Gate({ requestsPerMinute: 1000, concurrency: 100, clock });
    gate.lower(10);
    gate.lower(500);
    const { sent } = await send(gate, clock, 30, () => 20);
    expect(mostInAMinute(sent)).toBe(10);
});

test.each([
    ["what Retry-After says", 7, 7_000],
    ["a second or less, at first, without one", undefined, 500],
    ["two minutes, if Retry-After says more", 86_400, 120_000],
])("after a 429 everybody waits %s", async (_, retryAfter, least) => {
    const clock = new VirtualClock(() => 0);
    const gate = new Gate({ requestsPerMinute: 1000, concurrency: 10, clock });
    gate.leave(await gate.enter(() => {}), "refused", retryAfter);
    await gate.enter(() => {});
    expect(clock.now()).toBeGreaterThanOrEqual(least);
    expect(clock.now()).toBeLessThanOrEqual(least + 1_000);
});

test("a surge of 429s to requests sent together is one event", async () => {
    const clock = new VirtualClock(() => 0);
    const gate = new Gate({ requestsPerMinute: 1000, concurrency: 10, clock });
    const permits = await Promise.all(Array.from({ length: 10 }, () => gate.enter(() => {})));
    for (const permit of permits) gate.leave(permit, "refused");
    await gate.enter(() => {});
    expect(clock.now()).toBe(500);
});

test("after a 429 requests are spaced, and answers bring the pace back", async () => {
    const clock = new VirtualClock(() => 0);
    const gate = new Gate({ requestsPerMinute: 1000, concurrency: 1000, clock });
    gate.leave(await gate.enter(() => {}), "refused", 1);
    const { sent } = await send(gate, clock, 200, () => 10);
    const gaps = sent.slice(1).map((time, i) => time - sent[i]!);
    expect(gaps[0]).toBeGreaterThanOrEqual(100);
    expect(gaps.at(-1)).toBe(0);
});

test("a server that allows less than we think is asked no faster than it allows, most of the time", async () => {
    const clock = new VirtualClock(() => 0);
    const gate = new Gate({ requestsPerMinute: 1000, concurrency: 10, clock });
    let tokens = 10;
    let filled = 0;
    let refused = 0;
    let done = 0;
    while (done < 300) {
        const permit = await gate.enter(() => {});
        tokens = Math.min(10, tokens + (clock.now() - filled) / 600);
        filled = clock.now();
        if (tokens >= 1) {
            tokens--;
            done++;
            gate.leave(permit, "answered");
        } else {
            refused++;
            gate.leave(permit, "refused");
        }
    }
    expect(refused).toBeLessThan(done / 3);
});

test("a wait that people notice is told, but not again and again", async () => {
    const clock = new VirtualClock();
    const gate = new Gate({ requestsPerMinute: 10, concurrency: 10, clock });
    const lines: string[] = [];
    await Promise.all(
        Array.from({ length: 30 }, async () => {
            const permit = await gate.enter((line) => lines.push(line));
            gate.leave(permit, "answered");
        }),
    );
    expect(lines).toEqual(["waiting 60 s: Gandi's rate limit", "waiting 60 s: Gandi's rate limit"]);
});

test("a waiter that gives up takes no place", async () => {
    const clock = new VirtualClock();
    const gate = new Gate({ requestsPerMinute: 1000, concurrency: 1, clock });
    const first = await gate.enter(() => {});
    const abort = new AbortController();
    const second = gate.enter(() => {}, abort.signal);
    const third = gate.enter(() => {});
    abort.abort(new Error("stop"));
    await expect(second).rejects.toThrow("stop");
    gate.leave(first, "answered");
    await expect(third).resolves.toBeDefined();
});
