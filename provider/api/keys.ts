import { z } from "zod";
import type { Client, ListOptions, MakeOptions } from "./client";
import { listOnce } from "./paging";
import { idFromLocation, idSchema, integerSchema } from "./wire";

/** A DNSSEC key that LiveDNS signs with, as the list has it. */
const keyEntrySchema = z.object({
    id: idSchema,
    fqdn: z.string().optional(),
    /** 256 for a ZSK, 257 for a KSK (RFC 4034 section 2.1.1). */
    flags: integerSchema,
    algorithm: integerSchema,
    algorithm_name: z.string().optional(),
    /** Removed, and still listed: {@link undeleteKey} brings it back. */
    deleted: z.boolean(),
    /** The DS record, with an absolute name. */
    ds: z.string().optional(),
    status: z.string(),
});
export type KeyEntry = z.infer<typeof keyEntrySchema>;

/** A key in full. */
export const keySchema = keyEntrySchema.extend({
    /** Base64. */
    public_key: z.string(),
    tag: integerSchema,
    /** The digest of the key. */
    fingerprint: z.string().optional(),
});
export type Key = z.infer<typeof keySchema>;

const KEYS = "/v5/livedns/domains/{fqdn}/keys";
const KEY = "/v5/livedns/domains/{fqdn}/keys/{id}";

/** The keys of a zone, removed ones too. `GET /v5/livedns/domains/{fqdn}/keys` */
export function listKeys(client: Client, fqdn: string, options: ListOptions = {}): Promise<KeyEntry[]> {
    return listOnce(client, { route: `GET ${KEYS}`, params: { fqdn }, item: keyEntrySchema, ...options });
}

/** One key with its public key and tag. `GET /v5/livedns/domains/{fqdn}/keys/{id}` */
export async function getKey(client: Client, fqdn: string, id: string): Promise<Key> {
    return (await client.request({ route: `GET ${KEY}`, params: { fqdn, id }, schema: keySchema })).data;
}

/**
 * Makes a key; its id, if the answer has a `Location`: else it is in the list. `POST /v5/livedns/domains/{fqdn}/keys`
 * @param flags 256 for a ZSK, 257 for a KSK
 */
export async function createKey(
    client: Client,
    fqdn: string,
    flags: 256 | 257,
    options: MakeOptions = {},
): Promise<string | undefined> {
    const answer = await client.request({ route: `POST ${KEYS}`, params: { fqdn }, body: { flags }, ...options });
    return idFromLocation(answer.headers.location);
}

/** Brings a removed key back. `PATCH /v5/livedns/domains/{fqdn}/keys/{id}` */
export async function undeleteKey(client: Client, fqdn: string, id: string): Promise<void> {
    const body = { deleted: false };
    await client.request({ route: `PATCH ${KEY}`, params: { fqdn, id }, body, repeat: "always" });
}

/** Removes a key; it stays in the list as `deleted`. `DELETE /v5/livedns/domains/{fqdn}/keys/{id}` */
export async function deleteKey(client: Client, fqdn: string, id: string): Promise<void> {
    await client.request({ route: `DELETE ${KEY}`, params: { fqdn, id } });
}
