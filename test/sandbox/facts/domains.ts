import { DOMAIN, type Fact } from "./fact";

export const DOMAIN_FACTS: Fact[] = [
    {
        fact: "an unknown domain is a 404 HTTPNotFound",
        request: "GET /v5/domain/domains/nobody.com",
        status: 404,
        answer: { object: "HTTPNotFound", message: "The resource could not be found." },
    },
    {
        fact: "the details have autorenew as an object, nameservers as a list and the transfer code",
        request: `GET ${DOMAIN}`,
        status: 200,
        answer: {
            fqdn: "example.com",
            tld: "com",
            autorenew: { enabled: false, duration: 1, href: expect.any(String) },
            nameservers: [expect.any(String), expect.any(String), expect.any(String)],
            authinfo: expect.any(String),
            services: ["gandilivedns"],
            contacts: { owner: { given: "Alice" }, admin: { same_as_owner: true } },
        },
    },
    {
        fact: "the list has autorenew as a boolean and nameserver as an object",
        request: "GET /v5/domain/domains?fqdn=example.*",
        status: 200,
        answer: [
            { fqdn: "example.com", autorenew: false, nameserver: { current: "livedns" }, owner: expect.any(String) },
        ],
        answerHeaders: { "total-count": "1" },
    },
    {
        fact: "the list is filtered by where the nameservers are",
        request: "GET /v5/domain/domains?nameserver=other",
        status: 200,
        answer: [{ fqdn: "elsewhere.com" }],
    },
    {
        fact: "a glue record that is not there is a 400, not a 404",
        request: `GET ${DOMAIN}/hosts/ns1`,
        status: 400,
        answer: { code: 400, cause: "CAUSE_NOTFOUND", message: "Host 'ns1.example.com' doesn't exist" },
    },
    { fact: "a DNSSEC key that is not there is a 404", request: `DELETE ${DOMAIN}/dnskeys/7`, status: 404 },
    {
        fact: "nameservers are required",
        request: `PUT ${DOMAIN}/nameservers`,
        body: {},
        status: 400,
        answer: { errors: [{ name: "nameservers", description: "Required" }] },
    },
    {
        fact: "at least one nameserver is required",
        request: `PUT ${DOMAIN}/nameservers`,
        body: { nameservers: [] },
        status: 400,
        answer: { errors: [{ name: "nameservers.0", description: "At least one nameserver is required" }] },
    },
    {
        fact: "the duration of automatic renewal is at most 9 years",
        request: `PATCH ${DOMAIN}/autorenew`,
        body: { enabled: true, duration: 10 },
        status: 400,
        answer: { errors: [{ name: "duration", description: "10 is greater than maximum value 9" }] },
    },
    {
        fact: "automatic renewal is switched with a 201",
        request: `PATCH ${DOMAIN}/autorenew`,
        body: { enabled: true },
        status: 201,
    },
    { fact: "the transfer code is reset with a 201", request: `PUT ${DOMAIN}/authinfo`, status: 201 },
    {
        fact: "a contact lists what it lacks",
        request: `PATCH ${DOMAIN}/contacts`,
        body: { admin: { type: "company" } },
        status: 400,
        answer: {
            errors: expect.arrayContaining([
                expect.objectContaining({ location: "body", name: "admin.email", description: "Required" }),
            ]),
        },
    },
    { fact: "a name without claims has none", request: "GET /v5/domain/domains/new.com/claims", status: 404 },
    {
        fact: "a domain whose owner was never changed has no follow-up",
        request: "GET /v5/domain/changeowner/example.com",
        status: 404,
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
        fact: "tags are kept",
        given: [
            [`PUT ${DOMAIN}/tags`, { tags: ["a", "b"] }],
            [`PATCH ${DOMAIN}/tags`, { add: ["c"], remove: ["a"] }],
        ],
        request: `GET ${DOMAIN}/tags`,
        status: 200,
        text: '["b","c"]',
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
        fact: "availability needs a name",
        request: "GET /v5/domain/check",
        status: 400,
        answer: { errors: [{ location: "querystring", name: "name", description: "Required" }] },
    },
    {
        fact: "a name that any organisation has is unavailable",
        request: "GET /v5/domain/check?name=second.org",
        status: 200,
        answer: { products: [{ status: "unavailable" }] },
    },
    {
        fact: "what is no registrable name is invalid",
        request: "GET /v5/domain/check?name=a.b.example.com",
        status: 200,
        answer: { products: [{ status: "error_invalid" }] },
    },
];
