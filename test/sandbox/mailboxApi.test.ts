import { type Sandbox, startSandbox, TOKENS } from "../../sandbox";
import { ask } from "./ask";

/** Registered at Gandi, and one that is elsewhere. */
const [INTERNAL, EXTERNAL] = ["example.com", "elsewhere.example"];
const DOMAINS = "/v5/mailbox/domains";
let sandbox: Sandbox;

beforeEach(async () => {
    sandbox = await startSandbox({
        clock: "manual",
        seed: {
            domains: [{ fqdn: INTERNAL }, { fqdn: "second.org", organization: "second" }],
            mailDomains: [{ fqdn: INTERNAL }, { fqdn: EXTERNAL }, { fqdn: "second.org", organization: "second" }],
        },
    });
});
afterEach(() => sandbox.close());

const get = async (path: string) => (await ask(sandbox, `GET ${path}`)).json;

describe("domains at the Mailbox API", () => {
    test("are those of the token, registered here or elsewhere", async () => {
        const { json, headers } = await ask(sandbox, `GET ${DOMAINS}`);
        expect(json).toEqual([{ fqdn: EXTERNAL }, { fqdn: INTERNAL }]);
        expect(headers).toMatchObject({ "total-count": "2", "filtered-count": "2" });
        expect((await ask(sandbox, `GET ${DOMAINS}/second.org`)).status).toBe(404);
        expect((await ask(sandbox, `GET ${DOMAINS}/nobody.com`)).status).toBe(404);
    });

    test("have no offer of the Email API", async () => {
        expect((await ask(sandbox, `GET /v5/email/offers/${INTERNAL}`)).status).toBe(404);
        expect((await ask(sandbox, `GET /v5/email/offers/${EXTERNAL}`)).status).toBe(404);
    });

    test("are not shown to an API key", async () => {
        const headers = { authorization: `Apikey ${TOKENS.apiKey}` };
        expect((await ask(sandbox, `GET ${DOMAINS}`, { token: null, headers })).status).toBe(403);
        expect((await ask(sandbox, "GET /v5/domain/domains", { token: null, headers })).status).toBe(200);
    });

    test("show the records that their mail needs", async () => {
        const seen = await get(`${DOMAINS}/${EXTERNAL}`);
        expect(seen).toMatchObject({
            dkim: false,
            mx: false,
            spf: false,
            txt: false,
            internal: false,
            is_livedns: false,
        });
        expect(seen).not.toHaveProperty("date_last_validation");
        expect(seen.configuration).toEqual([
            { key: "TXT", values: [expect.stringMatching(/^mailsa 10800 IN TXT "[0-9a-f]{64}"$/)] },
            { key: "MX", values: ["@ 10800 IN MX 50 fb.mail.gandi.net.", "@ 10800 IN MX 10 spool.mail.gandi.net."] },
            { key: "SPF", values: ['@ 10800 IN TXT "v=spf1 include:_mailcust.gandi.net ?all"'] },
            { key: "DKIM", values: [1, 2, 3].map((n) => `gm${n}._domainkey 1200 IN CNAME gm${n}.gandimail.net.`) },
        ]);
        expect(await get(`${DOMAINS}/${INTERNAL}`)).toMatchObject({ internal: true, is_livedns: true });
    });

    test("are looked at where that is asked for, and later", async () => {
        const records_to_validate = ["mx", "spf"];
        const { status } = await ask(sandbox, `POST ${DOMAINS}/${INTERNAL}/validate`, {
            body: { records_to_validate },
        });
        expect(status).toBe(202);
        expect(await get(`${DOMAINS}/${INTERNAL}`)).toMatchObject({ mx: false, spf: false });
        sandbox.advance(2000);
        expect(await get(`${DOMAINS}/${INTERNAL}`)).toMatchObject({
            mx: true,
            spf: true,
            txt: false,
            dkim: false,
            date_last_validation: expect.stringMatching(/Z$/),
        });
    });

    test("are looked at in their own DNS where that is elsewhere", async () => {
        const proof = sandbox.mail.domain(EXTERNAL)!.proof;
        sandbox.mail.editDomain(EXTERNAL, {
            records: [
                { name: "mailsa", type: "TXT", values: [`"${proof}"`] },
                { name: "@", type: "MX", values: ["10 mail.example.net."] },
            ],
        });
        const body = { records_to_validate: ["txt", "mx", "spf", "dkim"] };
        await ask(sandbox, `POST ${DOMAINS}/${EXTERNAL}/validate`, { body });
        sandbox.advance(2000);
        expect(await get(`${DOMAINS}/${EXTERNAL}`)).toMatchObject({ txt: true, mx: false, spf: false, dkim: false });
    });

    test("are looked at for the four sorts of records, and no other", async () => {
        const body = { records_to_validate: ["txt", "dmarc"] };
        const { status, json } = await ask(sandbox, `POST ${DOMAINS}/${EXTERNAL}/validate`, { body });
        expect([status, json.errors]).toMatchObject([400, [{ name: "records_to_validate.1" }]]);
    });

    test("come and go by hand", async () => {
        const control = (line: string, body?: unknown) =>
            ask(sandbox, line.replace(" ", " /_sandbox/mail-domains"), {
                token: null,
                body,
                headers: { "X-Sandbox-Token": sandbox.controlToken },
            });
        expect((await control("PUT /new.example", { forwards: { sales: ["a@example.org"] } })).status).toBe(204);
        expect((await control("GET /new.example")).json.forwards).toEqual({ "sales@new.example": ["a@example.org"] });
        await control("PATCH /new.example", { forwards: { sales: null, shop: ["b@example.org"] } });
        expect((await control("GET /new.example")).json.forwards).toEqual({ "shop@new.example": ["b@example.org"] });
        expect((await control("PATCH /new.example", { forward: {} })).status).toBe(400);
        await control("DELETE /new.example");
        expect((await control("GET ")).json).toEqual([EXTERNAL, INTERNAL, "second.org"]);
        expect((await control("PUT /new.example", { organisation: "second" })).text).toMatch(/did you mean/);
    });
});

