import { Agent, request } from "undici";
import type { Sandbox } from "../../sandbox";

export interface Answer {
    status: number;
    headers: Record<string, string | string[] | undefined>;
    text: string;
    /** The body as JSON, undefined where it is none. */
    // biome-ignore lint/suspicious/noExplicitAny: tests read whatever members the answer has
    json: any;
}

export interface Question {
    /** Null sends no Authorization. Default: the first organisation's token. */
    token?: string | null;
    headers?: Record<string, string>;
    /** Sent as it is if a string, as JSON otherwise. */
    body?: unknown;
}

/** One connection a request: a dropped connection of one test is no other test's. */
const agent = new Agent({ pipelining: 0 });

/** Asks the sandbox over HTTP: `ask(sandbox, "GET /v5/livedns/domains")`. Redirects are not followed. */
export async function ask(sandbox: Sandbox, line: string, question: Question = {}): Promise<Answer> {
    const [method = "GET", path = "/"] = line.split(" ", 2);
    const { token = sandbox.token, body } = question;
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const answer = await request(`${sandbox.url}${path}`, {
        dispatcher: agent,
        method: method as "GET",
        headers: {
            ...(token === null ? {} : { authorization: `Bearer ${token}` }),
            ...(text === undefined ? {} : { "content-type": "application/json" }),
            ...question.headers,
        },
        body: text,
    });
    const received = await answer.body.text();
    return { status: answer.statusCode, headers: answer.headers, text: received, json: parsed(received) };
}

function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

/** The owner of the documents' examples. */
export { CONTACT as ALICE } from "../../contract/fact";
