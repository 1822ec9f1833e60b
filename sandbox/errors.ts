/**
 * The error answers of the API, in the shapes that recordings and public clients show. A gateway answers 401 and 403
 * (compact JSON); a backend answers 400, 404, 409 and 500 (JSON with spaces after its separators).
 */

export interface FieldError {
    location: "header" | "path" | "querystring" | "body";
    name: string;
    description: string;
}

export type ErrorSource = "gateway" | "livedns" | "domain" | "email";

export class ApiError extends Error {
    constructor(
        readonly status: 400 | 401 | 403 | 404 | 409 | 429 | 500,
        readonly source: ErrorSource,
        readonly body: Record<string, unknown>,
    ) {
        super(String(body.message ?? `status ${status}`));
    }
}

function described(
    status: ApiError["status"],
    source: ErrorSource,
    message: string,
    object: string,
    cause: string,
): ApiError {
    return new ApiError(status, source, { code: status, message, object, cause });
}

/** A 400 with one entry per field that is wrong; it has neither code nor message. */
export function invalidFields(source: ErrorSource, errors: FieldError[]): ApiError {
    return new ApiError(400, source, { status: "error", errors });
}

/** Guess: the text for a body that is no JSON, or no JSON object, was never recorded. */
export function unreadableBody(source: ErrorSource): ApiError {
    return described(400, source, "The request body is not a valid JSON object.", "HTTPBadRequest", "Bad Request");
}

export function missingCredentials(): ApiError {
    const message =
        "You must provide an access token or an API Key. Please read https://api.gandi.net/docs/authentication/";
    return new ApiError(401, "gateway", { message });
}

export function unauthorized(): ApiError {
    return described(
        401,
        "gateway",
        "The server could not verify that you authorized to access the document you requested. Either you supplied the " +
            "wrong credentials (e.g., bad api key), or your access token has expired",
        "HTTPUnauthorized",
        "Unauthorized",
    );
}

export function forbidden(): ApiError {
    return described(403, "gateway", "Access was denied to this resource.", "HTTPForbidden", "Forbidden");
}

/** A domain that does not exist, or that this token can't see: the answer does not tell which. */
export function notFound(source: ErrorSource): ApiError {
    return described(404, source, "The resource could not be found.", "HTTPNotFound", "Not Found");
}

/** A domain at Gandi that is not on LiveDNS. */
export function notOnLiveDns(): ApiError {
    return described(404, "livedns", "Unknown domain", "LocalizedHTTPNotFound", "Not Found");
}

/** A domain of an organisation that the token reaches, but that the request did not name (one report). */
export function otherOrganization(): ApiError {
    return described(404, "livedns", "The resource does not exist", "HTTPNotFound", "Unknown");
}

export function missingRecord(name: string, type: string): ApiError {
    const message = `Can't find the DNS record ${name}/${type} in the zone`;
    return described(404, "livedns", message, "dns-record", "Not Found");
}

/** Guess: object and cause of a name outside the zone; the message was quoted from the real API. */
export function nameOutsideZone(name: string, zone: string): ApiError {
    const message = `Absolute rrset_name must end with ${zone}. (${name})`;
    return described(400, "livedns", message, "HTTPBadRequest", "Bad Request");
}

/** Guess: object and cause of a conflict of RRsets; the message was quoted from the real API. */
export function recordExists(): ApiError {
    return described(409, "livedns", "This record already exists", "dns-record", "Conflict");
}

/** A glue record that is not there is a 400, not a 404 (one report). */
export function missingHost(host: string): ApiError {
    return described(400, "domain", `Host '${host}' doesn't exist`, "HTTPBadRequest", "CAUSE_NOTFOUND");
}

/** Guess: the whole answer; the document has no more than its keys. */
export function missingForward(address: string): ApiError {
    return described(404, "email", `Forward '${address}' doesn't exist`, "HTTPNotFound", "CAUSE_NOTFOUND");
}

/**
 * Guess: a domain whose mail is another product's, or nobody's, is told as one that is not there; that a 404 is the answer is
 * all that clients rely on.
 */
export function noEmailOffer(): ApiError {
    return described(404, "email", "This domain has no email offer", "HTTPNotFound", "CAUSE_NOTFOUND");
}

/** Guess: the whole 404 of a mailbox. */
export function missingMailbox(id: string): ApiError {
    return described(404, "email", `Mailbox '${id}' doesn't exist`, "HTTPNotFound", "CAUSE_NOTFOUND");
}

/** Guess: the whole refusal of a mailbox that has no slot; that it is refused is documented. */
export function noFreeSlot(type: string): ApiError {
    return described(400, "email", `No slot available for mailbox type ${type}`, "HTTPBadRequest", "Bad Request");
}

