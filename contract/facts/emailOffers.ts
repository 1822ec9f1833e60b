import { WHOLE_NUMBER } from "../expected";
import { DOCUMENT, facts, guess, OWN_ZONE, type Step } from "../fact";

const OFFER = "/v5/email/offers/{domain}";
const OWN_OFFER = "/v5/email/offers/{own}";

const DKIM = guess("it overwrites what stands at these three names, and leaves its records when it goes off");
const switched = (dkim: string): Step[] => [
    [`PATCH ${OWN_OFFER}`, { antispam: "active", dkim }],
    { until: `GET ${OWN_OFFER}`, answer: { dkim } },
];

/** Whatever else is answered of a domain without e-mail says nothing of offers. */
const HAS_OFFER = (offer: string): Step => ({ provided: `GET ${offer}`, otherwise: "the domain has no e-mail offer" });

const READ = facts({ source: DOCUMENT, needs: "read" }, [
    {
        fact: "an offer has a status, a version, and the states of antispam and DKIM",
        given: [HAS_OFFER(OFFER)],
        request: `GET ${OFFER}`,
        status: 200,
        answer: {
            status: /^(in)?active$/,
            version: WHOLE_NUMBER,
            antispam: /^((in)?active|mixed)$/,
            dkim: /^(in)?active$/,
        },
    },
    { fact: "no offer is seen of an unknown domain: 404", request: "GET /v5/email/offers/nobody.com", status: 404 },
]);

/** On a domain of the run, as DKIM writes DNS, and its records may outlive it. */
const WRITTEN = facts({ source: DOCUMENT, needs: "money" }, [
    {
        fact: "a change of an offer needs antispam",
        request: `PATCH ${OWN_OFFER}`,
        body: { dkim: "active" },
        status: 400,
        answer: { errors: [{ location: "body", name: "antispam", description: "Required" }] },
    },
    {
        fact: "antispam is switched on or off, and no third thing",
        request: `PATCH ${OWN_OFFER}`,
        body: { antispam: "mixed" },
        status: 400,
        answer: { errors: [{ location: "body", name: "antispam" }] },
    },
    {
        fact: "a change of an offer is a 202",
        source: guess("a change of the offer shows as late as any other that is answered with 202"),
        request: `PATCH ${OWN_OFFER}`,
        body: { antispam: "inactive" },
        status: 202,
    },
    {
        fact: "DKIM that goes on writes three aliases",
        given: [...switched("inactive"), ...switched("active")],
        request: `GET ${OWN_ZONE}/records/gm1._domainkey/CNAME`,
        status: 200,
        answer: { rrset_values: ["gm1.gandimail.net."] },
    },
    {
        fact: "DKIM that goes on overwrites what stands at its names",
        source: DKIM,
        given: [
            ...switched("inactive"),
            [`PUT ${OWN_ZONE}/records/gm2._domainkey`, { items: [{ rrset_type: "TXT", rrset_values: ['"x"'] }] }],
            ...switched("active"),
        ],
        request: `GET ${OWN_ZONE}/records/gm2._domainkey/TXT`,
        status: 404,
    },
    {
        fact: "the records of DKIM stay when it goes off",
        source: DKIM,
        given: [...switched("inactive"), ...switched("active"), ...switched("inactive")],
        request: `GET ${OWN_ZONE}/records/gm3._domainkey/CNAME`,
        status: 200,
    },
]);

export const EMAIL_OFFER_FACTS = [
    ...READ,
    ...WRITTEN.map((fact) => ({ ...fact, given: [HAS_OFFER(OWN_OFFER), ...(fact.given ?? [])] })),
];
