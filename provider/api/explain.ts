import { LARGEST_BODY, LONGEST_QUOTE } from "./bounds";
import { type ErrorKind, type FieldError, GandiError, isTlsFailure } from "./errors";
import { kindOfRefusal, type Refusal } from "./meanings";
import { printable, shortened, withoutSecrets } from "./printable";
import { OF_A_STACK, type Remedies } from "./remedies";

/** Who asks: how the token is sent, and a phrase for where it came from. */
export interface Credential {
    /** `Bearer` for a personal access token, `Apikey` for the deprecated API key. */
    scheme: "Bearer" | "Apikey";
    token: string;
    /** Completes "it came from …", such as `the environment variable GANDI_PERSONAL_ACCESS_TOKEN`. */
    source: string;
}

/** One request, as far as an error tells of it. */
export interface Attempt {
    method: string;
    /** The encoded path, without query. */
    path: string;
    host: string;
    credential: Credential;
    /** The domain in question. */
    domain?: string | undefined;
    /** The route is about the domain itself, not about something in it. */
    aboutDomain: boolean;
    /** What can be done about a failure. Default: what can be in a stack. */
    remedies?: Remedies | undefined;
    /** Further texts that no error may hold, such as a transfer code that the request sends. */
    secrets?: readonly string[] | undefined;
}

/** What was read of an answer. */
export interface RawAnswer {
    status: number;
    /** Of an error that is longer than we read, its beginning. */
    body: string;
    /** The body, when it is JSON. */
    json?: unknown;
    /** Seconds. */
    retryAfter?: number | undefined;
}

/** The most entries of `errors` that an error keeps. */
const MOST_FIELDS = 100;

/** Shown of an answer that is not JSON, in characters. */
const FIRST_BYTES = 120;

/** The error for an answer that is a failure: a status of 300 and more, or a body that says `"status": "error"`. */
export function answerError(attempt: Attempt, answer: RawAnswer): GandiError {
    const body = isObject(answer.json) ? answer.json : undefined;
    const object = quoted(attempt, body?.object);
    const cause = quoted(attempt, body?.cause);
    const fieldErrors = readFieldErrors(attempt, body?.errors);
    const said = body === undefined ? firstBytes(attempt, answer.body) : saidBy(text(body.message), fieldErrors);
    const { status, retryAfter } = answer;
    const kind = kindOf(attempt, { status, retryAfter, ...details(attempt), object, cause, said });
    if (body === undefined && NEEDS_JSON.has(kind)) return unreadableError(attempt, answer);

    const advised = advice(kind, attempt, retryAfter);
    const message = sentence(attempt, whatHappened(kind, attempt), `${status} on`, said, advised);
    return new GandiError(message, {
        kind,
        method: attempt.method,
        path: attempt.path,
        status,
        code: typeof body?.code === "number" ? body.code : undefined,
        object,
        causeCode: cause,
        fieldErrors,
        retryAfter,
    });
}

/** A 404 on the domain itself always leaves open whether the domain or the permission is missing. */
function kindOf(attempt: Attempt, refusal: Refusal): ErrorKind {
    const kind = kindOfRefusal(refusal);
    return kind === "notFound" && attempt.aboutDomain ? "invisible" : kind;
}

/** Without the API's own body these say nothing: an HTML 404 is a wrong address, an HTML 403 some proxy's. */
const NEEDS_JSON: ReadonlySet<ErrorKind> = new Set([
    "forbidden",
    "invisible",
    "notFound",
    "busy",
    "conflict",
    "rejected",
]);

/** The error for an answer that should be JSON and is HTML, empty or cut off. */
export function unreadableError(attempt: Attempt, answer: RawAnswer): GandiError {
    const what = answer.body.trim() === "" ? "an empty answer" : "an answer that is not the Gandi API's";
    const { address } = attempt.remedies ?? OF_A_STACK;
    const hint = `Is ${attempt.host} the right ${address}, and is no proxy in between?`;
    const message = sentence(attempt, what, `${answer.status} on`, firstBytes(attempt, answer.body), hint);
    return new GandiError(message, { ...details(attempt), kind: "unreadable", status: answer.status });
}

