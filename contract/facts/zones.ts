import { including, ordered, SOME_TEXT, TWO_OR_MORE } from "../expected";
import { DOCUMENT, facts, GATEWAY, guess, LIVEDNS_BACKEND, QUOTED, RECORDED, RECORDS, type Step, ZONE } from "../fact";

const MANY: Step = { provided: `GET ${RECORDS}`, answer: TWO_OR_MORE, otherwise: "the zone has no two RRsets" };
const ERROR_TYPE = guess("the recordings of 2020, whose requests accept `application/json`, have a charset here");

export const ZONES = facts({ source: RECORDED, needs: "read" }, [
    {
        fact: "a zone is shown with its hrefs, as compact JSON",
        request: `GET ${ZONE}`,
        status: 200,
        text: /^\{"domain_keys_href":".*\/keys","fqdn":"{domain}","automatic_snapshots":(true|false),"domain_records_href":".*"\}$/,
        answerHeaders: { ...GATEWAY, "cache-control": "max-age=0, must-revalidate, no-cache, no-store", etag: /^W\/"/ },
    },
    { fact: "a body of {} on GET is ignored", source: QUOTED, request: `GET ${ZONE}`, body: {}, status: 200 },
    {
        fact: "the domain in the path is case-insensitive",
        source: QUOTED,
        request: "GET /v5/livedns/domains/{DOMAIN}",
        status: 200,
    },
    {
        fact: "an unknown domain is a 404 HTTPNotFound, spaced as the backend does",
        request: "GET /v5/livedns/domains/nobody.example",
        status: 404,
        text: '{"code": 404, "message": "The resource could not be found.", "object": "HTTPNotFound", "cause": "Not Found"}',
    },
    {
        fact: "an error has a charset for a client that accepts JSON",
        source: ERROR_TYPE,
        request: "GET /v5/livedns/domains/nobody.example",
        headers: { accept: "application/json" },
        status: 404,
        answerHeaders: LIVEDNS_BACKEND,
    },
    {
        fact: "an error has the bare JSON type for a client that sends no Accept",
        source: ERROR_TYPE,
        request: "GET /v5/livedns/domains/nobody.example",
        status: 404,
        answerHeaders: { "content-type": "application/json" },
    },
    {
        fact: "the record types are listed",
        source: DOCUMENT,
        request: "GET /v5/livedns/dns/rrtypes",
        status: 200,
        answer: including("A", "AAAA", "ALIAS", "CAA", "TXT", "WKS"),
    },
    {
        fact: "the nameservers in effect are listed",
        source: DOCUMENT,
        request: `GET ${ZONE}/nameservers`,
        status: 200,
        answer: including(SOME_TEXT),
    },
    {
        fact: "the list of records is sorted by upper-cased name",
        given: [MANY],
        request: `GET ${RECORDS}`,
        status: 200,
        answer: ordered("rrset_name", "rising"),
    },
    {
        fact: "the list of records is turned round on demand",
        source: guess("the document names a default for `sort_by` and no other value"),
        given: [MANY],
        request: `GET ${RECORDS}?sort_by=-rrset_name`,
        status: 200,
        answer: ordered("rrset_name", "falling"),
    },
    {
        fact: "the zone as text begins with its SOA, with relative names",
        request: `GET ${RECORDS}`,
        headers: { accept: "text/plain" },
        status: 200,
        text: /^@ \d+ IN SOA /,
        answerHeaders: { "content-type": "text/plain; charset=utf-8" },
    },
    {
        fact: "the zone as text, asked for one type, has no SOA",
        source: guess("the SOA is no record of the type that is asked for"),
        request: `GET ${RECORDS}?rrset_type=A`,
        headers: { accept: "text/plain" },
        status: 200,
        text: /^(?!.* IN SOA )/s,
    },
    {
        fact: "an unknown order of records is refused",
        source: guess("the document names a default for `sort_by` and no other value"),
        request: `GET ${RECORDS}?sort_by=colour`,
        status: 400,
        answer: { errors: [{ location: "querystring", name: "sort_by" }] },
    },
    {
        fact: "a page below 1 is refused",
        source: DOCUMENT,
        request: `GET ${RECORDS}?page=0`,
        status: 400,
        answer: { errors: [{ location: "querystring", name: "page", description: "0 is less than minimum value 1" }] },
    },
    {
        fact: "a page of more than 500 may be asked for",
        source: guess("clients use `per_page=500` in production; the documents give no maximum"),
        request: `GET ${RECORDS}?per_page=501`,
        status: 200,
    },
    {
        fact: "a type in the path that LiveDNS does not know is refused there",
        source: DOCUMENT,
        request: `GET ${RECORDS}/www/SOA`,
        status: 400,
        answer: { errors: [{ location: "path", name: "rrset_type" }] },
    },
]);
