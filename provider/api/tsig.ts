import { z } from "zod";
import type { Client, ListOptions } from "./client";
import { listOnce } from "./paging";
import { idSchema } from "./wire";

/** A TSIG key (RFC 8945), without its secret. */
export const entrySchema = z.object({
    id: idSchema,
    /** Made from the id, such as `2e21af2b-….gandi.net`. */
    key_name: z.string(),
});
export type TsigKeyEntry = z.infer<typeof entrySchema>;

export const tsigKeySchema = entrySchema.extend({
    /** Shared with the secondary nameserver: a secret. */
    secret: z.string(),
});
export type TsigKey = z.infer<typeof tsigKeySchema>;

export type TsigSoftware = "bind" | "knot" | "nsd" | "powerdns";

const ASSOCIATION = "/v5/livedns/domains/{fqdn}/axfr/tsig/{id}";

/** The keys of the payer's organisation, else of the token's own. `GET /v5/livedns/axfr/tsig` */
export function listTsigKeys(client: Client, options: ListOptions = {}): Promise<TsigKeyEntry[]> {
    return listOnce(client, { route: "GET /v5/livedns/axfr/tsig", params: {}, item: entrySchema, ...options });
}

/**
 * Makes a key for the payer's organisation. **There is no call that removes it.** The answer has no secret: see
 * {@link getTsigKey}. Never repeated by itself: twice would be two keys. `POST /v5/livedns/axfr/tsig`
 */
export async function createTsigKey(client: Client): Promise<TsigKeyEntry> {
    const route = "POST /v5/livedns/axfr/tsig";
    return (await client.request({ route, params: {}, schema: entrySchema, repeat: "unconnected" })).data;
}

/** One key with its secret. `GET /v5/livedns/axfr/tsig/{id}` */
export async function getTsigKey(client: Client, id: string): Promise<TsigKey> {
    const route = "GET /v5/livedns/axfr/tsig/{id}";
    return (await client.request({ route, params: { id }, schema: tsigKeySchema })).data;
}

/** The configuration that a nameserver needs for the key: a secret. `GET /v5/livedns/axfr/tsig/{id}/config/{software}` */
export async function getTsigConfig(client: Client, id: string, software: TsigSoftware): Promise<string> {
    const route = "GET /v5/livedns/axfr/tsig/{id}/config/{software}";
    const schema = z.string();
    return (await client.request({ route, params: { id, software }, as: "text", schema })).data;
}

/** The keys associated with a zone. `GET /v5/livedns/domains/{fqdn}/axfr/tsig` */
export function listAssociatedTsigKeys(
    client: Client,
    fqdn: string,
    options: ListOptions = {},
): Promise<TsigKeyEntry[]> {
    const route = "GET /v5/livedns/domains/{fqdn}/axfr/tsig";
    return listOnce(client, { route, params: { fqdn }, item: entrySchema, ...options });
}

/** Lets a key read a zone. `PUT /v5/livedns/domains/{fqdn}/axfr/tsig/{id}` */
export async function associateTsigKey(client: Client, fqdn: string, id: string): Promise<void> {
    await client.request({ route: `PUT ${ASSOCIATION}`, params: { fqdn, id } });
}

/** Takes that back; the key stays. `DELETE /v5/livedns/domains/{fqdn}/axfr/tsig/{id}` */
export async function dissociateTsigKey(client: Client, fqdn: string, id: string): Promise<void> {
    await client.request({ route: `DELETE ${ASSOCIATION}`, params: { fqdn, id } });
}
