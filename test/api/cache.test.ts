import { SharedReads, type Sharing } from "../../provider/api/cache";
import { VirtualClock } from "./virtualClock";

const LIST = "/v5/livedns/domains/example.com/records";
const ITEM = "/v5/livedns/domains/example.com/records/www/A";

/** A zone whose list can be held back, and which counts how often it is read. */
function zone(clock = new VirtualClock()) {
    const shared = new SharedReads(clock);
    const held: (() => void)[] = [];
    const counts = { lists: 0, singles: 0 };
    let serial = 1;
    return {
        clock,
        shared,
        counts,
        change: () => ++serial,
        answer: () => {
            for (const release of held.splice(0)) release();
        },
        /** Reads what is in the zone at the moment of asking; answered when told to. */
        slowList: () => {
            counts.lists++;
            const seen = serial;
            return new Promise<number>((resolve) => held.push(() => resolve(seen)));
        },
        list: async () => {
            counts.lists++;
            return serial;
        },
        single: async () => {
            counts.singles++;
            return serial;
        },
    };
}

test("concurrent readers share one request, and later ones its answer for five seconds", async () => {
    const { shared, slowList, list, answer, counts, clock } = zone();
    const readers = [shared.read("me", LIST, slowList), shared.read("me", LIST, slowList)];
    answer();
    expect(await Promise.all(readers)).toEqual([1, 1]);
    clock.advance(4_999);
    await shared.read("me", LIST, list);
    expect(counts.lists).toBe(1);
    clock.advance(1);
    await shared.read("me", LIST, list);
    expect(counts.lists).toBe(2);
});

test("another token or payer reads for itself", async () => {
    const { shared, list, counts } = zone();
    await shared.read("me", LIST, list);
    await shared.read("you", LIST, list);
    expect(counts.lists).toBe(2);
});

test.each([
    ["at", LIST],
    ["below", ITEM],
    ["above", "/v5/livedns/domains/example.com"],
])("a write %s the path drops what was read, whoever read it", async (_, written) => {
    const { shared, list, change } = zone();
    await shared.read("me", `${LIST}?rrset_type=A`, list);
    await shared.write(written, async () => change());
    expect(await shared.read("me", `${LIST}?rrset_type=A`, list)).toBe(2);
});

test.each([
    "/v5/livedns/domains/example.com/records2",
    "/v5/livedns/domains/example.co/records/www/A",
    "/v5/livedns/axfr/tsig",
])("a write to %s drops nothing", async (written) => {
    const { shared, list, counts } = zone();
    await shared.read("me", LIST, list);
    await shared.write(written, async () => undefined);
    await shared.read("me", LIST, list);
    expect(counts.lists).toBe(1);
});

test("a read begun before a write and answered after it is not kept", async () => {
    const { shared, slowList, list, answer, change } = zone();
    const before = shared.read("me", LIST, slowList);
    await shared.write(ITEM, async () => change());
    answer();
    expect(await before).toBe(1);
    expect(await shared.read("me", LIST, list)).toBe(2);
});

test("a read begun during a write is not kept either", async () => {
    const { shared, slowList, list, answer, change } = zone();
    let during: Promise<number> | undefined;
    await shared.write(ITEM, async () => {
        during = shared.read("me", LIST, slowList);
        change();
    });
    answer();
    expect(await during).toBe(1);
    expect(await shared.read("me", LIST, list)).toBe(2);
});

test("a reader who comes after a write does not wait for a read begun before it", async () => {
    const { shared, slowList, list, answer, change } = zone();
    const before = shared.read("me", LIST, slowList);
    await shared.write(ITEM, async () => change());
    expect(await shared.read("me", LIST, list)).toBe(2);
    answer();
    await before;
    expect(await shared.read("me", LIST, list)).toBe(2);
});

test("a write that fails drops what was read too: it may have had its effect", async () => {
    const { shared, list, counts } = zone();
    await shared.read("me", LIST, list);
    await expect(shared.write(ITEM, () => Promise.reject(new Error("lost")))).rejects.toThrow("lost");
    await shared.read("me", LIST, list);
    expect(counts.lists).toBe(2);
});

test("a failed read is told to all who shared it, and not kept", async () => {
    const { shared, list } = zone();
    const failing = () => Promise.reject(new Error("no"));
    const readers = [shared.read("me", LIST, failing), shared.read("me", LIST, failing)];
    expect(await Promise.allSettled(readers)).toEqual([
        expect.objectContaining({ status: "rejected" }),
        expect.objectContaining({ status: "rejected" }),
    ]);
    expect(await shared.read("me", LIST, list)).toBe(1);
});

