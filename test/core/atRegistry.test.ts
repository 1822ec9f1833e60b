import { Client } from "../../provider/api/client";
import { GandiError, type GandiErrorDetails } from "../../provider/api/errors";
import { atRegistry, type RegistryOperation } from "../../provider/core/doing/atRegistry";
import { until } from "../../provider/core/doing/poll";
import { Turns } from "../../provider/core/doing/turns";
import { Accepted, PartlyMade, Unshown } from "../../provider/core/failures";
import type { Context } from "../../provider/core/process/context";
import { VirtualClock } from "../api/virtualClock";

const refusal = (kind: GandiErrorDetails["kind"], message: string = kind) =>
    new GandiError(message, { kind, method: "POST", path: "/" });

/** A registry that takes some looks to show what it was asked for. */
class Registry {
    value = "old";
    sent: string[] = [];
    /** What the next attempts are answered with, before one is accepted. */
    refusals: Error[] = [];
    private pending: { value: string; looks: number } | undefined;

    constructor(private readonly looks: number) {}

    accept(value: string): void {
        this.pending = { value, looks: this.looks };
    }

    change(wanted: string): RegistryOperation<string> {
        return {
            look: async () => {
                if (this.pending !== undefined && this.pending.looks-- <= 0) {
                    this.value = this.pending.value;
                    this.pending = undefined;
                }
                return this.value;
            },
            done: (seen) => seen === wanted,
            send: async () => {
                this.sent.push(wanted);
                const refused = this.refusals.shift();
                if (refused !== undefined) {
                    throw refused;
                }
                if (this.pending !== undefined) {
                    throw new Error("the registry was asked for two things at a time");
                }
                this.accept(wanted);
            },
            waiting: `waiting for ${wanted}`,
        };
    }
}

let clock: VirtualClock;
let lines: string[];
let stop: AbortController;
let turns: Turns;
beforeEach(() => {
    clock = new VirtualClock();
    lines = [];
    stop = new AbortController();
    turns = new Turns();
});

function context(timeout = 600, { signal } = stop): Context {
    const client = new Client({
        url: "http://127.0.0.1:9",
        credential: { scheme: "Bearer", token: "t", source: "a test" },
        clock,
    });
    const log = (line: string) => lines.push(line);
    return {
        client,
        signal,
        log,
        remaining: () => timeout - clock.now() / 1000,
        inTurn: (key, work) => turns.take(key, signal, work),
        until: (observe, wait) => until(observe, { ...wait, timeout, signal, log, clock }),
    } as Partial<Context> as Context;
}

const run = (registry: Registry, wanted: string, timeout?: number, domain = "example.com") =>
    atRegistry(context(timeout), domain, registry.change(wanted));

