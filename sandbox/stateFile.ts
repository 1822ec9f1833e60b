import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { emailOffer } from "./state/emailOffer";
import type { State } from "./state/model";

const FORMAT = 1;
const QUIET_MS = 100;

export interface SavedState {
    state: State;
    /** Milliseconds that the clock was moved forward. */
    clockOffset: number;
}

export class StateFileError extends Error {
    override readonly name = "StateFileError";
}

/** @returns undefined where there is no file yet. @throws StateFileError for a file of something else. */
export function loadState(file: string): SavedState | undefined {
    let text: string;
    try {
        text = readFileSync(file, "utf8");
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") {
            return undefined;
        }
        throw new StateFileError(`${file} can't be read: ${(error as Error).message}`);
    }
    try {
        const { format, ...saved } = JSON.parse(text, revive) as SavedState & { format: number };
        if (format === FORMAT) {
            saved.state.nextSlotId ??= 1;
            for (const domain of saved.state.domains.values()) {
                // A sandbox of 0.1.0 knew no e-mail, and one of 0.2.0 nothing but forwards.
                domain.forwards ??= new Map();
                domain.emailOffer ??= domain.emailOffer === null ? null : emailOffer();
                domain.slots ??= [];
                domain.mailboxes ??= [];
                domain.webRedirections ??= new Map();
            }
            saved.state.mailDomains ??= new Map();
            saved.state.mailboxSlots ??= [];
            saved.state.forwardChanges ??= [];
            return saved;
        }
    } catch {
        // What is no JSON is refused below, as any other file that the sandbox did not write.
    }
    throw new StateFileError(`${file} is not a state file of this version of the sandbox`);
}

/** Writes the state a moment after each change, and at the end. */
export class StateWriter {
    private timer: NodeJS.Timeout | undefined;

    constructor(
        private readonly file: string | undefined,
        private readonly current: () => SavedState,
    ) {}

    changed(): void {
        if (this.file !== undefined && this.timer === undefined) {
            this.timer = setTimeout(() => this.flushOrSay(), QUIET_MS);
            this.timer.unref();
        }
    }

    /** Writes the state now, into a folder that is made where it is not there. @throws StateFileError */
    flush(): void {
        clearTimeout(this.timer);
        this.timer = undefined;
        if (this.file === undefined) {
            return;
        }
        try {
            makeFolder(dirname(this.file));
            // A rename replaces the file as a whole: a crash leaves the old one.
            writeFileSync(`${this.file}.new`, JSON.stringify({ format: FORMAT, ...this.current() }, replace), {
                mode: 0o600,
            });
            renameSync(`${this.file}.new`, this.file);
        } catch (error) {
            throw new StateFileError(`the state can't be kept in ${this.file}: ${(error as Error).message}`);
        }
    }

    /** A disk that fills up while the sandbox runs does not end it. */
    private flushOrSay(): void {
        try {
            this.flush();
        } catch (error) {
            console.error(`The sandbox goes on, but ${(error as Error).message}`);
        }
    }
}

/** Step by step, as Node 20 never returns from a recursive `mkdir` below a folder that takes none, such as /proc. */
function makeFolder(folder: string): void {
    if (!existsSync(folder)) {
        makeFolder(dirname(folder));
        mkdirSync(folder, { mode: 0o700 });
    }
}

function replace(_key: string, value: unknown): unknown {
    if (value instanceof Map) {
        return { $map: [...value] };
    }
    return value instanceof Set ? { $set: [...value] } : value;
}

function revive(_key: string, value: unknown): unknown {
    const { $map, $set } = (value ?? {}) as { $map?: [unknown, unknown][]; $set?: unknown[] };
    if ($map) {
        return new Map($map);
    }
    return $set ? new Set($set) : value;
}
