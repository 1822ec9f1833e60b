import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import type { ZodType } from "zod";
import { LARGEST_BODY } from "./bounds";
import type { Clock } from "./clock";
import {
    type Attempt,
    answerError,
    DEADLINE,
    type RawAnswer,
    schemaError,
    tooLargeError,
    transportError,
    unreadableError,
} from "./explain";
import { USER_AGENT } from "./version";

/** One request, sent once. */
export interface Exchange {
    attempt: Attempt;
    route: string;
    origin: string;
    /** Path and query. */
    url: string;
    body?: unknown;
    headers?: Record<string, string> | undefined;
    sharingId: string | undefined;
    schema?: ZodType<unknown> | undefined;
    as?: "json" | "text" | undefined;
    expect?: readonly number[] | undefined;
    /** Seconds. */
    timeout: number;
    clock: Clock;
    signal?: AbortSignal | undefined;
}

/** Sends the request, reads the whole answer and checks it. */
export async function exchange(
    dispatcher: Dispatcher,
    request: Exchange,
): Promise<{ status: number; headers: IncomingHttpHeaders; data: unknown }> {
    const { status, headers, body, isWhole } = await send(dispatcher, request);
    if (!isWhole && status < 300) throw tooLargeError(request.attempt, status);
    const json = isWhole ? parseJson(body) : undefined;
    const answer: RawAnswer = { status, body, json, retryAfter: retryAfter(headers["retry-after"]) };
    const expected = request.expect?.includes(status) ?? false;
    if (!expected && (status >= 300 || saysError(json))) throw answerError(request.attempt, answer);
    return { status, headers, data: expected && status >= 300 ? json : dataOf(request, answer) };
}

async function send(
    dispatcher: Dispatcher,
    request: Exchange,
): Promise<{ status: number; headers: IncomingHttpHeaders; body: string; isWhole: boolean }> {
    const { attempt, signal, timeout, clock } = request;
    const abort = new AbortController();
    const onAbort = () => abort.abort();
    signal?.addEventListener("abort", onAbort, { once: true });
    let late = false;
    const silence = clock.alarm(timeout * 1000, () => {
        late = true;
        abort.abort();
    });
    try {
        const answer = await dispatcher.request({
            origin: request.origin,
            method: attempt.method as Dispatcher.HttpMethod,
            path: request.url,
            headers: headersOf(request),
            body: bodyOf(request.body),
            signal: abort.signal,
        });
        return { status: answer.statusCode, headers: answer.headers, ...(await read(answer)) };
    } catch (error) {
        signal?.throwIfAborted();
        throw transportError(attempt, late ? DEADLINE : codeOf(error), timeout);
    } finally {
        silence();
        signal?.removeEventListener("abort", onAbort);
    }
}

/** The body, or the beginning of one that is longer than we read: then the connection is closed. */
async function read({ headers, body }: Dispatcher.ResponseData): Promise<{ body: string; isWhole: boolean }> {
    // A stream that is left before its end reports that as an error of its own.
    body.on("error", () => {});
    const chunks: Buffer[] = [];
    let size = 0;
    const announced = Number(headers["content-length"]);
    for await (const chunk of body as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > LARGEST_BODY || announced > LARGEST_BODY) {
            return { body: decoded([chunks[0] ?? chunk]), isWhole: false };
        }
        chunks.push(chunk);
    }
    return { body: decoded(chunks), isWhole: true };
}

function decoded(chunks: readonly Buffer[]): string {
    return new TextDecoder().decode(Buffer.concat(chunks));
}

function headersOf({ attempt, body, headers, sharingId, as }: Exchange): Record<string, string> {
    return {
        authorization: `${attempt.credential.scheme} ${attempt.credential.token}`,
        accept: as === "text" ? "text/plain" : "application/json",
        // undici's request() does not decompress.
        "accept-encoding": "identity",
        "user-agent": USER_AGENT,
        ...(body === undefined ? {} : { "content-type": typeof body === "string" ? "text/plain" : "application/json" }),
        // One report of 2026 says that routes of single RRsets read this header and not the query.
        ...(sharingId === undefined ? {} : { "x-gandi-sharing-id": sharingId }),
        ...headers,
    };
}

function bodyOf(body: unknown): string | null {
    if (body === undefined) return null;
    return typeof body === "string" ? body : JSON.stringify(body);
}

/** What the caller gets of a good answer. */
function dataOf({ attempt, route, schema, as }: Exchange, answer: RawAnswer): unknown {
    const value = as === "text" ? textOf(answer) : answer.json;
    const mayBeEmpty = schema === undefined && answer.body.trim() === "";
    if (value === undefined && !mayBeEmpty) throw unreadableError(attempt, answer);
    if (schema === undefined) return value;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "the answer"}: ${message}`);
    throw schemaError(attempt, route, answer.status, problems);
}

/** The text asked for, plain or as a text in JSON; undefined for a page of some proxy. */
function textOf({ json, body }: RawAnswer): string | undefined {
    if (typeof json === "string") return json;
    return /^\s*<(!doctype|html)/i.test(body) ? undefined : body;
}

/** A null counts as a missing key. Undefined when the text is no JSON. */
function parseJson(body: string): unknown {
    try {
        return JSON.parse(body, (_, value) => (value === null ? undefined : value));
    } catch {
        return undefined;
    }
}

/** A dry run answers 200 even when it found errors. */
function saysError(json: unknown): boolean {
    return typeof json === "object" && json !== null && (json as { status?: unknown }).status === "error";
}

/** Seconds, from either form of `Retry-After` (RFC 9110 section 10.2.3); undefined when it is neither. */
function retryAfter(header: string | string[] | undefined): number | undefined {
    if (typeof header !== "string") return undefined;
    if (/^\d+$/.test(header)) return Number(header);
    const date = Date.parse(header);
    return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}

/** The code of a failed exchange; connection attempts to several addresses fail as one error that holds several. */
function codeOf(error: unknown): string | undefined {
    if (error instanceof AggregateError) return codeOf(error.errors[0]);
    const code = (error as { code?: unknown }).code;
    return typeof code === "string" ? code : undefined;
}
