import { including, ONE_OR_MORE, such, WHOLE_NUMBER } from "../expected";
import { CLIENTS, type Claim, DOCUMENT, facts, guess, RECORDED, type Step } from "../fact";

const THERE = "/v5/email/mailboxes/{domain}";
const MAILBOXES = "/v5/email/mailboxes/{own}";
const MAILBOX = `${MAILBOXES}/{id}`;
const SLOTS = "/v5/email/slots/{own}";
const FREE_SLOTS = `${SLOTS}?display_not_expired_and_inactive=true`;

/** A hash of which nobody knows the password. */
const HASH = `{SHA512-CRYPT}$6$c0ntract$${"x".repeat(86)}`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

const of = (login: string, more: object = {}) => ({ login, mailbox_type: "standard", password: HASH, ...more });
const bought = (mailbox_type: string): Step[] => [
    [`POST ${SLOTS}`, { mailbox_type, duration: 1 }],
    { until: `GET ${FREE_SLOTS}`, answer: including({ mailbox_type }) },
];
/** A mailbox of this login, in a slot that was bought for it; `{id}` is its id. */
const made = (login: string, more?: object): Step[] => [
    ...bought("standard"),
    [`POST ${MAILBOXES}`, of(login, more)],
    { until: `GET ${MAILBOXES}?login=${login}`, answer: [{ login }] },
    { keep: "{id}", of: `GET ${MAILBOXES}?login=${login}` },
];

const CHANGE = guess("that a change of a mailbox shows as late as any other that is answered with 202");
const STRENGTH = guess("the words, and how strictly a hash is looked at");
const WILDCARDS = guess("the words, and that one wildcard is the most");
const RESPONDER = guess("what of a responder is required, and that its dates must be in order");
const HELD = guess("how a mailbox is refused whose address, or one of whose aliases, is another's");

const READ = facts({ source: DOCUMENT, needs: "read" }, [
    {
        fact: "the list of mailboxes comes as CSV, with three columns",
        source: guess("the columns of the list of mailboxes"),
        request: `GET ${THERE}`,
        headers: { accept: "text/csv" },
        status: 200,
        text: /^address,mailbox_type,aliases\n/,
        answerHeaders: { "content-type": "text/csv; charset=utf-8" },
    },
    {
        fact: "an entry of the list of mailboxes has an id, a type, and what it renews for",
        given: [{ provided: `GET ${THERE}`, answer: ONE_OR_MORE, otherwise: "the domain has no mailboxes" }],
        request: `GET ${THERE}?per_page=1`,
        status: 200,
        answer: [
            {
                id: UUID,
                domain: "{domain}",
                mailbox_type: /^(free|(standard|premium)(_2023)?)$/,
                alias_count: WHOLE_NUMBER,
                quota_used: WHOLE_NUMBER,
                expires_at: DATE,
                autorenew: { duration: WHOLE_NUMBER, duration_type: "m" },
            },
        ],
    },
    {
        fact: "the list of mailboxes has a filter by type, and no other type",
        request: `GET ${THERE}?mailbox_type=large`,
        status: 400,
        answer: { errors: [{ location: "querystring", name: "mailbox_type" }] },
    },
    {
        fact: "the list of mailboxes has none whose slot was made before the first",
        request: `GET ${THERE}?%3Ccreated_at=2000-01-01T00:00:00Z`,
        status: 200,
        answer: [],
        answerHeaders: { "filtered-count": "0" },
    },
    {
        fact: "the 404 of a mailbox names it, with the cause CAUSE_NOTFOUND",
        source: guess("the whole 404 of a mailbox"),
        request: `GET ${THERE}/00000000-0000-4000-8000-000000000000`,
        status: 404,
        answer: {
            code: 404,
            message: "Mailbox '00000000-0000-4000-8000-000000000000' doesn't exist",
            object: "HTTPNotFound",
            cause: "CAUSE_NOTFOUND",
        },
    },
    {
        fact: "no mailboxes are seen of an unknown domain: 404",
        request: "GET /v5/email/mailboxes/nobody.com",
        status: 404,
    },
]);

