import { forPeople } from "./printable";

/**
 * What went wrong, as far as a program has to tell it apart.
 *
 * | kind | meaning |
 * |---|---|
 * | `unauthorized` | 401: no token, expired, revoked or wrong |
 * | `forbidden` | 403: the token is unknown, or lacks the permission |
 * | `invisible` | 404 on a domain, or with `HTTPNotFound`, `LocalizedHTTPNotFound` or cause `Unknown`: unknown **or not visible to this token** |
 * | `recordMissing` | 404 with object `dns-record`: the zone is there, the RRset is not |
 * | `hostMissing` | cause `CAUSE_NOTFOUND` (the API answers 400) of a glue record: there is none, or no such domain |
 * | `notFound` | any other 404 in JSON, or cause `CAUSE_NOTFOUND` |
 * | `renewalMissing` | a domain's automatic renewal is switched off that was never on |
 * | `busy` | 400, 409: another operation on the domain is under way at the registry |
 * | `conflict` | any other 409 |
 * | `rejected` | 400 and its like, or a 200 whose body says `"status": "error"` (a dry run) |
 * | `rateLimited` | 429 |
 * | `quota` | 429 of a change of which Gandi takes only so many in a week: that limit, or the rate limit |
 * | `server` | 5xx, 408 |
 * | `transport` | no answer: connection refused or lost, TLS, DNS, time-out |
 * | `unreadable` | an answer that is not the API's: HTML, empty, cut off |
 * | `schema` | an answer in JSON that lacks a key or has another type than documented |
 * | `tooLarge` | an answer or a list beyond all bounds, of which no more was read |
 * | `readOnly` | a request that would write, and was not sent, as the client may only read |
 * | `unexpected` | a status that the route never gives, such as a redirect |
 *
 * How the API says each of them in its own words and shapes: `meanings.ts`.
 */
export type ErrorKind =
    | "unauthorized"
    | "forbidden"
    | "invisible"
    | "recordMissing"
    | "hostMissing"
    | "notFound"
    | "renewalMissing"
    | "busy"
    | "conflict"
    | "rejected"
    | "rateLimited"
    | "quota"
    | "server"
    | "transport"
    | "unreadable"
    | "schema"
    | "tooLarge"
    | "readOnly"
    | "unexpected";

/** One entry of `errors` in a refusal: which field, and why. */
export interface FieldError {
    /** `body`, `querystring`, `path` or `header`. */
    location: string;
    /** The field, such as `rrset_ttl` or `nameservers.0`. */
    name: string;
    description: string;
}

export interface GandiErrorDetails {
    kind: ErrorKind;
    /** The HTTP method. */
    method: string;
    /** The encoded path, without query. */
    path: string;
    /** The HTTP status; undefined when there was no answer. */
    status?: number | undefined;
    /** `code` of the answer, mostly the status again. */
    code?: number | undefined;
    /** `object` of the answer, such as `dns-record` or `HTTPForbidden`. */
    object?: string | undefined;
    /** `cause` of the answer, such as `CAUSE_NOTFOUND`; the system's code (`ECONNRESET`) when there was no answer. */
    causeCode?: string | undefined;
    fieldErrors?: readonly FieldError[] | undefined;
    /** Seconds after which the API would like to be asked again. */
    retryAfter?: number | undefined;
    /** The error that this one says more about. */
    cause?: GandiError | undefined;
}

const BRAND = Symbol.for("pulumi-gandi.GandiError");

/**
 * Anything that goes wrong between us and the API. The message is for people and complete in itself: one line of at most
 * 2,000 characters that a terminal shows as it is. Neither message nor properties hold the token, the headers or the body.
 *
 * An error is a value: many who share a read are told of its failure by the same one, so it is frozen, and has no stack of
 * whoever asked first. Who has more to say makes another one: {@link saying}.
 */
export class GandiError extends Error implements GandiErrorDetails {
    override readonly name = "GandiError";
    declare readonly message: string;
    declare readonly stack: string;
    readonly kind: ErrorKind;
    readonly method: string;
    readonly path: string;
    readonly status?: number | undefined;
    readonly code?: number | undefined;
    readonly object?: string | undefined;
    readonly causeCode?: string | undefined;
    readonly fieldErrors: readonly FieldError[];
    readonly retryAfter?: number | undefined;
    override readonly cause?: GandiError | undefined;

    constructor(message: string, details: GandiErrorDetails) {
        super(forPeople(message));
        this.kind = details.kind;
        this.method = details.method;
        this.path = details.path;
        this.status = details.status;
        this.code = details.code;
        this.object = details.object;
        this.causeCode = details.causeCode;
        this.fieldErrors = Object.freeze((details.fieldErrors ?? []).map((field) => Object.freeze({ ...field })));
        this.retryAfter = details.retryAfter;
        this.cause = details.cause;
        Object.defineProperty(this, BRAND, { value: true });
        Object.defineProperty(this, "stack", { value: this.message });
        Object.freeze(this);
    }

    /** The same failure with a sentence more, such as what to do about it: a new error, whose cause is this one. */
    saying(sentence: string): GandiError {
        return new GandiError(`${this.message} ${sentence}`, { ...this, cause: this });
    }

    /** Whether `error` is a GandiError, of one of these kinds if any are given, from whichever copy of this package. */
    static is(error: unknown, ...kinds: ErrorKind[]): error is GandiError {
        if (typeof error !== "object" || error === null || !(BRAND in error)) return false;
        return kinds.length === 0 || ("kind" in error && kinds.includes(error.kind as ErrorKind));
    }

    /** The token was refused, or may not do this. Never a sign that something is gone. */
    static isDenied(error: unknown): error is GandiError {
        return GandiError.is(error, "unauthorized", "forbidden");
    }

    /** Waiting may help: asking again later is not in vain. */
    static isTransient(error: unknown): error is GandiError {
        return (
            GandiError.is(error, "rateLimited", "quota", "server") ||
            (GandiError.is(error, "transport") && !isTlsFailure(error.causeCode)) ||
            (GandiError.is(error, "unreadable") && (error.status ?? 0) < 300)
        );
    }

    /** The request may have taken effect all the same: no answer came, or none that could be read. */
    static mayHaveWorked(error: unknown): error is GandiError {
        return (
            GandiError.is(error, "schema", "tooLarge") ||
            (GandiError.isTransient(error) && error.kind !== "rateLimited" && error.kind !== "quota")
        );
    }
}

/** What `work` gives; undefined when it fails with an error of one of these kinds. */
export async function undefinedOn<T>(work: Promise<T>, ...kinds: [ErrorKind, ...ErrorKind[]]): Promise<T | undefined> {
    try {
        return await work;
    } catch (error) {
        if (GandiError.is(error, ...kinds)) return undefined;
        throw error;
    }
}

/** OpenSSL's and Node's codes for a certificate that is not trusted: the next attempt meets the same one. */
export function isTlsFailure(code: string | undefined): boolean {
    return code !== undefined && /^(CERT_|ERR_TLS_|ERR_SSL_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_)/.test(code);
}
