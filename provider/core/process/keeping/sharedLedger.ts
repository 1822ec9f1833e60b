import { createHash } from "node:crypto";
import {
    closeSync,
    constants,
    fstatSync,
    readdirSync,
    readSync,
    rmdirSync,
    rmSync,
    unlinkSync,
    writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Book, type Entry } from "./book";
import { OwnLedger } from "./ledger";
import { openOwn, privateFolder, refuseForeign, Untrusted } from "./privateFolder";
import { isAlive, nameOfThisProcess } from "./writers";

/** The book of another process, as far as it has been read. */
interface Reading {
    readonly book: Book;
    offset: number;
    /** The beginning of a line that was not whole yet. */
    rest: string;
}

/**
 * The ledger of the processes that one engine has started for one operation: a folder of the user's, named by a digest of
 * the engine's address, and in it one file a process, to which only that process adds. The address is all that they have
 * in common; a preview and the update after it have two.
 *
 * What a process wrote counts as long as it lives, and while another one of its run does: a process that was killed has
 * declared what it has. An engine that comes to the same address later finds files of which no writer lives, and clears
 * them away; ages are never compared. So a claim can be stale at worst, and then something is kept that could have gone.
 */
export class SharedLedger extends OwnLedger {
    override readonly writer: string;
    private readonly readings = new Map<string, Reading>();
    /** Undefined where nothing can be written, or no longer. */
    private file: number | undefined;
    private isOpen = false;
    private trouble: string | undefined;

    /**
     * @param folder the run's own
     * @param log is told, once, where nothing can be written
     */
    private constructor(
        private readonly folder: string,
        private readonly log: (line: string) => void,
        writer: string,
    ) {
        super();
        this.writer = writer;
    }

    /**
     * @param address of the engine, which all the processes of the operation are given
     * @param base where the folders of all runs are. Default: in the user's temporary folder
     */
    static open(
        address: string,
        log: (line: string) => void,
        { base = defaultBase(), writer = nameOfThisProcess() }: { base?: string; writer?: string } = {},
    ): SharedLedger {
        const folder = join(base, createHash("sha256").update(address).digest("hex").slice(0, 32));
        const ledger = new SharedLedger(folder, log, writer);
        ledger.orAlone(() => {
            privateFolder(base);
            sweep(base);
            ledger.file = create(folder, writer);
            ledger.isOpen = true;
        });
        return ledger;
    }

    override write(entry: Entry): void {
        super.write(entry);
        const { file } = this;
        if (file !== undefined) {
            // One call a line: whoever reads meanwhile sees all of it or a beginning without its end.
            this.orAlone(() => writeSync(file, `${JSON.stringify(entry)}\n`));
        }
    }

    override books(): readonly Book[] {
        this.readOthers();
        return [this.own, ...[...this.readings.values()].map(({ book }) => book)];
    }

    override living(): readonly Book[] {
        this.readOthers();
        const others = [...this.readings].filter(([name]) => isAlive(name)).map(([, { book }]) => book);
        return [this.own, ...others];
    }

    override get doubt(): string | undefined {
        this.readOthers();
        return this.trouble;
    }

    /** Ends it: what this process has declared is void. */
    close(): void {
        if (!this.isOpen) {
            return;
        }
        this.isOpen = false;
        this.file = undefined;
        try {
            unlinkSync(join(this.folder, this.writer));
            rmdirSync(this.folder);
        } catch {
            // Others are still in it, or somebody has cleared it away.
        }
    }

    private readOthers(): void {
        if (!this.isOpen) {
            return;
        }
        try {
            const all = readdirSync(this.folder);
            if (!all.includes(this.writer)) {
                throw new Error(`the file of this process was removed from ${this.folder}`);
            }
            const names = all.filter((name) => name !== this.writer);
            for (const gone of [...this.readings.keys()].filter((name) => !names.includes(name))) {
                this.readings.delete(gone);
            }
            for (const name of names) {
                this.read(name);
            }
        } catch (error) {
            this.trouble = `what the other providers of this run declare can't be read (${(error as Error).message})`;
        }
    }

    private read(name: string): void {
        const reading = this.readings.get(name) ?? { book: new Book(), offset: 0, rest: "" };
        const path = join(this.folder, name);
        let file: number;
        try {
            file = openOwn(path, constants.O_RDONLY);
        } catch (error) {
            // Its process has just ended, in order.
            if ((error as NodeJS.ErrnoException).code === "ENOENT") {
                this.readings.delete(name);
                return;
            }
            throw error;
        }
        try {
            const stats = fstatSync(file);
            refuseForeign(path, stats);
            const text = Buffer.alloc(Math.max(0, stats.size - reading.offset));
            reading.offset += readSync(file, text, 0, text.length, reading.offset);
            const lines = (reading.rest + text.toString("latin1")).split("\n");
            reading.rest = lines.pop() ?? "";
            for (const line of lines) {
                reading.book.add(JSON.parse(Buffer.from(line, "latin1").toString("utf8")) as Entry);
            }
            this.readings.set(name, reading);
        } finally {
            closeSync(file);
        }
    }

    /** A folder that others could have made is not used at all; one that can't be written leaves this process alone. */
    private orAlone(work: () => void): void {
        try {
            work();
        } catch (error) {
            this.file = undefined;
            const reason = (error as Error).message;
            if (error instanceof Untrusted) {
                this.trouble = `what the other providers of this run declare can't be trusted (${reason})`;
            } else {
                this.log(
                    `gandi: what this program declares is not shared between its providers (${reason}): ` +
                        "use aliases for what is renamed and given another provider at once",
                );
            }
        }
    }
}

function defaultBase(): string {
    return join(tmpdir(), `pulumi-gandi-${process.getuid?.() ?? "user"}`);
}

/** Makes the file of this process; the folder may be swept away by another run while it is still empty. */
function create(folder: string, writer: string): number {
    const path = join(folder, writer);
    for (let attempt = 1; ; attempt++) {
        try {
            privateFolder(folder);
            return openOwn(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_EXCL);
        } catch (error) {
            const { code } = error as NodeJS.ErrnoException;
            if (attempt === 3 || (code !== "ENOENT" && code !== "EEXIST")) {
                throw error;
            }
            // A name that is ours was left by a process that had it before us.
            rmSync(path, { force: true });
        }
    }
}

/**
 * Clears away the folders of which no writer lives: those of runs that have ended, of this address too. File by file, as a
 * process may come meanwhile: its own file is not in the list, and keeps the folder.
 */
function sweep(base: string): void {
    for (const name of readdirSync(base)) {
        const folder = join(base, name);
        try {
            const writers = readdirSync(folder);
            if (!writers.some(isAlive)) {
                for (const writer of writers) {
                    rmSync(join(folder, writer), { force: true });
                }
                rmdirSync(folder);
            }
        } catch {
            // Another process sweeps or has just come, or this is no folder of ours.
        }
    }
}