describe("an operation at the registry", () => {
    it("asks once and waits until it shows", async () => {
        const registry = new Registry(3);
        await expect(run(registry, "new")).resolves.toBe("new");
        expect(registry.sent).toEqual(["new"]);
        expect(lines[0]).toBe("example.com: waiting for new, 0 s");
    });

    it("asks for nothing that is so already", async () => {
        const registry = new Registry(0);
        await expect(run(registry, "old")).resolves.toBe("old");
        expect(registry.sent).toEqual([]);
    });

    it("follows another one of the same domain, and never meets it", async () => {
        const registry = new Registry(2);
        await Promise.all(["a", "b", "c"].map((wanted) => run(registry, wanted)));
        expect(registry.sent).toEqual(["a", "b", "c"]);
        expect(registry.value).toBe("c");
    });

    it("goes on after another one of the same domain that failed", async () => {
        const registry = new Registry(0);
        registry.refusals = [refusal("rejected")];
        const results = await Promise.allSettled([run(registry, "a"), run(registry, "b")]);
        expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
    });

    it("does not wait for one of another domain", async () => {
        const stuck = new Registry(Number.POSITIVE_INFINITY);
        const first = run(stuck, "never", 600, "example.org").catch(() => "timed out");
        await expect(run(new Registry(0), "new")).resolves.toBe("new");
        await expect(first).resolves.toBe("timed out");
    });

    it("waits out a registry that is busy, and shows the API's words", async () => {
        const registry = new Registry(1);
        registry.refusals = [refusal("busy", "one at a time"), refusal("busy", "one at a time")];
        await expect(run(registry, "new")).resolves.toBe("new");
        expect(registry.sent).toHaveLength(3);
        expect(lines[0]).toBe("example.com: waiting for new (now: one at a time), 0 s");
    });

    it("does not ask when the busy registry was doing just that, for a run that was killed", async () => {
        const registry = new Registry(2);
        registry.accept("new");
        registry.refusals = [refusal("busy"), refusal("busy")];
        await expect(run(registry, "new")).resolves.toBe("new");
        expect(registry.sent).toHaveLength(2);
    });

    it("takes a conflict for its own doing where an answer was lost", async () => {
        const registry = new Registry(2);
        registry.refusals = [refusal("transport"), refusal("conflict"), refusal("conflict")];
        const change = registry.change("new");
        const send = change.send;
        change.send = async (seen) => {
            if (registry.sent.length === 0) {
                registry.accept("new");
            }
            await send(seen);
        };
        await expect(atRegistry(context(), "example.com", change)).resolves.toBe("new");
    });

    it("fails plainly where it was refused: nothing is made", async () => {
        const registry = new Registry(0);
        registry.refusals = [refusal("conflict", "there is another")];
        const failure = run(registry, "new");
        await expect(failure).rejects.toThrow("there is another");
        await expect(failure).rejects.not.toBeInstanceOf(PartlyMade);
    });

    it("is unshown where it was accepted and does not show in time: since when, and what was there before", async () => {
        const failure = run(new Registry(Number.POSITIVE_INFINITY), "new", 60);
        await expect(failure).rejects.toBeInstanceOf(Unshown);
        await expect(failure).rejects.toMatchObject({ since: clock.started, before: "old" });
        await expect(failure).rejects.toThrow("example.com: waiting for new: not done after 1 min");
    });

    it("fails plainly where it may not be asked for, or nobody can tell: nothing was sent", async () => {
        const registry = new Registry(0);
        const guard = jest.fn().mockRejectedValue(refusal("server", "no answer today"));
        const failure = atRegistry(context(60), "example.com", { ...registry.change("new"), guard });
        await expect(failure).rejects.toThrow("no answer today");
        await expect(failure).rejects.not.toBeInstanceOf(PartlyMade);
        expect(registry.sent).toEqual([]);
    });

    it("is partly made where nobody knows whether it was accepted", async () => {
        const registry = new Registry(0);
        registry.refusals = Array.from({ length: 1000 }, () => refusal("transport"));
        await expect(run(registry, "new", 60)).rejects.toBeInstanceOf(PartlyMade);
    });

    it("is partly made where the answer has not come when the time is up", async () => {
        const change = new Registry(0).change("new");
        const never = new Promise<void>(() => {});
        setImmediate(() => clock.advance(75_000));
        await expect(atRegistry(context(60), "example.com", { ...change, send: () => never })).rejects.toBeInstanceOf(
            PartlyMade,
        );
    });

    it("asks for nothing on a look that comes when the time is up", async () => {
        const registry = new Registry(0);
        let show = (_seen: string) => {};
        const late = new Promise<string>((resolve) => {
            show = resolve;
        });
        const change = { ...registry.change("new"), look: () => late };
        setImmediate(() => clock.advance(75_000));
        await expect(atRegistry(context(60), "example.com", change)).rejects.toThrow("not done");
        show("old");
        await new Promise(setImmediate);
        expect(registry.sent).toEqual([]);
    });

    it("lets others of its domain pass after a minute, where the registry takes them before it shows the first", async () => {
        const slow = run(new Registry(Number.POSITIVE_INFINITY), "a").catch((error) => error);
        const other = new Registry(0);
        await expect(run(other, "b")).resolves.toBe("b");
        expect(clock.now()).toBeGreaterThanOrEqual(60_000);
        expect(clock.now()).toBeLessThan(120_000);
        await expect(slow).resolves.toBeInstanceOf(Unshown);
    });

    it("is asked for although it shows, where an earlier change to something else may still come", async () => {
        const registry = new Registry(0);
        const later = { ...context(), underWay: { since: 0, isWanted: false } };
        await expect(atRegistry(later, "example.com", registry.change("old"))).resolves.toBe("old");
        expect(registry.sent).toEqual(["old"]);
    });

    it("is only waited for where an earlier run saw just this accepted", async () => {
        const registry = new Registry(Number.POSITIVE_INFINITY);
        const later = { ...context(60), underWay: { since: -5000, isWanted: true } };
        const failure = atRegistry(later, "example.com", registry.change("new"));
        await expect(failure).rejects.toBeInstanceOf(Unshown);
        await expect(failure).rejects.toMatchObject({ since: -5000 });
        expect(registry.sent).toEqual([]);
    });

    it("is accepted, and no success, where looking fails after that", async () => {
        const registry = new Registry(Number.POSITIVE_INFINITY);
        const change = registry.change("new");
        const look = change.look;
        change.look = async () => {
            if (registry.sent.length > 0) {
                throw refusal("unauthorized");
            }
            return look();
        };
        const failure = await atRegistry(context(), "example.com", change).catch((error) => error);
        expect(failure).toBeInstanceOf(Accepted);
        expect(failure).not.toBeInstanceOf(Unshown);
        expect(failure).toMatchObject({ message: "unauthorized", since: clock.started, before: "old" });
    });

    it("waits out what it can't be asked for yet, and names the reason", async () => {
        const registry = new Registry(0);
        const reasons = ["not before noon", "not before one"];
        const change = { ...registry.change("new"), notYet: async () => reasons.shift() };
        await expect(atRegistry(context(), "example.com", change)).resolves.toBe("new");
        expect(registry.sent).toEqual(["new"]);
        expect(lines[0]).toBe("example.com: waiting for new (now: not before noon), 0 s");
    });

    it.each([
        ["accepted", Unshown, 1],
        ["unshown", Error, 2],
        ["refused", Error, 1],
    ] as const)("takes a conflict as its operation explains it: %s", async (meaning, failure, least) => {
        const registry = new Registry(0);
        registry.refusals = Array.from({ length: 1000 }, () => refusal("conflict"));
        const change = { ...registry.change("new"), conflict: () => meaning };
        const outcome = await atRegistry(context(60), "example.com", change).catch((error) => error);
        expect(outcome).toBeInstanceOf(failure);
        expect(outcome instanceof PartlyMade).toBe(meaning === "accepted");
        expect(Math.min(registry.sent.length, 2)).toBe(least);
    });

    it("leaves the queue when its own time is up, without stopping the others", async () => {
        const registry = new Registry(3);
        const first = run(registry, "a");
        const late = new AbortController();
        const second = atRegistry(context(600, late), "example.com", registry.change("b"));
        const third = run(registry, "c");
        late.abort(new Error("not done within 1 s"));
        await expect(second).rejects.toThrow("not done within 1 s");
        await expect(Promise.all([first, third])).resolves.toEqual(["a", "c"]);
        expect(registry.sent).toEqual(["a", "c"]);
    });
});