describe("forwards at the Mailbox API", () => {
    const FORWARDS = "/v5/mailbox/forwards";
    const SALES = { source: "Sales@example.com", destinations: ["alice@example.org", "bob@example.net"] };
    const list = async (query = "") => get(`${FORWARDS}${query}`);

    test("are made, changed and removed by their whole address", async () => {
        expect((await ask(sandbox, `POST ${FORWARDS}`, { body: SALES })).status).toBe(202);
        const again = { ...SALES, source: "sales@EXAMPLE.com" };
        expect((await ask(sandbox, `POST ${FORWARDS}`, { body: again })).status).toBe(409);
        expect(await list()).toEqual([]);
        sandbox.advance(2000);
        expect(await list()).toEqual([SALES]);
        const body = { destinations: ["carol@example.org"] };
        expect((await ask(sandbox, `PUT ${FORWARDS}/sales%40example.com`, { body })).status).toBe(202);
        sandbox.advance(2000);
        expect(await list()).toEqual([{ ...SALES, ...body }]);
        expect((await ask(sandbox, `DELETE ${FORWARDS}/sales%40example.com`)).status).toBe(200);
        expect(await list()).toEqual([]);
        expect((await ask(sandbox, `DELETE ${FORWARDS}/sales%40example.com`)).status).toBe(404);
    });

    test("are listed of all domains, searched, ordered and counted in a header of their own", async () => {
        sandbox.mail.editDomain(INTERNAL, { forwards: { sales: ["alice@example.org"], info: ["bob@example.net"] } });
        sandbox.mail.editDomain(EXTERNAL, { forwards: { shop: [`sales@${INTERNAL}`] } });
        sandbox.mail.editDomain("second.org", { forwards: { shop: ["eve@example.org"] } });
        const sources = async (query: string) => (await list(query)).map(({ source }: { source: string }) => source);
        expect(await sources("")).toEqual(["info@example.com", "sales@example.com", "shop@elsewhere.example"]);
        expect(await sources("?search=ales@exa")).toEqual(["sales@example.com", "shop@elsewhere.example"]);
        expect(await sources("?sort_by=-source&per_page=1")).toEqual(["shop@elsewhere.example"]);
        const { headers } = await ask(sandbox, `GET ${FORWARDS}?search=sales&per_page=1`);
        expect(headers).toMatchObject({ "x-total-count": "2" });
        expect(headers).not.toHaveProperty("total-count");
        expect(headers).not.toHaveProperty("link");
    });

    test.each([
        ["without a domain", { ...SALES, source: "sales" }, 400],
        ["of an unknown domain", { ...SALES, source: "sales@nobody.com" }, 404],
        ["of another organisation's", { ...SALES, source: "sales@second.org" }, 404],
        ["of a mailbox's address", { ...SALES, source: "Postmaster@example.com" }, 409],
        ["to nobody", { ...SALES, destinations: [] }, 400],
    ])("are refused %s", async (_what, body, status) => {
        expect((await ask(sandbox, `POST ${FORWARDS}`, { body })).status).toBe(status);
    });

    test("are so many in a week, of both products, where that is set", async () => {
        sandbox.addDomain({ fqdn: "other.example" });
        sandbox.mail.setForwardsAWeek(2);
        const other = { ...SALES, source: "sales" };
        expect((await ask(sandbox, `POST ${FORWARDS}`, { body: SALES })).status).toBe(202);
        expect((await ask(sandbox, "POST /v5/email/forwards/other.example", { body: other })).status).toBe(201);
        sandbox.advance(2000);
        const refused = await ask(sandbox, `DELETE ${FORWARDS}/sales%40example.com`);
        expect([refused.status, refused.headers["retry-after"]]).toEqual([429, undefined]);
        sandbox.advance(7 * 86400_000);
        expect((await ask(sandbox, `DELETE ${FORWARDS}/sales%40example.com`)).status).toBe(200);
        expect(() => sandbox.mail.setForwardsAWeek(-1)).toThrow(RangeError);
    });
});

