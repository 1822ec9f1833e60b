import { type Sandbox, startSandbox } from "../../sandbox";
import { RequestLog } from "../../sandbox/requestLog";
import { ALICE, ask, type Question } from "./ask";

let sandbox: Sandbox;

beforeEach(async () => {
    sandbox = await startSandbox({ clock: "manual", zones: { "example.com": "" } });
});
afterEach(() => sandbox.close());

const control = (line: string, question: Question = {}) =>
    ask(sandbox, line.replace(" ", " /_sandbox"), {
        token: null,
        ...question,
        headers: { "X-Sandbox-Token": sandbox.controlToken, ...question.headers },
    });

test("the control routes need their own token", async () => {
    expect((await control("GET /requests", { headers: { "X-Sandbox-Token": sandbox.token } })).status).toBe(401);
    expect((await ask(sandbox, "GET /_sandbox/requests")).status).toBe(401);
});

test.each(["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80"])(
    "the control routes refuse the Host %s",
    async (host) => {
        expect((await control("GET /requests", { headers: { host } })).status).toBe(403);
    },
);

test("time is moved", async () => {
    const before = sandbox.now();
    expect((await control("POST /advance", { body: { ms: 60_000 } })).status).toBe(200);
    expect(sandbox.now()).toBe(before + 60_000);
    expect((await control("POST /advance", { body: { ms: -1 } })).status).toBe(400);
});

test("the log tells what came, without the token and without the control requests", async () => {
    await ask(sandbox, "PATCH /v5/livedns/domains/example.com?x=1", { body: { automatic_snapshots: false } });
    const { json, text } = await control("GET /requests");
    expect(json).toMatchObject([
        {
            method: "PATCH",
            path: "/v5/livedns/domains/example.com",
            query: { x: "1" },
            body: '{"automatic_snapshots":false}',
            status: 200,
            time: sandbox.now(),
            headers: { authorization: "Bearer …" },
        },
    ]);
    expect(text).not.toContain(sandbox.token);
    await control("DELETE /requests");
    expect(sandbox.requests()).toEqual([]);
});

test.each([
    ["POST /faults", { staus: 503 }, /did you mean \\"status\\"/],
    ["POST /advance", { Ms: 1 }, /did you mean \\"ms\\"/],
    ["PUT /busy", { answers: "cause" }, /did you mean \\"answer\\"/],
    ["POST /orders/example.com", { outcom: "done" }, /did you mean \\"outcome\\"/],
    ["PATCH /delays", { orders: 1 }, /did you mean \\"order\\"/],
    ["PATCH /domains/example.com", { nameserver: [] }, /did you mean \\"nameservers\\"/],
    ["PUT /domains/example.org", { nameServer: [] }, /did you mean \\"nameservers\\"/],
    ["PUT /zones/example.com/records/www/A", { tll: 300, values: ["192.0.2.1"] }, /did you mean \\"ttl\\"/],
    ["PATCH /tokens/first", { readonly: true }, /did you mean \\"readOnly\\"/],
    ["PATCH /organizations/first", { ballance: 1 }, /did you mean \\"balance\\"/],
    ["POST /faults", [], /must be a JSON object/],
    ["PUT /busy", { answer: "loud" }, /one of message, errors, cause, conflict/],
])("%s refuses %j, which is misspelt, and changes nothing", async (line, body, message) => {
    const before = structuredClone(sandbox.world.state);
    const { status, text } = await control(line, { body });
    expect(status).toBe(400);
    expect(text).toMatch(message);
    expect(sandbox.world.state).toEqual(before);
});

test("a registry's refusal is given another form", async () => {
    expect((await control("PUT /busy", { body: { answer: "conflict" } })).status).toBe(204);
    sandbox.world.startAtRegistry("example.com", "authinfo");
    expect((await ask(sandbox, "POST /v5/domain/domains/example.com/livedns")).status).toBe(409);
});

test("who has no token can't fill the log", async () => {
    const line = "PUT /v5/livedns/domains/example.com/records";
    for (const token of [null, "unknown"]) {
        const { status } = await ask(sandbox, line, { token, body: "x".repeat(1_000_000) });
        expect([401, 403]).toContain(status);
    }
    await ask(sandbox, line, { body: { items: [] } });
    expect(sandbox.requests().map(({ body }) => body)).toEqual(["", "", '{"items":[]}']);
});

test("the log keeps the latest of what is too much", async () => {
    const log = new RequestLog();
    const entry = { time: 0, method: "PUT", path: "/", query: {}, headers: {}, status: 200 };
    for (let count = 0; count < 100; count++) {
        log.begin({ ...entry, path: `/${count}`, body: "x".repeat(1024 * 1024) });
    }
    const kept = log.all();
    expect(kept.length).toBeGreaterThan(10);
    expect(kept.length).toBeLessThan(65);
    expect(kept.at(-1)?.path).toBe("/99");
});

test("faults are added, listed and cleared", async () => {
    const added = await control("POST /faults", { body: { status: 500, path: "/domain/*" } });
    expect(added.status).toBe(201);
    expect((await control("GET /faults")).json).toMatchObject([{ id: added.json.id, kind: "status", status: 500 }]);
    expect((await ask(sandbox, "GET /v5/domain/domains")).status).toBe(500);
    await control(`DELETE /faults/${added.json.id}`);
    expect((await ask(sandbox, "GET /v5/domain/domains")).status).toBe(200);
    expect((await control("POST /faults", { body: { kind: "flood" } })).status).toBe(400);
    await control("POST /faults", { body: { kind: "html" } });
    await control("DELETE /faults");
    expect((await control("GET /faults")).json).toEqual([]);
});

