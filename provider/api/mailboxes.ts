import { z } from "zod";
import type { Client, ListOptions } from "./client";
import { listAll } from "./paging";
import { idSchema, integerSchema } from "./wire";

/** The types that can be asked for. An old one may be `free` besides. */
export const MAILBOX_TYPES = ["standard", "premium", "standard_2023", "premium_2023"] as const;
export type MailboxType = (typeof MAILBOX_TYPES)[number];

const common = {
    /** A UUID. */
    id: idSchema,
    /** The local part. */
    login: z.string(),
    address: z.string(),
    mailbox_type: z.string(),
    antispam: z.boolean(),
    /** In KB, as far as is known. */
    quota_used: integerSchema.optional(),
    expires_at: z.string().optional(),
    /** `duration` in months. */
    autorenew: z.object({ enabled: z.boolean(), duration: integerSchema }),
};

/** What the list says of a mailbox. */
export const mailboxEntrySchema = z.object({
    ...common,
    alias_count: integerSchema.optional(),
    /** Of one that came free with its domain: it ends unless a renewal is paid. */
    to_convert: z.boolean().optional(),
});
export type MailboxEntry = z.infer<typeof mailboxEntrySchema>;

/** Which mailboxes of a domain are listed. */
export interface MailboxFilter {
    /** Exactly this one. */
    login?: string | undefined;
    /** With `*` for any characters. */
    loginPattern?: string | undefined;
    type?: string | undefined;
    antispam?: boolean | undefined;
    /** Whose slot was made before this time, ISO 8601. */
    createdBefore?: string | undefined;
}

const MAILBOXES = "/v5/email/mailboxes/{domain}";

/** The mailboxes of a domain, without their aliases and responders. `GET /v5/email/mailboxes/{domain}` */
export function listMailboxes(
    client: Client,
    domain: string,
    { filter = {}, ...options }: ListOptions & { filter?: MailboxFilter } = {},
): Promise<MailboxEntry[]> {
    const { login, loginPattern, type, antispam, createdBefore } = filter;
    const query = { login, "~login": loginPattern, mailbox_type: type, antispam, "<created_at": createdBefore };
    return listAll(client, {
        route: `GET ${MAILBOXES}`,
        params: { domain },
        query,
        item: mailboxEntrySchema,
        ...options,
    });
}
