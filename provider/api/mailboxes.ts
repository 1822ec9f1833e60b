import { z } from "zod";
import type { Client, ListOptions, MakeOptions } from "./client";
import { listAll } from "./paging";
import { idFromLocation, idSchema, integerSchema } from "./wire";

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

const mailboxSchema = z.object({
    ...common,
    /** Local parts, some with a `*`. */
    aliases: z.array(z.string()),
    responder: z.object({
        enabled: z.boolean(),
        message: z.string().nullish(),
        starts_at: z.string().nullish(),
        ends_at: z.string().nullish(),
    }),
});
export type Mailbox = z.infer<typeof mailboxSchema>;

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

export interface NewMailbox {
    login: string;
    mailbox_type: string;
    password: string;
    aliases?: string[] | undefined;
}

/** What can be set. The switch of the renewal is read as `enabled`. */
export interface MailboxChange {
    mailbox_type?: string;
    password?: string;
    aliases?: string[];
    antispam?: boolean;
    responder?: { enabled: boolean; message?: string; starts_at?: string; ends_at?: string };
    autorenew?: { activated: boolean; duration?: number };
}

const MAILBOXES = "/v5/email/mailboxes/{domain}";
const MAILBOX = "/v5/email/mailboxes/{domain}/{mailbox_id}";

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

/** One mailbox. `GET /v5/email/mailboxes/{domain}/{mailbox_id}` @throws GandiError `notFound` where it is gone */
export async function getMailbox(client: Client, domain: string, id: string): Promise<Mailbox> {
    const params = { domain, mailbox_id: id };
    return (await client.request({ route: `GET ${MAILBOX}`, params, schema: mailboxSchema })).data;
}

/**
 * Makes a mailbox in a slot of its type that is free; it shows later. `POST /v5/email/mailboxes/{domain}`
 * @returns its id, where the answer says it
 */
export async function createMailbox(
    client: Client,
    domain: string,
    mailbox: NewMailbox,
    { repeat = "unsent" }: MakeOptions = {},
): Promise<string | undefined> {
    const { headers } = await client.request({
        route: `POST ${MAILBOXES}`,
        params: { domain },
        body: mailbox,
        repeat,
        secrets: [mailbox.password],
    });
    return idFromLocation(headers.location);
}

/**
 * Changes a mailbox; it shows later. Another type takes another slot, so the caller looks before it asks for that again.
 * `PATCH /v5/email/mailboxes/{domain}/{mailbox_id}`
 */
export async function patchMailbox(client: Client, domain: string, id: string, change: MailboxChange): Promise<void> {
    await client.request({
        route: `PATCH ${MAILBOX}`,
        params: { domain, mailbox_id: id },
        body: change,
        repeat: change.mailbox_type === undefined ? "always" : "unconnected",
        secrets: change.password === undefined ? [] : [change.password],
    });
}

/** Deletes a mailbox, and all its mail; it shows later. `DELETE /v5/email/mailboxes/{domain}/{mailbox_id}` */
export async function deleteMailbox(client: Client, domain: string, id: string): Promise<void> {
    await client.request({ route: `DELETE ${MAILBOX}`, params: { domain, mailbox_id: id } });
}
