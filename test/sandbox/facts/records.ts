import { A, type Claim } from "../../../contract/fact";
import { RECORDS } from "./names";

export const RECORD_FACTS: Claim[] = [
    {
        fact: "the apex and the wildcard are escaped in hrefs and found escaped or plain",
        given: [[`POST ${RECORDS}/*/A`, A]],
        request: `GET ${RECORDS}/%2A/A`,
        status: 200,
        answer: { rrset_name: "*" },
    },
    {
        fact: "the list is sorted by upper-cased name, then type, and leaves out NS at the apex",
        given: [
            [`PUT ${RECORDS}/%40/NS`, { rrset_values: ["ns1.example.net."] }],
            ...["_x", "b", "A", "%2A", "%40"].map((name): [string, unknown] => [`POST ${RECORDS}/${name}/A`, A]),
            [`POST ${RECORDS}/b/AAAA`, { rrset_values: ["2001:db8::1"] }],
        ],
        request: `GET ${RECORDS}`,
        status: 200,
        answer: [
            { rrset_name: "*", rrset_type: "A" },
            { rrset_name: "@", rrset_type: "A" },
            { rrset_name: "A", rrset_type: "A" },
            { rrset_name: "b", rrset_type: "A" },
            { rrset_name: "b", rrset_type: "AAAA" },
            { rrset_name: "_x", rrset_type: "A" },
        ],
        answerHeaders: { "total-count": "6" },
    },
    {
        fact: "NS at the apex is found when it is asked for alone",
        given: [[`PUT ${RECORDS}/%40/NS`, { rrset_values: ["ns1.example.net."] }]],
        request: `GET ${RECORDS}/%40/NS`,
        status: 200,
        answer: { rrset_values: ["ns1.example.net."] },
    },
    {
        fact: "the list is filtered by type",
        given: [
            [`POST ${RECORDS}/a/A`, A],
            [`POST ${RECORDS}/a/TXT`, { rrset_values: ["x"] }],
        ],
        request: `GET ${RECORDS}?rrset_type=TXT`,
        status: 200,
        answer: [{ rrset_type: "TXT" }],
        answerHeaders: { "total-count": "1" },
    },
    {
        fact: "the list is turned round on demand",
        given: ["a", "b"].map((name): [string, unknown] => [`POST ${RECORDS}/${name}/A`, A]),
        request: `GET ${RECORDS}?sort_by=-rrset_name`,
        status: 200,
        answer: [{ rrset_name: "b" }, { rrset_name: "a" }],
    },
    {
        fact: "the zone as text is filtered by type, too",
        given: [
            [`POST ${RECORDS}/a/A`, A],
            [`POST ${RECORDS}/a/TXT`, { rrset_values: ["x"] }],
        ],
        request: `GET ${RECORDS}?rrset_type=TXT`,
        headers: { accept: "text/plain" },
        status: 200,
        text: 'a 10800 IN TXT "x"\n',
    },
    {
        fact: "the zone's own absolute name is the apex",
        given: [[`PUT ${RECORDS}/example.com./A`, A]],
        request: `GET ${RECORDS}/%40/A`,
        status: 200,
    },
    {
        fact: "the zone as text has its SOA, relative names and one value a line",
        given: [[`POST ${RECORDS}/www/A`, { rrset_values: ["192.0.2.1", "192.0.2.2"], rrset_ttl: 300 }]],
        request: `GET ${RECORDS}`,
        headers: { accept: "text/plain" },
        status: 200,
        text: /^@ 10800 IN SOA .*\nwww 300 IN A 192\.0\.2\.1\nwww 300 IN A 192\.0\.2\.2\n$/,
        answerHeaders: { "content-type": "text/plain; charset=utf-8" },
    },
    {
        fact: "PUT of the zone replaces all its RRsets",
        given: [
            [`POST ${RECORDS}/old/A`, A],
            [`PUT ${RECORDS}`, { items: [{ ...A, rrset_name: "new", rrset_type: "A" }] }],
        ],
        request: `GET ${RECORDS}`,
        status: 200,
        answer: [{ rrset_name: "new" }],
    },
    {
        fact: "PUT of the zone keeps NS at the apex",
        given: [
            [`PUT ${RECORDS}/%40/NS`, { rrset_values: ["ns1.example.net."] }],
            [`PUT ${RECORDS}`, { items: [] }],
        ],
        request: `GET ${RECORDS}/%40/NS`,
        status: 200,
    },
    {
        fact: "PUT of the zone with remove_apex_ns removes NS at the apex",
        given: [
            [`PUT ${RECORDS}/%40/NS`, { rrset_values: ["ns1.example.net."] }],
            [`PUT ${RECORDS}`, { items: [], remove_apex_ns: true }],
        ],
        request: `GET ${RECORDS}/%40/NS`,
        status: 404,
    },
    { fact: "DELETE of all the records is a 204", request: `DELETE ${RECORDS}`, status: 204, text: "" },
    {
        fact: "CNAME at the apex is refused",
        request: `POST ${RECORDS}/%40/CNAME`,
        body: { rrset_values: ["www"] },
        status: 400,
        answer: { errors: [{ location: "body", name: "items", description: "can't use '@' for CNAME records" }] },
    },
    {
        fact: "the same RRset twice in a zone is refused",
        request: `PUT ${RECORDS}`,
        body: { items: ["A", "a"].map((rrset_name) => ({ ...A, rrset_name, rrset_type: "A" })) },
        status: 400,
        answer: { errors: [{ name: "items" }] },
    },
];
