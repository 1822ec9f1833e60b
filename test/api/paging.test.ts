import { z } from "zod";
import { listAll } from "../../provider/api/paging";
import { listSlaves } from "../../provider/api/slaves";
import { closeServers, json, type Received, serve, type TestServer } from "./server";

afterEach(closeServers);

const item = z.object({ fqdn: z.string() });
const request = { route: "GET /v5/domain/domains", params: {}, item } as const;

function names(count: number): { fqdn: string }[] {
    return Array.from({ length: count }, (_, i) => ({ fqdn: `d${i}.example` }));
}

function pageOf({ url }: Received): number {
    return Number(new URL(url, "http://x").searchParams.get("page"));
}

/** A server that gives at most `cap` items a page, whatever is asked for. */
function capped(count: number, cap: number, headers: Record<string, string>): Promise<TestServer> {
    return serve((received, ...rest) => {
        const start = (pageOf(received) - 1) * cap;
        json(200, names(count).slice(start, start + cap), headers)(received, ...rest);
    });
}

test.each([
    ["one page", 3, 500, 1],
    ["exactly one page", 500, 500, 1],
    ["three pages", 1200, 500, 3],
    ["a server that gives fewer than asked for", 250, 100, 3],
    ["nothing", 0, 500, 1],
])("%s: every item, and no request too many", async (_, count, cap, requests) => {
    const server = await capped(count, cap, { "total-count": String(count) });
    expect(await listAll(server.client(), request)).toEqual(names(count));
    expect(server.received.map(({ url }) => url)).toEqual(
        Array.from({ length: requests }, (_, i) => `/v5/domain/domains?page=${i + 1}&per_page=500`),
    );
});

test("without total-count the pages end with an empty one", async () => {
    const server = await capped(250, 100, {});
    expect(await listAll(server.client(), request)).toEqual(names(250));
    expect(server.received).toHaveLength(4);
});

test("a total-count that promises too much ends with an empty page too", async () => {
    const server = await capped(250, 100, { "total-count": "251" });
    expect(await listAll(server.client(), request)).toEqual(names(250));
});

test("a filtered list ends at its own count", async () => {
    const server = await capped(3, 500, { "total-count": "900", "filtered-count": "3" });
    expect(await listAll(server.client(), { ...request, query: { tld: "com" } })).toHaveLength(3);
    expect(server.received.map(({ url }) => url)).toEqual(["/v5/domain/domains?tld=com&page=1&per_page=500"]);
});

test("a server that knows no pages and gives no count does not hold us for ever", async () => {
    const server = await serve(json(200, names(3)));
    expect(await listAll(server.client(), request)).toEqual(names(3));
    expect(server.received).toHaveLength(2);
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

test("shared, readers get the same list until somebody writes", async () => {
    const server = await capped(3, 500, { "total-count": "3" });
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
    const server = await capped(3, 500, { "total-count": "3" });
    const shared = { ...request, shared: true };
    await listAll(server.client(), shared);
    await listAll(server.client({ sharingId: "other" }), shared);
    expect(server.received).toHaveLength(2);
});
