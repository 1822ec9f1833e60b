import { z } from "zod";
import { priceSchema } from "./availability";
import type { Client } from "./client";
import { listOnce } from "./paging";

/** What can be bought of mailboxes. */
export const mailProductSchema = z.object({
    /** `standard` (10 GB) or `premium` (50 GB). */
    config_name: z.string(),
    label: z.string().optional(),
    description: z.string().optional(),
    prices: z.array(priceSchema.extend({ currency: z.string() })).default([]),
});
export type MailProduct = z.infer<typeof mailProductSchema>;

/** What can be bought of mailboxes, with the payer's prices. The one source of them. `GET /v5/mailbox/products` */
export function listMailProducts(client: Client): Promise<MailProduct[]> {
    return listOnce(client, { route: "GET /v5/mailbox/products", params: {}, item: mailProductSchema });
}
