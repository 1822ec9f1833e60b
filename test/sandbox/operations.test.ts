import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { type BusyAnswer, type Sandbox, startSandbox, TOKENS } from "../../sandbox";
import { ALICE, ask } from "./ask";

let sandbox: Sandbox;

beforeEach(async () => {
    sandbox = await startSandbox({
        clock: "manual",
        delays: { operation: 2000 },
        seed: {
            domains: [{ fqdn: "example.com" }, { fqdn: "other.com" }, { fqdn: "second.org", organization: "second" }],
        },
    });
});
afterEach(() => sandbox.close());

const DOMAIN = "/v5/domain/domains/example.com";
const get = async (path = "") => (await ask(sandbox, `GET ${DOMAIN}${path}`)).json;

/** Sends a change, sees that it is accepted and not yet there, and lets it happen. */
async function change(line: string, body?: unknown): Promise<void> {
    const before = (await ask(sandbox, `GET ${DOMAIN}`)).text;
    const answer = await ask(sandbox, line, { body });
    expect([line, answer.status, answer.text]).toEqual([line, 202, answer.text]);
    sandbox.advance(1999);
    expect((await ask(sandbox, `GET ${DOMAIN}`)).text).toBe(before);
    sandbox.advance(1);
}

describe("an operation at the registry", () => {
    test("sets contacts, which then are no longer the owner's", async () => {
        const admin = { ...ALICE, given: "Bob", email: "bob@example.org", lang: "en" };
        await change(`PATCH ${DOMAIN}/contacts`, { admin });
        const contacts = await get("/contacts");
        expect(contacts.admin).toMatchObject({ given: "Bob", same_as_owner: false, validation: "none" });
        expect(contacts.admin).not.toHaveProperty("lang");
        expect(contacts.tech).toMatchObject({ given: "Alice", same_as_owner: true });
        expect(contacts.owner).not.toHaveProperty("same_as_owner");
    });

    test("edits the owner's address and keeps what the body leaves out", async () => {
        await change(`PUT ${DOMAIN}/contacts/owner`, {
            country: "FR",
            streetaddr: "8 rue neuve",
            email: "new@example.org",
            icann_contract_accept: true,
        });
        expect((await get("/contacts")).owner).toMatchObject({
            streetaddr: "8 rue neuve",
            email: "new@example.org",
            zip: "75001",
            given: "Alice",
        });
    });

    test("takes another e-mail address of the owner, and leaves the old one until it is unlocked", async () => {
        await change(`PUT ${DOMAIN}/contacts/owner`, {
            country: "FR",
            streetaddr: "8 rue neuve",
            email: "new@example.org",
        });
        expect((await get("/contacts")).owner).toMatchObject({ streetaddr: "8 rue neuve", email: "alice@example.org" });
    });

    test("changes the person who stands for a company, and hides an individual's data whatever is asked", async () => {
        const address = {
            country: "FR",
            streetaddr: "8 rue neuve",
            email: "alice@example.org",
            data_obfuscated: false,
        };
        await change(`PUT ${DOMAIN}/contacts/owner`, address);
        expect((await get("/contacts")).owner).toMatchObject({ streetaddr: "8 rue neuve", data_obfuscated: true });
        const company = { ...ALICE, type: "company", orgname: "Example Books Ltd" };
        sandbox.addDomain({ fqdn: "example.com", owner: company });
        await change(`PUT ${DOMAIN}/contacts/owner`, { ...address, given: "Bob" });
        expect((await get("/contacts")).owner).toMatchObject({ given: "Bob", data_obfuscated: false });
    });

    test("does not change the owner's name", async () => {
        const body = { ...ALICE, given: "Mallory" };
        const answer = await ask(sandbox, `PUT ${DOMAIN}/contacts/owner`, { body });
        expect(answer.json.errors).toMatchObject([{ name: "given" }]);
    });

    test("sets nameservers without their final dots and in its own order", async () => {
        await change(`PUT ${DOMAIN}/nameservers`, { nameservers: ["ns2.Example.net.", "ns1.example.net."] });
        expect(await get("/nameservers")).toEqual(["ns1.example.net", "ns2.example.net"]);
        expect((await get("/livedns")).current).toBe("other");
    });

    test("switches back to LiveDNS and makes a zone where there is none", async () => {
        sandbox.addDomain({ fqdn: "example.com", livedns: false });
        await change(`POST ${DOMAIN}/livedns`);
        expect(await get("/livedns")).toMatchObject({ current: "livedns" });
        expect(sandbox.state.zone("example.com")?.rrsets.length).toBeGreaterThan(5);
    });

    test("makes, changes and removes a glue record, its IPv6 addresses expanded", async () => {
        await change(`POST ${DOMAIN}/hosts`, { name: "NS1", ips: ["192.0.2.1", "2001:db8::ff"] });
        expect(await get("/hosts/ns1")).toMatchObject({
            name: "ns1",
            fqdn: "example.com",
            ips: ["192.0.2.1", "2001:0db8:0000:0000:0000:0000:0000:00ff"],
        });
        await change(`PUT ${DOMAIN}/hosts/ns1`, { ips: ["192.0.2.2"] });
        expect(await get("/hosts")).toMatchObject([{ name: "ns1", ips: ["192.0.2.2"] }]);
        expect((await ask(sandbox, `POST ${DOMAIN}/hosts`, { body: { name: "ns1", ips: ["192.0.2.3"] } })).status).toBe(
            409,
        );
        await change(`DELETE ${DOMAIN}/hosts/ns1`);
        expect((await ask(sandbox, `GET ${DOMAIN}/hosts/ns1`)).status).toBe(400);
    });

    test("makes, changes and removes a forward of e-mail, and tells no two apart by case", async () => {
        const forwards = "/v5/email/forwards/example.com";
        const list = async (query = "") => (await ask(sandbox, `GET ${forwards}${query}`)).json;
        const alice = ["alice@example.org", "ruth@example.org"];
        const body = { source: "Alice", destinations: alice };
        expect(await ask(sandbox, `POST ${forwards}`, { body })).toMatchObject({
            status: 201,
            json: { message: "Forward created." },
        });
        const again = { ...body, source: "alice" };
        expect((await ask(sandbox, `POST ${forwards}`, { body: again })).status).toBe(409);
        expect(await list()).toEqual([]);
        sandbox.advance(2000);
        expect(await list()).toEqual([
            {
                source: "Alice",
                destinations: alice,
                href: expect.stringMatching(/\/v5\/email\/forwards\/example\.com\/Alice$/),
            },
        ]);
        expect((await ask(sandbox, `POST ${forwards}`, { body: again })).status).toBe(409);
        const bob = { destinations: ["bob@example.org"] };
        expect((await ask(sandbox, `PUT ${forwards}/ALICE`, { body: bob })).status).toBe(202);
        expect(await list()).toMatchObject([{ destinations: alice }]);
        sandbox.advance(2000);
        expect(await list()).toMatchObject([bob]);
        expect((await ask(sandbox, `DELETE ${forwards}/alice`)).status).toBe(202);
        expect(await list()).toMatchObject([bob]);
        sandbox.advance(2000);
        expect(await list()).toEqual([]);
        expect((await ask(sandbox, `DELETE ${forwards}/alice`)).status).toBe(404);
        expect((await ask(sandbox, `PUT ${forwards}/alice`, { body: bob })).status).toBe(404);
    });

    describe("a mailbox", () => {
        const mailboxes = "/v5/email/mailboxes/example.com";
        const password = "Correct-horse-123";
        const alice = { login: "Alice", mailbox_type: "standard", password, aliases: ["Bob", "info*"] };
        const list = async (query = "") => (await ask(sandbox, `GET ${mailboxes}${query}`)).json;
        const slots = async () => (await ask(sandbox, "GET /v5/email/slots/example.com")).json;
        const made = async (body: object = alice) => {
            await change(`POST ${mailboxes}`, body);
            return `${mailboxes}/${(await list("?login=Alice"))[0].id}`;
        };

        test("is made in a free slot of its type, has its address for itself, and gives both up again", async () => {
            expect((await ask(sandbox, `POST ${mailboxes}`, { body: alice })).status).toBe(400);
            sandbox.editDomain("example.com", {
                freeSlots: [{ type: "premium" }, {}],
                forwards: { sales: ["a@example.org"] },
            });
            const location = (await ask(sandbox, `POST ${mailboxes}`, { body: alice })).headers.location;
            // The slot is promised, and the addresses are.
            expect(
                (await ask(sandbox, `POST ${mailboxes}`, { body: { ...alice, login: "carol", aliases: [] } })).status,
            ).toBe(400);
            const forward = { source: "bob", destinations: ["a@example.org"] };
            expect((await ask(sandbox, "POST /v5/email/forwards/example.com", { body: forward })).status).toBe(409);
            expect(await list()).toEqual([]);
            sandbox.advance(2000);
            const [seen] = await list();
            expect(location).toBe(seen.href);
            expect(seen).toMatchObject({ address: "Alice@example.com", alias_count: 2, mailbox_type: "standard" });
            expect((await slots()).map((slot: { status: string }) => slot.status)).toEqual(["inactive", "active"]);
            for (const login of ["alice", "BOB", "Sales"]) {
                const { status } = await ask(sandbox, `POST ${mailboxes}`, { body: { ...alice, login, aliases: [] } });
                expect([login, status]).toEqual([login, 409]);
            }
            await change(`DELETE ${mailboxes}/${seen.id}`);
            expect(await list()).toEqual([]);
            expect((await ask(sandbox, `GET ${mailboxes}/${seen.id}`)).status).toBe(404);
            expect((await slots()).map((slot: { status: string }) => slot.status)).toEqual(["inactive", "inactive"]);
        });

        test("is changed, moved to a slot of another type, and emptied", async () => {
            sandbox.editDomain("example.com", { freeSlots: [{}] });
            const alices = await made();
            const responder = { enabled: true, message: "Away", starts_at: "2030-01-01T00:00:00Z" };
            await change(`PATCH ${alices}`, {
                aliases: ["x1"],
                antispam: false,
                responder,
                autorenew: { activated: true, duration: 12 },
            });
            expect((await ask(sandbox, `GET ${alices}`)).json).toMatchObject({
                aliases: ["x1"],
                antispam: false,
                responder,
                autorenew: { enabled: true, duration: 12, duration_type: "m" },
            });
            await change(`PATCH ${alices}`, {
                responder: { enabled: false, message: "Away" },
                autorenew: { activated: false },
            });
            expect((await ask(sandbox, `GET ${alices}`)).json).toMatchObject({
                responder: { enabled: false, message: "" },
                autorenew: { enabled: false },
            });
            expect((await ask(sandbox, `PATCH ${alices}`, { body: { mailbox_type: "premium_new" } })).status).toBe(400);
            sandbox.editDomain("example.com", {
                freeSlots: [{ type: "premium_2023" }],
                mailboxes: { alice: { quotaUsed: 7 } },
            });
            await change(`PATCH ${alices}`, { mailbox_type: "premium_new" });
            expect(await list()).toMatchObject([{ mailbox_type: "premium_2023", quota_used: 7 }]);
            expect(await slots()).toMatchObject([
                { status: "inactive", mailbox_type: "standard" },
                { status: "active" },
            ]);
            await change(`DELETE ${alices}/contents`);
            expect(await list()).toMatchObject([{ quota_used: 0 }]);
        });

        test("is found by login, pattern, type, antispam and the age of its slot, page by page", async () => {
            const createdAt = Date.parse("2024-01-01T00:00:00Z");
            sandbox.editDomain("example.com", {
                mailboxes: { alice: { createdAt }, alan: { antispam: false }, bob: { type: "free" } },
            });
            const logins = async (query: string) => (await list(query)).map(({ login }: { login: string }) => login);
            expect(await logins("?login=alan")).toEqual(["alan"]);
            expect(await logins("?~login=al*")).toEqual(["alice", "alan"]);
            expect(await logins("?mailbox_type=standard")).toEqual(["alice", "alan"]);
            expect(await logins("?antispam=false")).toEqual(["alan"]);
            expect(await logins("?%3Ccreated_at=2024-06-01T00:00:00Z")).toEqual(["alice"]);
            expect(await list("?login=bob")).toMatchObject([{ to_convert: true, mailbox_type: "free" }]);
            const page = await ask(sandbox, `GET ${mailboxes}?~login=*&per_page=2`);
            expect(page.headers).toMatchObject({ "total-count": "3", "filtered-count": "3" });
            expect(page.headers.link).toContain('rel="next"');
            const text = (await ask(sandbox, `GET ${mailboxes}?login=alan`, { headers: { accept: "text/csv" } })).text;
            expect(text).toBe("address,mailbox_type,aliases\nalan@example.com,standard,\n");
        });

        test("keeps its password out of the state, the log and the errors", async () => {
            sandbox.editDomain("example.com", { freeSlots: [{}] });
            const alices = await made();
            expect((await ask(sandbox, `PATCH ${alices}`, { body: { password: "weak-secret" } })).text).not.toContain(
                "weak-secret",
            );
            await ask(sandbox, `PATCH ${alices}`, { body: `{"password" : "weak \\"secret` });
            const { mailboxes: seen } = sandbox.state.domain("example.com")!;
            expect(seen[0]!.passwordDigest).toBe(createHash("sha256").update(password).digest("hex"));
            const everything = JSON.stringify([
                sandbox.requests(),
                sandbox.state.domain("example.com"),
                sandbox.state.operations(),
            ]);
            expect(everything).toContain("<password>");
            expect(everything).not.toMatch(/Correct-horse|secret/);
        });

        test("has the antispam that the domain's offer says, until one of several has another", async () => {
            sandbox.editDomain("example.com", { freeSlots: [{}], mailboxes: { zoe: {} } });
            const alices = await made();
            await change(`PATCH ${alices}`, { antispam: false });
            const offer = async () => (await ask(sandbox, "GET /v5/email/offers/example.com")).json.antispam;
            expect(await offer()).toBe("mixed");
            await change("PATCH /v5/email/offers/example.com", { antispam: "inactive" });
            expect((await list()).map(({ antispam }: { antispam: boolean }) => antispam)).toEqual([false, false]);
        });
    });

    test("switches antispam and DKIM of a domain's mail, and writes the DNS of DKIM", async () => {
        const offer = "/v5/email/offers/example.com";
        const records = () =>
            sandbox.state.zone("example.com")!.rrsets.filter(({ name }) => name.endsWith("._domainkey"));
        sandbox.setRRset("example.com", { name: "GM1._domainkey", type: "TXT", values: ['"v=DKIM1"'] });
        await change(`PATCH ${offer}`, { antispam: "inactive" });
        expect((await ask(sandbox, `GET ${offer}`)).json).toEqual({
            status: "active",
            version: 3,
            antispam: "inactive",
            dkim: "inactive",
        });
        expect(records()).toMatchObject([{ type: "TXT" }]);
        await change(`PATCH ${offer}`, { antispam: "inactive", dkim: "active" });
        expect(records().map(({ type, values }) => [type, ...values])).toEqual(
            ["gm1", "gm2", "gm3"].map((selector) => ["CNAME", `${selector}.gandimail.net.`]),
        );
        sandbox.editDomain("example.com", { emailOffer: null });
        expect((await ask(sandbox, `GET ${offer}`)).status).toBe(404);
        expect((await ask(sandbox, `PATCH ${offer}`, { body: { antispam: "active" } })).status).toBe(404);
    });

    test("locks and unlocks a domain, and signs its zone", async () => {
        await change(`PATCH ${DOMAIN}/status`, { clientTransferProhibited: false });
        expect((await get()).status).toEqual([]);
        await change(`PATCH ${DOMAIN}/status`, { clientTransferProhibited: true });
        expect((await get()).status).toEqual(["clientTransferProhibited"]);
        expect(await get("/livedns/dnssec")).toEqual({ state: "inactive" });
        await change(`POST ${DOMAIN}/livedns/dnssec`);
        expect(await get("/livedns/dnssec")).toEqual({ state: "active" });
        expect((await ask(sandbox, `POST ${DOMAIN}/livedns/dnssec`)).status).toBe(409);
        expect(await get("/dnskeys")).toHaveLength(1);
        expect((await ask(sandbox, `DELETE ${DOMAIN}/livedns/dnssec`)).json).toEqual({ state: "deactivating" });
        expect(await get("/livedns/dnssec")).toEqual({ state: "deactivating" });
        sandbox.advance(2000);
        expect([await get("/livedns/dnssec"), await get("/dnskeys")]).toEqual([{ state: "inactive" }, []]);
    });

    test("sells a slot for money, and pays it back while no mailbox has it", async () => {
        const slots = "/v5/email/slots/example.com";
        const body = { mailbox_type: "premium_2023", duration: 12, autorenew: true };
        const { status, headers } = await ask(sandbox, `POST ${slots}`, { body });
        const slot = new URL(String(headers.location)).pathname;
        expect([status, sandbox.state.balance("first")]).toEqual([202, 953.92]);
        sandbox.advance(1999);
        expect((await ask(sandbox, `GET ${slot}`)).status).toBe(404);
        sandbox.advance(1);
        const paidBack = { refundable: true, refund_amount: 46.08, refund_currency: "EUR" };
        expect((await ask(sandbox, `GET ${slot}`)).json).toMatchObject({ status: "inactive", ...paidBack });
        await change(`DELETE ${slot}`);
        expect([(await ask(sandbox, `GET ${slots}`)).json, sandbox.state.balance("first")]).toEqual([[], 1000]);
    });

    test("sells no slot for money that is not there, and pays none back that a mailbox has", async () => {
        const slots = "/v5/email/slots/example.com";
        const body = { mailbox_type: "standard_2023", duration: 1 };
        sandbox.editOrganization("first", { balance: 1.19 });
        expect((await ask(sandbox, `POST ${slots}`, { body })).status).toBe(400);
        sandbox.editDomain("example.com", { mailboxes: { alice: { refund: 1.2 } }, freeSlots: [{}] });
        for (const { id } of (await ask(sandbox, `GET ${slots}`)).json as { id: number }[]) {
            expect((await ask(sandbox, `DELETE ${slots}/${id}`)).status).toBe(409);
        }
        expect(sandbox.state.balance("first")).toBe(1.19);
    });

    test("makes, changes and removes a web redirection, and writes the DNS of its host", async () => {
        const redirections = `${DOMAIN}/webredirs`;
        const shop = `${redirections}/shop.example.com`;
        const records = () => sandbox.state.zone("example.com")!.rrsets.filter(({ name }) => name === "shop");
        const body = { host: "Shop.example.com", type: "http302", url: "https://example.org/a" };
        expect((await ask(sandbox, `POST ${redirections}`, { body })).status).toBe(202);
        expect((await ask(sandbox, `GET ${shop}`)).status).toBe(404);
        expect((await ask(sandbox, `POST ${redirections}`, { body })).status).toBe(409);
        expect(records()).toEqual([]);
        sandbox.advance(2000);
        const there = { host: "shop.example.com", type: "http302", url: "https://example.org/a", protocol: "http" };
        expect(await get("/webredirs")).toMatchObject([there]);
        expect(records()).toMatchObject([{ type: "CNAME", values: ["webredir.vip.gandi.net."] }]);
        await change(`PATCH ${shop}`, { type: "cloak", protocol: "httpsonly" });
        expect(await get("/webredirs/SHOP.example.com")).toMatchObject({ type: "cloak", cert_status: "pending" });
        sandbox.advance(60_000);
        expect(await get("/webredirs/shop.example.com")).toMatchObject({ url: there.url, cert_status: "valid" });
        await change(`DELETE ${shop}`);
        expect(await get("/webredirs")).toEqual([]);
        expect((await ask(sandbox, `DELETE ${shop}`)).status).toBe(404);
        expect(records()).toHaveLength(1);
    });

    test("overwrites what stands at the host of a redirection only where that is said", async () => {
        sandbox.setRRset("example.com", { name: "@", type: "AAAA", ttl: 300, values: ["2001:db8::1"] });
        const apex = () =>
            Object.fromEntries(
                sandbox.state
                    .zone("example.com")!
                    .rrsets.filter(({ name }) => name === "@")
                    .map(({ type, values }) => [type, values]),
            );
        const body = { host: "example.com", type: "http301", url: "https://example.org/" };
        const before = apex();
        expect((await ask(sandbox, `POST ${DOMAIN}/webredirs`, { body })).status).toBe(409);
        await change(`POST ${DOMAIN}/webredirs`, { ...body, override: true });
        const { A, AAAA, ...rest } = apex();
        expect([A, AAAA]).toEqual([["217.70.184.38"], undefined]);
        expect({ ...rest, A: before.A, AAAA: before.AAAA }).toEqual(before);
    });

    test("reaches the glue record of the domain itself as @", async () => {
        await change(`POST ${DOMAIN}/hosts`, { name: "@", ips: ["192.0.2.1"] });
        expect(await get("/hosts/%40")).toMatchObject({ name: "@" });
    });

    test("adds DNSSEC keys, whose ids are found in the list only", async () => {
        const key = { algorithm: 13, type: "ksk", public_key: "SWF0 mbNsQJGz hjbB2jiqTcN9JM3Igg==" };
        await change(`POST ${DOMAIN}/dnskeys`, key);
        const [listed] = await get("/dnskeys");
        expect(listed).toMatchObject({
            id: expect.any(Number),
            algorithm: 13,
            type: "ksk",
            public_key: "SWF0mbNsQJGzhjbB2jiqTcN9JM3Igg==",
            keytag: expect.any(Number),
            digest_type: 2,
            digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        });
        expect((await ask(sandbox, `POST ${DOMAIN}/dnskeys`, { body: key })).status).toBe(409);
        await change(`PUT ${DOMAIN}/dnskeys`, { keys: [{ ...key, algorithm: 14 }] });
        const [replaced] = await get("/dnskeys");
        expect(replaced.algorithm).toBe(14);
        await change(`DELETE ${DOMAIN}/dnskeys/${replaced.id}`);
        expect(await get("/dnskeys")).toEqual([]);
    });

    test("resets the transfer code after its 201", async () => {
        const before = (await get()).authinfo;
        expect((await ask(sandbox, `PUT ${DOMAIN}/authinfo`)).status).toBe(201);
        expect((await get()).authinfo).toBe(before);
        sandbox.advance(2000);
        expect((await get()).authinfo).not.toBe(before);
    });

    test("deletes a domain and its zone", async () => {
        await change(`DELETE ${DOMAIN}`);
        expect((await ask(sandbox, `GET ${DOMAIN}`)).status).toBe(404);
        expect((await ask(sandbox, "GET /v5/livedns/domains/example.com")).status).toBe(404);
    });

    test("deletes nothing for an organisation without that right", async () => {
        const answer = await ask(sandbox, "DELETE /v5/domain/domains/second.org", { token: TOKENS.second });
        expect(answer.status).toBe(403);
    });

    test("refuses a second operation on the same domain, and takes one on another", async () => {
        const body = { nameservers: ["ns1.example.net"] };
        expect((await ask(sandbox, `PUT ${DOMAIN}/nameservers`, { body })).status).toBe(202);
        const { status, json } = await ask(sandbox, `POST ${DOMAIN}/livedns`);
        expect({ status, message: json.message }).toEqual({
            status: 400,
            message: expect.stringMatching(/^There is a pending operation/),
        });
        expect((await ask(sandbox, "POST /v5/domain/domains/other.com/livedns")).status).toBe(202);
        sandbox.advance(2000);
        expect((await ask(sandbox, `POST ${DOMAIN}/livedns`)).status).toBe(202);
    });

    test.each<[BusyAnswer, number, unknown]>([
        ["message", 400, { code: 400, message: expect.stringContaining("pending operation") }],
        [
            "errors",
            400,
            { status: "error", errors: [{ description: expect.stringContaining("There is a pending operation") }] },
        ],
        ["cause", 400, { cause: "CAUSE_RUNNING", message: expect.not.stringContaining("pending") }],
        ["conflict", 409, { code: 409, message: expect.stringContaining("in progress") }],
    ])("is refused in the form %s where that is set", async (form, status, body) => {
        sandbox.setBusyAnswer(form);
        await ask(sandbox, `PUT ${DOMAIN}/nameservers`, { body: { nameservers: ["ns1.example.net"] } });
        expect(await ask(sandbox, `POST ${DOMAIN}/livedns`)).toMatchObject({ status, json: body });
    });

    test("that is failed from outside has no effect and frees the domain", async () => {
        const before = await get("/nameservers");
        await ask(sandbox, `PUT ${DOMAIN}/nameservers`, { body: { nameservers: ["ns1.example.net"] } });
        sandbox.stepOperation("example.com", "error");
        sandbox.advance(10_000);
        expect(await get("/nameservers")).toEqual(before);
        expect(sandbox.state.operations()).toMatchObject([{ effect: "nameservers", status: "ERROR" }]);
        expect((await ask(sandbox, `POST ${DOMAIN}/livedns`)).status).toBe(202);
    });

    test("in SUPPORT holds the domain until it is moved on", async () => {
        await ask(sandbox, `PUT ${DOMAIN}/nameservers`, { body: { nameservers: ["ns1.example.net"] } });
        sandbox.stepOperation("example.com", "support");
        sandbox.advance(60_000);
        expect((await ask(sandbox, `POST ${DOMAIN}/livedns`)).status).toBe(400);
        sandbox.stepOperation("example.com", "done");
        expect(await get("/nameservers")).toEqual(["ns1.example.net"]);
    });
});

