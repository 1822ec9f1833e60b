import { type Fault, type FaultKind, type Sandbox, startSandbox } from "../../sandbox";
import { ask } from "./ask";

let sandbox: Sandbox;

beforeEach(async () => {
    sandbox = await startSandbox({ clock: "manual", zones: { "example.com": "" } });
});
afterEach(() => sandbox.close());

const RECORDS = "/v5/livedns/domains/example.com/records";
const write = () => ask(sandbox, `PUT ${RECORDS}/www/A`, { body: { rrset_values: ["192.0.2.1"] } });
const stored = () => sandbox.state.zone("example.com")?.rrsets.length === 1;

test("a status comes instead of the effect, with its headers, as often as was asked", async () => {
    sandbox.addFault({ status: 429, headers: { "retry-after": "7" }, times: 2 });
    for (let count = 0; count < 2; count += 1) {
        const { status, headers } = await write();
        expect([status, headers["retry-after"], stored()]).toEqual([429, "7", false]);
    }
    expect((await write()).status).toBe(201);
});

test("a status can come after the effect", async () => {
    sandbox.addFault({ status: 503, effect: true });
    expect((await write()).status).toBe(503);
    expect(stored()).toBe(true);
});

test("an HTML page comes with the status of a gateway", async () => {
    sandbox.addFault({ kind: "html" });
    const { status, headers, text } = await write();
    expect([status, headers["content-type"], stored()]).toEqual([502, "text/html", false]);
    expect(text).toContain("<html>");
});

test("an empty body comes after the effect, with its status", async () => {
    sandbox.addFault({ kind: "empty" });
    expect(await write()).toMatchObject({ status: 201, text: "" });
    expect(stored()).toBe(true);
});

test.each<[FaultKind, boolean]>([
    ["drop-before", false],
    ["drop-after", true],
    ["truncated", true],
])("%s breaks the connection; the effect happened: %s", async (kind, effect) => {
    sandbox.addFault({ kind, times: 1 });
    await expect(write()).rejects.toThrow();
    expect(stored()).toBe(effect);
    expect(sandbox.requests()).toMatchObject([{ method: "PUT", fault: kind, status: null }]);
    expect((await write()).status).toBe(201);
});

test.each<[Fault, boolean]>([
    [{ kind: "hang" }, false],
    [{ kind: "hang", effect: true }, true],
    [{ kind: "stall" }, true],
])("%j leaves the client waiting until it gives up; the effect happened: %s", async (fault, effect) => {
    sandbox.addFault({ ...fault, times: 1 });
    const givenUp = new AbortController();
    const waiting = fetch(`${sandbox.url}${RECORDS}/www/A`, {
        method: "PUT",
        headers: { authorization: `Bearer ${sandbox.token}`, "content-type": "application/json" },
        body: JSON.stringify({ rrset_values: ["192.0.2.1"] }),
        signal: givenUp.signal,
    }).then((answer) => answer.text());
    while (sandbox.requests()[0]?.fault === undefined || stored() !== effect) {
        await new Promise(setImmediate);
    }
    givenUp.abort();
    await expect(waiting).rejects.toThrow("aborted");
    expect((await write()).status).toBe(201);
});

test("stale reads answer from before the fault was set, until it is cleared", async () => {
    sandbox.addFault({ kind: "stale" });
    await write();
    expect((await ask(sandbox, `GET ${RECORDS}`)).json).toEqual([]);
    sandbox.clearFaults();
    expect((await ask(sandbox, `GET ${RECORDS}`)).json).toHaveLength(1);
});

test("respelled answers mean the same and look otherwise", async () => {
    sandbox.setRRset("example.com", { name: "m", type: "MX", values: ["10 a.example.net.", "20 b.example.net."] });
    sandbox.setRRset("example.com", { name: "t", type: "TXT", values: ['"one"'] });
    sandbox.setRRset("example.com", { name: "v6", type: "AAAA", values: ["2001:db8::1"] });
    sandbox.addFault({ kind: "respell" });
    expect((await ask(sandbox, `GET ${RECORDS}`)).json).toMatchObject([
        { rrset_name: "M", rrset_values: ["20 B.EXAMPLE.NET.", "10 A.EXAMPLE.NET."] },
        { rrset_name: "T", rrset_values: ['"o" "ne"'] },
        { rrset_name: "V6", rrset_values: ["2001:0db8:0000:0000:0000:0000:0000:0001"] },
    ]);
});

