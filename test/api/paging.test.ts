import { z } from "zod";
import { MOST_PAGES } from "../../provider/api/bounds";
import { listAll } from "../../provider/api/paging";
import { listSlaves } from "../../provider/api/slaves";
import { closeServers, type Handler, json, type Received, serve, type TestServer } from "./server";

afterEach(closeServers);

const item = z.object({ fqdn: z.string() });
const request = { route: "GET /v5/domain/domains", params: {}, item } as const;
const ELSEWHERE = "https://attacker.example/v5/domain/domains?page=2";

function names(count: number): { fqdn: string }[] {
    return Array.from({ length: count }, (_, i) => ({ fqdn: `d${i}.example` }));
}

function pageOf({ url }: Received): number {
    return Number(new URL(url, "http://x").searchParams.get("page"));
}

interface Style {
    /** Items a page at most, whatever is asked for. */
    cap: number;
    /** Headers of a page. */
    headers?: (page: { number: number; length: number; isLast: boolean }) => Record<string, string>;
}

function paged(count: number, { cap, headers = () => ({}) }: Style): Promise<TestServer> {
    return serve((received, ...rest) => {
        const number = pageOf(received);
        const page = names(count).slice((number - 1) * cap, number * cap);
        const isLast = number * cap >= count;
        json(200, page, headers({ number, length: page.length, isLast }))(received, ...rest);
    });
}

function next(isLast: boolean, url = "http://127.0.0.1/"): Record<string, string> {
    return isLast ? {} : { link: `<${url}>; rel="next", <${url}>; rel="last"` };
}

describe("every item of a list comes, whatever its headers say", () => {
    const styles: Record<string, (count: number) => Style["headers"]> = {
        "no headers": () => undefined,
        "Total-Count alone": (count) => () => ({ "total-count": String(count) }),
        "Link alone": () => (page) => next(page.isLast),
        both: (count) => (page) => ({ "total-count": String(count), ...next(page.isLast) }),
        "a Link to another host": (count) => (page) => ({
            "total-count": String(count),
            ...next(page.isLast, ELSEWHERE),
        }),
        "a Total-Count that is lower, with Link": () => (page) => ({ "total-count": "500", ...next(page.isLast) }),
        "a Total-Count that is lower, alone": () => () => ({ "total-count": "100" }),
        "a Total-Count that is higher": (count) => () => ({ "total-count": String(count + 1) }),
        "a Total-Count that is higher, with Link": (count) => (page) => ({
            "total-count": String(count + 1),
            ...next(page.isLast),
        }),
        "a Total-Count of the page": () => (page) => ({ "total-count": String(page.length) }),
        "a Total-Count that is no number": () => () => ({ "total-count": "many" }),
        "a Filtered-Count of the page, with Link": (count) => (page) => ({
            "total-count": String(count),
            "filtered-count": String(page.length),
            ...next(page.isLast),
        }),
        "a Filtered-Count of the page, alone": () => (page) => ({ "filtered-count": String(page.length) }),
        "a Filtered-Count of all": (count) => () => ({
            "total-count": String(count + 900),
            "filtered-count": String(count),
        }),
        "a Filtered-Count of none": () => () => ({ "filtered-count": "0" }),
    };
    const cases = Object.keys(styles).flatMap((style) =>
        [
            [0, 500],
            [3, 500],
            [500, 500],
            [620, 500],
            [250, 100],
            [250, 50],
            [620, 200],
        ].map(([count, cap]) => [style, count!, cap!] as const),
    );

    test.each(cases)("%s: %i items, %i a page", async (style, count, cap) => {
        const server = await paged(count, { cap, headers: styles[style]!(count) });
        for (const query of [{}, { tld: "com" }]) {
            expect(await listAll(server.client(), { ...request, query })).toEqual(names(count));
        }
    });
});

test.each([
    ["nothing", 0, 500, 1],
    ["one page", 3, 500, 1],
    ["one page more than full", 501, 500, 2],
    ["full pages", 1000, 500, 2],
    ["three pages", 1200, 500, 3],
    ["a server that gives fewer than asked for", 250, 100, 3],
])("%s: no request too many where the headers agree", async (_, count, cap, requests) => {
    const headers: Style["headers"] = (page) => ({ "total-count": String(count), ...next(page.isLast) });
    const server = await paged(count, { cap, headers });
    expect(await listAll(server.client(), request)).toHaveLength(count);
    expect(server.received.map(({ url }) => url)).toEqual(
        Array.from({ length: requests }, (_, i) => `/v5/domain/domains?page=${i + 1}&per_page=500`),
    );
});

test.each([
    ['<x>; rel="next"', true],
    ["<x>; rel=next", true],
    ['<x>; rel="last", <y>; title="a, b"; rel="prev next"', true],
    ['<x>; REL="NEXT"', true],
    ['<x?a=1,2>; rel="next"', true],
    ['<rel="next">; rel="last"', false],
    ['<x>; rel="nextish"', false],
    ["nonsense", false],
])("the Link %s has a next page: %s", async (link, hasNext) => {
    const server = await serve((received, ...rest) => {
        const number = pageOf(received);
        const headers: Record<string, string> = { "total-count": "3", ...(number === 1 ? { link } : {}) };
        json(200, number === 1 ? names(3) : [], headers)(received, ...rest);
    });
    await listAll(server.client(), request);
    expect(server.received).toHaveLength(hasNext ? 2 : 1);
});

