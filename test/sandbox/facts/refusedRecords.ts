import { A, type Fact, RECORDS } from "./fact";

function itemsError(description: string) {
    return { status: "error", errors: [{ location: "body", name: "items", description }] };
}

export const REFUSED_RECORDS: Fact[] = [
    {
        fact: "a TTL below 300 is refused by name",
        request: `POST ${RECORDS}/www/A`,
        body: { ...A, rrset_ttl: 60 },
        status: 400,
        text: '{"status": "error", "errors": [{"location": "body", "name": "rrset_ttl", "description": "60 is less than minimum value 300"}]}',
    },
    {
        fact: "a TTL above 2592000 is refused",
        request: `POST ${RECORDS}/www/A`,
        body: { ...A, rrset_ttl: 2592001 },
        status: 400,
        answer: { errors: [{ name: "rrset_ttl", description: "2592001 is greater than maximum value 2592000" }] },
    },
    {
        fact: "each bad address has an entry of its own",
        request: `POST ${RECORDS}/www/A`,
        body: { rrset_values: ["toto", "192.0.2.1", "192.0.2.256"] },
        status: 400,
        answer: {
            errors: [
                {
                    name: "items",
                    description: expect.stringMatching(/^'toto': must be an IP address \(param: \{.*\}\)$/),
                },
                { name: "items", description: expect.stringMatching(/^'192\.0\.2\.256': must be an IP address/) },
            ],
        },
    },
    {
        fact: "an absolute name outside the zone is refused in the words that were quoted",
        request: `POST ${RECORDS}`,
        body: { ...A, rrset_name: "_acme-challenge.", rrset_type: "A" },
        status: 400,
        answer: { code: 400, message: "Absolute rrset_name must end with example.com. (_acme-challenge.)" },
    },
    {
        fact: "missing values are required",
        request: `POST ${RECORDS}/www/A`,
        body: {},
        status: 400,
        answer: { errors: [{ name: "rrset_values", description: "Required" }] },
    },
    {
        fact: "an empty list of values is refused",
        request: `POST ${RECORDS}/www/A`,
        body: { rrset_values: [] },
        status: 400,
        answer: { errors: [{ name: "rrset_values.0" }] },
    },
    {
        fact: "a bad target is an invalid hostname",
        request: `POST ${RECORDS}/www/CNAME`,
        body: { rrset_values: ["a b"] },
        status: 400,
        answer: itemsError("invalid hostname"),
    },
    {
        fact: "each NS target that is an address has an entry of its own",
        request: `PUT ${RECORDS}/sub/NS`,
        body: { rrset_ttl: 3600, rrset_values: ["6.2.3.4.", "7.2.3.4."] },
        status: 400,
        answer: {
            errors: ["6.2.3.4.", "7.2.3.4."].map((value) => ({
                location: "body",
                name: "items",
                description: `'${value}': invalid hostname (param: {'rrset_type': u'NS', 'rrset_ttl': 3600, 'rrset_name': u'sub', 'rrset_values': [u'6.2.3.4.', u'7.2.3.4.']})`,
            })),
        },
    },
    {
        fact: "CNAME at the apex is refused",
        request: `POST ${RECORDS}/%40/CNAME`,
        body: { rrset_values: ["www"] },
        status: 400,
        answer: itemsError("can't use '@' for CNAME records"),
    },
    {
        fact: "ALIAS below the apex is refused",
        request: `POST ${RECORDS}/www/ALIAS`,
        body: { rrset_values: ["a.example.net."] },
        status: 400,
        answer: itemsError("only '@' is allowed for ALIAS records"),
    },
    {
        fact: "CNAME beside another type is refused",
        given: [[`POST ${RECORDS}/www/A`, A]],
        request: `POST ${RECORDS}/www/CNAME`,
        body: { rrset_values: ["a.example.net."] },
        status: 400,
    },
    {
        fact: "a type that LiveDNS does not know is refused",
        request: `POST ${RECORDS}`,
        body: { ...A, rrset_name: "a", rrset_type: "SOA" },
        status: 400,
        answer: { errors: [{ name: "rrset_type" }] },
    },
    {
        fact: "unbalanced quotes are refused",
        request: `POST ${RECORDS}/t/TXT`,
        body: { rrset_values: ['"open'] },
        status: 400,
    },
    {
        fact: "a character string over 255 octets is refused",
        request: `POST ${RECORDS}/t/TXT`,
        body: { rrset_values: [`"${"x".repeat(256)}"`] },
        status: 400,
    },
    {
        fact: "a body that is no JSON is a 400",
        request: `POST ${RECORDS}/www/A`,
        body: "{",
        status: 400,
        answer: { code: 400 },
    },
    {
        fact: "a body that is no object is a 400",
        request: `POST ${RECORDS}/www/A`,
        body: [],
        status: 400,
        answer: { code: 400 },
    },
    {
        fact: "a page below 1 is refused",
        request: `GET ${RECORDS}?page=0`,
        status: 400,
        answer: { errors: [{ location: "querystring", name: "page", description: "0 is less than minimum value 1" }] },
    },
    {
        fact: "a type in the path that LiveDNS does not know is refused there",
        request: `GET ${RECORDS}/www/SOA`,
        status: 400,
        answer: { errors: [{ location: "path", name: "rrset_type" }] },
    },
    {
        fact: "a second target of a CNAME is refused",
        request: `POST ${RECORDS}/www/CNAME`,
        body: { rrset_values: ["a", "b"] },
        status: 400,
    },
    {
        fact: "the same RRset twice in a zone is refused",
        request: `PUT ${RECORDS}`,
        body: { items: ["A", "a"].map((rrset_name) => ({ ...A, rrset_name, rrset_type: "A" })) },
        status: 400,
        answer: { errors: [{ name: "items" }] },
    },
    ...["a..b", "a.*", "a b", `${"x".repeat(64)}`, `${"x".repeat(63)}.`.repeat(3) + "y".repeat(60)].map(
        (name): Fact => ({
            fact: `the name ${name} is refused`,
            request: `POST ${RECORDS}`,
            body: { ...A, rrset_name: name, rrset_type: "A" },
            status: 400,
            answer: { errors: [{ name: "items", description: `'${name}': invalid record name` }] },
        }),
    ),
    {
        fact: "items that are no list are refused",
        request: `PUT ${RECORDS}`,
        body: { items: "all" },
        status: 400,
        answer: { errors: [{ name: "items", description: '"all" is not iterable' }] },
    },
    {
        fact: "an unknown order is refused",
        request: `GET ${RECORDS}?sort_by=colour`,
        status: 400,
        answer: { errors: [{ location: "querystring", name: "sort_by" }] },
    },
];
