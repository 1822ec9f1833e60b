/** One request as the sandbox saw it. */
export interface LoggedRequest {
    /** The sandbox's time, in milliseconds since the epoch. */
    time: number;
    /** The HTTP method. */
    method: string;
    /** With `/v5`, percent-encoded as it was sent. */
    path: string;
    /** The query's parameters; of a repeated one the last. */
    query: Record<string, string>;
    /** Without the value of Authorization: only its scheme is kept. */
    headers: Record<string, string>;
    /** As it was sent, but for passwords; empty where the request came with no token of the sandbox: who may not ask can't fill the log, either. */
    body: string;
    /** Null while it is under way, and for good where the connection was dropped. */
    status: number | null;
    /** The kind of the fault that the request met, if any. */
    fault?: string;
}

const MOST_ENTRIES = 50_000;
/** Characters of all the entries together. */
const LARGEST = 64 * 1024 * 1024;

/** The latest requests: those of which no more than so many, and no more than so much, came after. */
export class RequestLog {
    private entries: LoggedRequest[] = [];
    private size = 0;

    begin(entry: LoggedRequest): void {
        this.entries.push(entry);
        this.size += sizeOf(entry);
        if (this.entries.length > MOST_ENTRIES || this.size > LARGEST) {
            this.forgetOldest();
        }
    }

    /** Half of what may be kept goes at once, so that it does not go entry by entry. */
    private forgetOldest(): void {
        let from = Math.max(0, this.entries.length - MOST_ENTRIES / 2);
        let size = this.entries.slice(from).reduce((sum, entry) => sum + sizeOf(entry), 0);
        while (size > LARGEST / 2 && from < this.entries.length - 1) {
            size -= sizeOf(this.entries[from]!);
            from += 1;
        }
        this.entries = this.entries.slice(from);
        this.size = size;
    }

    all(): LoggedRequest[] {
        return [...this.entries];
    }

    clear(): void {
        this.entries = [];
        this.size = 0;
    }
}

function sizeOf({ path, query, headers, body }: LoggedRequest): number {
    const texts = [path, body, ...Object.entries(query).flat(), ...Object.entries(headers).flat()];
    return texts.reduce((sum, text) => sum + text.length, 0);
}

/** A body fit to be shown: the password of a mailbox never is, whether or not the body can be read. */
export function shownBody(body: string): string {
    return body.replace(/("password"\s*:\s*)("(?:[^"\\]|\\.)*"?|[^\s,}]+)/gis, '$1"<password>"');
}

/** Headers fit to be shown: a credential never is. */
export function shownHeaders(headers: Headers): Record<string, string> {
    const shown = Object.fromEntries(headers);
    if (shown.authorization !== undefined) {
        shown.authorization = `${shown.authorization.split(" ")[0]} …`;
    }
    return shown;
}
