import { z } from "zod";
import type { Client, ListOptions } from "./client";
import { listAll } from "./paging";

const entrySchema = z.object({ fqdn: z.string() });

/** A domain whose mail is at the Mailbox API, whether it is registered at Gandi or elsewhere. */
export const mailDomainSchema = z.object({
    /** Whether the records of each sort were there when Gandi looked last. */
    dkim: z.boolean(),
    mx: z.boolean(),
    spf: z.boolean(),
    txt: z.boolean(),
    /** Whether it is registered at Gandi. */
    internal: z.boolean(),
    antispam: z.boolean(),
    /** Whether its zone is on LiveDNS: Gandi writes the records itself then, where the token may. */
    is_livedns: z.boolean(),
    /** The records that its mail needs, as lines of a zone file with names relative to the domain. */
    configuration: z.array(
        z.object({
            /** `TXT` (the proof of ownership), `MX`, `SPF` or `DKIM`; one whose records are there may be left out. */
            key: z.string(),
            values: z.array(z.string()),
        }),
    ),
    /** ISO 8601; absent before the first validation. */
    date_last_validation: z.string().nullish(),
});
export type MailDomain = z.infer<typeof mailDomainSchema>;

/** The domains whose mail is at the Mailbox API: all that the token may see. `GET /v5/mailbox/domains` */
export function listMailDomains(client: Client, options: ListOptions = {}): Promise<z.infer<typeof entrySchema>[]> {
    return listAll(client, { route: "GET /v5/mailbox/domains", params: {}, item: entrySchema, ...options });
}

/**
 * What the Mailbox API knows of a domain, and which DNS records its mail needs. `GET /v5/mailbox/domains/{domain}`
 * @throws GandiError `invisible` where the mail of the domain is not there, or not visible to this token
 */
export async function getMailDomain(client: Client, domain: string): Promise<MailDomain> {
    const route = "GET /v5/mailbox/domains/{domain}";
    return (await client.request({ route, params: { domain }, schema: mailDomainSchema })).data;
}
