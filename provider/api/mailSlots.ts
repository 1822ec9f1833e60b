import { z } from "zod";
import type { Client, ListOptions } from "./client";
import { listOnce } from "./paging";
import { idFromLocation, integerSchema, numberSchema } from "./wire";

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

const slotDetailSchema = mailSlotSchema.extend({
    /** What is paid back where it is deleted now. */
    refund_amount: numberSchema.nullish(),
    /** ISO 4217. */
    refund_currency: z.string().nullish(),
});
export type MailSlotDetail = z.infer<typeof slotDetailSchema>;

const SLOTS = "/v5/email/slots/{domain}";
const SLOT = "/v5/email/slots/{domain}/{id}";

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
    return listOnce(client, { route: `GET ${SLOTS}`, params: { domain }, query, item: mailSlotSchema, ...options });
}

/** One slot, and what its deletion would pay back. `GET /v5/email/slots/{domain}/{id}` */
export async function getMailSlot(client: Client, domain: string, id: string): Promise<MailSlotDetail> {
    return (await client.request({ route: `GET ${SLOT}`, params: { domain, id }, schema: slotDetailSchema })).data;
}

/** The order of a slot. */
export interface MailSlotOrder {
    mailbox_type: string;
    /** Months. */
    duration: number;
    /** Default: false. */
    autorenew?: boolean | undefined;
}

/**
 * **Buys a slot**; its id, if the answer has a `Location`. There is no dry run. The payer is the client's `sharingId`. Sent
 * once: after any failure without a clear refusal look at the list before trying again. `POST /v5/email/slots/{domain}`
 */
export async function createMailSlot(
    client: Client,
    domain: string,
    order: MailSlotOrder,
): Promise<string | undefined> {
    const answer = await client.request({ route: `POST ${SLOTS}`, params: { domain }, body: order, repeat: "never" });
    return idFromLocation(answer.headers.location);
}

/** Gives a slot back, which pays back what its detail says; refused while a mailbox has it. `DELETE /v5/email/slots/{domain}/{id}` */
export async function deleteMailSlot(client: Client, domain: string, id: string): Promise<void> {
    await client.request({ route: `DELETE ${SLOT}`, params: { domain, id } });
}
