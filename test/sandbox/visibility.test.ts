import { ORGANIZATIONS, type Sandbox, startSandbox, TOKENS } from "../../sandbox";
import { ask } from "./ask";

let sandbox: Sandbox;

beforeAll(async () => {
    sandbox = await startSandbox({
        seed: {
            domains: [
                { fqdn: "first.com" },
                { fqdn: "client.com", organization: "client" },
                { fqdn: "second.com", organization: "second" },
            ],
        },
    });
});
afterAll(() => sandbox.close());

const CLIENT = `sharing_id=${ORGANIZATIONS.client}`;
const names = (list: { fqdn: string }[]) => list.map(({ fqdn }) => fqdn);

test.each([
    "GET /v5/domain/domains/second.com",
    "GET /v5/livedns/domains/second.com",
    "DELETE /v5/domain/domains/second.com",
    "GET /v5/email/forwards/second.com",
    "GET /v5/email/mailboxes/second.com",
    "DELETE /v5/email/mailboxes/second.com/00000000-0000-4000-8000-000000000000",
    "GET /v5/email/slots/second.com",
    "DELETE /v5/email/forwards/second.com/sales",
])("%s of another account is answered like a domain that does not exist", async (line) => {
    const hidden = await ask(sandbox, line);
    const missing = await ask(sandbox, line.replace("second.com", "nobody.com"));
    expect(hidden.status).toBe(404);
    expect(hidden.text).toBe(missing.text);
});

test("a customer's zone is a 404 of its own without sharing_id", async () => {
    const { status, json } = await ask(sandbox, "GET /v5/livedns/domains/client.com/records");
    expect(status).toBe(404);
    expect(json).toMatchObject({ cause: "Unknown", message: "The resource does not exist" });
});

test("a customer's zone opens to sharing_id, in the query or in the header", async () => {
    const query = await ask(sandbox, `GET /v5/livedns/domains/client.com/records?${CLIENT}`);
    const header = await ask(sandbox, "GET /v5/livedns/domains/client.com/records", {
        headers: { "X-Gandi-Sharing-Id": ORGANIZATIONS.client },
    });
    expect([query.status, header.status]).toEqual([200, 200]);
});

test("lists of zones show the direct organisation, or the one that sharing_id names", async () => {
    expect(names((await ask(sandbox, "GET /v5/livedns/domains")).json)).toEqual(["first.com"]);
    expect(names((await ask(sandbox, `GET /v5/livedns/domains?${CLIENT}`)).json)).toEqual(["client.com"]);
});

test("the list of domains shows all that the token reaches, or those of sharing_id", async () => {
    expect(names((await ask(sandbox, "GET /v5/domain/domains")).json)).toEqual(["client.com", "first.com"]);
    expect(names((await ask(sandbox, `GET /v5/domain/domains?${CLIENT}`)).json)).toEqual(["client.com"]);
});

test("sharing_id stays in the links to other pages", async () => {
    sandbox.addDomain({ fqdn: "client2.com", organization: "client" });
    const { headers } = await ask(sandbox, `GET /v5/domain/domains?per_page=1&${CLIENT}`);
    expect(headers.link).toContain(CLIENT);
});

test("an organisation that the token does not reach is a 403", async () => {
    const foreign = `?sharing_id=${ORGANIZATIONS.second}`;
    expect((await ask(sandbox, `GET /v5/domain/domains${foreign}`)).status).toBe(403);
    expect((await ask(sandbox, `GET /v5/billing/info/${ORGANIZATIONS.second}`)).status).toBe(403);
});

test("each organisation has its own TSIG keys", async () => {
    const { id } = (await ask(sandbox, "POST /v5/livedns/axfr/tsig")).json;
    expect((await ask(sandbox, "GET /v5/livedns/axfr/tsig", { token: TOKENS.second })).json).toEqual([]);
    expect((await ask(sandbox, `GET /v5/livedns/axfr/tsig/${id}`, { token: TOKENS.second })).status).toBe(404);
});

test.each([
    ["that nobody has", "nobody.com", "Not Found"],
    ["of another account", "second.com", "Not Found"],
    ["of a customer, without sharing_id,", "client.com", "Unknown"],
])("a domain %s can't be added to LiveDNS: it is not found", async (_whose, fqdn, cause) => {
    const answer = await ask(sandbox, "POST /v5/livedns/domains", { body: { fqdn } });
    expect(answer).toMatchObject({ status: 404, json: { object: "HTTPNotFound", cause } });
});

test("a token that may only read is refused every write", async () => {
    sandbox.editToken("second", { readOnly: true });
    const token = TOKENS.second;
    expect((await ask(sandbox, "GET /v5/livedns/domains/second.com", { token })).status).toBe(200);
    const write = await ask(sandbox, "DELETE /v5/livedns/domains/second.com/records", { token });
    expect(write).toMatchObject({ status: 403, json: { object: "HTTPForbidden" } });
    sandbox.editToken("second", { readOnly: false });
});

test("a token that expires on the way is a 401 from then on", async () => {
    sandbox.editToken("second", { status: "expired" });
    expect((await ask(sandbox, "GET /v5/domain/domains", { token: TOKENS.second })).status).toBe(401);
    sandbox.editToken("second", { status: "valid" });
    expect((await ask(sandbox, "GET /v5/domain/domains", { token: TOKENS.second })).status).toBe(200);
});