test("respelled addresses and nameservers come in the other spelling and order", async () => {
    sandbox.editDomain("example.com", {
        hosts: { ns1: ["192.0.2.1", "2001:0db8:0000:0000:0000:0000:0000:0001"] },
        nameservers: ["a.example.net", "b.example.net"],
    });
    sandbox.addFault({ kind: "respell" });
    const domain = "/v5/domain/domains/example.com";
    expect((await ask(sandbox, `GET ${domain}/hosts/ns1`)).json.ips).toEqual(["2001:db8::1", "192.0.2.1"]);
    expect((await ask(sandbox, `GET ${domain}/nameservers`)).json).toEqual(["b.example.net", "a.example.net"]);
    expect((await ask(sandbox, `GET ${RECORDS}`, { headers: { accept: "text/plain" } })).text).toContain("IN SOA");
});

test("respelled addresses of e-mail come in upper case, the last first", async () => {
    sandbox.editDomain("example.com", { forwards: { sales: ["alice@example.org", "bob@example.net"] } });
    sandbox.addFault({ kind: "respell" });
    expect((await ask(sandbox, "GET /v5/email/forwards/example.com")).json).toMatchObject([
        { source: "SALES", destinations: ["BOB@EXAMPLE.NET", "ALICE@EXAMPLE.ORG"] },
    ]);
});

test("a respelled mailbox comes in upper case, the last alias first", async () => {
    sandbox.editDomain("example.com", { mailboxes: { zoe: { aliases: ["info", "x1*"] } } });
    sandbox.addFault({ kind: "respell" });
    const [{ id, ...seen }] = (await ask(sandbox, "GET /v5/email/mailboxes/example.com")).json;
    expect(seen).toMatchObject({ login: "ZOE", address: "ZOE@EXAMPLE.COM", mailbox_type: "standard" });
    const { json } = await ask(sandbox, `GET /v5/email/mailboxes/example.com/${id}`);
    expect(json).toMatchObject({ aliases: ["X1*", "INFO"] });
});

test("a delay comes before the answer", async () => {
    sandbox.addFault({ kind: "delay", delay: 1 });
    expect((await write()).status).toBe(201);
    expect(sandbox.requests()).toMatchObject([{ fault: "delay", status: 201 }]);
});

test("a fault meets only its method and path, after those it lets pass", async () => {
    sandbox.addFault({ method: "PUT", path: "/livedns/domains/*/records/www/*", skip: 1, status: 500 });
    expect((await ask(sandbox, `GET ${RECORDS}`)).status).toBe(200);
    expect((await write()).status).toBe(201);
    expect((await write()).status).toBe(500);
    expect((await ask(sandbox, `PUT ${RECORDS}/other/A`, { body: { rrset_values: ["192.0.2.1"] } })).status).toBe(201);
});

test("a fault can be bound to a pattern and removed by its id", async () => {
    const id = sandbox.addFault({ path: /records\/w/, status: 500 });
    expect((await write()).status).toBe(500);
    sandbox.removeFault(id);
    expect((await write()).status).toBe(201);
});

test("an unknown kind of fault is refused with the kinds there are", () => {
    expect(() => sandbox.addFault({ kind: "flood" as FaultKind })).toThrow(/drop-before/);
});

test.each<[object, RegExp]>([
    [{ staus: 503 }, /a fault has no "staus": did you mean "status"\?/],
    [{ Path: "/x" }, /did you mean "path"\?/],
    [{ time: 1 }, /did you mean "times"\?/],
    [{ header: {} }, /did you mean "headers"\?/],
    [{ statusCode: 503 }, /has no "statusCode"; there are kind, method, path/],
    [{ kind: "drop_after" }, /did you mean "drop-after"\?/],
    [{ method: "GTE" }, /"method" is one of GET/],
    [{ times: 0 }, /"times" is a whole number from 1/],
    [{ times: "2" }, /"times" is a whole number/],
    [{ status: 42 }, /"status" is a whole number from 200 to 599/],
    [{ headers: { "retry-after": 7 } }, /"headers" is an object of texts/],
    [{ effect: "yes" }, /"effect" is true or false/],
    [{ delay: -1 }, /"delay" is a whole number/],
    [{ path: 7 }, /"path" is a text with \*, or a RegExp/],
])("a fault with %j is refused, and fails no request", async (fault, message) => {
    expect(() => sandbox.addFault(fault as Fault)).toThrow(message);
    expect((await write()).status).toBe(201);
});

test("the rate limit answers 429 until a minute has passed", async () => {
    const limited = await startSandbox({ clock: "manual", rateLimit: 3 });
    const statuses = async (count: number) => {
        const answers = [];
        for (let index = 0; index < count; index += 1) {
            answers.push((await ask(limited, "GET /v5/domain/domains")).status);
        }
        return answers;
    };
    expect(await statuses(4)).toEqual([200, 200, 200, 429]);
    limited.advance(60_000);
    expect(await statuses(1)).toEqual([200]);
    await limited.close();
});
