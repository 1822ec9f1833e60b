import { z } from "zod";
import type { Client } from "./client";
import { integerSchema } from "./wire";

const switchSchema = z.enum(["active", "inactive"]);

/** The mail of a domain as a whole, where it is that of the Email API. */
export const emailOfferSchema = z.object({
    status: switchSchema,
    /** 1, 2 or 3, as far as is known. */
    version: integerSchema,
    /** `mixed` where some mailboxes have it and others don't. */
    antispam: z.enum(["active", "inactive", "mixed"]),
    dkim: switchSchema,
});
export type EmailOffer = z.infer<typeof emailOfferSchema>;

/**
 * What mail a domain has, as far as it is that of the Email API. `GET /v5/email/offers/{domain}`
 * @throws GandiError `notFound` or `invisible` where its mail is no matter of the Email API, and where the domain is
 * unknown or not visible to this token: the answer does not tell which
 */
export async function getEmailOffer(client: Client, domain: string): Promise<EmailOffer> {
    const route = "GET /v5/email/offers/{domain}";
    return (await client.request({ route, params: { domain }, schema: emailOfferSchema })).data;
}
