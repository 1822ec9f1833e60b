import type { ServerResponse } from "node:http";
import { inspect } from "node:util";
import { z } from "zod";
import { Client, type RequestOptions } from "../../provider/api/client";
import { GandiError } from "../../provider/api/errors";
import type { Route } from "../../provider/api/route";
import { closeServers, dropped, type Handler, json, raw, script, serve, TOKEN, truncated } from "./server";

afterEach(closeServers);

const anything = z.unknown();
const ok = json(200, { fqdn: "example.com" });
const DOMAIN = { route: "GET /v5/domain/domains/{domain}", params: { domain: "example.com" } } as const;
const RECORDS = { route: "PUT /v5/livedns/domains/{fqdn}/records", params: { fqdn: "example.com" }, body: {} } as const;
const SNAPSHOT = { route: "POST /v5/livedns/domains/{fqdn}/snapshots", params: { fqdn: "example.com" } } as const;
const ORDER = { route: "POST /v5/domain/domains", params: {}, body: {}, repeat: "never" } as const;

async function failure(work: Promise<unknown>): Promise<GandiError> {
    const error = await work.then(
        () => undefined,
        (reason: unknown) => reason,
    );
    if (!GandiError.is(error)) throw new Error(`expected a GandiError, got ${inspect(error)}`);
    return error;
}

describe("what goes over the wire", () => {
    test("the token, a JSON Accept and the package's version are sent", async () => {
        const server = await serve(ok);
        await server.client().request(DOMAIN);
        expect(server.received[0]?.headers).toMatchObject({
            authorization: `Bearer ${TOKEN}`,
            accept: "application/json",
            "user-agent": expect.stringMatching(/^pulumi-gandi\/\d+\.\d+\.\d+/),
        });
    });

    test("the deprecated API key goes as Apikey", async () => {
        const server = await serve(ok);
        await server.client({ credential: { scheme: "Apikey", token: "k", source: "the test" } }).request(DOMAIN);
        expect(server.received[0]?.headers.authorization).toBe("Apikey k");
    });

    test.each([
        ["@", "%40"],
        ["*", "%2A"],
        ["*.dev", "%2A.dev"],
        ["0/25", "0%2F25"],
        ["_dmarc", "_dmarc"],
        ["a b?c#d", "a%20b%3Fc%23d"],
        ["münchen", "m%C3%BCnchen"],
        ["(x)!'", "%28x%29%21%27"],
    ])("the name %s is one segment of the path: %s", async (name, encoded) => {
        const server = await serve(ok);
        const route = "GET /v5/livedns/domains/{fqdn}/records/{name}/{type}";
        await server.client().request({ route, params: { fqdn: "example.com", name, type: "A" } });
        expect(server.received[0]?.url).toBe(`/v5/livedns/domains/example.com/records/${encoded}/A`);
    });

    test.each(["", ".", ".."])("a segment %j is refused, as it would be another route", async (name) => {
        const server = await serve(ok);
        const route = "DELETE /v5/livedns/domains/{fqdn}/records/{name}";
        await expect(server.client().request({ route, params: { fqdn: "example.com", name } })).rejects.toThrow("name");
        expect(server.received).toEqual([]);
    });

    test("the payer goes as query, joined to what is there, and as header", async () => {
        const server = await serve(ok);
        const client = server.client({ sharingId: "5a53edc7" });
        await client.request({ route: "GET /v5/domain/domains", params: {}, query: { page: 2 } });
        await client.request(DOMAIN);
        await client.withSharingId("other").request(DOMAIN);
        expect(server.received.map(({ url }) => url)).toEqual([
            "/v5/domain/domains?page=2&sharing_id=5a53edc7",
            "/v5/domain/domains/example.com?sharing_id=5a53edc7",
            "/v5/domain/domains/example.com?sharing_id=other",
        ]);
        expect(server.received[0]?.headers["x-gandi-sharing-id"]).toBe("5a53edc7");
    });

    test("a list in the query repeats its key, and undefined is left out", async () => {
        const server = await serve(ok);
        const query = { name: "example.com", processes: ["create", "renew"], country: undefined };
        await server.client().request({ route: "GET /v5/domain/check", params: {}, query });
        expect(server.received[0]?.url).toBe("/v5/domain/check?name=example.com&processes=create&processes=renew");
    });

    test.each(["", "/", "/v5", "/v5/", "//"])("an address that ends in %j works the same", async (end) => {
        const server = await serve(ok);
        await server.client({ url: server.url + end }).request(DOMAIN);
        expect(server.received[0]?.url).toBe("/v5/domain/domains/example.com");
    });

    test("an address with a path keeps it", async () => {
        const server = await serve(ok);
        await server.client({ url: `${server.url}/gandi/v5/` }).request(DOMAIN);
        expect(server.received[0]?.url).toBe("/gandi/v5/domain/domains/example.com");
    });

    test("many requests share a few connections", async () => {
        const sockets = new Set<unknown>();
        const server = await serve((request, response, socket) => {
            sockets.add(socket);
            ok(request, response, socket);
        });
        const client = server.client({ concurrency: 2 });
        await Promise.all(Array.from({ length: 20 }, () => client.request(DOMAIN)));
        expect(server.received).toHaveLength(20);
        expect(sockets.size).toBeLessThanOrEqual(2);
    });

    test("no more than the set number of requests are under way at a time", async () => {
        let waiting: ServerResponse[] = [];
        let most = 0;
        const server = await serve((_, response) => {
            waiting.push(response);
            most = Math.max(most, waiting.length);
            if (waiting.length < 3) return;
            setImmediate(() => {
                for (const held of waiting) held.end("{}");
                waiting = [];
            });
        });
        const client = server.client({ concurrency: 3 });
        await Promise.all(Array.from({ length: 30 }, () => client.request(DOMAIN)));
        expect(most).toBe(3);
    });
});

