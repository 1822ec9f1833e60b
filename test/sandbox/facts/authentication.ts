import { TOKENS } from "../../../sandbox";
import { type Fact, GATEWAY, RECORDS, ZONE } from "./fact";

export const AUTHENTICATION: Fact[] = [
    {
        fact: "a request without Authorization is a 401 with nothing but a message",
        request: `GET ${ZONE}`,
        token: null,
        status: 401,
        answer: { message: expect.stringContaining("You must provide an access token or an API Key.") },
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
        fact: "an expired token is a 401",
        request: `GET ${ZONE}`,
        token: TOKENS.expired,
        status: 401,
        answer: { code: 401, object: "HTTPUnauthorized" },
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
        fact: "the deprecated Apikey scheme is accepted",
        request: `GET ${ZONE}`,
        token: null,
        headers: { authorization: `Apikey ${TOKENS.apiKey}` },
        status: 200,
    },
    {
        fact: "the hashed nameservers of a name are told without authentication",
        request: "GET /v5/livedns/nameservers/example.com",
        token: null,
        status: 200,
        answer: [
            expect.stringMatching(/^ns-\d+-a\.gandi\.net$/),
            expect.stringMatching(/^ns-\d+-b\.gandi\.net$/),
            expect.stringMatching(/^ns-\d+-c\.gandi\.net$/),
        ],
    },
    {
        fact: "a path that is not routed is an HTML 404",
        request: "GET /v5/livedns/nonsense",
        status: 404,
        text: expect.stringContaining("<pre>Cannot GET /v5/livedns/nonsense</pre>") as unknown as string,
        answerHeaders: { "content-type": "text/html; charset=utf-8" },
    },
    {
        fact: "a method that is not routed is an HTML 404",
        request: `DELETE ${ZONE}`,
        status: 404,
        answerHeaders: { "content-type": "text/html; charset=utf-8" },
    },
    {
        fact: "OPTIONS tells the methods of a path",
        request: `OPTIONS ${RECORDS}`,
        token: null,
        status: 200,
        answerHeaders: { allow: "GET,HEAD,POST,PUT,DELETE" },
    },
    { fact: "HEAD answers like GET, without a body", request: `HEAD ${ZONE}`, status: 200, text: "" },
];
