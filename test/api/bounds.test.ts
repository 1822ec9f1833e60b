import { z } from "zod";
import { LARGEST_BODY, LONGEST_ERROR } from "../../provider/api/bounds";
import { GandiError } from "../../provider/api/errors";
import { printable, shortened } from "../../provider/api/printable";
import { listOf } from "../../provider/api/wire";
import { closeServers, type Handler, json, raw, script, serve, TOKEN } from "./server";

afterEach(closeServers);

const READ = { route: "GET /v5/domain/domains/{domain}", params: { domain: "example.com" } } as const;
const WRITE = { ...READ, route: "PUT /v5/domain/domains/{domain}" } as const;

async function failure(work: Promise<unknown>): Promise<GandiError> {
    const error = await work.catch((reason: unknown) => reason);
    if (!GandiError.is(error)) throw new Error(`expected a GandiError, got ${error}`);
    return error;
}

describe("a body", () => {
    /** Sends white space for ever, and tells how much the reader has taken. */
    function endless(status: number, sent: { octets: number; closed: boolean }): Handler {
        return (_, response) => {
            response.writeHead(status, { "content-type": "application/json" });
            const chunk = Buffer.alloc(1024 * 1024, " ");
            const pour = () => {
                while (!sent.closed) {
                    sent.octets += chunk.length;
                    if (!response.write(chunk)) return void response.once("drain", pour);
                }
            };
            response.on("close", () => {
                sent.closed = true;
            });
            pour();
        };
    }

    test("without end is left at 32 MB, and the connection is closed", async () => {
        const sent = { octets: 0, closed: false };
        const server = await serve(endless(200, sent));
        const error = await failure(server.client().request(READ));
        expect(error).toMatchObject({ kind: "tooLarge", status: 200 });
        expect(error.message).toMatch(
            /^example\.com: the answer is longer than 32 MB, and was not read on \(200 on GET /,
        );
        expect(sent.octets).toBeLessThan(2 * LARGEST_BODY);
        expect(server.received).toHaveLength(1);
    });

    test("that is announced as longer is not read at all", async () => {
        const server = await serve((_, response) => {
            response.writeHead(200, { "content-length": LARGEST_BODY + 1 });
            response.write("[");
        });
        expect(await failure(server.client().request(READ))).toMatchObject({ kind: "tooLarge" });
    });

    test("of 32 MB is read", async () => {
        const server = await serve(raw(200, `{}${" ".repeat(LARGEST_BODY - 2)}`));
        await expect(server.client().request(READ)).resolves.toMatchObject({ data: {} });
    });

    test("of a failure does not hide the failure", async () => {
        const sent = { octets: 0, closed: false };
        const server = await script(endless(401, sent), endless(503, { octets: 0, closed: false }), json(200, {}));
        expect(await failure(server.client().request(READ))).toMatchObject({ kind: "unauthorized", status: 401 });
        await expect(server.client().request(READ)).resolves.toMatchObject({ data: {} });
    });

    test("of an accepted write tells that it may have worked", async () => {
        const server = await serve(endless(202, { octets: 0, closed: false }));
        expect(GandiError.mayHaveWorked(await failure(server.client().request(WRITE)))).toBe(true);
    });
});

test("a list is read no further than the first item that is wrong", () => {
    let read = 0;
    const item = z.object({ name: z.string(), values: listOf(z.string()) }).refine(() => ++read > 0);
    const items = [{ name: "a", values: ["x"] }, { name: "b", values: ["x", 7, 8] }, {}, {}];
    const { error } = listOf(item).safeParse(items);
    expect(error?.issues.map(({ path }) => path)).toEqual([[1, "values", 1]]);
    expect(read).toBe(1);
    expect(listOf(item).parse(items.slice(0, 1))).toEqual(items.slice(0, 1));
});

describe("an error's text", () => {
    const long = "x".repeat(4_000_000);
    const entry = { location: long, name: long, description: long };

    test.each<[string, Handler]>([
        ["a long message", json(400, { message: long })],
        ["a long object and cause", json(400, { message: "m", object: long, cause: long })],
        ["many entries", json(400, { status: "error", errors: Array(50_000).fill({ name: "n", description: "d" }) })],
        ["a long entry", json(400, { status: "error", errors: [entry] })],
        ["a long page of a proxy", raw(403, `<html>${long}</html>`)],
        ["an answer with many wrong keys", json(200, Array(20_000).fill({}))],
    ])("is bounded with %s, and ends with what to do", async (_, answer) => {
        const server = await serve(answer);
        const schema = z.array(z.object({ fqdn: z.string() }));
        const error = await failure(server.client().request({ ...READ, schema }));
        expect(error.message.length).toBeLessThanOrEqual(LONGEST_ERROR);
        expect(JSON.stringify(error).length).toBeLessThan(200_000);
        const more = error.saying("Do this.").saying("Or that.");
        expect(more.message.length).toBeLessThanOrEqual(LONGEST_ERROR);
        expect(more.message).toMatch(/Do this\. Or that\.$/);
    });

    test("shows what drives a terminal, wherever the API put it", async () => {
        const evil = "a\u001b[2J\u001b]0;t\u0007\r\nb\u0085\u009b31m\u202ec\u2066d\u2028e\u0000f\u007f";
        const shape = { object: evil, cause: evil, message: evil };
        const answers = [
            json(400, { code: 400, ...shape }),
            json(400, { status: "error", errors: [{ location: evil, name: evil, description: evil }] }),
            raw(502, evil),
            raw(404, evil),
        ];
        for (const answer of answers) {
            const error = await failure((await serve(answer)).client().request(READ));
            const texts = [error.message, String(error.stack), JSON.stringify(error.fieldErrors), error.object ?? ""];
            for (const text of texts) expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
            expect(error.message).toContain("\\u001b[2J");
        }
    });

    test("holds no half of the token where it is cut off", async () => {
        const server = await serve(raw(400, `${"<".repeat(100)}${TOKEN}`));
        expect((await failure(server.client().request(READ))).message).not.toContain(TOKEN.slice(0, 8));
    });
});

test("a text is printable on one line, and otherwise as it was", () => {
    expect(printable("é 例え 👍🏽 a\tb\nc\u001b")).toBe("é 例え 👍🏽 a\\tb\\nc\\u001b");
});

test("a shortened text keeps its beginning and its end, says its length, and cuts no character in half", () => {
    expect(shortened("short", 100)).toBe("short");
    for (let length = 100; length < 110; length++) {
        const text = shortened(`start${"👍".repeat(100)}end`, length);
        expect(text).toMatch(/^start(👍)+ … 208 characters in all … (👍)+end$/u);
        expect(text.length).toBeLessThanOrEqual(length);
    }
});
