import { z } from "zod";
import { priceSchema } from "./availability";
import type { Client } from "./client";
import { listOnce } from "./paging";
import { type MailOffer, mailOffersOf } from "./prices";

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

/**
 * The product whose price is that of a slot or a mailbox. Guess: those of 2023 are what the Mailbox API sells under the older
 * names. What was sold before 2023 under these names has no price anywhere.
 */
const PRODUCTS: Readonly<Record<string, string>> = { standard_2023: "standard", premium_2023: "premium" };

/** Whether a type of mailboxes has a price. */
export function isSold(type: string): boolean {
    return type in PRODUCTS;
}

/** What so many months of a type of mailboxes cost, in each currency that there is a price in. */
export async function mailOffersFor(client: Client, type: string, months: number): Promise<MailOffer[]> {
    const products = isSold(type) ? await listMailProducts(client) : [];
    const fitting = products.filter(({ config_name }) => config_name === PRODUCTS[type]);
    return mailOffersOf(
        fitting.flatMap(({ prices }) => prices),
        months,
    );
}
