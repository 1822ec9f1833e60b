import { CLIENTS, type Claim, DOCUMENT, facts, guess, RECORDED, type Step } from "../fact";

const FORWARDS = "/v5/email/forwards/{domain}";
const FORWARD = `${FORWARDS}/{here}`;
/** The two of this fact alone. */
const ITS_OWN = `${FORWARDS}?source=*{here}`;
const SALES = { source: "{here}", destinations: ["zoe@example.org", "alice@example.net"] };
const OTHER = { source: "b.{here}", destinations: ["bob@example.org"] };
const given: Claim["given"] = [[`POST ${FORWARDS}`, SALES], { until: `GET ${ITS_OWN}`, answer: [SALES] }];
const givenTwo: Claim["given"] = [
    [`POST ${FORWARDS}`, SALES],
    [`POST ${FORWARDS}`, OTHER],
    { until: `GET ${ITS_OWN}`, answer: [OTHER, SALES] },
];

const STATUSES = guess("a change shows as late as any other that is answered with 202");
const HEADERS = guess("of whom the two headers speak");
const TWICE = guess("how a forward is refused whose source another forward, a mailbox or an alias has");
const SOURCES = guess("what else it may hold, and how it is refused");
const DESTINATIONS = guess("what is refused beyond an absent list");
const CASE = guess("its case does not count, and what is not there is a 404");
const ORDER = guess("by the first of several destinations");

const READ = facts({ source: DOCUMENT, needs: "read" }, [
    {
        fact: "an unknown order of forwards is refused",
        request: `GET ${FORWARDS}?sort_by=href`,
        status: 400,
        answer: { errors: [{ location: "querystring", name: "sort_by" }] },
    },
    {
        fact: "the list of forwards comes as CSV, with two columns",
        source: guess("the columns of the list of forwards"),
        request: `GET ${FORWARDS}`,
        headers: { accept: "text/csv" },
        status: 200,
        text: /^source,destinations\n/,
        answerHeaders: { "content-type": "text/csv; charset=utf-8" },
    },
    {
        fact: "no forwards are seen of an unknown domain: 404",
        request: "GET /v5/email/forwards/nobody.com",
        status: 404,
    },
]);