/** Guess: the whole 404 of a slot. */
export function missingSlot(id: string): ApiError {
    return described(404, "email", `Slot '${id}' doesn't exist`, "HTTPNotFound", "CAUSE_NOTFOUND");
}

/** Guess: the words, and the status of the refusal. */
export function notEnoughCredit(source: ErrorSource): ApiError {
    return described(400, source, "The prepaid account has not enough credit", "HTTPBadRequest", "Bad Request");
}

/** Guess: the status, of which a glue record's 400 is the other possibility, and the words. */
export function missingRedirection(host: string): ApiError {
    return described(404, "domain", `Web redirection '${host}' doesn't exist`, "HTTPNotFound", "CAUSE_NOTFOUND");
}

/** Guess: all but the status, a 429 (changelog of 2025), and that there is no `Retry-After`. */
export function weeklyForwards(): ApiError {
    const words = "You have reached the number of forwards that can be changed in a week";
    return described(429, "email", words, "HTTPTooManyRequests", "Too Many Requests");
}

/** The page says that a forward needs one mailbox of its domain. Guess: with which status and words it is refused. */
export function noMailboxYet(fqdn: string): ApiError {
    const words = `You must create at least one mailbox on ${fqdn} to have forwards`;
    return described(400, "email", words, "HTTPBadRequest", "Bad Request");
}

/** Guess: how the Mailbox API says that it has no such mailbox. */
export function missingStandaloneMailbox(address: string): ApiError {
    return described(404, "email", `Mailbox '${address}' doesn't exist`, "HTTPNotFound", "CAUSE_NOTFOUND");
}

/** Guess: the words, and the status, of a mailbox of the Mailbox API for which no slot is free. */
export function noFreeMailboxSlot(config: string): ApiError {
    return described(400, "email", `You have no ${config} mailbox left`, "HTTPBadRequest", "Bad Request");
}

/** The page says that it can't manage the mailboxes of the Email API. Guess: how it refuses one. */
export function otherMailProduct(fqdn: string): ApiError {
    return described(400, "email", `The mail of ${fqdn} is not managed here`, "HTTPBadRequest", "Bad Request");
}

/** One report has the number. Guess: with which status and words the 1001st is refused. */
export function tooManyForwards(fqdn: string): ApiError {
    return described(400, "email", `${fqdn} has its 1000 forwards`, "HTTPBadRequest", "Bad Request");
}

/** The words were tried in Gandi's test environment. Guess: object and cause of a renewal that never was. */
export function noRenewal(): ApiError {
    const words = "This product has no autorenew record";
    return described(400, "domain", words, "HTTPBadRequest", "CAUSE_BADPARAMETER");
}

export function conflict(source: ErrorSource, message: string): ApiError {
    return described(409, source, message, "HTTPConflict", "Conflict");
}

/**
 * How a second operation at the registry is refused, which takes one of a domain at a time.
 *
 * - `message`: a 400 whose message speaks of a "pending operation", as it was tried in Gandi's test environment in 2026.
 *   Guess: the words after these two
 * - `errors`: the same words as an entry of `errors`
 * - `cause`: other words, with the cause that the older API of the same backend has for it
 * - `conflict`: Guess: a 409 in yet other words
 */
export const BUSY_ANSWERS = ["message", "errors", "cause", "conflict"] as const;
/** One of the ways to say that an operation is under way: see `Control.setBusyAnswer`. */
export type BusyAnswer = (typeof BUSY_ANSWERS)[number];

export function operationPending(fqdn: string, answer: BusyAnswer): ApiError {
    const words = `There is a pending operation on the domain ${fqdn}`;
    switch (answer) {
        case "message":
            return described(400, "domain", words, "HTTPBadRequest", "Bad Request");
        case "errors":
            return invalidFields("domain", [{ location: "path", name: "domain", description: words }]);
        case "cause":
            return described(400, "domain", `The domain ${fqdn} can't be changed now`, "domain", "CAUSE_RUNNING");
        case "conflict":
            return conflict("domain", `Another operation is already in progress on ${fqdn}`);
    }
}

/** A PUT whose RRset name differs from the stored one only by case fails so (quoted from the real API). */
export function caseCollision(): ApiError {
    return described(500, "livedns", "Internal Server Error", "HTTPInternalServerError", "Internal Server Error");
}

/** Guess: the limit is documented, the answer is not. */
export function tooManyRequests(): ApiError {
    return described(429, "gateway", "Too many requests", "HTTPTooManyRequests", "Too Many Requests");
}
