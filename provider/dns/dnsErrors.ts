/** Shows a text in a message: quoted, and cut where it is long. */
export function shown(text: string): string {
    return JSON.stringify(text.length > 80 ? `${text.slice(0, 60)}…${text.slice(-10)}` : text);
}

/** A spelling to copy, as it is; cut where nobody would. */
export function copyable(spelling: string): string {
    return spelling.length > 500 ? `${spelling.slice(0, 400)}…${spelling.slice(-50)}` : spelling;
}

/** What is wrong with a piece of presentation text, and where. Internal: callers see one of the errors below. */
export class Invalid extends Error {
    constructor(
        readonly reason: string,
        /** Offset of the offending token in the text, in UTF-16 units. */
        readonly offset = 0,
    ) {
        super(reason);
    }
}

/** A record value that DNS does not accept for its type. */
export class DnsValueError extends Error {
    /** Tells it from other errors, of another copy of this module too. */
    override readonly name = "DnsValueError";

    /** Thrown by this module's functions; programs have no need to make one. */
    constructor(
        /** The record type, upper case: `MX`. */
        readonly type: string,
        /** The value as it was given. */
        readonly value: string,
        /** Why it is refused and, where it is plain, what to write instead. */
        readonly reason: string,
    ) {
        super(`${type} ${shown(value)}: ${reason}`);
    }
}

/** A name that is no owner name of its zone, or no domain name. */
export class DnsNameError extends Error {
    /** Tells it from other errors, of another copy of this module too. */
    override readonly name = "DnsNameError";

    /** Thrown by this module's functions; programs have no need to make one. */
    constructor(
        /** The name as it was given. */
        readonly value: string,
        /** Why it is refused and, where it is plain, what to write instead. */
        readonly reason: string,
    ) {
        super(`${shown(value)}: ${reason}`);
    }
}

/** A place in a zone file and what is wrong, or doubtful, there. */
export interface ZoneFileProblem {
    /** From 1. */
    readonly line: number;
    /** From 1, in UTF-16 units. */
    readonly column: number;
    /** What is wrong and, where it is plain, what to write instead. */
    readonly reason: string;
}

/** A zone file that can't be read. `line`, `column` and `reason` are those of the first problem. */
export class ZoneFileError extends Error {
    /** Tells it from other errors, of another copy of this module too. */
    override readonly name = "ZoneFileError";
    /** From 1. */
    readonly line: number;
    /** From 1, in UTF-16 units. */
    readonly column: number;
    /** What is wrong there. */
    readonly reason: string;

    /** Thrown by this module's functions; programs have no need to make one. */
    constructor(
        /** All the problems that were found, in the order of the file; at least one, 20 at most. */
        readonly problems: readonly ZoneFileProblem[],
    ) {
        super(problems.map(({ line, column, reason }) => `line ${line}, column ${column}: ${reason}`).join("\n"));
        const first = problems[0]!;
        this.line = first.line;
        this.column = first.column;
        this.reason = first.reason;
    }
}
