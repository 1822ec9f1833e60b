import { facts, GATEWAY, guess } from "../fact";

/** "1000 requests a minute", and some more. */
const BEYOND_THE_LIMIT = 1100;
/** Cheap, and nobody's. */
const CHEAP = "GET /v5/livedns/dns/rrtypes";

export const LIMITS = facts({ source: guess("the limit is documented, the answer is not"), needs: "limit" }, [
    {
        fact: "beyond 1000 requests a minute the answer is a 429 of the gateway",
        given: [{ burst: CHEAP, most: BEYOND_THE_LIMIT }],
        request: CHEAP,
        status: 429,
        answer: { code: 429, message: "Too many requests", object: "HTTPTooManyRequests", cause: "Too Many Requests" },
        answerHeaders: GATEWAY,
    },
]);
