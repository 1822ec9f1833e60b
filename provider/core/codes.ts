import { type ErrorKind, GandiError, isTlsFailure } from "../api/errors";
import { DEADLINE } from "../api/explain";

/**
 * What can end an operation: one code for each cause that somebody acts on in another way. Codes are part of what people
 * search for and scripts look at: none ever gets another meaning. docs/troubleshooting.md has the cause, the check and the
 * cure of each.
 */
export const CODES = {
    "token-refused": "Gandi refused the token",
    "permission-missing": "the token may not do this",
    "domain-not-visible": "Gandi does not know it, or the token may not see it",
    "not-found": "what was asked for is not there",
    "registry-busy": "another operation on the domain is under way",
    conflict: "it exists already, with other content",
    "request-refused": "Gandi refused the request",
    "rate-limited": "Gandi's rate limit",
    "weekly-limit": "Gandi takes only so many of these changes in a week",
    "api-failed": "the API failed on its side",
    "no-connection": "no connection to the API",
    "certificate-untrusted": "the certificate of the API's address is not trusted",
    "no-answer-in-time": "no answer within the time of one request",
    "not-the-api": "an answer that is not the Gandi API's",
    "answer-not-as-documented": "an answer that lacks what the API documents",
    "answer-too-large": "an answer beyond all bounds",
    redirected: "a redirect, which is never followed",
    "read-only": "the run may only read",
    "no-token": "no token is configured",
    "settings-invalid": "a setting can't be used",

    "invalid-input": "an input of a resource or a look-up is wrong",
    "invalid-id": "an id is none of its kind",
    "declared-twice": "two resources of the program declare the same",
    "excluded-by-another": "two resources of the program exclude each other",
    "import-not-supported": "the import option does not work for dynamic resources",
    "token-in-clear": "a token stands in the stack's configuration in clear",
    "package-not-found": "the program can't resolve the package",
    "provider-unfit": "an explicit provider can't be used",

    "held-by-a-service": "a service of Gandi's holds the record",
    "already-there": "it is there already, and not as declared",
    "other-owner": "the domain belongs to another owner than declared",
    "no-free-slot": "a mailbox needs a slot of its type, and none is free",
    "cname-in-the-way": "a CNAME can't stand beside another type",
    "changed-meanwhile": "somebody else is changing it at the same time",
    "removed-meanwhile": "what an update was for has been removed",
    "too-many-removals": "more RRsets would go than maxRemovals allows",
    "mailbox-missing": "the Mailbox API takes forwards of a domain that has a mailbox only",
    "which-one": "several are there, and one of them is meant",
    "held-by-another": "another resource of the program has it",

    "not-in-account": "the domain is not in this account, and nothing may be ordered",
    "left-account": "the domain was here and is not any more",
    "not-available": "the name can't be ordered",
    "no-price": "what is to be ordered has no price that can be read",
    "no-price-limit": "an order costs money, and maxPrice is not set",
    "price-above-limit": "the order costs more than maxPrice",
    "total-above-limit": "the orders of a run cost more than maxTotal",
    "currency-differs": "the price is in another currency than declared",
    "purchases-forbidden": "orders are forbidden",
    "trademark-notice": "a trademark's owners must be accepted as told",
    "order-under-way": "an order can't be called off",
    "owner-change-not-allowed": "a change of owner was not allowed",
    "owner-change-failed": "the change of owner failed",
    "owner-email-locked": "the owner's e-mail address is locked",

    "slot-stays": "the slot of a mailbox can't be given back",

    "dnssec-keys-at-registry": "the change would break DNSSEC",
    "not-shown-yet": "the registry has accepted it and does not show it",
    "time-limit": "it was not done within the time of the operation",
    "operation-failed": "what was waited for has failed",
    "outcome-unknown": "the answer was lost, and nothing shows of its effect",

    "state-newer": "the state was written by a newer version of the package",
    "other-api": "the state is of another API than the configured one",
    "delete-in-doubt": "nobody knows whether it is declared elsewhere",
    "run-ended": "the run of the engine has ended",
    unexpected: "an error that nobody has foreseen: most likely a fault of this package",
} as const;

/** One of {@link CODES}. */
export type Code = keyof typeof CODES;

const OF_KIND: Readonly<Record<ErrorKind, Code>> = {
    unauthorized: "token-refused",
    forbidden: "permission-missing",
    invisible: "domain-not-visible",
    recordMissing: "not-found",
    hostMissing: "not-found",
    notFound: "not-found",
    renewalMissing: "not-found",
    busy: "registry-busy",
    conflict: "conflict",
    rejected: "request-refused",
    rateLimited: "rate-limited",
    quota: "weekly-limit",
    server: "api-failed",
    transport: "no-connection",
    unreadable: "not-the-api",
    schema: "answer-not-as-documented",
    tooLarge: "answer-too-large",
    readOnly: "read-only",
    unexpected: "redirected",
};

/** What knows its code. */
interface Coded {
    readonly trouble: Code;
}

/** The code of whatever was thrown: its own, or that of what it was made of. */
export function codeOf(error: unknown): Code {
    if (GandiError.is(error)) {
        return codeOfAnswer(error);
    }
    if (isCoded(error)) {
        return error.trouble;
    }
    return error instanceof Error && error.cause !== undefined ? codeOf(error.cause) : "unexpected";
}

function codeOfAnswer({ kind, causeCode }: GandiError): Code {
    if (kind !== "transport") {
        return OF_KIND[kind];
    }
    return causeCode === DEADLINE
        ? "no-answer-in-time"
        : isTlsFailure(causeCode)
          ? "certificate-untrusted"
          : OF_KIND.transport;
}

function isCoded(error: unknown): error is Coded {
    return typeof error === "object" && error !== null && Object.hasOwn(CODES, String((error as Coded).trouble));
}

/** A message for people, with the code behind it once: `… [already-there]`. */
export function withCode(message: string, code: Code): string {
    const end = ` [${code}]`;
    return message.endsWith(end) ? message : `${message}${end}`;
}
