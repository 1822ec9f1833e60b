import type { ErrorKind } from "./errors";

/** A refusal in JSON, as far as it says what it means. */
export interface Refusal {
    status: number;
    method: string;
    /** The encoded path that was asked for. */
    path: string;
    object?: string | undefined;
    cause?: string | undefined;
    /** Seconds. */
    retryAfter?: number | undefined;
    /** Its words: `message`, and the descriptions in `errors`. `cause` may hold words, too. */
    said: string;
}

/** One form in which the API says something, and what it means. */
interface Meaning {
    kind: ErrorKind;
    statuses: readonly number[];
    method?: RegExp;
    path?: RegExp;
    object?: RegExp;
    cause?: RegExp;
    said?: RegExp;
}

const DOMAIN_API = /^\/v5\/domain\//;
const AUTORENEW = /^\/v5\/domain\/domains\/[^/]+\/autorenew$/;
const FORWARDS = /^\/v5\/(email|mailbox)\/forwards(\/|$)/;
const HOSTS = /^\/v5\/domain\/domains\/[^/]+\/hosts(\/|$)/;

/**
 * What the API's own words and shapes mean; the first that fits counts, and where none does, the status.
 *
 * Causes are those of the XML-RPC API, whose backend the Domain API shares (`CAUSE_NOTFOUND` was seen in both): 42 not
 * found, 50 no right, 41 exists, 67 pending, 68 running. Only the first was seen in an answer of v5; that the others come
 * in the same form is inferred.
 *
 * Words count on the routes of domains only: LiveDNS quotes the values that it refuses, and those may say anything.
 */
const MEANINGS: readonly Meaning[] = [
    // "There is a pending operation…", tried in Gandi's test environment in August 2026 with two PATCH status in a row.
    { kind: "busy", statuses: [400, 409], path: DOMAIN_API, said: /\bpending operation\b/i },
    { kind: "busy", statuses: [400, 409], cause: /^CAUSE_(PENDING|RUNNING)$/ },
    // Guess: the same in other words.
    {
        kind: "busy",
        statuses: [400, 409],
        path: DOMAIN_API,
        said: /\b(in progress|under way|another (operation|process|request|update)|(operation|process|update|change) is (already )?(pending|running|ongoing)|already (pending|running)|being (processed|updated)|try again later)\b/i,
    },
    { kind: "busy", statuses: [400, 409], cause: /IN_?PROGRESS|LOCKED/ },

    // "Can't find the DNS record www/A in the zone": recorded. No other 404 says that an RRset is missing.
    { kind: "recordMissing", statuses: [404], object: /^dns-record$/ },

    // A domain that is unknown, or that this token may not see: "The resource could not be found." (recorded), "Unknown
    // domain" for one that is not on LiveDNS (quoted), and "The resource does not exist" for another organisation's (one
    // report).
    { kind: "invisible", statuses: [404], object: /^(Localized)?HTTPNotFound$/ },
    { kind: "invisible", statuses: [404], cause: /^Unknown$/ },

    // "Host 'ns1.example.com' doesn't exist", a 400 (one report). The cause alone does not tell what was not found: it is
    // that of an unknown domain, too.
    { kind: "hostMissing", statuses: [400, 404], path: HOSTS, cause: /^CAUSE_NOTFOUND$/ },
    { kind: "notFound", statuses: [400, 404], cause: /^CAUSE_NOTFOUND$/ },

    // "This product has no autorenew record": switching off what was never on, tried in Gandi's test environment.
    { kind: "renewalMissing", statuses: [400, 404, 409], path: AUTORENEW, said: /\bno autorenew record\b/i },

    // The weekly number of changes is a 429 since June 2025 (changelog); what tells it from the rate limit was never recorded.
    { kind: "quota", statuses: [429], method: /^(POST|PUT|DELETE)$/, path: FORWARDS },

    { kind: "forbidden", statuses: [400, 404], cause: /^CAUSE_NORIGHT$/ },
    { kind: "conflict", statuses: [400], cause: /^CAUSE_EXISTS?$/ },
];

/** The kind of a refusal in JSON. */
export function kindOfRefusal(refusal: Refusal): ErrorKind {
    const kind = MEANINGS.find((meaning) => fits(meaning, refusal))?.kind ?? kindOfStatus(refusal.status);
    return kind === "rateLimited" && (refusal.retryAfter ?? 0) > LONGEST_RATE_LIMIT ? "quota" : kind;
}

/** In seconds. The rate limit is of a minute: what is to last longer than an hour is another one, and not waited for. */
const LONGEST_RATE_LIMIT = 3600;

function fits({ statuses, method, path, object, cause, said }: Meaning, refusal: Refusal): boolean {
    return (
        statuses.includes(refusal.status) &&
        (method?.test(refusal.method) ?? true) &&
        (path?.test(refusal.path) ?? true) &&
        (object?.test(refusal.object ?? "") ?? true) &&
        (cause?.test(refusal.cause ?? "") ?? true) &&
        (said === undefined || said.test(refusal.said) || said.test(refusal.cause ?? ""))
    );
}

function kindOfStatus(status: number): ErrorKind {
    switch (status) {
        case 401:
            return "unauthorized";
        case 403:
            return "forbidden";
        case 404:
            return "notFound";
        case 408:
            return "server";
        case 409:
            return "conflict";
        case 429:
            return "rateLimited";
        default:
            if (status >= 500) return "server";
            return status >= 300 && status < 400 ? "unexpected" : "rejected";
    }
}
