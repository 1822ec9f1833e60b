import { type Sandbox, startSandbox, TOKENS } from "../../sandbox";
import { ALICE, ask } from "./ask";

let sandbox: Sandbox;

beforeEach(async () => {
    sandbox = await startSandbox({ clock: "manual", delays: { order: 8000 } });
});
afterEach(() => sandbox.close());

const order = (fqdn: string, extra: object = {}, headers?: Record<string, string>, query = "") =>
    ask(sandbox, `POST /v5/domain/domains${query}`, { body: { fqdn, owner: ALICE, ...extra }, headers });
const createStatus = (fqdn: string) => ask(sandbox, `GET /v5/domain/domains/${fqdn}/createstatus`);
const domain = (fqdn: string) => ask(sandbox, `GET /v5/domain/domains/${fqdn}`);
const zoneOf = (fqdn: string) => ask(sandbox, `GET /v5/livedns/domains/${fqdn}/records`);

describe("an order", () => {
    test("passes through BILL, WAIT and RUN, and the domain is there when createstatus redirects to it", async () => {
        expect((await order("new.com")).status).toBe(202);
        expect((await createStatus("new.com")).json).toEqual({ step: "BILL", step_nb: 1 });
        expect((await domain("new.com")).status).toBe(404);
        sandbox.advance(2000);
        expect((await createStatus("new.com")).json).toEqual({ step: "WAIT", step_nb: 2 });
        sandbox.advance(2000);
        expect((await createStatus("new.com")).json).toEqual({ step: "RUN", step_nb: 3 });
        expect((await domain("new.com")).status).toBe(404);
        sandbox.advance(4000);
        const done = await createStatus("new.com");
        expect(done.status).toBe(303);
        expect(done.headers.location).toBe(`${sandbox.url}/v5/domain/domains/new.com`);
        expect((await domain("new.com")).json).toMatchObject({ fqdn: "new.com", services: ["gandilivedns"] });
    });

    test("gives the domain a zone with Gandi's default records", async () => {
        await order("new.com");
        sandbox.advance(8000);
        const keys = (await zoneOf("new.com")).json.map((rrset: { rrset_name: string; rrset_type: string }) =>
            [rrset.rrset_name, rrset.rrset_type].join(" "),
        );
        expect(keys).toEqual(expect.arrayContaining(["@ A", "@ MX", "@ TXT", "webmail CNAME", "www CNAME"]));
    });

    test("with nameservers of its own leaves the domain off LiveDNS", async () => {
        await order("new.com", { nameservers: ["NS2.example.net.", "ns1.example.net"] });
        sandbox.advance(8000);
        expect((await domain("new.com")).json.nameservers).toEqual(["ns1.example.net", "ns2.example.net"]);
        expect((await zoneOf("new.com")).json.object).toBe("LocalizedHTTPNotFound");
    });

    test("makes glue records of the addresses that come with nameservers in the domain", async () => {
        const ips = { "ns1.new.com": ["2001:db8::1"], "new.com": ["192.0.2.2"], "ns.example.net": ["192.0.2.1"] };
        await order("new.com", { nameservers: ["ns1.new.com", "new.com"], nameservers_ips: ips });
        sandbox.advance(8000);
        expect(sandbox.state.domain("new.com")?.hosts).toEqual({
            ns1: ["2001:0db8:0000:0000:0000:0000:0000:0001"],
            "@": ["192.0.2.2"],
        });
        const without = await order("newer.com", { nameservers: ["ns1.example.net", "NS2.newer.com."] });
        expect(without.json.errors).toMatchObject([{ name: "nameservers.1" }]);
        const bad = await order("newer.com", { nameservers: ["a b"], nameservers_ips: { "ns1.newer.com": ["x"] } });
        expect(bad.json.errors.map(({ name }: { name: string }) => name)).toEqual([
            "nameservers.0",
            "nameservers_ips.ns1.newer.com",
        ]);
    });

    test("takes the money when BILL ends, taxes included", async () => {
        await order("new.com", { duration: 2 });
        expect(sandbox.state.balance("first")).toBe(1000);
        sandbox.advance(2000);
        expect(sandbox.state.balance("first")).toBe(1000 - 2 * 14.4);
    });

    test("is paid by the organisation that sharing_id names, and the domain is that organisation's", async () => {
        await order("new.com", {}, undefined, `?sharing_id=${sandbox.organizations.client}`);
        sandbox.advance(8000);
        expect(sandbox.state.balance("first")).toBe(1000);
        expect(sandbox.state.balance("client")).toBe(500 - 14.4);
        expect(sandbox.state.domain("new.com")?.organization).toBe(sandbox.organizations.client);
    });

    test("for a reseller's customer makes a domain that is listed by that customer", async () => {
        await order("new.com", { resellee_id: "c1" });
        sandbox.advance(8000);
        const listed = async (id: string) => (await ask(sandbox, `GET /v5/domain/domains?resellee_id=${id}`)).json;
        expect(await listed("c1")).toMatchObject([{ fqdn: "new.com" }]);
        expect(await listed("c2")).toEqual([]);
    });

    test("sums the years by their ranges", async () => {
        await order("new.net", { duration: 3 });
        sandbox.advance(8000);
        expect(sandbox.state.orders()[0]?.price).toBe(15.73);
    });

    test("ends in ERROR without credit, and takes nothing", async () => {
        sandbox.editOrganization("first", { balance: 10 });
        await order("new.com");
        sandbox.advance(8000);
        expect((await createStatus("new.com")).json).toMatchObject({
            step: "ERROR",
            step_nb: 1,
            errortype: expect.any(String),
            errortype_label: expect.any(String),
        });
        expect(sandbox.state.balance("first")).toBe(10);
        expect((await domain("new.com")).status).toBe(404);
    });

    test("that ended in ERROR can be placed again", async () => {
        await order("new.com");
        sandbox.stepOrder("new.com", "error");
        expect((await order("new.com")).status).toBe(202);
    });

    test("of a name on order or owned is refused and never billed twice, however many come at once", async () => {
        const answers = await Promise.all(Array.from({ length: 8 }, () => order("new.com")));
        expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array(7).fill(409)]);
        sandbox.advance(8000);
        expect((await order("new.com")).json.errors).toMatchObject([{ name: "fqdn" }]);
        sandbox.advance(8000);
        expect(sandbox.state.balance("first")).toBe(1000 - 14.4);
    });

    test("of a name that another organisation has on order is refused as unavailable", async () => {
        await order("new.com");
        const other = await ask(sandbox, "POST /v5/domain/domains", {
            token: TOKENS.second,
            body: { fqdn: "new.com", owner: ALICE },
        });
        expect(other.status).toBe(400);
        expect(other.json.errors).toMatchObject([{ name: "fqdn" }]);
    });

    test("is not shown to another organisation", async () => {
        await order("new.com");
        const other = await ask(sandbox, "GET /v5/domain/domains/new.com/createstatus", { token: TOKENS.second });
        expect(other.status).toBe(404);
    });

    test("is forgotten once its domain has left Gandi", async () => {
        await order("new.com");
        sandbox.advance(8000);
        sandbox.removeDomain("new.com");
        expect((await createStatus("new.com")).status).toBe(404);
        expect((await order("new.com")).status).toBe(202);
    });

    test("lists everything that is wrong with it", async () => {
        const { status, json } = await order("taken-name.com", {
            duration: 11,
            owner: { ...ALICE, email: "alice", country: "France" },
        });
        expect(status).toBe(400);
        expect(json.errors.map(({ name }: { name: string }) => name).sort()).toEqual([
            "duration",
            "fqdn",
            "owner.country",
            "owner.email",
        ]);
    });

    test("takes the type of a contact as a number too, and answers it so", async () => {
        await order("new.com", { owner: { ...ALICE, type: 1, orgname: "Example Ltd" } });
        sandbox.advance(8000);
        expect((await domain("new.com")).json.contacts.owner).toMatchObject({ type: 1, orgname: "Example Ltd" });
        expect((await order("newer.com", { owner: { ...ALICE, type: 1 } })).json.errors).toMatchObject([
            { name: "owner.orgname" },
        ]);
        expect((await order("newer.com", { owner: { ...ALICE, type: 4 } })).json.errors).toMatchObject([
            { name: "owner.type" },
        ]);
    });

    test("stops in SUPPORT until someone moves it", async () => {
        await order("support-me.com");
        sandbox.advance(60_000);
        expect((await createStatus("support-me.com")).json.step).toBe("SUPPORT");
        sandbox.stepOrder("support-me.com", "done");
        expect((await createStatus("support-me.com")).status).toBe(303);
    });

    test("that fails at the registry is paid back", async () => {
        await order("error-name.com");
        sandbox.advance(4000);
        expect(sandbox.state.balance("first")).toBe(1000 - 14.4);
        sandbox.advance(4000);
        expect((await createStatus("error-name.com")).json.step).toBe("ERROR");
        expect(sandbox.state.balance("first")).toBe(1000);
    });
});