describe("one item of a list", () => {
    function reader({ shared, single, list }: ReturnType<typeof zone>): () => Promise<number> {
        return () => shared.readOne("me", LIST, { one: single, list, pick: (seen: number) => seen });
    }

    test("a single reader asks for its item alone", async () => {
        const it = zone();
        await reader(it)();
        expect(it.counts).toEqual({ singles: 1, lists: 0 });
    });

    test("a thousand readers cost one item and one list", async () => {
        const it = zone();
        const read = reader(it);
        await Promise.all(Array.from({ length: 1000 }, read));
        expect(it.counts).toEqual({ singles: 1, lists: 1 });
    });

    test("readers far apart ask alone each", async () => {
        const it = zone();
        const read = reader(it);
        await read();
        it.clock.advance(6_000);
        await read();
        expect(it.counts).toEqual({ singles: 2, lists: 0 });
    });

    test("a list serves a minute of readers that come one soon after the other, and then is read again", async () => {
        const it = zone();
        const read = reader(it);
        const readFor = async (seconds: number) => {
            for (let i = 0; i < seconds; i++) {
                await read();
                it.clock.advance(1_000);
            }
        };
        await readFor(60);
        expect(it.counts).toEqual({ singles: 1, lists: 1 });
        it.change();
        await readFor(5);
        await expect(read()).resolves.toBe(2);
    });

    test("while the list is written to nobody reads it whole", async () => {
        const it = zone();
        const read = reader(it);
        for (let i = 0; i < 10; i++) {
            await read();
            await it.shared.write(ITEM, async () => it.change());
        }
        expect(it.counts).toEqual({ singles: 10, lists: 0 });
    });
});

describe("who waits for a shared read", () => {
    /** A read that ends when it is told to, or when it is aborted. */
    function pending() {
        const seen: { signal: AbortSignal; limited: boolean[] } = { signal: new AbortController().signal, limited: [] };
        let answer = (_: number) => {};
        const load = (sharing: Sharing) => {
            seen.signal = sharing.signal;
            return new Promise<number>((resolve, reject) => {
                answer = (value) => {
                    seen.limited.push(sharing.isLimited());
                    resolve(value);
                };
                sharing.signal.addEventListener("abort", () => reject(sharing.signal.reason));
            });
        };
        return { seen, load, answer: (value: number) => answer(value) };
    }

    test("stops when his own time is up, and the read goes on for the others", async () => {
        const { shared } = zone();
        const { seen, load, answer } = pending();
        const [mine, theirs] = [new AbortController(), new AbortController()];
        const first = shared.read("me", LIST, load, mine.signal);
        const second = shared.read("me", LIST, load, theirs.signal);
        mine.abort(new Error("my time is up"));
        await expect(first).rejects.toThrow("my time is up");
        expect(seen.signal.aborted).toBe(false);
        answer(7);
        await expect(second).resolves.toBe(7);
    });

    test("ends the read when he was the last, and the next reader begins another", async () => {
        const { shared, list, counts } = zone();
        const { seen, load } = pending();
        const [mine, theirs] = [new AbortController(), new AbortController()];
        const readers = [shared.read("me", LIST, load, mine.signal), shared.read("me", LIST, load, theirs.signal)];
        mine.abort(new Error("first"));
        theirs.abort(new Error("second"));
        await expect(readers[0]).rejects.toThrow("first");
        await expect(readers[1]).rejects.toThrow("second");
        expect(seen.signal.aborted).toBe(true);
        await expect(shared.read("me", LIST, list)).resolves.toBe(1);
        expect(counts.lists).toBe(1);
    });

    test("is turned away when his time is up already, and nothing is read for him", async () => {
        const { shared, list, counts } = zone();
        await expect(shared.read("me", LIST, list, AbortSignal.abort(new Error("late")))).rejects.toThrow("late");
        expect(counts.lists).toBe(0);
    });

    test("leaves an answer that has come to the others when his time is up later", async () => {
        const { shared, list, counts } = zone();
        const mine = new AbortController();
        await shared.read("me", LIST, list, mine.signal);
        mine.abort();
        await shared.read("me", LIST, list);
        expect(counts.lists).toBe(1);
    });

    test("without a limit has the read know that it must not wait for ever", async () => {
        const { shared } = zone();
        for (const [signals, limited] of [
            [[new AbortController().signal], true],
            [[new AbortController().signal, undefined], false],
        ] as const) {
            const { seen, load, answer } = pending();
            const readers = signals.map((signal) => shared.read(`${limited}`, LIST, load, signal));
            answer(1);
            await Promise.all(readers);
            expect(seen.limited).toEqual([limited]);
        }
    });

    test("for one item picked from the list obeys his own time, too", async () => {
        const it = zone();
        const { seen, load } = pending();
        const mine = new AbortController();
        const read = (signal?: AbortSignal) =>
            it.shared.readOne("me", LIST, { one: it.single, list: load, pick: (value: number) => value }, signal);
        await read();
        const second = read(mine.signal);
        const third = read(mine.signal);
        mine.abort(new Error("late"));
        await expect(second).rejects.toThrow("late");
        await expect(third).rejects.toThrow("late");
        expect(seen.signal.aborted).toBe(true);
    });
});
