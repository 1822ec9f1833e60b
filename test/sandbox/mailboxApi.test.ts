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
