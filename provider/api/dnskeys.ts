import { z } from "zod";
import type { Client, ListOptions } from "./client";
import { listAll } from "./paging";
import { idSchema, integerSchema } from "./wire";

/** A DNSSEC key at the registry. */
export const dnsKeySchema = z.object({
    /** A number in the list, text in the path: text here. */
    id: idSchema,
    /** 0 to 255, IANA's DNS Security Algorithm Numbers. */
    algorithm: integerSchema,
    /** `zsk`, `ksk` or `none`. */
    type: z.string(),
    /** Of the DS (RFC 4034 section 5.1). */
    keytag: integerSchema,
    digest: z.string(),
    digest_type: integerSchema,
    /** Base64; some answers leave it out, and then key tag and digest tell which key it is. */
    public_key: z.string().optional(),
});
export type DnsKey = z.infer<typeof dnsKeySchema>;

export interface NewDnsKey {
    /** 0 to 255. */
    algorithm: number;
    type: "zsk" | "ksk" | "none";
    /** Base64. */
    public_key: string;
}

/** The DNSSEC keys of a domain at the registry. `GET /v5/domain/domains/{domain}/dnskeys` */
export function listDnsKeys(client: Client, domain: string, options: ListOptions = {}): Promise<DnsKey[]> {
    const route = "GET /v5/domain/domains/{domain}/dnskeys";
    return listAll(client, { route, params: { domain }, item: dnsKeySchema, ...options });
}

/** Adds a key; it shows in the list seconds later, the only place of its id. `POST /v5/domain/domains/{domain}/dnskeys` */
export async function createDnsKey(client: Client, domain: string, key: NewDnsKey): Promise<void> {
    const route = "POST /v5/domain/domains/{domain}/dnskeys";
    await client.request({ route, params: { domain }, body: key });
}

/** Removes a key; it is gone seconds later. `DELETE /v5/domain/domains/{domain}/dnskeys/{id}` */
export async function deleteDnsKey(client: Client, domain: string, id: string): Promise<void> {
    await client.request({
        route: "DELETE /v5/domain/domains/{domain}/dnskeys/{id}",
        params: { domain, id },
    });
}