test("a Link to another host is never followed: the token stays where it belongs", async () => {
    const other = await serve(json(200, []));
    const server = await paged(620, {
        cap: 500,
        headers: (page) => next(page.isLast, `${other.url}/v5/domain/domains`),
    });
    expect(await listAll(server.client(), request)).toHaveLength(620);
    expect(other.received).toEqual([]);
});

describe("pages that come again", () => {
    test("end a list where nothing speaks of more: the server knows no pages", async () => {
        const server = await serve(json(200, names(3)));
        expect(await listAll(server.client(), request)).toEqual(names(3));
        expect(server.received).toHaveLength(2);
    });

    test.each([
        ["Link", { link: '<x>; rel="next"' }],
        ["Total-Count", { "total-count": "900" }],
    ])("are an error where %s speaks of more: a part must not pass for the whole", async (_, headers) => {
        const server = await serve(json(200, names(3), headers));
        await expect(listAll(server.client(), request)).rejects.toMatchObject({
            kind: "unexpected",
            message: expect.stringContaining("bring nothing new (GET /v5/domain/domains)"),
        });
        expect(server.received.length).toBeLessThan(10);
    });

    test("in turns are an error, too", async () => {
        const pages = [names(500), names(1000).slice(500)];
        const link: Handler = (received, ...rest) =>
            json(200, pages[pageOf(received) % 2], { link: '<x>; rel="next"' })(received, ...rest);
        const server = await serve(link);
        await expect(listAll(server.client(), request)).rejects.toMatchObject({ kind: "unexpected" });
    });

    test("once only, of a cache, are read again", async () => {
        let stale = true;
        const server = await serve((received, ...rest) => {
            const isSecond = pageOf(received) === 2;
            const page = isSecond && !stale ? names(620).slice(500) : isSecond ? names(500) : names(500);
            if (isSecond) stale = false;
            json(200, page, { "total-count": "620", ...next(isSecond) })(received, ...rest);
        });
        expect(await listAll(server.client(), request)).toEqual(names(620));
    });
});

test("a list without end is left after 1,000 pages", async () => {
    const server = await serve((received, ...rest) => {
        json(200, [{ fqdn: `d${pageOf(received)}.example` }], next(false))(received, ...rest);
    });
    await expect(listAll(server.client({ requestsPerMinute: 1_000_000 }), request)).rejects.toMatchObject({
        kind: "tooLarge",
        message: expect.stringMatching(/: the list has more than 1000 pages, and was not read on \(GET /),
    });
    expect(server.received).toHaveLength(MOST_PAGES);
});

test("a list without end obeys the time of who reads it", async () => {
    const ending = new AbortController();
    const server = await serve((received, ...rest) => {
        if (pageOf(received) === 20) ending.abort(new Error("time is up"));
        json(200, [{ fqdn: `d${pageOf(received)}.example` }], next(false))(received, ...rest);
    });
    for (const shared of [true, false]) {
        const client = server.client({ signal: ending.signal });
        await expect(listAll(client, { ...request, shared })).rejects.toThrow("time is up");
    }
    expect(server.received.length).toBeLessThanOrEqual(21);
});

test("a list that loses an item while it is read is read again, so that none is missed", async () => {
    let zone = names(150);
    const server = await serve((received, ...rest) => {
        const page = zone.slice((pageOf(received) - 1) * 100, pageOf(received) * 100);
        json(200, page, { "total-count": String(zone.length) })(received, ...rest);
        zone = zone.filter(({ fqdn }) => fqdn !== "d0.example");
    });
    expect(await listAll(server.client(), request)).toEqual(names(150).slice(1));
});

test("a list that gains one for each it loses is read again, too", async () => {
    let zone = names(620);
    const server = await serve((received, ...rest) => {
        const number = pageOf(received);
        const page = zone.slice((number - 1) * 500, number * 500);
        json(200, page, { "total-count": "620", ...next(number === 2) })(received, ...rest);
        zone = [{ fqdn: "new.example" }, ...names(620).slice(0, -1)];
    });
    const listed = await listAll(server.client(), request);
    expect(listed).toEqual(zone);
});

test("shared, readers get the same list until somebody writes", async () => {
    const server = await paged(3, { cap: 500, headers: () => ({ "total-count": "3" }) });
    const client = server.client();
    const shared = { ...request, shared: true };
    await Promise.all([listAll(client, shared), listAll(client, shared), listAll(server.client(), shared)]);
    expect(server.received).toHaveLength(1);
    await client
        .request({ route: "DELETE /v5/domain/domains/{domain}", params: { domain: "d0.example" } })
        .catch(() => {});
    await listAll(client, shared);
    expect(server.received.filter(({ method }) => method === "GET")).toHaveLength(2);
});

test("a list without pages is shared in the same way", async () => {
    const server = await serve(json(200, ["192.0.2.1"]));
    const client = server.client();
    const slaves = () => listSlaves(client, "example.com", { shared: true });
    expect(await Promise.all([slaves(), slaves()])).toEqual([["192.0.2.1"], ["192.0.2.1"]]);
    expect(server.received).toHaveLength(1);
});

test("shared, another payer gets another list", async () => {
    const server = await paged(3, { cap: 500, headers: () => ({ "total-count": "3" }) });
    const shared = { ...request, shared: true };
    await listAll(server.client(), shared);
    await listAll(server.client({ sharingId: "other" }), shared);
    expect(server.received).toHaveLength(2);
});
