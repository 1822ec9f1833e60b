import { z } from "zod";
import type { Client, ListOptions } from "./client";
import { listAll } from "./paging";

/** A web redirection. */
export const webRedirectionSchema = z.object({
    /** The whole name, with the domain. */
    host: z.string(),
    type: z.enum(["cloak", "http301", "http302"]),
    url: z.string(),
    protocol: z.enum(["http", "https", "httpsonly"]).optional(),
    /** Of the certificate that Gandi orders for https; no source says which words there are. */
    cert_status: z.string().optional(),
    cert_uuid: z.string().optional(),
    created_at: z.string().optional(),
    updated_at: z.string().optional(),
});
export type WebRedirection = z.infer<typeof webRedirectionSchema>;

/** What of it can be set. */
export type WebRedirectionTarget = Pick<WebRedirection, "type" | "url" | "protocol">;

const ONE = "/v5/domain/domains/{domain}/webredirs/{host}";

/** The web redirections of a domain. `GET /v5/domain/domains/{domain}/webredirs` */
export function listWebRedirections(
    client: Client,
    domain: string,
    options: ListOptions = {},
): Promise<WebRedirection[]> {
    const route = "GET /v5/domain/domains/{domain}/webredirs";
    return listAll(client, { route, params: { domain }, item: webRedirectionSchema, ...options });
}

/**
 * Makes a web redirection, and with it the DNS record of its host; both may show later. A second one of the same host is
 * refused. `POST /v5/domain/domains/{domain}/webredirs`
 * @param redirection with `override`, whatever record stands there is overwritten; without, it is refused then
 */
export async function createWebRedirection(
    client: Client,
    domain: string,
    redirection: WebRedirectionTarget & { host: string; override: boolean },
): Promise<void> {
    const route = "POST /v5/domain/domains/{domain}/webredirs";
    await client.request({ route, params: { domain }, body: redirection, repeat: "always" });
}

/** Changes what is given of a web redirection. `PATCH /v5/domain/domains/{domain}/webredirs/{host}` */
export async function patchWebRedirection(
    client: Client,
    domain: string,
    host: string,
    change: Partial<WebRedirectionTarget> & { override?: true },
): Promise<void> {
    await client.request({ route: `PATCH ${ONE}`, params: { domain, host }, body: change, repeat: "always" });
}

/** Removes a web redirection; the DNS record of its host may stay. `DELETE /v5/domain/domains/{domain}/webredirs/{host}` */
export async function deleteWebRedirection(client: Client, domain: string, host: string): Promise<void> {
    await client.request({ route: `DELETE ${ONE}`, params: { domain, host } });
}
