import { z } from "zod";
import type { Client, ListOptions } from "./client";
import { listAll } from "./paging";

/** A forward of e-mail. */
export const forwardSchema = z.object({
    /** The local part, without the domain; `*` stands for any characters. */
    source: z.string(),
    /** Whole addresses. */
    destinations: z.array(z.string()),
});
export type Forward = z.infer<typeof forwardSchema>;

const FORWARD = "/v5/email/forwards/{domain}/{source}";

/** Patterns, in which `*` stands for any characters. */
export interface ForwardFilter {
    /** Of the local part. */
    source?: string | undefined;
    /** Of one of the destinations, whole addresses. */
    destination?: string | undefined;
}

export interface ForwardListOptions extends ListOptions {
    filter?: ForwardFilter | undefined;
}

/** The forwards of a domain. There is no call for one alone. `GET /v5/email/forwards/{domain}` */
export function listForwards(
    client: Client,
    domain: string,
    { filter = {}, shared }: ForwardListOptions = {},
): Promise<Forward[]> {
    const route = "GET /v5/email/forwards/{domain}";
    const { source, destination } = filter;
    return listAll(client, { route, params: { domain }, query: { source, destination }, item: forwardSchema, shared });
}

/** Makes a forward; it may show later. A second one of the same source is refused. `POST /v5/email/forwards/{domain}` */
export async function createForward(client: Client, domain: string, forward: Forward): Promise<void> {
    const route = "POST /v5/email/forwards/{domain}";
    await client.request({ route, params: { domain }, body: forward, repeat: "always" });
}

/** Sets the destinations of a forward. `PUT /v5/email/forwards/{domain}/{source}` */
export async function putForward(client: Client, domain: string, { source, destinations }: Forward): Promise<void> {
    await client.request({ route: `PUT ${FORWARD}`, params: { domain, source }, body: { destinations } });
}

/** Removes a forward. `DELETE /v5/email/forwards/{domain}/{source}` */
export async function deleteForward(client: Client, domain: string, source: string): Promise<void> {
    await client.request({ route: `DELETE ${FORWARD}`, params: { domain, source } });
}
