import { CLIENTS, type Claim, DOCUMENT, facts, guess, ONE_REPORT, OWN, OWN_ZONE } from "../fact";

const REDIRECTIONS = `${OWN}/webredirs`;

/** A redirection of a host for one fact alone; underscores, as `{here}` has them, stand in no host. */
const of = (label: string) => ({ host: `${label}.{own}`, type: "http301", url: "https://example.org/" });
const made = (label: string): Claim["given"] => [
    [`POST ${REDIRECTIONS}`, of(label)],
    { until: `GET ${REDIRECTIONS}/${label}.{own}`, status: 200 },
];

const CHANGES = guess("that a change shows as late as any other that is answered with 202");
const OVERRIDE = guess("the status and the words of the error that a DNS record triggers, and that Gandi's own counts");

/** On domains of the run, as a redirection writes DNS, and that record may outlive it. */
export const WEB_REDIRECTION_FACTS = facts({ source: DOCUMENT, needs: "money" }, [
    {
        fact: "a web redirection needs host, type and url",
        request: `POST ${REDIRECTIONS}`,
        body: {},
        status: 400,
        answer: { errors: [{ name: "host" }, { name: "type" }, { name: "url" }] },
    },
    {
        fact: "the type of a web redirection is one of three",
        request: `POST ${REDIRECTIONS}`,
        body: { ...of("r1"), type: "301" },
        status: 400,
        answer: { errors: [{ location: "body", name: "type" }] },
    },
    {
        fact: "the host of a web redirection is the whole name, not a label",
        source: CLIENTS,
        request: `POST ${REDIRECTIONS}`,
        body: { ...of("r2"), host: "r2" },
        status: 400,
    },
    {
        fact: "a host outside the domain is named in the errors",
        source: guess("with which words, and that one label may be a wildcard"),
        request: `POST ${REDIRECTIONS}`,
        body: { ...of("r3"), host: "r3" },
        status: 400,
        answer: { errors: [{ location: "body", name: "host", description: "'r3' is not a host of {own}" }] },
    },
    {
        fact: "a web redirection leads to an URL of http or https",
        source: guess("which URLs are refused, and how"),
        request: `POST ${REDIRECTIONS}`,
        body: { ...of("r4"), url: "example.org" },
        status: 400,
        answer: { errors: [{ location: "body", name: "url", description: '"example.org" is not a valid URL' }] },
    },
    {
        fact: "a new web redirection is a 202, without protocol and override",
        source: CHANGES,
        request: `POST ${REDIRECTIONS}`,
        body: of("r5"),
        status: 202,
    },
    {
        fact: "a web redirection is read under its whole name, with http as its protocol",
        source: CLIENTS,
        given: made("r6"),
        request: `GET ${REDIRECTIONS}/r6.{own}`,
        status: 200,
        answer: { ...of("r6"), protocol: "http" },
    },
    {
        fact: "a web redirection makes the CNAME of its host",
        given: made("r7"),
        request: `GET ${OWN_ZONE}/records/r7/CNAME`,
        status: 200,
        answer: { rrset_values: ["webredir.vip.gandi.net."] },
    },
    {
        fact: "a change of a web redirection is a 202",
        source: CHANGES,
        given: made("r8"),
        request: `PATCH ${REDIRECTIONS}/r8.{own}`,
        body: { url: "https://example.net/" },
        status: 202,
    },
    {
        fact: "the removal of a web redirection is a 202",
        source: CHANGES,
        given: made("r9"),
        request: `DELETE ${REDIRECTIONS}/r9.{own}`,
        status: 202,
    },
    {
        fact: "the DNS record of a web redirection outlives it",
        source: guess("the DNS record stays, as nothing says that it goes"),
        given: [
            ...made("r10")!,
            [`DELETE ${REDIRECTIONS}/r10.{own}`],
            { until: `GET ${REDIRECTIONS}/r10.{own}`, status: 404 },
        ],
        request: `GET ${OWN_ZONE}/records/r10/CNAME`,
        status: 200,
    },
    {
        fact: "a second web redirection of the same host is a 409",
        source: guess("how a second redirection of the same host is refused"),
        given: made("r11"),
        request: `POST ${REDIRECTIONS}`,
        body: of("r11"),
        status: 409,
        answer: { message: "Web redirection 'r11.{own}' already exists" },
    },
    {
        fact: "without override an RRset of the host is a 409",
        source: OVERRIDE,
        given: [[`POST ${OWN_ZONE}/records/r12/A`, { rrset_values: ["192.0.2.1"] }]],
        request: `POST ${REDIRECTIONS}`,
        body: of("r12"),
        status: 409,
        answer: { message: "A DNS record already exists for 'r12.{own}'" },
    },
    {
        fact: "off the apex any RRset of the host counts",
        source: guess(
            "off the apex all of the name, as a CNAME stands alone; at the apex those that say where the web site is",
        ),
        given: [[`POST ${OWN_ZONE}/records/r13/TXT`, { rrset_values: ['"x"'] }]],
        request: `POST ${REDIRECTIONS}`,
        body: of("r13"),
        status: 409,
    },
    {
        fact: "with override the RRset of the host goes",
        given: [
            [`POST ${OWN_ZONE}/records/r14/A`, { rrset_values: ["192.0.2.1"] }],
            [`POST ${REDIRECTIONS}`, { ...of("r14"), override: true }],
            { until: `GET ${REDIRECTIONS}/r14.{own}`, status: 200 },
        ],
        request: `GET ${OWN_ZONE}/records/r14/A`,
        status: 404,
    },
    {
        fact: "a change with override: false needs the DNS record",
        source: guess("the status and the words, and that an override which is not given asks for no record"),
        given: [...made("r15")!, [`DELETE ${OWN_ZONE}/records/r15/CNAME`]],
        request: `PATCH ${REDIRECTIONS}/r15.{own}`,
        body: { override: false },
        status: 409,
        answer: { message: "There is no DNS record for 'r15.{own}'" },
    },
    {
        fact: "a web redirection that is not there is a 404",
        source: guess("the status, of which a glue record's 400 is the other possibility, and the words"),
        request: `GET ${REDIRECTIONS}/none.{own}`,
        status: 404,
        answer: { message: "Web redirection 'none.{own}' doesn't exist", cause: "CAUSE_NOTFOUND" },
    },
    {
        fact: "the list of web redirections has pages",
        given: [...made("r16")!, ...made("r17")!],
        request: `GET ${REDIRECTIONS}?per_page=1`,
        status: 200,
        answerHeaders: { link: /rel="next"/, "total-count": /^\d+$/ },
    },
    {
        fact: "the list of web redirections comes as CSV, with four columns",
        source: guess("the columns of the list of redirections"),
        request: `GET ${REDIRECTIONS}`,
        headers: { accept: "text/csv" },
        status: 200,
        text: /^host,type,url,protocol\n/,
        answerHeaders: { "content-type": "text/csv; charset=utf-8" },
    },
    {
        fact: "https makes Gandi order a certificate for the host",
        source: ONE_REPORT,
        given: [
            [`POST ${REDIRECTIONS}`, { ...of("r18"), protocol: "https" }],
            { until: `GET ${REDIRECTIONS}/r18.{own}`, status: 200 },
        ],
        request: `GET ${REDIRECTIONS}/r18.{own}`,
        status: 200,
        answer: { protocol: "https", cert_uuid: /./ },
    },
    {
        fact: "a certificate that is on its way is pending, and then valid",
        source: guess("the states of a certificate"),
        given: [
            [`POST ${REDIRECTIONS}`, { ...of("r19"), protocol: "https" }],
            { until: `GET ${REDIRECTIONS}/r19.{own}`, status: 200 },
        ],
        request: `GET ${REDIRECTIONS}/r19.{own}`,
        status: 200,
        answer: { cert_status: "pending" },
    },
]);
