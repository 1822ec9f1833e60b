import { z } from "zod";
import type { Client } from "./client";
import { type DryRunOptions, dryRunHeader, judgeDryRun } from "./dryRun";
import { integerSchema, listOf } from "./wire";

const renewalSchema = z.object({
    /** For how many years it can be renewed now. */
    durations: listOf(integerSchema).default([]),
    maximum: integerSchema.optional(),
    /** Whether it can't be renewed at all now. */
    prohibited: z.boolean().default(false),
    /** From when on, and until when, ISO 8601. */
    begins_at: z.string().optional(),
    ends_at: z.string().optional(),
});
export type RenewalTerms = z.infer<typeof renewalSchema>;

/** Whether, and for how long, a domain can be renewed now. `GET /v5/domain/domains/{domain}/renew` */
export async function getRenewalTerms(client: Client, domain: string): Promise<RenewalTerms> {
    const route = "GET /v5/domain/domains/{domain}/renew";
    return (await client.request({ route, params: { domain }, schema: renewalSchema })).data;
}

/**
 * **Buys years** for a domain; its end shows them later. Sent once, whatever happens: two are two renewals. The payer is the
 * client's `sharingId`. `POST /v5/domain/domains/{domain}/renew`
 * @param years 1 to 9
 */
export async function renewDomain(
    client: Client,
    domain: string,
    years: number,
    { dryRun }: DryRunOptions = {},
): Promise<void> {
    const route = "POST /v5/domain/domains/{domain}/renew";
    const params = { domain };
    const headers = dryRunHeader(dryRun);
    const answer = await client.request({ route, params, body: { duration: years }, headers, repeat: "never" });
    if (dryRun === true) judgeDryRun(client, answer, { route, params, what: domain });
}
