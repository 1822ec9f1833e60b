import { SharedReads } from "../../provider/api/cache";
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