test("an RRset is set, unchecked, and deleted by hand", async () => {
    const path = "/zones/example.com/records/0%2F25/A";
    expect((await control(`PUT ${path}`, { body: { ttl: 60, values: ["not an address"] } })).status).toBe(204);
    expect((await control("GET /zones/example.com")).json.rrsets).toEqual([
        { name: "0/25", type: "A", ttl: 60, values: ["not an address"] },
    ]);
    await control(`DELETE ${path}`);
    expect(sandbox.state.zone("example.com")?.rrsets).toEqual([]);
    expect((await control(`PUT ${path}`, { body: {} })).status).toBe(400);
});

test("a domain is added, edited and removed by hand", async () => {
    await control("PUT /domains/new.com", { body: { organization: "second" } });
    expect((await control("GET /domains")).json).toEqual(["example.com", "new.com"]);
    const edit = {
        nameservers: ["NS1.example.net."],
        hosts: { ns1: ["192.0.2.1"] },
        contacts: { admin: { ...ALICE, given: "Bob" } },
        autorenew: { enabled: true },
        tags: ["t"],
    };
    expect((await control("PATCH /domains/new.com", { body: edit })).status).toBe(204);
    expect((await control("GET /domains/new.com")).json).toMatchObject({
        nameservers: ["ns1.example.net"],
        hosts: { ns1: ["192.0.2.1"] },
        contacts: { admin: { given: "Bob" } },
        autorenew: { enabled: true, duration: 1 },
        tags: ["t"],
    });
    await control("PATCH /domains/new.com", { body: { hosts: { ns1: null }, contacts: { admin: null } } });
    expect(sandbox.state.domain("new.com")).toMatchObject({ hosts: {}, contacts: {} });
    await control("DELETE /domains/new.com");
    expect((await control("GET /domains/new.com")).status).toBe(404);
    expect((await control("DELETE /domains/new.com")).status).toBe(400);
});

test("orders, operations and changes of owner are seen and moved", async () => {
    await ask(sandbox, "POST /v5/domain/domains", { body: { fqdn: "new.com", owner: ALICE } });
    await ask(sandbox, "PUT /v5/domain/domains/example.com/nameservers", {
        body: { nameservers: ["ns1.example.net"] },
    });
    await ask(sandbox, "POST /v5/domain/changeowner/example.com", { body: { owner: { ...ALICE, given: "Bob" } } });
    expect((await control("GET /orders")).json).toMatchObject([{ fqdn: "new.com", step: "BILL", billed: false }]);
    const [operation] = (await control("GET /operations")).json;
    await control("POST /orders/new.com", { body: { outcome: "next" } });
    expect((await control("GET /orders")).json).toMatchObject([{ step: "WAIT", billed: true }]);
    await control(`POST /operations/${operation.id}`, { body: { outcome: "done" } });
    await control("POST /changeowner/example.com", { body: { outcome: "done" } });
    expect(sandbox.state.domain("example.com")).toMatchObject({
        nameservers: ["ns1.example.net"],
        owner: { given: "Bob" },
    });
    expect((await control("POST /orders/new.com", { body: { outcome: "maybe" } })).status).toBe(400);
    expect((await control("POST /orders/nobody.com", { body: { outcome: "done" } })).status).toBe(400);
});

test("an order is held at a step, let go, and given another time", async () => {
    const delays = (body: unknown) => control("PATCH /delays", { body });
    const step = async () => (await control("GET /orders")).json[0].step;
    expect((await delays({ order: null })).status).toBe(204);
    await ask(sandbox, "POST /v5/domain/domains", { body: { fqdn: "new.com", owner: ALICE } });
    await control("POST /advance", { body: { ms: 86400_000 } });
    expect(await step()).toBe("BILL");
    await delays({ order: 400 });
    await control("POST /orders/new.com", { body: { outcome: "next" } });
    expect(await step()).toBe("WAIT");
    await control("POST /advance", { body: { ms: 300 } });
    expect(await step()).toBe("DONE");
    const bad = await delays({ operation: "soon" });
    expect(bad).toMatchObject({ status: 400, json: { message: expect.stringContaining('"operation"') } });
});

test("glue records keep the registry's spelling of addresses, however they came", () => {
    sandbox.addDomain({ fqdn: "new.com", hosts: { ns1: ["2001:db8::1"] } });
    sandbox.editDomain("new.com", { hosts: { ns2: ["2001:db8::1"] } });
    const expanded = ["2001:0db8:0000:0000:0000:0000:0000:0001"];
    expect(sandbox.state.domain("new.com")?.hosts).toEqual({ ns1: expanded, ns2: expanded });
});

test("a token is revoked and a balance is set", async () => {
    await control("PATCH /tokens/first", { body: { status: "unknown" } });
    expect((await ask(sandbox, "GET /v5/domain/domains")).status).toBe(403);
    await control("PATCH /organizations/first", { body: { balance: 3 } });
    expect(sandbox.state.balance("first")).toBe(3);
    expect((await control("PATCH /tokens/nobody", { body: {} })).status).toBe(400);
});

test("an unknown control route and a body that is no JSON are told apart", async () => {
    expect((await control("GET /nonsense")).status).toBe(404);
    expect((await control("POST /advance", { body: "{" })).status).toBe(400);
});

test("what state shows is a copy", () => {
    const zone = sandbox.state.zone("example.com");
    zone?.rrsets.push({ name: "x", type: "A", ttl: 300, values: [] });
    expect(sandbox.state.zone("example.com")?.rrsets).toEqual([]);
});
