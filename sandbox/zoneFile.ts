/** A reader of master files, RFC 1035 section 5, with the TTL units of BIND (`1h30m`). */

import { type RRset, rrsetKey } from "./state/model";
import { RECORD_TYPES } from "./validation/rdata";
import { DEFAULT_TTL } from "./validation/records";

export class ZoneFileError extends Error {
    constructor(
        readonly line: number,
        problem: string,
    ) {
        super(`line ${line}: ${problem}`);
        this.name = "ZoneFileError";
    }
}

export interface ZoneFile {
    /** The zone's name, without final dot. */
    origin: string;
    /** RRsets with names relative to the zone. SOA is left out: the server makes its own. */
    rrsets: RRset[];
}

interface Entry {
    line: number;
    /** True where the line begins with white space: the owner is that of the record before. */
    continued: boolean;
    words: string[];
}

const TARGETS_AT_END: Record<string, number> = {
    ALIAS: 1,
    CNAME: 1,
    DNAME: 1,
    MX: 1,
    NAPTR: 1,
    NS: 1,
    PTR: 1,
    RP: 2,
    SRV: 1,
};

const WORD = /"(?:[^"\\]|\\[\s\S])*"|(?:[^\s"();\\]|\\[\s\S])+|[()]|;[^\n]*|\n|[^\S\n]+|[\s\S]/g;

/** Cuts the text into entries: comments go, parentheses join lines. */
function entries(text: string): Entry[] {
    const found: Entry[] = [];
    let line = 1;
    let depth = 0;
    let atLineStart = true;
    let entry: Entry = { line, continued: false, words: [] };
    const finish = () => {
        if (entry.words.length > 0) {
            found.push(entry);
        }
        entry = { line, continued: false, words: [] };
    };
    for (const [word] of text.replace(/\r\n?/g, "\n").matchAll(WORD)) {
        if (word === "\n") {
            line += 1;
            if (depth === 0) {
                finish();
                atLineStart = true;
            }
            continue;
        }
        if (word === "(") {
            depth += 1;
        } else if (word === ")") {
            depth -= 1;
            if (depth < 0) {
                throw new ZoneFileError(line, "a closing parenthesis without an opening one");
            }
        } else if (/^\s/.test(word)) {
            entry.continued ||= atLineStart && depth === 0;
        } else if (word === '"' || word === "\\") {
            throw new ZoneFileError(line, word === '"' ? "a quote that is not closed" : "a backslash at the end");
        } else if (!word.startsWith(";")) {
            entry.words.push(word);
            line += word.split("\n").length - 1;
        }
        atLineStart = false;
    }
    if (depth > 0) {
        throw new ZoneFileError(entry.line, "a parenthesis that is not closed");
    }
    finish();
    return found;
}

const UNIT_SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86400, w: 604800 };

/** Seconds, or undefined where the word is no TTL. */
function parseTtl(word: string): number | undefined {
    if (/^\d+$/.test(word)) {
        return Number(word);
    }
    if (!/^(\d+[smhdw])+$/i.test(word)) {
        return undefined;
    }
    return [...word.matchAll(/(\d+)([smhdw])/gi)].reduce(
        (sum, [, count, unit]) => sum + Number(count) * (UNIT_SECONDS[unit!.toLowerCase()] ?? 0),
        0,
    );
}

function withoutFinalDot(name: string): string {
    return name.replace(/\.$/, "");
}

/**
 * Reads a master file.
 *
 * @param zone the zone's name; without it the file's `$ORIGIN`, else the absolute owner of its SOA, gives it.
 * @throws ZoneFileError, with the line.
 */
export function readZoneFile(text: string, zone?: string): ZoneFile {
    const reader = new Reader(zone === undefined ? undefined : withoutFinalDot(zone).toLowerCase());
    for (const entry of entries(text)) {
        reader.take(entry);
    }
    return reader.result();
}

class Reader {
    private origin: string | undefined;
    private defaultTtl = DEFAULT_TTL;
    private owner: string | undefined;
    private readonly rrsets = new Map<string, RRset>();

    constructor(private zone: string | undefined) {
        this.origin = zone;
    }