describe("addresses and tokens that can't be used", () => {
    const credential = { scheme: "Bearer", token: TOKEN, source: "the test" } as const;

    test.each([
        "http://api.gandi.net",
        "http://localhost.evil.example",
        "http://128.0.0.1",
        "http://127.0.0.1.evil.example",
    ])("%s would send the token in clear", (url) => expect(() => new Client({ credential, url })).toThrow("https:"));

    test.each([
        "http://127.0.0.1:1",
        "http://localhost:1",
        "http://[::1]:1",
        "http://127.8.8.8",
        "https://api.gandi.net/v5",
    ])("%s is fine", (url) => expect(() => new Client({ credential, url })).not.toThrow());

    test.each(["", "api.gandi.net", "ftp://api.gandi.net", "https://", "https://a.example?x=1", "https://a.example#x"])(
        "%j is refused, naming the setting",
        (url) => expect(() => new Client({ credential, url })).toThrow("gandi:url"),
    );

    test.each(["timeout", "requestsPerMinute", "concurrency"])("a %s of nothing is refused", (setting) => {
        for (const value of [0, -1, Number.NaN]) {
            expect(() => new Client({ credential, [setting]: value })).toThrow(`${setting} must be more than 0`);
        }
    });

    test("a password in the address is refused and not repeated", () => {
        expect(() => new Client({ credential, url: "https://u:hunter2@api.gandi.net" })).toThrow(
            expect.objectContaining({ message: expect.not.stringContaining("hunter2") }),
        );
    });

    test.each(["", "two words", "line\n", "tökn"])(
        "the token %j is refused, naming its source, without the token",
        (token) => {
            expect(() => new Client({ credential: { ...credential, token } })).toThrow(
                expect.objectContaining({ message: expect.stringMatching(/^The token of the test (is empty|holds)/) }),
            );
        },
    );
});

