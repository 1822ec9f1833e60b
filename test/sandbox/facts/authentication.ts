import type { Claim } from "../../../contract/fact";
import { TOKENS } from "../../../sandbox";
import { RECORDS, ZONE } from "./names";

export const AUTHENTICATION: Claim[] = [
    {
        fact: "an expired token is a 401",
        request: `GET ${ZONE}`,
        token: TOKENS.expired,
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
