import { including, ordered, SOME_TEXT, such, TWO_OR_MORE, WHOLE_NUMBER } from "../expected";
import { CLIENTS, DOCUMENT, DOMAIN, facts, guess, ONE_REPORT, QUOTED, RECORDED, type Step } from "../fact";

const LIST = "/v5/domain/domains";
const MANY: Step = { provided: `GET ${LIST}`, answer: TWO_OR_MORE, otherwise: "the account has no two domains" };
const SORTED = guess("the document names the default `fqdn` only");
const NUMBER = such("a number", (value) => typeof value === "number");
const TRUE_OR_FALSE = such("true or false", (value) => typeof value === "boolean");

export const DOMAIN_FACTS = facts({ source: DOCUMENT, needs: "read" }, [
    {
        fact: "an unknown domain of the Domain API is a 404 HTTPNotFound",
        source: QUOTED,
        request: `GET ${LIST}/nobody.com`,
        status: 404,
        answer: { object: "HTTPNotFound", message: "The resource could not be found." },
    },
    {
        fact: "the details of a domain have autorenew as an object, nameservers as a list and the transfer code",
        request: `GET ${DOMAIN}`,
        status: 200,
        answer: {
            fqdn: "{domain}",
            autorenew: { enabled: TRUE_OR_FALSE, href: SOME_TEXT },
            nameservers: including(SOME_TEXT),
            authinfo: SOME_TEXT,
            contacts: { owner: { country: SOME_TEXT }, admin: { same_as_owner: TRUE_OR_FALSE } },
        },
    },
    {
        fact: "a contact's type is a number",
        source: RECORDED,
        request: `GET ${DOMAIN}/contacts`,
        status: 200,
        answer: { owner: { type: WHOLE_NUMBER }, bill: { type: WHOLE_NUMBER } },
    },
    {
        fact: "the list of domains has autorenew as a boolean and nameserver as an object",
        request: `GET ${LIST}?fqdn={domain}`,
        status: 200,
        answer: [
            {
                fqdn: "{domain}",
                autorenew: TRUE_OR_FALSE,
                nameserver: { current: SOME_TEXT },
                owner: SOME_TEXT,
            },
        ],
    },
    {
        fact: "the list of domains tells how many domains there are, and how many fit the filter",
        request: `GET ${LIST}?fqdn={domain}`,
        status: 200,
        answerHeaders: { "total-count": /^\d+$/, "filtered-count": "1" },
    },
    {
        fact: "the list of domains is sorted by name",
        given: [MANY],
        request: `GET ${LIST}`,
        status: 200,
        answer: ordered("fqdn", "rising"),
    },
    {
        fact: "the list of domains is turned round on demand",
        source: SORTED,
        given: [MANY],
        request: `GET ${LIST}?sort_by=-fqdn`,
        status: 200,
        answer: ordered("fqdn", "falling"),
    },
    {
        fact: "an order of domains that there is not is ignored",
        source: SORTED,
        request: `GET ${LIST}?sort_by=colour`,
        status: 200,
    },
    {
        fact: "the list of domains comes as CSV, with four columns",
        source: guess("the columns of the list of domains"),
        request: `GET ${LIST}?fqdn={domain}`,
        headers: { accept: "text/csv" },
        status: 200,
        text: /^fqdn,tld,created_at,registry_ends_at\n/,
        answerHeaders: { "content-type": "text/csv; charset=utf-8" },
    },
    {
        fact: "a glue record that is not there is a 400, not a 404",
        source: ONE_REPORT,
        request: `GET ${DOMAIN}/hosts/nowhere`,
        status: 400,
        answer: { code: 400, cause: "CAUSE_NOTFOUND", message: "Host 'nowhere.{domain}' doesn't exist" },
    },
    { fact: "a name without claims has none: 404", request: `GET ${LIST}/new.com/claims`, status: 404 },
    {
        fact: "the status of an order that is done is a 303 to the domain",
        request: `GET ${DOMAIN}/createstatus`,
        status: 303,
        answerHeaders: { location: /\/v5\/domain\/domains\/{domain}$/ },
    },
    {
        fact: "the 303 of an order that is done has a message",
        source: guess("the body of the redirect"),
        request: `GET ${DOMAIN}/createstatus`,
        status: 303,
        answer: { message: "Domain created" },
    },
    {
        fact: "the organisations of a token are listed",
        request: "GET /v5/organization/organizations",
        status: 200,
        answer: including({ id: SOME_TEXT, name: SOME_TEXT, type: SOME_TEXT }),
    },
    {
        fact: "the prepaid account is shown as public clients read it",
        source: guess("the shape is that of public clients; the FAQ shows the request only"),
        request: "GET /v5/billing/info",
        status: 200,
        answer: { annual_balance: SOME_TEXT, prepaid: { amount: /^-?\d+\.\d\d$/, currency: /^[A-Z]{3}$/ } },
    },
    {
        fact: "availability needs a name",
        request: "GET /v5/domain/check",
        status: 400,
        answer: { errors: [{ location: "querystring", name: "name", description: "Required" }] },
    },
    {
        fact: "what is no registrable name is invalid",
        request: "GET /v5/domain/check?name=a.b.example.com",
        status: 200,
        answer: { products: [{ status: "error_invalid" }] },
    },
    {
        fact: "availability comes with prices and taxes",
        request: "GET /v5/domain/check?name=contract-of-nobody.net&processes=create&processes=transfer",
        status: 200,
        answer: {
            currency: /^[A-Z]{3}$/,
            products: including(
                {
                    process: "create",
                    status: /^(available|pending)$/,
                    prices: including({ min_duration: WHOLE_NUMBER, price_after_taxes: NUMBER }),
                },
                { process: "transfer" },
            ),
            taxes: including({ rate: NUMBER }),
        },
    },
    {
        fact: "a name that somebody has is unavailable",
        request: "GET /v5/domain/check?name={domain}",
        status: 200,
        answer: { products: [{ status: "unavailable" }] },
    },
    {
        fact: "a name that can't be had has an empty list of prices",
        source: guess("a name that can't be had comes with an empty list of prices"),
        request: "GET /v5/domain/check?name={domain}",
        status: 200,
        answer: { products: [{ prices: [] }] },
    },
    {
        fact: "a process may be asked for as an element of a list",
        source: CLIENTS,
        request: "GET /v5/domain/check?name={domain}&processes[]=renew",
        status: 200,
        answer: { products: [{ process: "renew", prices: including({}) }] },
    },
    {
        fact: "an unknown process has no prices",
        request: "GET /v5/domain/check?name=contract-of-nobody.net&processes=steal",
        status: 400,
        answer: { errors: [{ location: "querystring", name: "processes" }] },
    },
]);