/** The error for an answer whose JSON is not what the route promises. `problems` name the keys. */
export function schemaError(attempt: Attempt, route: string, status: number, problems: readonly string[]): GandiError {
    const message = sentence(
        attempt,
        "the answer is not as documented",
        `${status} on`,
        problems.join("; "),
        `The route is ${route}; a newer pulumi-gandi may know its answer.`,
    );
    return new GandiError(message, { ...details(attempt), kind: "schema", status });
}

/** The error for a good answer that is longer than we read. */
export function tooLargeError(attempt: Attempt, status: number): GandiError {
    const what = `the answer is longer than ${LARGEST_BODY / 1024 / 1024} MB, and was not read on`;
    return new GandiError(sentence(attempt, what, `${status} on`, "", ""), {
        ...details(attempt),
        kind: "tooLarge",
        status,
    });
}

/** The error for a request that was not sent. @param source what makes the client read-only */
export function readOnlyError(attempt: Attempt, source: string): GandiError {
    const what = `${attempt.method} ${attempt.path} was not sent`;
    const message = `${attempt.domain ?? attempt.host}: ${what}, as ${source} lets this run read only.`;
    return new GandiError(message, { ...details(attempt), kind: "readOnly" });
}

/** The error for a request without answer: `code` is the system's or undici's, `timeout` the deadline in seconds. */
export function transportError(attempt: Attempt, code: string | undefined, timeout: number): GandiError {
    const late = code === DEADLINE;
    const what = late ? `no answer from ${attempt.host} within ${timeout} s` : `no connection to ${attempt.host}`;
    const hint = late
        ? (attempt.remedies ?? OF_A_STACK).slow
        : isTlsFailure(code)
          ? "Its certificate is not trusted: a proxy's own authority goes into NODE_EXTRA_CA_CERTS."
          : "";
    const message = sentence(attempt, what, late ? "on" : `${code ?? "closed"} on`, "", hint);
    return new GandiError(message, { ...details(attempt), kind: "transport", causeCode: code });
}

/** The cause of a transport error whose deadline passed. */
export const DEADLINE = "DEADLINE";

function details(attempt: Attempt): { method: string; path: string } {
    return { method: attempt.method, path: attempt.path };
}

function sentence(attempt: Attempt, what: string, status: string, said: string, hint: string): string {
    const quote = said === "" ? "" : `: ${quoted(attempt, said)?.replace(/\.+$/, "")}`;
    const line = `${attempt.domain ?? attempt.host}: ${what} (${status} ${attempt.method} ${attempt.path})${quote}.`;
    return hint === "" ? line : `${line} ${hint}`;
}

function whatHappened(kind: ErrorKind, { credential, domain, aboutDomain, method }: Attempt): string {
    const token = tokenName(credential);
    switch (kind) {
        case "unauthorized":
            return `Gandi refused the ${token}`;
        case "forbidden":
            return method === "GET" && domain !== undefined
                ? `the ${token} may not see this domain`
                : `the ${token} may not do this`;
        case "invisible":
            return aboutDomain
                ? `unknown to Gandi, or the ${token} may not see it`
                : `not there, or the ${token} may not see ${domain === undefined ? "it" : "the domain"}`;
        case "recordMissing":
        case "hostMissing":
        case "renewalMissing":
        case "notFound":
            return "not there";
        case "busy":
            return "another operation is under way";
        case "conflict":
            return "it exists already, with other content";
        case "rateLimited":
            return "Gandi's rate limit";
        case "quota":
            return `Gandi takes no more of these ${method === "GET" ? "requests" : "changes"} for now`;
        case "server":
            return "the API failed on its side";
        case "unexpected":
            return "a redirect, which is never followed";
        default:
            return "Gandi refused the request";
    }
}

