import { including, such } from "../expected";
import { CONTACT, DOCUMENT, facts, guess, ONE_REPORT, OWN, OWN_ZONE, QUOTED, RECORDED } from "../fact";

/** Those of RFC 6605, section 6: of P-256 with its tag, and of P-384. */
const KEY = "GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==";
const KEY_TAG = 55648;
const OTHER_KEY =
    "xKYaNhWdGOfJ+nPrL8/arkwf2EY3MDJ+SErKivBVSum1w/egsXvSADtNJhyem5RCOpgQ6K8X1DRSEkrbYQ+OB+v8/uX45NBwY8rp65F6Glur8I/mlVNgF6W/qTI37m40";
const SECOND_KEY = { algorithm: 14, type: "ksk", public_key: OTHER_KEY };
const DRY = { "dry-run": "1" };
const CONTACTS = `${OWN}/contacts`;
const ADDRESS = { country: "FR", email: CONTACT.email, streetaddr: "7 rue neuve" };
const MANY_RRSETS = Array.from({ length: 501 }, (_, index) => ({
    rrset_name: `n${index}`,
    rrset_type: "TXT",
    rrset_values: ["x"],
}));
const AUTOMATIC_SNAPSHOTS = guess("how many automatic snapshots are kept");

/** What is free on a domain that nobody needs. The order counts: what is refused comes before what lasts. */
export const REGISTRY_FACTS = facts({ source: DOCUMENT, needs: "money" }, [
    {
        fact: "nameservers are required",
        source: QUOTED,
        request: `PUT ${OWN}/nameservers`,
        body: {},
        status: 400,
        answer: { errors: [{ name: "nameservers", description: "Required" }] },
    },
    {
        fact: "at least one nameserver is required",
        source: QUOTED,
        request: `PUT ${OWN}/nameservers`,
        body: { nameservers: [] },
        status: 400,
        answer: { errors: [{ name: "nameservers.0", description: "At least one nameserver is required" }] },
    },
    {
        fact: "no registry takes more than 13 nameservers",
        source: guess("how many nameservers a registry takes"),
        request: `PUT ${OWN}/nameservers`,
        body: { nameservers: Array.from({ length: 14 }, (_, index) => `ns${index}.example.net`) },
        status: 400,
        answer: { errors: [{ name: "nameservers", description: "Longer than maximum length 13" }] },
    },
    {
        fact: "a nameserver that is no host name is refused",
        request: `PUT ${OWN}/nameservers`,
        body: { nameservers: ["ns1.example.net", "a b"] },
        status: 400,
        answer: { errors: [{ name: "nameservers.1", description: "invalid hostname" }] },
    },
    {
        fact: "automatic renewal that never was on can't be switched off",
        source: QUOTED,
        request: `PATCH ${OWN}/autorenew`,
        body: { enabled: false },
        status: 400,
        answer: { message: "This product has no autorenew record" },
    },
    {
        fact: "a renewal that never was is an HTTPBadRequest with the cause CAUSE_BADPARAMETER",
        source: guess("object and cause of a renewal that never was"),
        request: `PATCH ${OWN}/autorenew`,
        body: { enabled: false },
        status: 400,
        answer: { object: "HTTPBadRequest", cause: "CAUSE_BADPARAMETER" },
    },
    {
        fact: "the duration of automatic renewal is at most 9 years",
        request: `PATCH ${OWN}/autorenew`,
        body: { enabled: true, duration: 10 },
        status: 400,
        answer: { errors: [{ name: "duration", description: "10 is greater than maximum value 9" }] },
    },
    {
        fact: "automatic renewal is paid by an organisation that the token reaches",
        source: guess("the wording for an organisation that the token does not reach"),
        request: `PATCH ${OWN}/autorenew`,
        body: { enabled: true, org_id: "00000000-0000-4000-8000-000000000000" },
        status: 400,
        answer: { errors: [{ name: "org_id", description: "This organization does not exist" }] },
    },
    {
        fact: "automatic renewal is switched with a 201",
        request: `PATCH ${OWN}/autorenew`,
        body: { enabled: true },
        status: 201,
    },
    { fact: "the transfer code is reset with a 201", request: `PUT ${OWN}/authinfo`, status: 201 },
    {
        fact: "a contact lists what it lacks",
        request: `PATCH ${CONTACTS}`,
        body: { admin: { type: "company" } },
        status: 400,
        answer: { errors: including({ location: "body", name: "admin.email", description: "Required" }) },
    },
    {
        fact: "a contact's type is a number, though it was sent as a word",
        source: RECORDED,
        given: [
            [`PATCH ${CONTACTS}`, { admin: { ...CONTACT, type: "company", orgname: "Example" } }],
            { until: `GET ${CONTACTS}`, answer: { admin: { same_as_owner: false } } },
        ],
        request: `GET ${CONTACTS}`,
        status: 200,
        answer: { owner: { type: 0 }, admin: { type: 1 } },
    },
    {
        fact: "PATCH contacts takes an owner, and leaves it alone",
        source: guess("the schema takes an `owner`, the prose says that it can't be changed here"),
        given: [
            [`PATCH ${CONTACTS}`, { owner: { ...ADDRESS, country: "DE" }, tech: { ...CONTACT, city: "Lyon" } }],
            { until: `GET ${CONTACTS}`, answer: { tech: { city: "Lyon" } } },
        ],
        request: `GET ${CONTACTS}`,
        status: 200,
        answer: { owner: { country: "FR", streetaddr: CONTACT.streetaddr } },
    },
    {
        fact: "the owner's name needs a change of owner",
        source: guess("the wording of a change that needs a change of owner"),
        request: `PUT ${CONTACTS}/owner`,
        headers: DRY,
        body: { ...ADDRESS, given: "Bob" },
        status: 200,
        answer: {
            status: "error",
            errors: [{ name: "given", description: "This can only be changed by a change of owner" }],
        },
    },
    {
        fact: "what a new address of the owner leaves out stays",
        source: guess("what the body leaves out stays as it is"),
        given: [
            [`PUT ${CONTACTS}/owner`, ADDRESS],
            { until: `GET ${CONTACTS}`, answer: { owner: { streetaddr: ADDRESS.streetaddr } } },
        ],
        request: `GET ${CONTACTS}`,
        status: 200,
        answer: { owner: { phone: CONTACT.phone, city: CONTACT.city } },
    },
    {
        fact: "the owner's e-mail address is taken and left as it is, unless it is unlocked",
        source: guess("what is locked is taken, and left as it is"),
        given: [
            [`PUT ${CONTACTS}/owner`, { ...ADDRESS, email: "zoe@example.org", streetaddr: "9 rue neuve" }],
            { until: `GET ${CONTACTS}`, answer: { owner: { streetaddr: "9 rue neuve" } } },
        ],
        request: `GET ${CONTACTS}`,
        status: 200,
        answer: { owner: { email: CONTACT.email } },
    },
    {
        fact: "a glue record needs a name and addresses",
        request: `POST ${OWN}/hosts`,
        body: { name: "a b", ips: ["192.0.2.1", "nowhere"] },
        status: 400,
        answer: { errors: [{ name: "name" }, { name: "ips.1" }] },
    },
    {
        fact: "a second glue record of the same name is a 409, though the first does not show yet",
        source: guess(
            "how a second glue record of the same name is refused, and that one which does not show yet counts",
        ),
        given: [[`POST ${OWN}/hosts`, { name: "ns1", ips: ["192.0.2.1"] }]],
        request: `POST ${OWN}/hosts`,
        body: { name: "ns1", ips: ["192.0.2.2"] },
        meetsPending: true,
        status: 409,
        answer: { message: "Host 'ns1.{own}' already exists" },
    },
    {
        fact: "a DNSSEC key needs all its parts",
        request: `POST ${OWN}/dnskeys`,
        body: { algorithm: 256, type: "csk", public_key: "?" },
        status: 400,
        answer: { errors: [{ name: "public_key" }, { name: "algorithm" }, { name: "type" }] },
    },
    {
        fact: "a DNSSEC key that is not there is a 404",
        source: ONE_REPORT,
        request: `DELETE ${OWN}/dnskeys/7000000`,
        status: 404,
    },
    {
        fact: "the type `none` of a DNSSEC key counts as a key-signing key",
        source: guess("`none` counts as a key-signing key"),
        given: [
            [`POST ${OWN}/dnskeys`, { algorithm: 13, type: "none", public_key: KEY }],
            { until: `GET ${OWN}/dnskeys`, answer: including({ public_key: KEY }) },
        ],
        request: `GET ${OWN}/dnskeys`,
        status: 200,
        answer: including({ public_key: KEY, keytag: KEY_TAG }),
    },
    {
        fact: "the same DNSSEC key again is a 409, though the first does not show yet",
        source: guess("how the same key again is refused, and that one which does not show yet counts"),
        given: [[`POST ${OWN}/dnskeys`, SECOND_KEY]],
        request: `POST ${OWN}/dnskeys`,
        body: SECOND_KEY,
        meetsPending: true,
        status: 409,
        answer: { message: "This key already exists" },
    },
    {
        fact: "a domain whose owner was never changed has no follow-up",
        source: guess("a domain whose owner was never changed has no follow-up: 404"),
        request: "GET /v5/domain/changeowner/{own}",
        status: 404,
    },
    {
        fact: "both owners' answers are W while they are waited for",
        source: guess("the owners' answers are `W` while they are waited for and `F` for a refusal"),
        given: [["POST /v5/domain/changeowner/{own}", { owner: { ...CONTACT, given: "Bob" } }]],
        request: "GET /v5/domain/changeowner/{own}",
        status: 200,
        answer: { step: "WAIT", params: { answer_new_owner: "W", answer_old_owner: "W" } },
    },
    {
        fact: "tags are kept",
        source: ONE_REPORT,
        given: [
            [`PUT ${OWN}/tags`, { tags: ["a", "b"] }],
            [`PATCH ${OWN}/tags`, { add: ["c"], remove: ["a"] }],
        ],
        request: `GET ${OWN}/tags`,
        status: 200,
        text: '["b","c"]',
    },
    {
        fact: "a zone that is there already is a 409",
        source: guess("how a zone that is there already is refused"),
        request: "POST /v5/livedns/domains",
        body: { fqdn: "{own}" },
        status: 409,
        answer: { message: "This domain already exists" },
    },
    {
        fact: "a master file that can't be read is refused as an item",
        source: guess("how an unreadable master file is refused"),
        request: `PUT ${OWN_ZONE}/records`,
        headers: { "content-type": "text/plain" },
        body: "no master file\n",
        status: 400,
        answer: { status: "error", errors: [{ location: "body", name: "items" }] },
    },
    {
        fact: "a boolean is taken from a string",
        source: guess('the wording beyond the quoted "Required" and "60 is less than minimum value 300"'),
        request: `PATCH ${OWN_ZONE}`,
        body: { automatic_snapshots: "true" },
        status: 200,
    },
    {
        fact: "a page has at most 500 entries",
        source: guess("clients use `per_page=500` in production; the documents give no maximum"),
        given: [[`PUT ${OWN_ZONE}/records`, { items: MANY_RRSETS }]],
        request: `GET ${OWN_ZONE}/records?per_page=1000`,
        status: 200,
        answer: such("a list of 500", (value) => Array.isArray(value) && value.length === 500),
        answerHeaders: { "total-count": "501", link: /rel="next"/ },
    },
    {
        fact: "50 automatic snapshots are kept",
        source: AUTOMATIC_SNAPSHOTS,
        given: Array.from({ length: 52 }, (_, index) => [
            `PUT ${OWN_ZONE}/records/count/TXT`,
            { rrset_values: [String(index)], rrset_ttl: 300 },
        ]),
        request: `GET ${OWN_ZONE}/snapshots?automatic=true&per_page=1`,
        status: 200,
        answerHeaders: { "total-count": "50" },
    },
    {
        fact: "the registry takes one operation of a domain at a time",
        source: QUOTED,
        given: [[`PUT ${OWN}/nameservers`, { nameservers: ["ns1.example.net", "ns2.example.net"] }]],
        request: `PUT ${OWN}/nameservers`,
        body: { nameservers: ["ns3.example.net", "ns4.example.net"] },
        meetsPending: true,
        status: 400,
        answer: { message: /pending operation/ },
    },
    {
        fact: "the refusal of a second operation names the domain",
        source: guess("the words after these two"),
        given: [[`PUT ${OWN}/nameservers`, { nameservers: ["ns1.example.org", "ns2.example.org"] }]],
        request: `PUT ${OWN}/nameservers`,
        body: { nameservers: ["ns3.example.org", "ns4.example.org"] },
        meetsPending: true,
        status: 400,
        answer: { message: "There is a pending operation on the domain {own}" },
    },
]);
