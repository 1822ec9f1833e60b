import type { Clock } from "./clock";

/** A read that several wait for, as it looks to who carries it out. */
export interface Sharing {
    /** Aborted when nobody waits for it any more. */
    readonly signal: AbortSignal;
    /** Whether everybody who waits has a limit of his own, so that it can't go on for ever. */
    isLimited(): boolean;
}

interface SharedRead {
    /** What is read: an encoded path with its query. */
    path: string;
    result: Promise<unknown>;
    /** Who waits for the result: each with the signal that ends his waiting. */
    waiting: Set<{ signal: AbortSignal | undefined }>;
    /** Ends it. */
    abort: AbortController;
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

/** Carries a shared read out. */
type Load<T> = (sharing: Sharing) => Promise<T>;

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
 *
 * Who waits stops when his own signal says so, and the read goes on for the others; when nobody is left it ends.
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
     * @param signal ends this reader's waiting: rejects with its reason
     */
    async read<T>(reader: string, path: string, load: Load<T>, signal?: AbortSignal): Promise<T> {
        signal?.throwIfAborted();
        const key = `${reader} ${path}`;
        return this.#wait<T>(this.#live(key) ?? this.#begin(key, path, load), signal);
    }

    /**
     * One item of a collection. A single reader asks for its item alone, which is much less than a big zone; from the
     * second reader within five seconds on, all share the list, up to a minute long while more of them keep coming: a
     * refresh of thousands takes its time. While the collection is being written to, when no list lives for long, each
     * asks alone.
     */
    async readOne<T, List>(
        reader: string,
        path: string,
        { one, list, pick }: { one: () => Promise<T>; list: Load<List>; pick: (list: List) => T },
        signal?: AbortSignal,
    ): Promise<T> {
        signal?.throwIfAborted();
        const key = `${reader} ${path}`;
        const live = this.#live(key);
        if (live !== undefined) {
            this.#renew(live);
            return pick(await this.#wait<List>(live, signal));
        }

        const recent = this.#clock.now() - FRESH;
        const { asked, written } = this.#singles.get(key) ?? { asked: -Infinity, written: -Infinity };
        this.#singles.set(key, { path, asked: this.#clock.now(), written });
        if (asked < recent || written >= recent) return one();
        return pick(await this.#wait<List>(this.#begin(key, path, list), signal));
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
        const isUnderWay = read.until === Infinity;
        if (!isUnderWay) {
            read.until = Math.min(this.#clock.now() + FRESH, read.oldest);
        }
    }

    #begin<T>(key: string, path: string, load: Load<T>): SharedRead {
        for (const [old, { until }] of this.#reads) {
            if (until <= this.#clock.now()) this.#reads.delete(old);
        }
        const abort = new AbortController();
        const waiting: SharedRead["waiting"] = new Set();
        const isLimited = () => [...waiting].every(({ signal }) => signal !== undefined);
        const result = load({ signal: abort.signal, isLimited });
        const read = { path, result, waiting, abort, until: Infinity, oldest: Infinity };
        this.#reads.set(key, read);
        result.then(
            () => {
                read.until = this.#clock.now() + FRESH;
                read.oldest = this.#clock.now() + LONGEST;
            },
            () => {
                read.until = -Infinity;
            },
        );
        return read;
    }

    #wait<T>(read: SharedRead, signal: AbortSignal | undefined): Promise<T> {
        const waiter = { signal };
        read.waiting.add(waiter);
        return new Promise((resolve, reject) => {
            const giveUp = () => {
                read.waiting.delete(waiter);
                reject(signal?.reason);
                const isUnderWay = read.until === Infinity;
                if (read.waiting.size > 0 || !isUnderWay) return;
                read.until = -Infinity;
                read.abort.abort(signal?.reason);
            };
            const leave = () => {
                read.waiting.delete(waiter);
                signal?.removeEventListener("abort", giveUp);
            };
            signal?.addEventListener("abort", giveUp, { once: true });
            (read.result as Promise<T>).finally(leave).then(resolve, reject);
        });
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
