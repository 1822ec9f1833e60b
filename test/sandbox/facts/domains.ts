import { SOME_TEXT } from "../../../contract/expected";
import type { Claim } from "../../../contract/fact";
import { ORGANIZATIONS } from "../../../sandbox";
import { ALICE } from "../ask";
import { DOMAIN } from "./names";

export const DOMAIN_FACTS: Claim[] = [
    {
        fact: "the list has autorenew as a boolean and nameserver as an object",
        request: "GET /v5/domain/domains?fqdn=example.*",
        status: 200,
        answer: [{ fqdn: "example.com", autorenew: false, nameserver: { current: "livedns" }, owner: SOME_TEXT }],
        answerHeaders: { "total-count": "2", "filtered-count": "1" },
    },
    {
        fact: "the list is filtered by where the nameservers are",
        request: "GET /v5/domain/domains?nameserver=other",
        status: 200,
        answer: [{ fqdn: "elsewhere.com" }],
    },
    {
        fact: "tags are removed",
        given: [[`PUT ${DOMAIN}/tags`, { tags: ["a"] }], [`DELETE ${DOMAIN}/tags`]],
        request: `GET ${DOMAIN}/tags`,
        status: 200,
        text: "[]",
    },
    {
        fact: "the organisations of a token are listed",
        request: "GET /v5/organization/organizations",
        status: 200,
        answer: [{ name: "first_organization", type: "company", reseller: false }, { name: "client_organization" }],
    },
    {
        fact: "the prepaid account is shown",
        request: "GET /v5/billing/info",
        status: 200,
        answer: { prepaid: { amount: "1000.00", currency: "EUR" } },
    },
    {
        fact: "availability comes with prices and taxes",
        request: "GET /v5/domain/check?name=new.net&processes=create&processes=transfer",
        status: 200,
        answer: {
            currency: "EUR",
            products: [
                {
                    process: "create",
                    status: "available",
                    prices: [
                        { min_duration: 1, max_duration: 2, discount: true },
                        { min_duration: 3, max_duration: 10 },
                    ],
                },
                { process: "transfer", prices: [{ price_before_taxes: 6, price_after_taxes: 7.2 }] },
            ],
            taxes: [{ rate: 20 }],
        },
    },
    {
        fact: "a name that any organisation has is unavailable",
        request: "GET /v5/domain/check?name=second.org",
        status: 200,
        answer: { products: [{ status: "unavailable" }] },
    },
    {
        fact: "the list comes as CSV on demand",
        request: "GET /v5/domain/domains?fqdn=example.com",
        headers: { accept: "text/csv" },
        status: 200,
        text: /^fqdn,.*\nexample\.com,com,.*\n$/,
        answerHeaders: { "content-type": "text/csv; charset=utf-8" },
    },
    {
        fact: "the list is filtered by extension, and tells how many match",
        request: "GET /v5/domain/domains?tld=org",
        status: 200,
        text: "[]",
        answerHeaders: { "filtered-count": "0" },
    },
    {
        fact: "the list is turned round on demand",
        request: "GET /v5/domain/domains?sort_by=-fqdn",
        status: 200,
        answer: [{ fqdn: "example.com" }, { fqdn: "elsewhere.com" }],
        answerHeaders: { "total-count": "2", "filtered-count": undefined },
    },
    {
        fact: "a nameserver that is no string is refused",
        request: `PUT ${DOMAIN}/nameservers`,
        body: { nameservers: ["ns1.example.net", "a b", 7] },
        status: 400,
        answer: { errors: [{ name: "nameservers.2", description: "7 is not a string" }] },
    },
    {
        fact: "a field of the wrong kind is named",
        request: `PATCH ${DOMAIN}/autorenew`,
        body: { enabled: "maybe", duration: "many", org_id: {} },
        status: 400,
        answer: { errors: [{ name: "enabled" }, { name: "duration" }, { name: "org_id" }] },
    },
    {
        fact: "contacts of companies need the company's name",
        request: `PATCH ${DOMAIN}/contacts`,
        body: { tech: { ...ALICE, type: "company" } },
        status: 400,
        answer: { errors: [{ name: "tech.orgname", description: "Required" }] },
    },
    {
        fact: "prices are told for a duration, in a currency",
        request: "GET /v5/domain/check?name=new.com&max_duration=2&currency=USD&processes=renew&processes=restore",
        status: 200,
        answer: {
            currency: "USD",
            products: [{ prices: [{ max_duration: 2, price_before_taxes: 13.2 }] }, { process: "restore" }],
        },
    },
    {
        fact: "the prepaid account of a customer is shown",
        request: `GET /v5/billing/info/${ORGANIZATIONS.client}`,
        status: 200,
        answer: { prepaid: { amount: "500.00" } },
    },
    {
        fact: "a forward needs a source",
        request: "POST /v5/email/forwards/example.com",
        body: { destinations: ["alice@example.org"] },
        status: 400,
        answer: { errors: [{ name: "source", description: "Required" }] },
    },
];
