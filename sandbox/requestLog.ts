/** One request as the sandbox saw it. */
export interface LoggedRequest {
    /** The sandbox's time, in milliseconds since the epoch. */
    time: number;
    method: string;
    /** With `/v5`, percent-encoded as it was sent. */
    path: string;
    query: Record<string, string>;
    /** Without the value of Authorization: only its scheme is kept. */
    headers: Record<string, string>;
    body: string;
    /** Null while it is under way, and for good where the connection was dropped. */
    status: number | null;
    /** The kind of the fault that the request met, if any. */
    fault?: string;
}

const KEPT = 50_000;

export class RequestLog {
    private entries: LoggedRequest[] = [];

    begin(entry: LoggedRequest): void {
        if (this.entries.length >= KEPT) {
            this.entries = this.entries.slice(KEPT / 2);
        }
        this.entries.push(entry);
    }

    all(): LoggedRequest[] {
        return [...this.entries];
    }

    clear(): void {
        this.entries = [];
    }
}

/** Headers fit to be shown: a credential never is. */
export function shownHeaders(headers: Headers): Record<string, string> {
    const shown = Object.fromEntries(headers);
    if (shown.authorization !== undefined) {
        shown.authorization = `${shown.authorization.split(" ")[0]} …`;
    }
    return shown;
}
