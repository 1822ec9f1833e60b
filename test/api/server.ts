import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Client, type ClientOptions } from "../../provider/api/client";
import { ownOrigins } from "../../provider/api/origin";
import { VirtualClock } from "./virtualClock";

export const TOKEN = "pat_0123456789abcdef0123456789abcdef0123";

export interface Received {
    method: string;
    /** Path and query, as it came over the wire. */
    url: string;
    headers: IncomingHttpHeaders;
    body: string;
}

export type Handler = (request: Received, response: ServerResponse, socket: IncomingMessage["socket"]) => void;

export interface TestServer {
    url: string;
    received: Received[];
    client(options?: Partial<ClientOptions>): Client;
    clock: VirtualClock;
}

const open: (() => Promise<void>)[] = [];

/** A server on loopback that answers as told. `closeServers` ends it. */
export async function serve(handler: Handler): Promise<TestServer> {
    const received: Received[] = [];
    const server = createServer((incoming, response) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk) => chunks.push(chunk));
        incoming.on("end", () => {
            const request: Received = {
                method: incoming.method ?? "",
                url: incoming.url ?? "",
                headers: incoming.headers,
                body: Buffer.concat(chunks).toString(),
            };
            received.push(request);
            handler(request, response, incoming.socket);
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    open.push(
        () =>
            new Promise((resolve) => {
                server.closeAllConnections();
                server.close(() => resolve());
            }),
    );
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const clock = new VirtualClock();
    const client = (options: Partial<ClientOptions> = {}) =>
        new Client({
            url,
            credential: { scheme: "Bearer", token: TOKEN, source: "the test" },
            clock,
            ...options,
        });
    return { url, received, client, clock };
}

/** A server that gives these answers one after the other, and the last one for ever. */
export function script(...answers: Handler[]): Promise<TestServer> {
    let turn = 0;
    return serve((...args) => answers[Math.min(turn++, answers.length - 1)]!(...args));
}

export async function closeServers(): Promise<void> {
    await ownOrigins.close();
    await Promise.all(open.splice(0).map((close) => close()));
}

/** An answer in JSON. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Handler {
    return (_, response) => {
        response.writeHead(status, { "content-type": "application/json", ...headers });
        response.end(JSON.stringify(body));
    };
}

export function raw(status: number, body: string, headers: Record<string, string> = {}): Handler {
    return (_, response) => {
        response.writeHead(status, headers);
        response.end(body);
    };
}

/** The connection breaks after the request came in. */
export const dropped: Handler = (_, __, socket) => socket.destroy();

/** Half of the promised body, then the connection breaks. */
export const truncated: Handler = (_, response, socket) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write('{"fqdn": "exam');
    setImmediate(() => socket.destroy());
};
