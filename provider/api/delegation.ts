import { z } from "zod";
import type { Client } from "./client";
import { listOnce } from "./paging";

/**
 * The nameservers at the registry: without final dots, in an order of the server's.
 * `GET /v5/domain/domains/{domain}/nameservers`
 */
export function getNameservers(client: Client, domain: string): Promise<string[]> {
    const route = "GET /v5/domain/domains/{domain}/nameservers";
    return listOnce(client, { route, params: { domain }, item: z.string() });
}

/**
 * Sets the nameservers, at least one. Asynchronous. `PUT /v5/domain/domains/{domain}/nameservers`, which the Domain API
 * document leaves out; the migration FAQ and all known clients use it.
 */
export async function putNameservers(client: Client, domain: string, nameservers: readonly string[]): Promise<void> {
    const route = "PUT /v5/domain/domains/{domain}/nameservers";
    await client.request({ route, params: { domain }, body: { nameservers } });
}
