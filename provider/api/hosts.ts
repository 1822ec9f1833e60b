import { z } from "zod";
import type { Client, ListOptions } from "./client";
import { listAll } from "./paging";

/** A glue record. */
export const hostSchema = z.object({
    /** Relative to the domain; the domain itself as `@`. */
    name: z.string(),
    /** IPv6 in full length. */
    ips: z.array(z.string()),
    fqdn: z.string().optional(),
    fqdn_unicode: z.string().optional(),
});
export type Host = z.infer<typeof hostSchema>;

const HOST = "/v5/domain/domains/{domain}/hosts/{name}";

/** The glue records of a domain. `GET /v5/domain/domains/{domain}/hosts` */
export function listHosts(client: Client, domain: string, options: ListOptions = {}): Promise<Host[]> {
    const route = "GET /v5/domain/domains/{domain}/hosts";
    return listAll(client, { route, params: { domain }, item: hostSchema, ...options });
}

/**
 * One glue record. `GET /v5/domain/domains/{domain}/hosts/{name}`
 * @throws GandiError `hostMissing` when there is none (a 400 with cause `CAUSE_NOTFOUND`)
 */
export async function getHost(client: Client, domain: string, name: string): Promise<Host> {
    return (await client.request({ route: `GET ${HOST}`, params: { domain, name }, schema: hostSchema })).data;
}

/** Makes a glue record; it shows seconds later. `POST /v5/domain/domains/{domain}/hosts` */
export async function createHost(
    client: Client,
    domain: string,
    host: { name: string; ips: readonly string[] },
): Promise<void> {
    await client.request({
        route: "POST /v5/domain/domains/{domain}/hosts",
        params: { domain },
        body: host,
    });
}

/** Sets the addresses of a glue record; they show seconds later. `PUT /v5/domain/domains/{domain}/hosts/{name}` */
export async function putHost(client: Client, domain: string, name: string, ips: readonly string[]): Promise<void> {
    await client.request({ route: `PUT ${HOST}`, params: { domain, name }, body: { ips } });
}

/** Removes a glue record; it is gone seconds later. `DELETE /v5/domain/domains/{domain}/hosts/{name}` */
export async function deleteHost(client: Client, domain: string, name: string): Promise<void> {
    await client.request({ route: `DELETE ${HOST}`, params: { domain, name } });
}
