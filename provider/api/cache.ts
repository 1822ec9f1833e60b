import type { Clock } from "./clock";

interface SharedRead {
    /** What is read: an encoded path with its query. */
    path: string;
    result: Promise<unknown>;
    /** When it stops being handed out; infinite while it is under way. */
    until: number;
    /** When it stops for good, however much it is asked for. */
    oldest: number;
}

/** Readers of single items of one collection. */
interface SingleReads {
    path: string;
    asked: number;
    written: number;
}

/** How long an answer is shared after it came, in milliseconds. */
const FRESH = 5_000;
/** How long a list is shared by readers of whom the next always comes before the answer has gone stale. */
const LONGEST = 60_000;

/**
 * Reads that many resources share: a refresh of 1,000 records reads the zone once. Concurrent readers share one
 * request; its result is handed out for five seconds more, and until the first write.
 *
 * A write concerns every read whose path lies above, at or below its own: `PUT …/records/www/A` the list `…/records`.
 * It drops them before it is sent (they would miss it) and again after it was answered (one begun meanwhile may have
 * seen either side). A read dropped while under way still serves those who wait for it, as they asked before the write
 * ended; nobody else gets it.
 */
export class SharedReads {
    readonly #clock: Clock;
    readonly #reads = new Map<string, SharedRead>();
    readonly #singles = new Map<string, SingleReads>();

    constructor(clock: Clock) {
        this.#clock = clock;
    }

    /**
     * @param reader who reads (credential and payer): the same path reads differently for another
     * @param path what is read, as an encoded path with its query
     */
    read<T>(reader: string, path: string, load: () => Promise<T>): Promise<T> {
        const key = `${reader} ${path}`;
        return (this.#live(key)?.result as Promise<T> | undefined) ?? this.#begin(key, path, load);
    }

    /**
     * One item of a collection. A single reader asks for its item alone, which is much less than a big zone; from the
     * second reader within five seconds on, all share the list, up to a minute long while more of them keep coming: a
     * refresh of thousands takes its time. While the collection is being written to, when no list lives for long, each
     * asks alone.
     */
    readOne<T, List>(
        reader: string,
        path: string,
        { one, list, pick }: { one: () => Promise<T>; list: () => Promise<List>; pick: (list: List) => T },
    ): Promise<T> {
        const key = `${reader} ${path}`;
        const live = this.#live(key);
        if (live !== undefined) {
            this.#renew(live);
            return (live.result as Promise<List>).then(pick);
        }

        const recent = this.#clock.now() - FRESH;
        const { asked, written } = this.#singles.get(key) ?? { asked: -Infinity, written: -Infinity };
        this.#singles.set(key, { path, asked: this.#clock.now(), written });
        if (asked < recent || written >= recent) return one();
        return this.#begin(key, path, list).then(pick);
    }

    /** Runs a write to `path`, and drops what it makes old. */
    async write<T>(path: string, send: () => Promise<T>): Promise<T> {
        this.#drop(path);
        try {
            return await send();
        } finally {
            this.#drop(path);
        }
    }

    #live(key: string): SharedRead | undefined {
        const read = this.#reads.get(key);
        return read !== undefined && this.#clock.now() < read.until ? read : undefined;
    }

    #renew(read: SharedRead): void {
        const isUnderWay = read.until === Number.POSITIVE_INFINITY;
        if (!isUnderWay) {
            read.until = Math.min(this.#clock.now() + FRESH, read.oldest);
        }
    }

    #begin<T>(key: string, path: string, load: () => Promise<T>): Promise<T> {
        for (const [old, { until }] of this.#reads) {
            if (until <= this.#clock.now()) this.#reads.delete(old);
        }
        const result = load();
        const read: SharedRead = { path, result, until: Number.POSITIVE_INFINITY, oldest: Number.POSITIVE_INFINITY };
        this.#reads.set(key, read);
        result.then(
            () => {
                read.until = this.#clock.now() + FRESH;
                read.oldest = this.#clock.now() + LONGEST;
            },
            () => {
                read.until = Number.NEGATIVE_INFINITY;
            },
        );
        return result;
    }

    #drop(written: string): void {
        for (const [key, { path }] of this.#reads) {
            if (concerns(written, path)) this.#reads.delete(key);
        }
        for (const single of this.#singles.values()) {
            if (concerns(written, single.path)) single.written = this.#clock.now();
        }
    }
}

function concerns(written: string, path: string): boolean {
    const read = path.replace(/\?.*/, "");
    return written === read || written.startsWith(`${read}/`) || read.startsWith(`${written}/`);
}
