import { z } from "zod";
import type { Client } from "./client";
import { numberSchema } from "./wire";

/** The migration FAQ names the route and shows no answer: every key is optional. */
export const billingSchema = z.looseObject({
    /** The rate of prices, `A` to `E`. */
    grid: z.string().optional(),
    prepaid: z
        .looseObject({
            amount: numberSchema.optional(),
            /** ISO 4217. */
            currency: z.string().optional(),
        })
        .optional(),
});
export type Billing = z.infer<typeof billingSchema>;

/**
 * The prepaid account of the client's payer, or of the token's own organisation.
 * `GET /v5/billing/info` and `GET /v5/billing/info/{sharing_id}`, of the migration FAQ
 */
export async function getBilling(client: Client): Promise<Billing> {
    const { sharingId } = client;
    const schema = billingSchema;
    const answer =
        sharingId === undefined
            ? client.request({ route: "GET /v5/billing/info", params: {}, schema })
            : client.request({
                  route: "GET /v5/billing/info/{sharing_id}",
                  params: { sharing_id: sharingId },
                  schema,
              });
    return (await answer).data;
}
