import { DOCUMENT, facts, GATEWAY, guess, QUOTED, ZONE } from "../fact";

export const AUTHENTICATION = facts({ source: QUOTED, needs: "read" }, [
    {
        fact: "a request without Authorization is a 401 with nothing but a message",
        request: `GET ${ZONE}`,
        token: null,
        status: 401,
        answer: { message: /You must provide an access token or an API Key\./ },
        answerHeaders: GATEWAY,
    },
    {
        fact: "an unknown Bearer token is a 403",
        request: `GET ${ZONE}`,
        token: "nobody",
        status: 403,
        answer: { code: 403, message: "Access was denied to this resource.", object: "HTTPForbidden" },
        answerHeaders: GATEWAY,
    },
    {
        fact: "a wrong Apikey is a 401",
        request: `GET ${ZONE}`,
        token: null,
        headers: { authorization: "Apikey wrong" },
        status: 401,
        answer: { code: 401, object: "HTTPUnauthorized" },
    },
    {
        fact: "the hashed nameservers of a name are told without authentication",
        source: DOCUMENT,
        request: "GET /v5/livedns/nameservers/example.com",
        token: null,
        status: 200,
        answer: [/^ns-\d+-a\.gandi\.net$/, /^ns-\d+-b\.gandi\.net$/, /^ns-\d+-c\.gandi\.net$/],
    },
    {
        fact: "a path that is not routed is an HTML 404",
        request: "GET /v5/livedns/nonsense",
        status: 404,
        text: /<pre>Cannot GET \/v5\/livedns\/nonsense<\/pre>/,
        answerHeaders: { "content-type": "text/html; charset=utf-8" },
    },
    {
        fact: "to name an organisation that the token does not reach is a 403",
        source: guess("naming an organisation that the token does not reach is a missing permission"),
        request: "GET /v5/livedns/domains?sharing_id=00000000-0000-4000-8000-000000000000",
        status: 403,
        answer: { code: 403, object: "HTTPForbidden" },
    },
]);
