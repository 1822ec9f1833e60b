import type { PlainObject, ProviderCalls } from "../engine/process/providerCalls";
import { ProviderProcessEnded } from "../engine/process/providerCalls";
import { Book, type Entry } from "../provider/core/process/keeping/book";
import type { Ledger } from "../provider/core/process/keeping/ledger";
import { Run } from "../provider/core/process/run";
import { calledProviders } from "../test/harness/inProcess";
import type { WorldClock } from "./worldClock";

/** What becomes of a provider whose engine was killed, or of one that is killed itself. */
export type Ending =
    /** It sees its engine end: what is on its way is finished, and nothing more begins. */
    | "ends"
    /** It is killed, and what is on its way with it. */
    | "cut"
    /** It sees nothing, and goes on beside the next run. */
    | "zombie";

/** The providers of one operation of the engine: each one as in a process of its own, with the ledger that they share. */
export class RunsOfOperation {
    private readonly books = new Map<string, { book: Book; isAlive: boolean }>();
    private readonly runs: { run: Run; cut: AbortController; die: () => void }[] = [];

    constructor(
        private readonly clock: WorldClock,
        private readonly log: (line: string) => void,
    ) {}

    /** Starts a provider with the configuration that it is given. */
    start(config: PlainObject): ProviderCalls {
        const writer = String(this.books.size + 1);
        const own = { book: new Book(), isAlive: true };
        this.books.set(writer, own);
        const cut = new AbortController();
        const run = new Run({
            clock: this.clock,
            log: this.log,
            environment: {},
            cancelled: cut.signal,
            ledger: new BookOfMany(writer, this.books),
        });
        const admit = run.admit;
        Object.defineProperty(run, "admit", {
            value: () => {
                cut.signal.throwIfAborted();
                const over = [admit(), this.clock.requesting()];
                return () => {
                    for (const each of over) each();
                };
            },
        });
        let die: () => void = () => {};
        const dead = new Promise<never>((_, reject) => {
            die = () => {
                own.isAlive = false;
                reject(new ProviderProcessEnded({ code: null, signal: "SIGKILL" }, "a call"));
            };
        });
        dead.catch(() => {});
        this.runs.push({ run, cut, die });
        const calls = calledProviders(config, run);
        return new Proxy(calls, {
            get(target, name) {
                const method = Reflect.get(target, name);
                return typeof method === "function" && name !== "close"
                    ? (...given: unknown[]) => Promise.race([method.apply(target, given), dead])
                    : method;
            },
        });
    }

    /** What becomes of the providers now that their engine was killed, or that they are. */
    end(how: Ending): void {
        for (const { run, cut, die } of this.runs) {
            if (how === "ends") {
                run.end(() => {});
            } else if (how === "cut") {
                cut.abort(new Error("the provider was killed"));
                die();
            }
        }
    }

    async close(): Promise<void> {
        await Promise.all(this.runs.map(({ run }) => run.origins.close()));
    }
}

/** The ledger of one of several providers, all in this process: what the folder of `SharedLedger` is to processes. */
class BookOfMany implements Ledger {
    readonly doubt = undefined;

    constructor(
        readonly writer: string,
        private readonly all: ReadonlyMap<string, { book: Book; isAlive: boolean }>,
    ) {}

    write(entry: Entry): void {
        this.all.get(this.writer)?.book.add(entry);
    }

    books(): readonly Book[] {
        return this.ownFirst(() => true);
    }

    living(): readonly Book[] {
        return this.ownFirst(({ isAlive }) => isAlive);
    }

    private ownFirst(counts: (one: { isAlive: boolean }) => boolean): readonly Book[] {
        const others = [...this.all].filter(([name, one]) => name !== this.writer && counts(one));
        return [this.all.get(this.writer), ...others.map(([, one]) => one)].flatMap((one) => one?.book ?? []);
    }
}