    result(): ZoneFile {
        if (this.zone === undefined) {
            throw new ZoneFileError(1, "the file does not name its zone: begin it with $ORIGIN");
        }
        return { origin: this.zone, rrsets: [...this.rrsets.values()] };
    }

    take(entry: Entry): void {
        if (entry.words[0]?.startsWith("$")) {
            this.directive(entry);
        } else {
            this.record(entry);
        }
    }

    private directive({ words: [directive = "", value], line }: Entry): void {
        switch (directive.toUpperCase()) {
            case "$ORIGIN": {
                if (value === undefined) {
                    throw new ZoneFileError(line, "$ORIGIN needs a name");
                }
                this.origin = this.origin === undefined ? withoutFinalDot(value) : this.absolute(value, line);
                this.origin = this.origin.toLowerCase();
                this.zone ??= this.origin;
                return;
            }
            case "$TTL": {
                const ttl = parseTtl(value ?? "");
                if (ttl === undefined) {
                    throw new ZoneFileError(line, "$TTL needs a number of seconds");
                }
                this.defaultTtl = ttl;
                return;
            }
            default:
                throw new ZoneFileError(line, `${directive} is not supported`);
        }
    }

    private record({ words, continued, line }: Entry): void {
        const rest = [...words];
        if (!continued) {
            this.owner = this.ownerOf(rest.shift() ?? "", rest, line);
        }
        if (this.owner === undefined) {
            throw new ZoneFileError(line, "the first record has no owner name");
        }
        let ttl = this.defaultTtl;
        for (;;) {
            const seconds = parseTtl(rest[0] ?? "");
            if (seconds !== undefined) {
                ttl = seconds;
            } else if (!/^(IN|CH|HS|CS)$/i.test(rest[0] ?? "")) {
                break;
            }
            rest.shift();
        }
        const type = (rest.shift() ?? "").toUpperCase();
        if (type === "SOA") {
            return;
        }
        if (!(RECORD_TYPES as readonly string[]).includes(type)) {
            throw new ZoneFileError(line, type === "" ? "a record needs a type" : `unknown record type ${type}`);
        }
        if (rest.length === 0) {
            throw new ZoneFileError(line, `the ${type} record has no value`);
        }
        this.add({ name: this.owner, type, ttl, values: [this.rdata(type, rest, line)] });
    }

    private ownerOf(word: string, rest: string[], line: number): string {
        if (this.zone === undefined && word.endsWith(".") && rest.some((next) => next.toUpperCase() === "SOA")) {
            this.zone = withoutFinalDot(word).toLowerCase();
            this.origin = this.zone;
        }
        const name = this.absolute(word, line);
        const zone = this.zone ?? "";
        if (name.toLowerCase() === zone) {
            return "@";
        }
        if (!name.toLowerCase().endsWith(`.${zone}`)) {
            throw new ZoneFileError(line, `${name} is not in the zone ${zone}`);
        }
        return name.slice(0, -zone.length - 1);
    }

    /** A name with the origin added where it is relative, without final dot. */
    private absolute(name: string, line: number): string {
        if (name.endsWith(".")) {
            return withoutFinalDot(name);
        }
        if (this.origin === undefined) {
            throw new ZoneFileError(line, "the file does not name its zone: begin it with $ORIGIN");
        }
        return name === "@" ? this.origin : `${name}.${this.origin}`;
    }

    private rdata(type: string, words: string[], line: number): string {
        if (type === "TXT" || type === "SPF") {
            return words.map((word) => (word.startsWith('"') ? word : `"${word}"`)).join(" ");
        }
        const targets = TARGETS_AT_END[type] ?? 0;
        // Below a second $ORIGIN a relative target means another name than the same word in the zone's own terms.
        const shown = words.map((word, index) =>
            index >= words.length - targets && !word.endsWith(".") && this.origin !== this.zone
                ? `${this.absolute(word, line)}.`
                : word,
        );
        return shown.join(" ");
    }

    private add(record: RRset): void {
        const key = rrsetKey(record.name.toLowerCase(), record.type);
        const known = this.rrsets.get(key);
        if (!known) {
            this.rrsets.set(key, record);
        } else if (!known.values.includes(record.values[0]!)) {
            known.values.push(...record.values);
        }
    }
}
