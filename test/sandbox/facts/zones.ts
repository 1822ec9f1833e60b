import { A, type Claim } from "../../../contract/fact";
import { RECORDS, ZONE } from "./names";

export const ZONES: Claim[] = [
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
        fact: "without NS records at the apex the hashed nameservers are in effect",
        request: `GET ${ZONE}/nameservers`,
        status: 200,
        answer: [/-a\./, /-b\./, /-c\./],
    },
    {
        fact: "NS records at the apex are the nameservers in effect",
        given: [[`PUT ${RECORDS}/%40/NS`, { rrset_values: ["ns1.example.net.", "ns2.example.net."] }]],
        request: `GET ${ZONE}/nameservers`,
        status: 200,
        answer: ["ns1.example.net", "ns2.example.net"],
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
        text: /^@ 300 IN SOA .*\nwww 10800 IN A 192\.0\.2\.1\n$/,
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