describe("what is repeated (9)", () => {
    const failures: [string, Handler][] = [
        ["a lost connection", dropped],
        ["a 429", json(429, { message: "slow down" })],
        ["a 500", json(500, { code: 500, message: "oops" })],
        ["an HTML 502", raw(502, "<html>Bad gateway</html>")],
        ["a body cut off", truncated],
    ];
    const requests = [
        ["GET", DOMAIN, true],
        ["PUT", RECORDS, true],
        ["DELETE", { ...DOMAIN, route: "DELETE /v5/domain/domains/{domain}" }, true],
        ["POST that is safe", { ...SNAPSHOT, repeat: "always" }, true],
        ["POST", SNAPSHOT, false],
        ["PATCH", { ...DOMAIN, route: "PATCH /v5/domain/domains/{domain}" }, false],
    ] as const;
    const cases = requests.flatMap(([method, request, repeated]) =>
        failures.map(([what, handler]) => ({ method, request, what, handler, repeated: repeated || what === "a 429" })),
    );

    test.each(cases)("$method after $what: repeated $repeated", async ({ request, handler, repeated }) => {
        const server = await script(handler, ok);
        const work = server.client().request(request as RequestOptions<Route, unknown>);
        if (repeated) {
            await expect(work).resolves.toMatchObject({ status: 200 });
            expect(server.received).toHaveLength(2);
        } else {
            await failure(work);
            expect(server.received).toHaveLength(1);
        }
    });

    test.each([...failures, ["an empty 200", raw(200, "")], ["HTML with 200", raw(200, "<html>")]] as [
        string,
        Handler,
    ][])("a POST that buys is sent once, whatever happens: %s (1)", async (_, handler) => {
        const server = await script(handler, json(202, { message: "ok" }));
        await server
            .client()
            .request({ ...ORDER, schema: anything })
            .catch(() => undefined);
        expect(server.received).toHaveLength(1);
    });

    test("a POST that buys is sent once even when it times out (1)", async () => {
        const server = await serve(() => server.clock.advance(61_000));
        const error = await failure(server.client().request(ORDER));
        expect(error).toMatchObject({ kind: "transport", causeCode: "DEADLINE" });
        expect(server.received).toHaveLength(1);
    });

    test.each([400, 401, 403, 404, 409])("a %i is an answer, and not asked for again", async (status) => {
        const server = await serve(json(status, { code: status, message: "no" }));
        await failure(server.client().request(DOMAIN));
        expect(server.received).toHaveLength(1);
    });

    test("a server that stays broken is given up after six attempts, and the error says so", async () => {
        const server = await serve(json(500, { message: "oops" }));
        const error = await failure(server.client().request(DOMAIN));
        expect(error.message).toContain("Tried 6 times.");
        expect(server.received).toHaveLength(6);
    });

    test("the pauses are a random share of a bound that doubles", async () => {
        const server = await serve(json(500, { message: "oops" }));
        await failure(server.client().request(DOMAIN));
        expect(server.clock.sleeps).toEqual([500, 1000, 2000, 4000, 8000]);
    });

    test("a Retry-After of a 503 is waited for", async () => {
        const server = await script(json(503, { message: "maintenance" }, { "retry-after": "20" }), ok);
        const lines: string[] = [];
        await server.client({ log: (line) => lines.push(line) }).request(DOMAIN);
        expect(server.clock.time).toBeGreaterThanOrEqual(20_000);
        expect(lines).toEqual([expect.stringMatching(/^trying again in 20 s: example\.com: .*503/)]);
    });

    test("a rate limit that lasts ten minutes fails nothing", async () => {
        const server = await serve((...args) =>
            (server.clock.time < 600_000 ? json(429, { message: "slow down" }) : ok)(...args),
        );
        await expect(server.client().request(DOMAIN)).resolves.toMatchObject({ status: 200 });
    });

    test("a rate limit is waited out for as long as the caller gives it", async () => {
        const server = await serve((...args) =>
            (server.clock.time < 3_600_000 ? json(429, { message: "slow down" }) : ok)(...args),
        );
        const { signal } = new AbortController();
        await expect(server.client({ signal }).request(DOMAIN)).resolves.toMatchObject({ status: 200 });
    });

    test("a 429 to many requests at once fails none of them, and the wait is told once", async () => {
        const lines: string[] = [];
        const server = await serve((...args) =>
            (server.clock.time < 10_000 ? json(429, { message: "slow down" }, { "retry-after": "10" }) : ok)(...args),
        );
        const client = server.client({ log: (line) => lines.push(line) });
        const answers = await Promise.all(Array.from({ length: 50 }, () => client.request(DOMAIN)));
        expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
        expect(lines).toEqual(["waiting 10 s: Gandi's rate limit"]);
        expect(server.received.length).toBeLessThanOrEqual(50 + 16);
    });

    test.each([
        ["a read", DOMAIN],
        ["a PUT", RECORDS],
        ["a forward", { route: "POST /v5/mailbox/forwards", params: {}, body: {}, repeat: "always" } as const],
    ] as const)("a limit of days is not waited for, nor slows others down: %s", async (_what, request) => {
        const late = json(429, { message: "come back later" }, { "retry-after": "259200" });
        const server = await script(late, ok);
        const client = server.client();
        const error = await failure(client.request(request as RequestOptions<Route, unknown>));
        expect(error).toMatchObject({ kind: "quota", message: expect.stringContaining("come back in 3 days") });
        await expect(client.request(DOMAIN)).resolves.toMatchObject({ status: 200 });
        expect([server.received.length, server.clock.time]).toEqual([2, 0]);
    });

    test("a rate limit that never ends is given up, in bounded time", async () => {
        const server = await serve(json(429, { message: "slow down" }));
        const error = await failure(server.client().request(DOMAIN));
        expect(error.kind).toBe("rateLimited");
        expect(server.clock.time).toBeLessThan(1_200_000);
    });
});

