import { setTimeout as sleep } from "node:timers/promises";
import { Agent, request } from "undici";
import type { Needs } from "./fact";
import { type Bounds, guard } from "./guard";

export interface Question {
    /** `GET /v5/livedns/domains`. */
    line: string;
    /** Null sends no Authorization. Default: the account's own. */
    token?: string | null;
    headers?: Record<string, string>;
    /** Sent as it is if a string, as JSON otherwise. */
    body?: unknown;
}

export interface Answer {
    status: number;
    headers: Record<string, string | string[] | undefined>;
    text: string;
    /** The body as JSON, undefined where it is none. */
    json: unknown;
}

export type Ask = (question: Question) => Promise<Answer>;
/** @param ms milliseconds. @throws Interrupted */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>;

/** The run was told to end. */
export class Interrupted extends Error {
    constructor() {
        super("the run was interrupted");
    }
}

export const realWait: Wait = async (ms, signal) => {
    try {
        await sleep(ms, undefined, { signal });
    } catch {
        throw new Interrupted();
    }
};

export interface ClientOptions {
    origin: string;
    token: string;
    bounds: Bounds;
    /** Milliseconds from one request to the next; those that look for a limit don't wait. */
    pace: number;
    wait: Wait;
    signal: AbortSignal;
    /** Is shown every answer. */
    heard: (answer: Answer) => void;
}

const TIME_LIMIT_MS = 60_000;

/** All that a run sends goes through here: guarded, no faster than it should be, and to the one address that was named. */
export class Client {
    /** Method and path of what was sent and may have changed something. */
    readonly writes: string[] = [];
    private readonly agent = new Agent({ headersTimeout: TIME_LIMIT_MS, bodyTimeout: TIME_LIMIT_MS });
    private isFirst = true;

    constructor(private readonly options: ClientOptions) {}

    /** Asks what a fact needs. Redirects are not followed. @throws Refused, Interrupted */
    asking(needs: Needs): Ask {
        return (question) => this.ask(question, needs, this.options.signal);
    }

    /** Writes below the label still, though the run may have been interrupted. */
    readonly cleaning: Ask = (question) => this.ask(question, "write", undefined);

    async close(): Promise<void> {
        await this.agent.close();
    }

    private async ask(question: Question, needs: Needs, signal: AbortSignal | undefined): Promise<Answer> {
        const { origin, token: own, bounds, heard } = this.options;
        const [method = "GET", path = "/"] = question.line.split(" ", 2);
        const url = new URL(`${origin}${path}`);
        const { body, token = own } = question;
        const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
        guard({ method, url, body: text }, needs, bounds);
        if (needs !== "limit") {
            await this.turn(signal);
        }
        if (signal?.aborted) {
            throw new Interrupted();
        }
        if (method !== "GET") {
            this.writes.push(`${method} ${path}`);
        }
        const answer = await request(url, {
            dispatcher: this.agent,
            method: method as "GET",
            headers: {
                ...(token === null ? {} : { authorization: `Bearer ${token}` }),
                ...(text === undefined ? {} : { "content-type": "application/json" }),
                ...question.headers,
            },
            body: text,
        });
        const received = await answer.body.text();
        const heardAnswer = {
            status: answer.statusCode,
            headers: answer.headers,
            text: received,
            json: json(received),
        };
        heard(heardAnswer);
        return heardAnswer;
    }

    private async turn(signal: AbortSignal | undefined): Promise<void> {
        if (!this.isFirst && this.options.pace > 0) {
            await this.options.wait(this.options.pace, signal);
        }
        this.isFirst = false;
    }
}

function json(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
