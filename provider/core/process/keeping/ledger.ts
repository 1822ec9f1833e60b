import { Book, type Entry } from "./book";

/**
 * What the processes of one run have written down of what the program declares. Each provider instance of a run is a
 * process of its own, and one that has left the program is only started for its deletes: it was not there when its
 * resources were declared elsewhere.
 */
export interface Ledger {
    /** The id of this process among those of the run. */
    readonly writer: string;
    /** Writes an entry, so that the other processes of the run see it from now on. */
    write(entry: Entry): void;
    /** The books of all the processes of the run, this one's first, as they are now. */
    books(): readonly Book[];
    /** The same without those whose process has ended: what they began will not go on. */
    living(): readonly Book[];
    /** Why what the other processes wrote can't be relied on; undefined where it can. */
    readonly doubt: string | undefined;
}

/** The ledger of a process that has no others beside it, or none to be found. */
export class OwnLedger implements Ledger {
    readonly writer: string = "own";
    protected readonly own = new Book();

    write(entry: Entry): void {
        this.own.add(entry);
    }

    books(): readonly Book[] {
        return [this.own];
    }

    living(): readonly Book[] {
        return [this.own];
    }

    get doubt(): string | undefined {
        return undefined;
    }
}