/** On a domain of the run, as a mailbox takes a slot that is paid. */
const WRITTEN = facts({ source: DOCUMENT, needs: "money" }, [
    {
        fact: "a mailbox is read with its aliases and its responder, whose message is empty where it is off",
        source: RECORDED,
        given: made("m2", { aliases: ["m2.alias", "m2.*"] }),
        request: `GET ${MAILBOX}`,
        status: 200,
        answer: {
            id: "{id}",
            address: "m2@{own}",
            aliases: including("m2.alias", "m2.*"),
            mailbox_type: "standard",
            responder: { enabled: false, message: "" },
        },
    },
    {
        fact: "the mailboxes are filtered by a pattern of the login",
        given: [...made("m3"), ...made("m3.b")],
        request: `GET ${MAILBOXES}?~login=m3*`,
        status: 200,
        answer: such("a list of two", (list) => (list as unknown[]).length === 2),
    },
    {
        fact: "a dry run of a new mailbox says nothing of slots",
        source: guess("a dry run judges the fields alone"),
        request: `POST ${MAILBOXES}`,
        headers: { "dry-run": "1" },
        body: of("m4", { mailbox_type: "premium_2023" }),
        status: 200,
        answer: { status: "success" },
    },
    {
        fact: "a mailbox without a slot of its type is refused",
        source: guess("the whole refusal of a mailbox that has no slot"),
        request: `POST ${MAILBOXES}`,
        body: of("m5", { mailbox_type: "premium_2023" }),
        status: 400,
        answer: { code: 400, message: "No slot available for mailbox type premium_2023" },
    },
    {
        fact: "standard_new comes back as standard_2023",
        given: [
            ...bought("standard_2023"),
            [`POST ${MAILBOXES}`, of("m6", { mailbox_type: "standard_new" })],
            { until: `GET ${MAILBOXES}?login=m6`, answer: [{}] },
        ],
        request: `GET ${MAILBOXES}?login=m6`,
        status: 200,
        answer: [{ mailbox_type: "standard_2023" }],
    },
    {
        fact: "a mailbox needs a password",
        request: `POST ${MAILBOXES}`,
        body: { login: "m7", mailbox_type: "standard" },
        status: 400,
        answer: { errors: [{ location: "body", name: "password", description: "Required" }] },
    },
    ...["Short1!23".slice(0, 7), "no-capital-123", "Only-2-digits-1", "N0special123", `A-123${"x".repeat(196)}`].map(
        (password) => ({
            fact: `a password of ${password.length} characters, such as ${password.slice(0, 15)}, is refused`,
            source: STRENGTH,
            request: `POST ${MAILBOXES}`,
            body: of("m8", { password }),
            status: 400,
            answer: { errors: [{ name: "password", description: "The password is not strong enough" }] },
        }),
    ),
    {
        fact: "a hash that is too short for SHA-512 is a password without a capital",
        source: STRENGTH,
        request: `POST ${MAILBOXES}`,
        headers: { "dry-run": "1" },
        body: of("m9", { password: "{sha512-crypt}$6$123$short" }),
        status: 200,
        answer: { status: "error", errors: [{ name: "password" }] },
    },
    {
        fact: "a wildcard stands before or after at least two characters of an alias",
        source: WILDCARDS,
        request: `POST ${MAILBOXES}`,
        body: of("m10", { aliases: ["ab*", "a*", "*ab*"] }),
        status: 400,
        answer: {
            errors: [
                { name: "aliases.1", description: "'a*': invalid alias" },
                { name: "aliases.2", description: "'*ab*': invalid alias" },
            ],
        },
    },
    {
        fact: "a change of a mailbox is a 202",
        source: CHANGE,
        given: made("m11"),
        request: `PATCH ${MAILBOX}`,
        body: { antispam: false },
        status: 202,
    },
    {
        fact: "the removal of a mailbox is a 202",
        source: CHANGE,
        given: made("m12"),
        request: `DELETE ${MAILBOX}`,
        status: 202,
    },
    {
        fact: "the slot of a mailbox that was deleted is free again",
        source: CLIENTS,
        given: [...made("m13"), [`DELETE ${MAILBOX}`], { until: `GET ${MAILBOX}`, status: 404 }],
        request: `GET ${FREE_SLOTS}`,
        status: 200,
        answer: including({ mailbox_type: "standard", status: "inactive" }),
    },
    {
        fact: "the removal of a mailbox's mail is a 202",
        source: CHANGE,
        given: made("m14"),
        request: `DELETE ${MAILBOX}/contents`,
        status: 202,
    },
    {
        fact: "several things of a mailbox are set with one change",
        source: CHANGE,
        given: [
            ...made("m15"),
            [
                `PATCH ${MAILBOX}`,
                { antispam: false, aliases: ["m15.a"], responder: { enabled: true, message: "Away" } },
            ],
            { until: `GET ${MAILBOX}`, answer: { antispam: false } },
        ],
        request: `GET ${MAILBOX}`,
        status: 200,
        answer: { aliases: ["m15.a"], responder: { enabled: true, message: "Away" } },
    },
    {
        fact: "a responder that ends before it starts is refused",
        source: RESPONDER,
        given: made("m16"),
        request: `PATCH ${MAILBOX}`,
        body: {
            responder: {
                enabled: true,
                message: "Away",
                starts_at: "2030-01-02T00:00:00Z",
                ends_at: "2030-01-01T00:00:00Z",
            },
        },
        status: 400,
        answer: { errors: [{ name: "responder.ends_at" }] },
    },
    {
        fact: "a responder that is on needs a message",
        source: RESPONDER,
        given: made("m17"),
        request: `PATCH ${MAILBOX}`,
        body: { responder: { enabled: true } },
        status: 400,
        answer: { errors: [{ name: "responder.message" }] },
    },
    {
        fact: "the renewal of a mailbox is switched by activated, and not by enabled",
        given: made("m18"),
        request: `PATCH ${MAILBOX}`,
        body: { autorenew: { enabled: true, duration: 12 } },
        status: 400,
        answer: { errors: [{ name: "autorenew.activated", description: "Required" }] },
    },
    {
        fact: "a mailbox renews for a month where nothing else is said",
        source: guess("the months where none are given"),
        given: [
            ...made("m19"),
            [`PATCH ${MAILBOX}`, { autorenew: { activated: true } }],
            { until: `GET ${MAILBOX}`, answer: { autorenew: { enabled: true } } },
        ],
        request: `GET ${MAILBOX}`,
        status: 200,
        answer: { autorenew: { enabled: true, duration: 1, duration_type: "m" } },
    },
    {
        fact: "a mailbox that does not renew shows a month all the same",
        source: guess("the months of what does not renew by itself"),
        given: made("m20"),
        request: `GET ${MAILBOX}`,
        status: 200,
        answer: { autorenew: { enabled: false, duration: 1, duration_type: "m" } },
    },
    {
        fact: "another type takes a free slot of it, and leaves the old one free",
        source: guess("a change of type takes a slot of the new type that is free"),
        given: [
            ...made("m21"),
            ...bought("premium"),
            [`PATCH ${MAILBOX}`, { mailbox_type: "premium" }],
            { until: `GET ${MAILBOX}`, answer: { mailbox_type: "premium" } },
        ],
        request: `GET ${FREE_SLOTS}`,
        status: 200,
        answer: including({ mailbox_type: "standard" }),
    },
    {
        fact: "a second mailbox of the same login is a 409",
        source: HELD,
        given: [...made("m22"), ...bought("standard")],
        request: `POST ${MAILBOXES}`,
        body: of("m22"),
        status: 409,
        answer: { message: "Mailbox 'm22@{own}' already exists" },
    },
    {
        fact: "an alias that is another mailbox's login, in another case, is a 409",
        source: guess("that case makes no other address"),
        given: [...made("m23"), ...bought("standard")],
        request: `POST ${MAILBOXES}`,
        body: of("m23.b", { aliases: ["M23"] }),
        status: 409,
    },
    {
        fact: "a forward of an alias's name is a 409",
        source: guess("how a forward is refused whose source another forward, a mailbox or an alias has"),
        given: made("m24", { aliases: ["m24.alias"] }),
        request: "POST /v5/email/forwards/{own}",
        body: { source: "m24.alias", destinations: ["bob@example.org"] },
        status: 409,
        answer: { message: "Alias 'm24.alias@{own}' already exists" },
    },
    {
        fact: "antispam of a domain is that of each of its mailboxes",
        source: guess("antispam that is switched for a domain is switched for each of its mailboxes"),
        given: [
            ...made("m25"),
            ["PATCH /v5/email/offers/{own}", { antispam: "inactive" }],
            { until: "GET /v5/email/offers/{own}", answer: { antispam: "inactive" } },
        ],
        request: `GET ${MAILBOX}`,
        status: 200,
        answer: { antispam: false },
    },
    // The last, as its slot shows as free until the mailbox is there.
    {
        fact: "a new mailbox is a 202 whose Location ends in its id",
        source: CLIENTS,
        given: bought("standard"),
        request: `POST ${MAILBOXES}`,
        body: of("m1"),
        status: 202,
        answerHeaders: { location: /\/v5\/email\/mailboxes\/{own}\/[0-9a-f-]{36}$/ },
    },
]);

const hasMailboxes = (list: string): Step => ({
    provided: `GET ${list}`,
    otherwise: "no mailboxes can be seen of the domain",
});
const withMailboxes = (list: string) => (claim: (typeof READ)[number]) => ({
    ...claim,
    given: [hasMailboxes(list), ...((claim.given as Claim["given"]) ?? [])],
});

export const MAILBOX_FACTS = [...READ.map(withMailboxes(THERE)), ...WRITTEN.map(withMailboxes(MAILBOXES))];
