import { A, type Fact, GATEWAY, LIVEDNS_BACKEND, RECORDS, ZONE } from "./fact";

export const ZONES: Fact[] = [
    {
        fact: "a zone is shown with its hrefs, as compact JSON",
        request: `GET ${ZONE}`,
        status: 200,
        text: expect.stringMatching(
            /^\{"domain_keys_href":".*\/keys","fqdn":"example.com","automatic_snapshots":true,"domain_records_href":".*"\}$/,
        ) as unknown as string,
        answerHeaders: { ...GATEWAY, "cache-control": "max-age=0, must-revalidate, no-cache, no-store", etag: /^W\/"/ },
    },
    { fact: "a body of {} on GET is ignored", request: `GET ${ZONE}`, body: {}, status: 200 },
    {
        fact: "the domain in the path is case-insensitive",
        request: `GET ${ZONE.toUpperCase().replace("/V5/LIVEDNS/DOMAINS", "/v5/livedns/domains")}`,
        status: 200,
    },
    {
        fact: "an unknown domain is a 404 HTTPNotFound, spaced as the backend does",
        request: "GET /v5/livedns/domains/nobody.example",
        status: 404,
        text: '{"code": 404, "message": "The resource could not be found.", "object": "HTTPNotFound", "cause": "Not Found"}',
        headers: { accept: "application/json" },
        answerHeaders: LIVEDNS_BACKEND,
    },
    {
        fact: "an error has the bare JSON type for a client that sends no Accept",
        request: "GET /v5/livedns/domains/nobody.example",
        status: 404,
        answerHeaders: { "content-type": "application/json" },
    },
    {
        fact: "a domain that is not on LiveDNS is a 404 Unknown domain",
        request: "GET /v5/livedns/domains/elsewhere.com",
        status: 404,
        answer: { object: "LocalizedHTTPNotFound", message: "Unknown domain" },
    },
    {
        fact: "PATCH switches automatic snapshots",
        given: [[`PATCH ${ZONE}`, { automatic_snapshots: false }]],
        request: `GET ${ZONE}`,
        status: 200,
        answer: { automatic_snapshots: false },
    },
    {
        fact: "a domain of the organisation is added to LiveDNS",
        request: "POST /v5/livedns/domains",
        body: { fqdn: "elsewhere.com" },
        status: 201,
        answerHeaders: { location: /\/v5\/livedns\/domains\/elsewhere\.com$/ },
    },
    {
        fact: "the record types are listed",
        request: "GET /v5/livedns/dns/rrtypes",
        status: 200,
        answer: expect.arrayContaining(["A", "AAAA", "ALIAS", "CAA", "TXT", "WKS"]),
    },
    {
        fact: "without NS records at the apex the hashed nameservers are in effect",
        request: `GET ${ZONE}/nameservers`,
        status: 200,
        answer: [expect.stringMatching(/-a\./), expect.stringMatching(/-b\./), expect.stringMatching(/-c\./)],
    },
    {
        fact: "NS records at the apex are the nameservers in effect",
        given: [[`PUT ${RECORDS}/%40/NS`, { rrset_values: ["ns1.example.net.", "ns2.example.net."] }]],
        request: `GET ${ZONE}/nameservers`,
        status: 200,
        answer: ["ns1.example.net", "ns2.example.net"],
    },
    {
        fact: "a zone that is there already is a 409",
        request: "POST /v5/livedns/domains",
        body: { fqdn: "example.com" },
        status: 409,
    },
    {
        fact: "a zone begins with the records that come with it",
        given: [
            [
                "POST /v5/livedns/domains",
                { fqdn: "elsewhere.com", zone: { ttl: 300, items: [{ ...A, rrset_name: "www", rrset_type: "A" }] } },
            ],
        ],
        request: "GET /v5/livedns/domains/elsewhere.com/records",
        headers: { accept: "text/plain" },
        status: 200,
        text: expect.stringMatching(/^@ 300 IN SOA .*\nwww 10800 IN A 192\.0\.2\.1\n$/) as unknown as string,
    },
    {
        fact: "a zone that comes with no records is empty",
        given: [["POST /v5/livedns/domains", { fqdn: "elsewhere.com", zone: {} }]],
        request: "GET /v5/livedns/domains/elsewhere.com/records",
        status: 200,
        text: "[]",
    },
    {
        fact: "a zone is not made with records that can't live together",
        request: "POST /v5/livedns/domains",
        body: {
            fqdn: "elsewhere.com",
            zone: {
                items: [
                    1,
                    { ...A, rrset_name: "w", rrset_type: "A" },
                    { rrset_name: "w", rrset_type: "CNAME", rrset_values: ["x"] },
                ],
            },
        },
        status: 400,
        answer: { errors: [{ name: "zone.items.0" }, { name: "zone.items" }] },
    },
    {
        fact: "a flag that is none is refused",
        request: `PATCH ${ZONE}`,
        body: { automatic_snapshots: "perhaps" },
        status: 400,
        answer: { errors: [{ name: "automatic_snapshots" }] },
    },
];