/** What to check, for the kinds where it can be said. */
function advice(kind: ErrorKind, attempt: Attempt, retryAfter?: number): string {
    const { credential, path, remedies = OF_A_STACK } = attempt;
    const takesNoKeys = credential.scheme === "Apikey" && path.startsWith("/v5/mailbox/");
    if (takesNoKeys && (kind === "unauthorized" || kind === "forbidden")) {
        return `The Mailbox API takes personal access tokens only, and this is an API key: it came from ${credential.source}. ${remedies.token}`.trimEnd();
    }
    const token = tokenName(credential);
    const origin = `The ${token} came from ${credential.source}`;
    const life =
        credential.scheme === "Bearer"
            ? "a personal access token lives at most a year and belongs to one organisation"
            : "API keys are deprecated and stop working when they are revoked";
    switch (kind) {
        case "unauthorized":
            return `${origin}. Is it expired or revoked? Note that ${life}. ${remedies.token}`.trimEnd();
        case "forbidden":
            return `Check its organisation, or ${remedies.organization}. ${origin}; is it expired, or without the permission? Note that ${life}.`;
        case "invisible":
            return `Check the spelling and the organisation, or ${remedies.organization}. ${origin}; ${life}.`;
        case "rateLimited":
            return `The limit of 1000 requests a minute is shared by all that comes from this address${remedies.limit}.`;
        case "quota":
            if (!path.includes("/forwards")) {
                return `It is not the limit of requests a minute, and is not waited for.${comeBack(retryAfter)}`;
            }
            return `It takes so many in a week, however few in a minute: where it is that limit, days pass before it takes the next one.${comeBack(retryAfter)} Run again then.`;
        default:
            return "";
    }
}

/** What a `Retry-After` of hours and days says, which is in seconds. */
function comeBack(retryAfter = 0): string {
    const hours = Math.ceil(retryAfter / 3600);
    const time = hours < 48 ? `${hours} h` : `${Math.ceil(hours / 24)} days`;
    return retryAfter < 3600 ? "" : ` Gandi says to come back in ${time}.`;
}

function tokenName(credential: Credential): string {
    return credential.scheme === "Bearer" ? "token" : "API key";
}

function saidBy(message: string | undefined, fieldErrors: readonly FieldError[]): string {
    const fields = fieldErrors.map(({ name, description }) => (name === "" ? description : `${name}: ${description}`));
    return [message?.replace(/\.+$/, ""), ...fields].filter((part) => part !== undefined && part !== "").join("; ");
}

/** A text in JSON, whole or cut off; the colon tells a key from a value. */
const JSON_TEXT = /"(?:[^"\\]|\\.)*"?(\s*:)?/g;

/** Cut-off JSON may hold an authinfo or a TSIG secret, so its texts are hidden and only its keys are shown. */
function firstBytes(attempt: Attempt, body: string): string {
    const flat = redacted(attempt, body).trim().replace(/\s+/g, " ");
    const shown = /^[[{"]/.test(flat) ? flat.replace(JSON_TEXT, (whole, colon) => (colon ? whole : '"…"')) : flat;
    return shown.length > FIRST_BYTES ? `${shown.slice(0, FIRST_BYTES)}…` : shown;
}

/** A text of the API as an error may hold it; undefined where it is none. */
function quoted(attempt: Attempt, value: unknown): string | undefined {
    return typeof value === "string" ? shortened(printable(redacted(attempt, value)), LONGEST_QUOTE) : undefined;
}

function redacted({ credential, secrets = [] }: Attempt, said: string): string {
    return withoutSecrets(said, [credential.token, ...secrets]);
}

function readFieldErrors(attempt: Attempt, errors: unknown): FieldError[] {
    if (!Array.isArray(errors)) return [];
    return errors
        .filter(isObject)
        .slice(0, MOST_FIELDS)
        .map(({ location, name, description }) => ({
            location: quoted(attempt, location) ?? "",
            name: quoted(attempt, name) ?? "",
            description: quoted(attempt, description) ?? "",
        }));
}

function text(value: unknown): string | undefined {
    return typeof value === "string" ? value : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