describe("answers", () => {
    test("a redirect is never followed; where it is an answer it is given as it came", async () => {
        const server = await serve(raw(303, "", { location: "/v5/elsewhere" }));
        const error = await failure(server.client().request(DOMAIN));
        expect(error).toMatchObject({ kind: "unexpected", status: 303 });
        const answer = await server.client().request({ ...DOMAIN, expect: [303] });
        expect(answer).toMatchObject({ status: 303, headers: { location: "/v5/elsewhere" } });
        expect(server.received.map(({ url }) => url)).not.toContain("/v5/elsewhere");
    });

    test("unknown keys pass, and a null counts as a missing key", async () => {
        const server = await serve(json(200, { fqdn: "example.com", new_key: 1, tld: null }));
        const schema = z.object({ fqdn: z.string(), tld: z.string().optional() });
        const { data } = await server.client().request({ ...DOMAIN, schema });
        expect(data).toEqual({ fqdn: "example.com" });
    });

    test("a missing key is an error that names the route and the key", async () => {
        const server = await serve(json(200, { zone: {} }));
        const schema = z.object({ zone: z.object({ fqdn: z.string() }) });
        const error = await failure(server.client().request({ ...DOMAIN, schema }));
        expect(error.kind).toBe("schema");
        expect(error.message).toContain("zone.fqdn");
        expect(error.message).toContain("GET /v5/domain/domains/{domain}");
    });

    test.each([
        ["HTML", "<!DOCTYPE html><html>Cannot GET /v5/x</html>", "<!DOCTYPE html>"],
        ["nothing", "", "an empty answer"],
        ["JSON cut off", '{"fqdn": "exam', '{"fqdn": "…"'],
    ])("a 200 with %s is unreadable, showing the status and the first bytes", async (_, body, shown) => {
        const server = await serve(raw(200, body));
        const error = await failure(server.client().request({ ...DOMAIN, schema: anything }));
        expect(error).toMatchObject({ kind: "unreadable", status: 200 });
        expect(error.message).toContain("200 on GET /v5/domain/domains/example.com");
        expect(error.message).toContain(shown);
    });

    test("JSON is JSON, whatever its Content-Type and spacing", async () => {
        const server = await serve(raw(200, '{ "fqdn" : "example.com" }', { "content-type": "text/plain" }));
        await expect(server.client().request({ ...DOMAIN, schema: anything })).resolves.toMatchObject({
            data: { fqdn: "example.com" },
        });
    });

    test("a text may be anything but a page of some proxy", async () => {
        const text = { ...DOMAIN, as: "text", schema: z.string() } as const;
        const plain = await serve(raw(200, "@ 300 IN A 192.0.2.1"));
        expect((await plain.client().request(text)).data).toBe("@ 300 IN A 192.0.2.1");
        const html = await serve(raw(200, "<html>Please log in</html>"));
        expect(await failure(html.client().request(text))).toMatchObject({ kind: "unreadable" });
    });

    test("a write may be answered with nothing, but not with a proxy's HTML", async () => {
        const empty = await serve(raw(204, ""));
        await expect(empty.client().request(RECORDS)).resolves.toMatchObject({ status: 204 });
        const html = await serve(raw(200, "<html>Please log in</html>"));
        expect(await failure(html.client().request(RECORDS))).toMatchObject({ kind: "unreadable" });
    });
});