describe("an operation without a delay stands until it is stepped", () => {
    const KEY = { algorithm: 13, type: "ksk", public_key: "SWF0mbNsQJGzhjbB2jiqTcN9JM3Igg==" };

    beforeEach(async () => {
        sandbox.editDomain("example.com", { hosts: { ns1: ["192.0.2.1"] } });
        sandbox.setDelays({ operation: 0 });
        await ask(sandbox, `POST ${DOMAIN}/dnskeys`, { body: KEY });
        await get();
        sandbox.setDelays({ operation: null });
    });

    test.each([
        ["POST", "/hosts", { name: "ns2", ips: ["192.0.2.2"] }],
        ["PUT", "/hosts/ns1", { ips: ["192.0.2.2"] }],
        ["DELETE", "/hosts/ns1", undefined],
        ["POST", "/dnskeys", { ...KEY, algorithm: 14 }],
        ["PUT", "/dnskeys", { keys: [] }],
        ["DELETE", "/dnskeys/1", undefined],
    ])("%s %s is done or fails on demand", async (method, path, body) => {
        const seen = async () => [await get("/hosts"), await get("/dnskeys")];
        const before = await seen();
        for (const outcome of ["error", "done"] as const) {
            expect((await ask(sandbox, `${method} ${DOMAIN}${path}`, { body })).status).toBe(202);
            sandbox.advance(86400_000);
            expect(sandbox.state.operations("example.com").at(-1)).toMatchObject({ status: "RUN" });
            expect(await seen()).toEqual(before);
            sandbox.stepOperation("Example.com", outcome);
            expect(isDeepStrictEqual(await seen(), before)).toBe(outcome === "error");
        }
    });
});

