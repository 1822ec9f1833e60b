import { A, DOCUMENT, facts, guess, QUOTED, RECORDED, RECORDS } from "../fact";

const HERE = `${RECORDS}/{here}`;
const WORDING = guess('the wording beyond the quoted "Required" and "60 is less than minimum value 300"');
const NAMES = guess("letters, digits, `-`, `_` and `/` (RFC 2317) are allowed, and `*` as a whole first label");
const NO_OBJECT = guess("the text for a body that is no JSON, or no JSON object, was never recorded");

function itemsError(description: string | RegExp) {
    return { status: "error", errors: [{ location: "body", name: "items", description }] };
}

export const REFUSED_RECORDS = facts({ source: QUOTED, needs: "write" }, [
    {
        fact: "a TTL below 300 is refused by name",
        request: `POST ${HERE}/A`,
        body: { ...A, rrset_ttl: 60 },
        status: 400,
        text: '{"status": "error", "errors": [{"location": "body", "name": "rrset_ttl", "description": "60 is less than minimum value 300"}]}',
    },
    {
        fact: "a TTL above 2592000 is refused in like words",
        source: WORDING,
        request: `POST ${HERE}/A`,
        body: { ...A, rrset_ttl: 2592001 },
        status: 400,
        answer: { errors: [{ name: "rrset_ttl", description: "2592001 is greater than maximum value 2592000" }] },
    },
    {
        fact: "a TTL that is no number is refused in like words",
        source: WORDING,
        request: `POST ${HERE}/A`,
        body: { ...A, rrset_ttl: "many" },
        status: 400,
        answer: { errors: [{ name: "rrset_ttl", description: '"many" is not a number' }] },
    },
    {
        fact: "a TTL is taken from a string",
        source: WORDING,
        request: `POST ${HERE}/A`,
        body: { ...A, rrset_ttl: "300" },
        status: 201,
    },
    {
        fact: "a TTL of null counts as absent",
        source: WORDING,
        request: `POST ${HERE}/A`,
        body: { ...A, rrset_ttl: null },
        status: 201,
    },
    {
        fact: "each bad address has an entry of its own",
        request: `POST ${HERE}/A`,
        body: { rrset_values: ["toto", "192.0.2.1", "192.0.2.256"] },
        status: 400,
        answer: {
            errors: [
                { name: "items", description: /^'toto': must be an IP address \(param: \{.*\}\)$/ },
                { name: "items", description: /^'192\.0\.2\.256': must be an IP address/ },
            ],
        },
    },
    {
        fact: "an RRset needs values",
        request: `POST ${HERE}/A`,
        body: {},
        status: 400,
        answer: { errors: [{ name: "rrset_values", description: "Required" }] },
    },
    {
        fact: "an empty list of values is refused",
        request: `POST ${HERE}/A`,
        body: { rrset_values: [] },
        status: 400,
        answer: { errors: [{ name: "rrset_values.0" }] },
    },
    {
        fact: "a bad target is an invalid hostname",
        request: `POST ${HERE}/CNAME`,
        body: { rrset_values: ["a b"] },
        status: 400,
        answer: itemsError("invalid hostname"),
    },
    {
        fact: "each NS target that is an address has an entry of its own",
        source: RECORDED,
        request: `PUT ${HERE}/NS`,
        body: { rrset_ttl: 3600, rrset_values: ["6.2.3.4.", "7.2.3.4."] },
        status: 400,
        answer: {
            errors: ["6.2.3.4.", "7.2.3.4."].map((value) => ({
                location: "body",
                name: "items",
                description: `'${value}': invalid hostname (param: {'rrset_type': u'NS', 'rrset_ttl': 3600, 'rrset_name': u'{here}', 'rrset_values': [u'6.2.3.4.', u'7.2.3.4.']})`,
            })),
        },
    },
    {
        fact: "an MX target that is an address is refused so, too",
        source: guess("other types with a target refuse an address so, too"),
        request: `PUT ${HERE}/MX`,
        body: { rrset_values: ["10 6.2.3.4."] },
        status: 400,
        answer: itemsError(/^'6\.2\.3\.4\.': invalid hostname \(param: /),
    },
    {
        fact: "ALIAS below the apex is refused",
        request: `POST ${HERE}/ALIAS`,
        body: { rrset_values: ["a.example.net."] },
        status: 400,
        answer: itemsError("only '@' is allowed for ALIAS records"),
    },
    {
        fact: "CNAME beside another type is refused",
        source: guess("the wording of both"),
        given: [[`POST ${HERE}/A`, A]],
        request: `POST ${HERE}/CNAME`,
        body: { rrset_values: ["a.example.net."] },
        status: 400,
        answer: itemsError("a CNAME record can't be used beside other records of the name '{here}'"),
    },
    {
        fact: "the same RRset twice in one body is refused",
        source: guess("the wording of both"),
        request: `PUT ${HERE}`,
        body: { items: ["192.0.2.1", "192.0.2.2"].map((value) => ({ rrset_type: "A", rrset_values: [value] })) },
        status: 400,
        answer: itemsError("the record {here}/A is given more than once"),
    },
    {
        fact: "a second target of a CNAME is refused",
        source: guess("the wording of a CNAME's second target"),
        request: `POST ${HERE}/CNAME`,
        body: { rrset_values: ["a", "b"] },
        status: 400,
        answer: itemsError("only one value is allowed for CNAME records"),
    },
    {
        fact: "a type that LiveDNS does not know is refused",
        source: DOCUMENT,
        request: `POST ${RECORDS}`,
        body: { ...A, rrset_name: "{here}", rrset_type: "SOA" },
        status: 400,
        answer: { errors: [{ name: "rrset_type" }] },
    },
    {
        fact: "unbalanced quotes are refused",
        source: DOCUMENT,
        request: `POST ${HERE}/TXT`,
        body: { rrset_values: ['"open'] },
        status: 400,
    },
    {
        fact: "a character string over 255 octets is refused",
        source: guess("a quoted character string that is too long is refused; the server does not cut it"),
        request: `POST ${HERE}/TXT`,
        body: { rrset_values: [`"${"x".repeat(256)}"`] },
        status: 400,
        answer: itemsError("a character string is longer than 255 characters"),
    },
    {
        fact: "a body that is no JSON is a 400",
        source: NO_OBJECT,
        request: `POST ${HERE}/A`,
        body: "{",
        status: 400,
        answer: { code: 400, message: "The request body is not a valid JSON object.", object: "HTTPBadRequest" },
    },
    {
        fact: "a body that is no object is a 400",
        source: NO_OBJECT,
        request: `POST ${HERE}/A`,
        body: [],
        status: 400,
        answer: { code: 400, message: "The request body is not a valid JSON object.", object: "HTTPBadRequest" },
    },
    ...["a..b", "a.*", "a b", "x".repeat(64), `${"x".repeat(63)}.`.repeat(3) + "y".repeat(60)].map((name) => ({
        fact: `the name ${name} is refused`,
        source: NAMES,
        request: `POST ${RECORDS}`,
        body: { ...A, rrset_name: `${name}.{here}`, rrset_type: "A" },
        status: 400,
        answer: itemsError(`'${name}.{here}': invalid record name`),
    })),
    ...["a-b_c", "0/25", "*"].map((name) => ({
        fact: `the name ${name} is taken`,
        source: NAMES,
        request: `POST ${RECORDS}`,
        body: { ...A, rrset_name: `${name}.{here}`, rrset_type: "A" },
        status: 201,
    })),
    {
        fact: "items that are no list are refused",
        request: `PUT ${HERE}`,
        body: { items: "all" },
        status: 400,
        answer: { errors: [{ name: "items", description: '"all" is not iterable' }] },
    },
]);