describe("a Dry-Run", () => {
    test("of a good order succeeds and orders nothing", async () => {
        const { status, json } = await order("new.com", {}, { "Dry-Run": "1" });
        expect({ status, json }).toEqual({ status: 200, json: { status: "success" } });
        expect(sandbox.state.orders()).toEqual([]);
    });

    test("of a bad order is a 200 that lists the errors", async () => {
        const { status, json } = await order("new.com", { duration: 0 }, { "Dry-Run": "1" });
        expect(status).toBe(200);
        expect(json).toMatchObject({ status: "error", errors: [{ location: "body", name: "duration" }] });
    });
});

test("a Dry-Run of a name on order is an error in the answer, not a 409", async () => {
    await order("new.com");
    const { status, json } = await order("new.com", {}, { "Dry-Run": "1" });
    expect(status).toBe(200);
    expect(json).toMatchObject({ status: "error", errors: [{ name: "fqdn" }] });
});

describe("a special name", () => {
    const availability = async (name: string) =>
        (await ask(sandbox, `GET /v5/domain/check?name=${name}`)).json.products[0];

    test.each([
        ["taken-name.com", "unavailable"],
        ["taken-premium-name.com", "unavailable_premium"],
        ["reserved-name.com", "available_reserved"],
        ["preorder-name.com", "available_preorder"],
        ["restricted-name.com", "unavailable_restricted"],
        ["timeout-name.com", "error_timeout"],
    ])("%s is %s", async (name, status) => {
        expect((await availability(name)).status).toBe(status);
    });

    test("is pending the first time it is asked for", async () => {
        expect((await availability("pending-name.com")).status).toBe("pending");
        expect((await availability("pending-name.com")).status).toBe("available");
    });

    test("that is premium needs enforce_premium and its price", async () => {
        sandbox.editOrganization("first", { balance: 5000 });
        const [unit] = (await availability("premium-name.com")).prices;
        expect(unit.type).toBe("premium");
        const bare = await order("premium-name.com");
        expect(bare.json.errors.map(({ name }: { name: string }) => name)).toEqual(["enforce_premium", "price"]);
        expect((await order("premium-name.com", { enforce_premium: true, price: 1 })).json.errors).toMatchObject([
            { name: "price", description: "1 is not the price of this domain: 878.44 with taxes, 732.03 without" },
        ]);
        const full = { enforce_premium: true, price: unit.price_before_taxes };
        expect((await order("premium-name.com", full)).status).toBe(202);
    });

    test("in its claims period waits until the claims are accepted", async () => {
        await order("claims-name.com");
        sandbox.advance(60_000);
        expect((await createStatus("claims-name.com")).json.step).toBe("WAIT");
        expect((await ask(sandbox, "POST /v5/domain/domains/claims-name.com/claims")).status).toBe(409);
        await ask(sandbox, "GET /v5/domain/domains/claims-name.com/claims");
        expect((await ask(sandbox, "POST /v5/domain/domains/claims-name.com/claims")).status).toBe(201);
        sandbox.advance(8000);
        expect((await createStatus("claims-name.com")).status).toBe(303);
    });

    test("in its claims period waits on when another account accepts the claims", async () => {
        await order("claims-name.com");
        sandbox.advance(60_000);
        await ask(sandbox, "GET /v5/domain/domains/claims-name.com/claims");
        await ask(sandbox, "POST /v5/domain/domains/claims-name.com/claims", { token: TOKENS.second });
        sandbox.advance(8000);
        expect((await createStatus("claims-name.com")).json.step).toBe("WAIT");
    });

    test("in its claims period is not ordered with a notice that is unknown or too old", async () => {
        const { json } = await ask(sandbox, "GET /v5/domain/domains/claims-name.com/claims");
        const again = await ask(sandbox, "GET /v5/domain/domains/claims-name.com/claims");
        expect(again.json.notice_id).toBe(json.notice_id);
        sandbox.advance(48 * 3600_000);
        for (const claims of ["made-up", json.notice_id]) {
            const answer = await order("claims-name.com", { claims });
            expect(answer.json.errors).toMatchObject([{ name: "claims" }]);
        }
    });

    test("in its claims period does not wait when the order carries the notice", async () => {
        const { json } = await ask(sandbox, "GET /v5/domain/domains/claims-name.com/claims");
        await order("claims-name.com", { claims: json.notice_id });
        sandbox.advance(8000);
        expect((await createStatus("claims-name.com")).status).toBe(303);
    });
});

describe("a transfer", () => {
    test("of a domain that is at Gandi already is refused", async () => {
        sandbox.addDomain({ fqdn: "here.com", organization: "second" });
        const body = { fqdn: "here.com", owner: ALICE, authinfo: "xyz5500" };
        expect((await ask(sandbox, "POST /v5/domain/transferin", { body })).json.errors).toMatchObject([
            { name: "fqdn" },
        ]);
        const dry = await ask(sandbox, "POST /v5/domain/transferin", { body, headers: { "Dry-Run": "1" } });
        expect(dry).toMatchObject({ status: 200, json: { status: "error" } });
    });

    test("needs the transfer code and becomes a domain", async () => {
        const body = { fqdn: "moving.com", owner: ALICE };
        expect((await ask(sandbox, "POST /v5/domain/transferin", { body })).json.errors).toMatchObject([
            { name: "authinfo", description: "Required" },
        ]);
        await ask(sandbox, "POST /v5/domain/transferin", { body: { ...body, authinfo: "xyz5500" } });
        expect((await ask(sandbox, "GET /v5/domain/transferin/moving.com")).json).toMatchObject({ step: "BILL" });
        sandbox.advance(8000);
        expect((await domain("moving.com")).status).toBe(200);
    });
});