describe("deadlines and aborts", () => {
    test("a request without answer ends at its deadline, and is tried again", async () => {
        const server = await script(() => server.clock.advance(5_000), ok);
        await expect(server.client({ timeout: 5 }).request(DOMAIN)).resolves.toMatchObject({ status: 200 });
    });

    test("an answer that stops in the middle ends at the deadline too", async () => {
        const server = await serve((_, response) => {
            response.write('{"fqdn": ');
            setImmediate(() => server.clock.advance(5_000));
        });
        const error = await failure(server.client({ timeout: 5 }).request({ ...ORDER }));
        expect(error.message).toContain("no answer from 127.0.0.1");
        expect(error.message).toContain("within 5 s");
    });

    test("an abort ends the request under way, with the signal's reason", async () => {
        const abort = new AbortController();
        const server = await serve(() => abort.abort(new Error("stop")));
        await expect(server.client({ signal: abort.signal }).request(DOMAIN)).rejects.toThrow("stop");
        expect(server.received).toHaveLength(1);
    });

    test("an abort ends the wait before a repetition", async () => {
        const abort = new AbortController();
        const server = await serve((...args) => {
            json(500, {})(...args);
            server.clock.sleep = (_, signal) =>
                new Promise((_, reject) => {
                    signal?.addEventListener("abort", () => reject(signal.reason));
                    setImmediate(() => abort.abort(new Error("stop")));
                });
        });
        await expect(server.client({ signal: abort.signal }).request(DOMAIN)).rejects.toThrow("stop");
        expect(server.received).toHaveLength(1);
    });

    test.each(["its own", "the added"])("a client with a second signal is ended by %s too", async (which) => {
        const [own, added] = [new AbortController(), new AbortController()];
        const server = await serve(() => (which === "its own" ? own : added).abort(new Error("stop")));
        const client = server.client({ signal: own.signal }).withSignal(added.signal);
        await expect(client.request(DOMAIN)).rejects.toThrow("stop");
    });

    test("a request that is aborted before it starts is not sent", async () => {
        const server = await serve(ok);
        const signal = AbortSignal.abort(new Error("stop"));
        await expect(server.client({ signal }).request(DOMAIN)).rejects.toThrow("stop");
        expect(server.received).toEqual([]);
    });
});

describe("the token stays secret (7)", () => {
    const echo: Handler = ({ headers }, response) => {
        response.writeHead(400, { "content-type": "application/json" });
        response.end(
            JSON.stringify({
                message: `bad header ${headers.authorization}`,
                errors: [{ location: "header", name: "authorization", description: `${headers.authorization} is odd` }],
            }),
        );
    };

    function everyView(error: GandiError): string {
        return [
            inspect(error, { depth: 10, showHidden: true }),
            JSON.stringify(error),
            String(error),
            error.stack,
        ].join();
    }

    test.each([
        ["repeated by the API", echo],
        [
            "repeated by an HTML page",
            ({ headers }, response) => void response.writeHead(403).end(`<p>${headers.authorization}`),
        ],
        ["lost with the connection", dropped],
        ["refused", json(401, { message: "no" })],
    ] as [string, Handler][])("in errors when it was %s", async (_, handler) => {
        const server = await serve(handler);
        expect(everyView(await failure(server.client().request(DOMAIN)))).not.toContain(TOKEN);
    });

    test("in the client itself", async () => {
        const server = await serve(ok);
        const client = server.client();
        expect(inspect(client, { depth: 10, showHidden: true }) + JSON.stringify(client)).not.toContain(TOKEN);
    });

    test("other secrets of a request are hidden in what the API says about it", async () => {
        const server = await serve(json(400, { message: "authinfo xyz5500 is wrong" }));
        const error = await failure(server.client().request({ ...ORDER, secrets: ["xyz5500"] }));
        expect(error.message).toContain("authinfo [secret] is wrong");
    });

    test("a transfer code in an answer cut off is hidden", async () => {
        const server = await serve(raw(200, '{"fqdn":"example.com","authinfo":"8vyhl\\"jvJg+'));
        const error = await failure(server.client().request({ ...DOMAIN, schema: anything }));
        expect(error.message).toContain("authinfo");
        expect(error.message).not.toContain("8vyhl");
        expect(error.message).not.toContain("jvJg");
    });
});
