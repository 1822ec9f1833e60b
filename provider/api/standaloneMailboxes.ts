import { z } from "zod";
import type { Client, ListOptions } from "./client";
import { listAll } from "./paging";

const entrySchema = z.object({
    /** The whole address. */
    address: z.string(),
});
export type StandaloneMailbox = z.infer<typeof entrySchema>;

/** The mailboxes of a domain whose mail is at the Mailbox API. `GET /v5/mailbox/mailboxes` */
export function listStandaloneMailboxes(
    client: Client,
    domain: string,
    options: ListOptions = {},
): Promise<StandaloneMailbox[]> {
    const route = "GET /v5/mailbox/mailboxes";
    return listAll(client, { route, params: {}, query: { domain_part: domain }, item: entrySchema, ...options });
}
