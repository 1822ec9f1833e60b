import { including, SOME_TEXT, WHOLE_NUMBER } from "../expected";
import { CONTACT, DOCUMENT, facts, guess, type Step } from "../fact";

const ORDER = "POST /v5/domain/domains";
const DRY = { "dry-run": "1" };
const NEW = "/v5/domain/domains/{new}";
const order = (more: Record<string, unknown> = {}) => ({ fqdn: "{new}", owner: CONTACT, ...more });
/** A domain that is there, with its nameservers elsewhere: so it is not on LiveDNS. */
const elsewhere: Step[] = [
    [ORDER, order({ nameservers: ["ns1.example.net", "ns2.example.net"] })],
    { until: `GET ${NEW}/createstatus`, status: 303 },
];

const DEFAULT_RECORDS = guess(
    "a domain that is added without `zone` gets Gandi's default records, and one with it nothing",
);
const TELEPHONE = guess("the form of a telephone number");
const TSIG_TEXTS = guess("the texts; the algorithm is the one that LiveDNS's documentation names for its keys");
const TSIG = "/v5/livedns/axfr/tsig";
const tsigKey: Step[] = [{ keep: "{id}", of: `POST ${TSIG}` }];

export const ORDER_FACTS = facts({ source: DOCUMENT, needs: "money" }, [
    {
        fact: "every field of an order is of its kind",
        request: ORDER,
        body: order({ extra_parameters: [], smd: {}, template_id: [], resellee_id: true }),
        status: 400,
        answer: {
            errors: ["resellee_id", "extra_parameters", "smd", "template_id"].map((name) => ({
                location: "body",
                name,
            })),
        },
    },
    {
        fact: "a company needs its name",
        source: guess("the wording for a company without `orgname`"),
        request: ORDER,
        headers: DRY,
        body: order({ owner: { ...CONTACT, type: "company" } }),
        status: 200,
        answer: { status: "error", errors: [{ name: "owner.orgname", description: "Required" }] },
    },
    {
        fact: "a telephone number without its country is refused",
        source: TELEPHONE,
        request: ORDER,
        headers: DRY,
        body: order({ owner: { ...CONTACT, phone: "0123456789" } }),
        status: 200,
        answer: { status: "error", errors: [{ name: "owner.phone" }] },
    },
    {
        fact: "a telephone number without its dot is refused",
        source: TELEPHONE,
        request: ORDER,
        headers: DRY,
        body: order({ owner: { ...CONTACT, phone: "+33123456789" } }),
        status: 200,
        answer: { status: "error", errors: [{ name: "owner.phone" }] },
    },
    {
        fact: "a name that can't be had is refused by its fqdn",
        source: guess("how a name that can't be had is refused"),
        request: ORDER,
        headers: DRY,
        body: order({ fqdn: "{own}" }),
        status: 200,
        answer: {
            status: "error",
            errors: [{ location: "body", name: "fqdn", description: "{own} is not available (unavailable)" }],
        },
    },
    {
        fact: "a nameserver in the new domain needs an address",
        source: guess("the wording of a nameserver without its address"),
        request: ORDER,
        headers: DRY,
        body: order({ nameservers: ["ns1.{new}", "ns2.example.net"] }),
        status: 200,
        answer: {
            status: "error",
            errors: [{ name: "nameservers.0", description: "ns1.{new} needs an IP address in nameservers_ips" }],
        },
    },
    {
        fact: "addresses of nameservers in the new domain become its glue records",
        source: guess("those of names in the new domain become its glue records"),
        given: [
            [
                ORDER,
                order({
                    nameservers: ["ns1.{new}", "ns2.{new}"],
                    nameservers_ips: { "ns1.{new}": ["192.0.2.1"], "ns2.{new}": ["192.0.2.2"] },
                }),
            ],
            { until: `GET ${NEW}/createstatus`, status: 303 },
        ],
        request: `GET ${NEW}/hosts`,
        status: 200,
        answer: including({ name: "ns1", ips: ["192.0.2.1"] }, { name: "ns2", ips: ["192.0.2.2"] }),
    },
    {
        fact: "a second order of a name on order is a 409",
        source: guess("that a name on order is refused is sure, that it is a 409 is not"),
        given: [[ORDER, order()]],
        request: ORDER,
        body: order(),
        status: 409,
    },
    {
        fact: "a claim can't be accepted before its notice was read: 409",
        source: guess("how a claim is refused whose notice was not read"),
        request: `POST ${NEW}/claims`,
        status: 409,
    },
    {
        fact: "the status of a transfer is that of an order, with its dates and what was asked",
        source: guess("the shape of a transfer's status"),
        given: [["POST /v5/domain/transferin", order({ authinfo: "contract" })]],
        request: "GET /v5/domain/transferin/{new}",
        status: 200,
        answer: {
            step: /^(BILL|WAIT|RUN|SUPPORT)$/,
            step_nb: WHOLE_NUMBER,
            created_at: SOME_TEXT,
            updated_at: SOME_TEXT,
            params: { domain: "{new}", duration: WHOLE_NUMBER },
        },
    },
    {
        fact: "a zone that is added without `zone` has the default records",
        source: DEFAULT_RECORDS,
        given: [...elsewhere, ["POST /v5/livedns/domains", { fqdn: "{new}" }]],
        request: "GET /v5/livedns/domains/{new}/records",
        status: 200,
        answer: including(
            { rrset_name: "@", rrset_type: "MX", rrset_values: ["10 spool.mail.gandi.net.", "50 fb.mail.gandi.net."] },
            { rrset_name: "www", rrset_type: "CNAME", rrset_values: ["webredir.vip.gandi.net."] },
        ),
    },
    {
        fact: "a zone that is added with an empty `zone` has no records",
        source: DEFAULT_RECORDS,
        given: [...elsewhere, ["POST /v5/livedns/domains", { fqdn: "{new}", zone: {} }]],
        request: "GET /v5/livedns/domains/{new}/records",
        status: 200,
        text: "[]",
    },
    {
        fact: "a TSIG key's configuration for BIND has its name, hmac-sha512 and its secret",
        source: TSIG_TEXTS,
        given: tsigKey,
        request: `GET ${TSIG}/{id}/config/bind`,
        headers: { accept: "text/plain" },
        status: 200,
        text: /^key "{id}\.gandi\.net" \{\n {2}algorithm hmac-sha512;\n {2}secret "[^"]+";\n\};\n$/,
        wholeText: true,
    },
    {
        fact: "a TSIG key's configuration for Knot is YAML",
        source: TSIG_TEXTS,
        given: tsigKey,
        request: `GET ${TSIG}/{id}/config/knot`,
        headers: { accept: "text/plain" },
        status: 200,
        text: /^key:\n {2}- id: {id}\.gandi\.net\n {4}algorithm: hmac-sha512\n {4}secret: \S+\n$/,
        wholeText: true,
    },
    {
        fact: "a TSIG key's configuration for NSD is a key",
        source: TSIG_TEXTS,
        given: tsigKey,
        request: `GET ${TSIG}/{id}/config/nsd`,
        headers: { accept: "text/plain" },
        status: 200,
        text: /^key:\n {2}name: "{id}\.gandi\.net"\n {2}algorithm: hmac-sha512\n {2}secret: "[^"]+"\n$/,
        wholeText: true,
    },
    {
        fact: "a TSIG key's configuration for PowerDNS is a command",
        source: TSIG_TEXTS,
        given: tsigKey,
        request: `GET ${TSIG}/{id}/config/powerdns`,
        headers: { accept: "text/plain" },
        status: 200,
        text: /^pdnsutil import-tsig-key {id}\.gandi\.net hmac-sha512 \S+\n$/,
        wholeText: true,
    },
]);
