import { including, ONE_OR_MORE, such, WHOLE_NUMBER } from "../expected";
import { CLIENTS, DOCUMENT, facts, guess, type Step } from "../fact";

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

const READ = facts({ source: DOCUMENT, needs: "read" }, [
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

const OWN_SLOTS = "/v5/email/slots/{own}";
const OWN_SLOT = `${OWN_SLOTS}/{id}`;
/** Of a type that no other fact buys: the list has them alone. */
const BOUGHT = { mailbox_type: "premium", duration: 1 };
const FREE = `GET ${OWN_SLOTS}?display_not_expired_and_inactive=true`;
const bought: Step[] = [
    [`POST ${OWN_SLOTS}`, BOUGHT],
    { until: FREE, answer: including({ mailbox_type: "premium", refundable: true }) },
    { keep: "{id}", of: FREE },
];
const REFUSED = guess("with what a slot is refused that a mailbox has, or that is not paid back");

/** On a domain of the run, as a slot is paid. */
const BOUGHT_AND_REFUNDED = facts({ source: DOCUMENT, needs: "money" }, [
    {
        fact: "a slot needs a type and a duration",
        request: `POST ${OWN_SLOTS}`,
        body: {},
        status: 400,
        answer: { errors: [{ name: "mailbox_type" }, { name: "duration" }] },
    },
    {
        fact: "an order of a slot is a 202 whose Location ends in its number",
        source: CLIENTS,
        request: `POST ${OWN_SLOTS}`,
        body: { ...BOUGHT, autorenew: true },
        status: 202,
        answerHeaders: { location: /\/v5\/email\/slots\/{own}\/\d+$/ },
    },
    {
        fact: "a slot that was just bought is paid back in full",
        source: guess("all of its price is paid back, for as long as no mailbox has it"),
        given: bought,
        request: `GET ${OWN_SLOT}`,
        status: 200,
        answer: { refundable: true, refund_currency: "EUR" },
    },
    {
        fact: "a slot is paid back once, and not again while that is under way",
        source: REFUSED,
        given: [...bought, [`DELETE ${OWN_SLOT}`]],
        request: `DELETE ${OWN_SLOT}`,
        status: 409,
    },
]);

const READ_PRODUCTS = facts({ source: DOCUMENT, needs: "read" }, [
    {
        fact: "what can be bought of mailboxes comes with prices",
        request: "GET /v5/mailbox/products",
        status: 200,
        answer: including({ config_name: "standard" }, { config_name: "premium" }),
    },
    {
        fact: "a price of a mailbox is that of one month, for the months between two bounds",
        source: guess("that a price is that of one month, as `domain/check` has it of one year"),
        request: "GET /v5/mailbox/products",
        status: 200,
        answer: such("products of which a month of twelve costs no more than a single one", (products) =>
            (
                products as { prices: { duration_unit: string; min_duration: number; price_after_taxes: number }[] }[]
            ).every(({ prices }) => {
                const [one, twelve] = [1, 12].map(
                    (months) =>
                        prices.find((unit) => unit.duration_unit === "m" && unit.min_duration === months)
                            ?.price_after_taxes ?? Number.NaN,
                );
                return twelve! <= one!;
            }),
        ),
    },
]);

export const MAIL_SLOT_FACTS = [...READ, ...BOUGHT_AND_REFUNDED, ...READ_PRODUCTS];
