import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that is no sandbox, and what it has seen. */
export async function startServer(): Promise<{ server: Server; seen: string[] }> {
    const seen: string[] = [];
    const server = createServer((request, response) => {
        seen.push(`${request.method} ${request.url} ${request.headers.authorization}`);
        response.end("[]");
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return { server, seen };
}

export function addressOf(server: Server): string {
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