test("operations that ended long ago are forgotten", async () => {
    for (let count = 0; count < 105; count += 1) {
        await ask(sandbox, `PUT ${DOMAIN}/authinfo`);
        sandbox.advance(2000);
    }
    expect(sandbox.state.operations()).toHaveLength(100);
});

describe("a change of owner", () => {
    const start = () =>
        ask(sandbox, "POST /v5/domain/changeowner/example.com", {
            body: { owner: { ...ALICE, given: "Bob", email: "bob@example.org" } },
        });
    const followUp = async () => (await ask(sandbox, "GET /v5/domain/changeowner/example.com")).json;

    test("waits for both owners, however long it takes", async () => {
        expect((await start()).status).toBe(202);
        sandbox.advance(30 * 86400_000);
        expect(await followUp()).toMatchObject({ step: "WAIT", step_nb: 2, inner_step: "checking_foa_response" });
        expect((await start()).status).toBe(409);
        sandbox.stepChangeOwner("example.com", "done");
        expect((await get("/contacts")).owner.given).toBe("Bob");
        expect(await followUp()).toMatchObject({
            step: "DONE",
            params: { old_owner_email: "alice@example.org", answer_old_owner: "T", new_owner_email: "bob@example.org" },
        });
    });

    test("that is refused changes nothing", async () => {
        await start();
        sandbox.stepChangeOwner("example.com", "error");
        expect(await followUp()).toMatchObject({ step: "ERROR", params: { answer_new_owner: "F" } });
        expect((await get("/contacts")).owner.given).toBe("Alice");
    });

    test("in SUPPORT is not begun a second time, and can still be agreed", async () => {
        await start();
        sandbox.stepChangeOwner("example.com", "support");
        expect(await followUp()).toMatchObject({ step: "SUPPORT", params: { answer_new_owner: "W" } });
        expect((await start()).status).toBe(409);
        sandbox.stepChangeOwner("example.com", "done");
        expect((await get("/contacts")).owner.given).toBe("Bob");
    });

    test("only checked by a Dry-Run does not begin", async () => {
        const answer = await ask(sandbox, "POST /v5/domain/changeowner/example.com", {
            body: { owner: { ...ALICE, email: "nobody" } },
            headers: { "Dry-Run": "1" },
        });
        expect(answer.status).toBe(200);
        expect(answer.json).toMatchObject({ status: "error", errors: [{ name: "owner.email" }] });
        expect((await ask(sandbox, "GET /v5/domain/changeowner/example.com")).status).toBe(404);
    });

    test("sends its mails again", async () => {
        await start();
        const body = { email: "alice@example.org" };
        expect((await ask(sandbox, "POST /v5/domain/changeowner/example.com/foa", { body })).status).toBe(202);
    });
});

test("automatic renewal that was never on can't be switched off", async () => {
    const off = () => ask(sandbox, `PATCH ${DOMAIN}/autorenew`, { body: { enabled: false, duration: 3 } });
    expect(await off()).toMatchObject({ status: 400, json: { message: "This product has no autorenew record" } });
    await ask(sandbox, `PATCH ${DOMAIN}/autorenew`, { body: { enabled: true } });
    expect((await off()).status).toBe(201);
    expect((await off()).status).toBe(201);
});

test("a change of owner is agreed by itself after a set delay", async () => {
    const quick = await startSandbox({ clock: "manual", delays: { changeOwner: 5000 }, zones: { "example.com": "" } });
    await ask(quick, "POST /v5/domain/changeowner/example.com", { body: { owner: { ...ALICE, given: "Bob" } } });
    quick.advance(5000);
    expect(quick.state.domain("example.com")?.owner.given).toBe("Bob");
    await quick.close();
});