const WRITTEN = facts({ source: DOCUMENT, needs: "write" }, [
    {
        fact: "the list of forwards has local parts and whole addresses, by source",
        source: RECORDED,
        given: givenTwo,
        request: `GET ${ITS_OWN}`,
        status: 200,
        answer: [OTHER, { ...SALES, href: /\/v5\/email\/forwards\/{domain}\/{here}$/ }],
    },
    {
        fact: "the list of forwards is filtered by patterns of the source",
        given: givenTwo,
        request: `GET ${FORWARDS}?source=b.{here}*`,
        status: 200,
        answer: [OTHER],
    },
    {
        fact: "Filtered-Count tells how many forwards fit the filter",
        source: HEADERS,
        given: givenTwo,
        request: `GET ${ITS_OWN}&per_page=1`,
        status: 200,
        answerHeaders: { "filtered-count": "2" },
    },
    {
        fact: "Total-Count tells how many forwards there are, whatever the filter",
        source: HEADERS,
        given: givenTwo,
        request: `GET ${FORWARDS}?source=b.{here}`,
        status: 200,
        answerHeaders: { "total-count": /^([2-9]|\d\d+)$/ },
    },
    {
        fact: "the list of forwards is filtered by patterns of the destination",
        given: givenTwo,
        request: `GET ${ITS_OWN}&destination=*@example.net`,
        status: 200,
        answer: [SALES],
    },
    {
        fact: "forwards are ordered by the first of several destinations, downwards with a minus sign",
        source: ORDER,
        given: givenTwo,
        request: `GET ${ITS_OWN}&sort_by=-destination`,
        status: 200,
        answer: [SALES, OTHER],
    },
    {
        fact: "the list of forwards has pages",
        given: givenTwo,
        request: `GET ${ITS_OWN}&per_page=1`,
        status: 200,
        answerHeaders: { link: /rel="next"/ },
    },
    { fact: "there is no route that reads one forward alone", given, request: `GET ${FORWARD}`, status: 404 },
    {
        fact: "a forward needs destinations",
        request: `POST ${FORWARDS}`,
        body: { source: "{here}" },
        status: 400,
        answer: { errors: [{ name: "destinations", description: "Required" }] },
    },
    { fact: "a new forward is a 201", source: CLIENTS, request: `POST ${FORWARDS}`, body: SALES, status: 201 },
    {
        fact: "a change of a forward is a 202",
        source: STATUSES,
        given,
        request: `PUT ${FORWARD}`,
        body: { destinations: ["bob@example.org"] },
        status: 202,
    },
    { fact: "the removal of a forward is a 202", source: STATUSES, given, request: `DELETE ${FORWARD}`, status: 202 },
    {
        fact: "a second forward of the same source is a 409",
        source: TWICE,
        given,
        request: `POST ${FORWARDS}`,
        body: SALES,
        status: 409,
        answer: { message: "Forward '{here}@{domain}' already exists" },
    },
    {
        fact: "a forward whose source differs by case only is no other",
        source: guess("that case makes no other address"),
        given,
        request: `POST ${FORWARDS}`,
        body: { ...SALES, source: "{HERE}" },
        status: 409,
    },
    {
        fact: "a whole address is no source of a forward",
        source: SOURCES,
        request: `POST ${FORWARDS}`,
        body: { ...SALES, source: "{here}@{domain}" },
        status: 400,
        answer: {
            errors: [{ location: "body", name: "source", description: "'{here}@{domain}': invalid local part" }],
        },
    },
    {
        fact: "a source of a forward may hold + and '",
        source: SOURCES,
        request: `POST ${FORWARDS}`,
        body: { ...SALES, source: "a+o'b.{here}" },
        status: 201,
    },
    {
        fact: "a source of a forward may not hold what an address would have to quote",
        source: SOURCES,
        request: `POST ${FORWARDS}`,
        body: { ...SALES, source: "a(b).{here}" },
        status: 400,
        answer: { errors: [{ location: "body", name: "source" }] },
    },
    {
        fact: "a destination of a forward is a whole address",
        source: DESTINATIONS,
        request: `POST ${FORWARDS}`,
        body: { ...SALES, destinations: ["alice@example.org", "alice"] },
        status: 400,
        answer: {
            errors: [{ location: "body", name: "destinations.1", description: "'alice': invalid email address" }],
        },
    },
    {
        fact: "the destinations of a forward are a list that is not empty",
        source: DESTINATIONS,
        given,
        request: `PUT ${FORWARD}`,
        body: { destinations: [] },
        status: 400,
        answer: { errors: [{ name: "destinations.0", description: "Required" }] },
    },
    {
        fact: "a forward that is not there can't be changed",
        source: CASE,
        request: `PUT ${FORWARD}`,
        body: { destinations: SALES.destinations },
        status: 404,
    },
    {
        fact: "the 404 of a forward names it, with the cause CAUSE_NOTFOUND",
        source: guess("the whole answer; the document has no more than its keys"),
        request: `PUT ${FORWARD}`,
        body: { destinations: SALES.destinations },
        status: 404,
        answer: {
            code: 404,
            message: "Forward '{here}@{domain}' doesn't exist",
            object: "HTTPNotFound",
            cause: "CAUSE_NOTFOUND",
        },
    },
    {
        fact: "a forward is found in another case",
        source: CASE,
        given,
        request: `PUT ${FORWARDS}/{HERE}`,
        body: { destinations: ["bob@example.org"] },
        status: 202,
    },
    {
        fact: "the source of a forward is percent-encoded in the path",
        given: [[`POST ${FORWARDS}`, { ...SALES, source: "*{here}" }], { until: `GET ${ITS_OWN}`, answer: [{}] }],
        request: `DELETE ${FORWARDS}/%2A{here}`,
        status: 202,
    },
]);

/** Whatever else is answered of a domain without e-mail says nothing of forwards. */
const HAS_EMAIL: Step = { provided: `GET ${FORWARDS}`, otherwise: "no forwards can be seen of the domain" };

export const FORWARD_FACTS = [...READ, ...WRITTEN].map((fact) => ({
    ...fact,
    given: [HAS_EMAIL, ...(fact.given ?? [])],
}));