describe("mailboxes at the Mailbox API", () => {
    const MAILBOXES = "/v5/mailbox/mailboxes";
    const ALICE = { config_name: "standard", email: "Alice@new.example", password: "Fishing-at-9-43", aliases: ["al"] };
    const buy = (more = {}) =>
        ask(sandbox, "POST /v5/mailbox/products", {
            body: { config_name: "standard", duration_month: 12, quantity: 1, ...more },
        });
    const slots = async (query = "") => get(`/v5/mailbox/slots${query}`);

    test("need a slot, which is bought", async () => {
        expect((await ask(sandbox, `POST ${MAILBOXES}`, { body: ALICE })).status).toBe(400);
        const before = sandbox.state.balance("first");
        expect((await buy({ quantity: 2 })).status).toBe(202);
        expect(sandbox.state.balance("first")).toBeCloseTo(before - 2 * 11.52, 2);
        expect(await get("/v5/mailbox/quotas")).toMatchObject([
            { config_name: "standard", annually: { available: 2, used: 2, total: 4 }, monthly: { total: 0 } },
            { config_name: "premium", annually: { total: 0 } },
        ]);
        expect((await ask(sandbox, `POST ${MAILBOXES}`, { body: ALICE })).status).toBe(202);
        expect((await get("/v5/mailbox/quotas"))[0].annually).toEqual({ available: 1, used: 3, total: 4 });
    });

    test("make their domain one of this API's, and Gandi writes its DNS where that is LiveDNS", async () => {
        sandbox.addDomain({ fqdn: "new.example", records: [], emailOffer: null });
        await buy();
        await ask(sandbox, `POST ${MAILBOXES}`, { body: ALICE });
        expect(await get(`${MAILBOXES}?domain_part=new.example`)).toEqual([]);
        sandbox.advance(2000);
        expect(await get(`${MAILBOXES}/alice%40new.example`)).toMatchObject({
            address: "Alice@new.example",
            aliases: ["al"],
            config: { name: "standard", quota_kb: 10485760 },
            domain_part: "new.example",
            internal_domain: true,
            responder: { activated: false },
        });
        expect(await get(`${DOMAINS}/new.example`)).toMatchObject({ txt: true, mx: true, spf: true, dkim: true });
        expect(sandbox.state.zone("new.example")?.rrsets.map(({ name, type }) => `${name} ${type}`)).toEqual([
            "@ MX",
            "@ TXT",
            "gm1._domainkey CNAME",
            "gm2._domainkey CNAME",
            "gm3._domainkey CNAME",
            "mailsa TXT",
        ]);
    });

    test("are changed, renewed and removed", async () => {
        const one = `${MAILBOXES}/postmaster%40${INTERNAL}`;
        const patch = (body: object) => ask(sandbox, `PATCH ${one}`, { body });
        expect((await patch({ aliases: ["hello"], antispam: false })).status).toBe(200);
        await patch({ responder: { activated: true, message: "Away", starts_at: "2026-12-01T09:00:00Z" } });
        await patch({ autorenew: { activated: true, duration: 12 } });
        expect(await get(one)).toMatchObject({
            aliases: ["hello"],
            antispam: false,
            responder: { activated: true, message: "Away", starts_at: "2026-12-01T09:00:00Z" },
            autorenew: { activated: true, duration: 12 },
        });
        expect((await patch({ responder: { enabled: true } })).status).toBe(400);
        expect((await patch({ config_name: "premium" })).status).toBe(400);
        await buy({ config_name: "premium", duration_month: 1 });
        expect((await patch({ config_name: "premium" })).status).toBe(200);
        expect(await get(one)).toMatchObject({ config: { name: "premium" } });

        const { expires_at: before } = await get(one);
        const renew = (headers = {}) => ask(sandbox, `POST ${one}/renew`, { body: { duration: 12 }, headers });
        const balance = sandbox.state.balance("first");
        expect((await renew({ "Dry-Run": "1" })).json).toEqual({ status: "success" });
        expect((await renew()).status).toBe(202);
        sandbox.advance(2000);
        expect(sandbox.state.balance("first")).toBeLessThan(balance);
        expect(Date.parse((await get(one)).expires_at)).toBeGreaterThan(Date.parse(before));

        expect((await ask(sandbox, `DELETE ${one}`)).status).toBe(200);
        expect((await ask(sandbox, `GET ${one}`)).status).toBe(404);
    });

    test.each([
        ["whose mail is the Email API's", { email: "alice@plain.example" }, 400],
        ["of another organisation", { email: "alice@second.org" }, 404],
        ["that a mailbox has", { email: "POSTMASTER@example.com" }, 409],
        ["whose alias is taken", { email: "alice@example.com", aliases: ["postmaster"] }, 409],
        ["that is none", { email: "alice" }, 400],
        ["with a weak password", { password: "password" }, 400],
    ])("are refused for an address %s", async (_what, edit, status) => {
        sandbox.addDomain({ fqdn: "plain.example" });
        await buy();
        expect((await ask(sandbox, `POST ${MAILBOXES}`, { body: { ...ALICE, ...edit } })).status).toBe(status);
    });

    test("have slots, which are listed with what they are worth", async () => {
        await buy({ duration_month: 1, autorenew: true });
        const [slot] = await slots("?refundable=true");
        expect(slot).toMatchObject({
            autorenew: { duration_month: 1 },
            config: { name: "standard" },
            last_paid_duration: 1,
            refund_info: { currency: "EUR", price: 1.2 },
            refundable: true,
        });
        expect(await get(`/v5/mailbox/slots/${slot.uuid}`)).toEqual(slot);
        expect((await ask(sandbox, "GET /v5/mailbox/slots/none")).status).toBe(404);
        expect(await slots("?last_paid_duration=12")).toHaveLength(2);
        expect(await slots(`?expires_at_lte=${slot.expires_at}`)).toEqual([slot]);
        expect(await slots("?config_name=premium")).toEqual([]);
        expect((await ask(sandbox, "GET /v5/mailbox/slots?expires_at_gte=soon")).status).toBe(400);
    });
});
