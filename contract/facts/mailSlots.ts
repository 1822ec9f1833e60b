import { ONE_OR_MORE, such, WHOLE_NUMBER } from "../expected";
import { DOCUMENT, facts, guess, type Step } from "../fact";

const SLOTS = "/v5/email/slots/{domain}";
const SLOT = `${SLOTS}/{id}`;

const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const HAS_SLOTS: Step = { provided: `GET ${SLOTS}`, answer: ONE_OR_MORE, otherwise: "the domain has no slots" };
const HAS_FREE_SLOTS: Step = {
    provided: `GET ${SLOTS}?display_not_expired_and_inactive=true`,
    answer: ONE_OR_MORE,
    otherwise: "the domain has no slot that is free",
};
const withOrWithoutRefund = such(
    "a slot with a refund exactly where it is refundable",
    (slot) => Object.hasOwn(slot as object, "refund_amount") === (slot as { refundable?: unknown }).refundable,
);

export const MAIL_SLOT_FACTS = facts({ source: DOCUMENT, needs: "read" }, [
    {
        fact: "a slot has a number, a status, a type and a capacity",
        given: [HAS_SLOTS, { keep: "{id}", of: `GET ${SLOTS}` }],
        request: `GET ${SLOT}`,
        status: 200,
        answer: {
            id: WHOLE_NUMBER,
            status: /^(in)?active$/,
            mailbox_type: /^(free|(standard|premium)(_2023)?)$/,
            capacity: WHOLE_NUMBER,
            created_at: DATE,
            href: /\/v5\/email\/slots\/{domain}\/{id}$/,
        },
    },
    {
        fact: "the slots that can take a mailbox are those that are inactive",
        given: [HAS_FREE_SLOTS],
        request: `GET ${SLOTS}?display_not_expired_and_inactive=true`,
        status: 200,
        answer: such("inactive slots", (slots) =>
            (slots as { status: string }[]).every((one) => one.status === "inactive"),
        ),
    },
    {
        fact: "a slot says when it expires",
        source: guess("`expires_at`, which the reference of the list does not name"),
        given: [HAS_SLOTS, { keep: "{id}", of: `GET ${SLOTS}` }],
        request: `GET ${SLOT}`,
        status: 200,
        answer: { expires_at: DATE },
    },
    {
        fact: "a free slot holds as much as a standard one",
        source: guess("that of a free one"),
        given: [{ provided: `GET ${SLOTS}`, otherwise: "no slots can be seen of the domain" }],
        request: `GET ${SLOTS}`,
        status: 200,
        answer: such("slots of which a free one has 3072 MB", (slots) =>
            (slots as { mailbox_type: string; capacity: number }[]).every(
                (one) => one.mailbox_type !== "free" || one.capacity === 3072,
            ),
        ),
    },
    {
        fact: "Total-Count tells how many slots there are, as the filter leaves them",
        source: guess("that the filter counts for the total"),
        given: [
            { provided: `GET ${SLOTS}`, answer: [{}, {}], otherwise: "the domain has not just two slots" },
            HAS_FREE_SLOTS,
        ],
        request: `GET ${SLOTS}?display_not_expired_and_inactive=true`,
        status: 200,
        answerHeaders: { "total-count": "1" },
    },
    {
        fact: "a slot says what it pays back where it is refundable, and only there",
        source: guess("that the refund stands where there is one alone"),
        given: [HAS_SLOTS, { keep: "{id}", of: `GET ${SLOTS}` }],
        request: `GET ${SLOT}`,
        status: 200,
        answer: withOrWithoutRefund,
    },
    { fact: "no slots are seen of an unknown domain: 404", request: "GET /v5/email/slots/nobody.com", status: 404 },
    {
        fact: "the 404 of a slot names it, with the cause CAUSE_NOTFOUND",
        source: guess("the whole 404 of a slot"),
        given: [{ provided: `GET ${SLOTS}`, otherwise: "no slots can be seen of the domain" }],
        request: `GET ${SLOTS}/0`,
        status: 404,
        answer: { code: 404, message: "Slot '0' doesn't exist", object: "HTTPNotFound", cause: "CAUSE_NOTFOUND" },
    },
]);
