import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Client } from "../../provider/api/client";
import { ownOrigins } from "../../provider/api/origin";
import { closeServers, json, serve } from "./server";
import { VirtualClock } from "./virtualClock";

const asked: string[] = [];
const proxy = createServer();
proxy.on("connect", ({ url }, socket) => {
    asked.push(url ?? "");
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
});
const environment = { ...process.env };

beforeAll(async () => {
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    for (const name of ["http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "NO_PROXY"]) delete process.env[name];
    process.env.HTTPS_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterAll(async () => {
    process.env = environment;
    await ownOrigins.close();
    await closeServers();
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
});

const request = { route: "GET /v5/domain/domains/{domain}", params: { domain: "example.com" } } as const;

test("the API is asked through the proxy of the environment", async () => {
    const credential = { scheme: "Bearer", token: "t", source: "the test" } as const;
    const client = new Client({ credential, url: "https://api.gandi.example", clock: new VirtualClock() });
    await expect(client.request(request)).rejects.toMatchObject({ kind: "transport" });
    expect(new Set(asked)).toEqual(new Set(["api.gandi.example:443"]));
});

test("this machine is asked directly", async () => {
    const server = await serve(json(200, {}));
    await expect(server.client().request(request)).resolves.toMatchObject({ status: 200 });
});
