import { z } from "zod";
import type { Client, ListOptions } from "./client";
import { listOnce } from "./paging";
import { integerSchema } from "./wire";

/** A place for one mailbox. */
export const mailSlotSchema = z.object({
    /** Unique in its domain at least. */
    id: integerSchema,
    /** `active` while a mailbox has it, `inactive` while none does. */
    status: z.string(),
    /** `standard_2023`, `premium_2023`; older ones are `standard`, `premium` and `free`. */
    mailbox_type: z.string(),
    /** MB. */
    capacity: integerSchema.optional(),
    /** ISO 8601. */
    created_at: z.string().optional(),
    /** ISO 8601; no reference names it, but a filter goes by it. */
    expires_at: z.string().nullish(),
    /** Whether its deletion pays anything back. */
    refundable: z.boolean().optional(),
});
export type MailSlot = z.infer<typeof mailSlotSchema>;

/**
 * The slots of a domain. `GET /v5/email/slots/{domain}`
 * @param options.usable only those that can still take a mailbox. Default: all.
 */
export function listMailSlots(
    client: Client,
    domain: string,
    { usable, ...options }: ListOptions & { usable?: boolean | undefined } = {},
): Promise<MailSlot[]> {
    const query = { display_not_expired_and_inactive: usable };
    const route = "GET /v5/email/slots/{domain}";
    return listOnce(client, { route, params: { domain }, query, item: mailSlotSchema, ...options });
}
