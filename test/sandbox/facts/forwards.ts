import type { Fact } from "./fact";

const FORWARDS = "/v5/email/forwards/example.com";
const SALES = { source: "sales", destinations: ["zoe@example.org", "alice@example.net"] };
const given: Fact["given"] = [
    [`POST ${FORWARDS}`, SALES],
    [`POST ${FORWARDS}`, { source: "*", destinations: ["bob@example.org"] }],
];

export const FORWARD_FACTS: Fact[] = [
    {
        fact: "the list has local parts and whole addresses, by source",
        given,
        request: `GET ${FORWARDS}`,
        status: 200,
        answer: [{ source: "*", destinations: ["bob@example.org"], href: expect.any(String) }, SALES],
        answerHeaders: { "total-count": "2" },
    },
    {
        fact: "it is filtered by patterns of the source",
        given,
        request: `GET ${FORWARDS}?source=*les`,
        status: 200,
        answer: [SALES],
        answerHeaders: { "filtered-count": "1" },
    },
    {
        fact: "it is filtered by patterns of the destination",
        given,
        request: `GET ${FORWARDS}?destination=*@example.net`,
        status: 200,
        answer: [SALES],
    },
    {
        fact: "it is ordered by destination, downwards with a minus sign",
        given,
        request: `GET ${FORWARDS}?sort_by=-destination`,
        status: 200,
        answer: [{ source: "sales" }, { source: "*" }],
    },
    {
        fact: "another order is refused",
        request: `GET ${FORWARDS}?sort_by=href`,
        status: 400,
        answer: { errors: [{ location: "querystring", name: "sort_by" }] },
    },
    {
        fact: "it has pages",
        given,
        request: `GET ${FORWARDS}?per_page=1`,
        status: 200,
        answerHeaders: { "total-count": "2", link: /rel="next"/ },
    },
    {
        fact: "it comes as CSV",
        given,
        request: `GET ${FORWARDS}`,
        headers: { accept: "text/csv" },
        status: 200,
        answerHeaders: { "content-type": "text/csv; charset=utf-8" },
    },
    { fact: "there is no route that reads one alone", given, request: `GET ${FORWARDS}/sales`, status: 404 },
    { fact: "an unknown domain is a 404", request: "GET /v5/email/forwards/nobody.com", status: 404 },
    {
        fact: "source and destinations are required",
        request: `POST ${FORWARDS}`,
        body: {},
        status: 400,
        answer: {
            errors: [
                { name: "source", description: "Required" },
                { name: "destinations", description: "Required" },
            ],
        },
    },
    {
        fact: "a whole address is no source",
        request: `POST ${FORWARDS}`,
        body: { ...SALES, source: "sales@example.com" },
        status: 400,
        answer: { errors: [{ location: "body", name: "source" }] },
    },
    {
        fact: "a destination is a whole address",
        request: `POST ${FORWARDS}`,
        body: { ...SALES, destinations: ["alice@example.org", "alice"] },
        status: 400,
        answer: { errors: [{ location: "body", name: "destinations.1" }] },
    },
    {
        fact: "destinations are a list that is not empty",
        given,
        request: `PUT ${FORWARDS}/sales`,
        body: { destinations: [] },
        status: 400,
        answer: { errors: [{ name: "destinations.0", description: "Required" }] },
    },
    {
        fact: "what is not there can't be changed",
        request: `PUT ${FORWARDS}/sales`,
        body: { destinations: SALES.destinations },
        status: 404,
    },
    {
        fact: "the source of a path is percent-encoded",
        given,
        request: `DELETE ${FORWARDS}/%2A`,
        status: 202,
    },
];
