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

/** What can be set. Antispam is required, and set for all mailboxes of the domain. */
export interface EmailOfferChange {
    antispam: "active" | "inactive";
    /** On, it writes DNS records. Absent: as it is. */
    dkim?: "active" | "inactive" | undefined;
}

const OFFER = "/v5/email/offers/{domain}";

/**
 * What mail a domain has, as far as it is that of the Email API. `GET /v5/email/offers/{domain}`
 * @throws GandiError `notFound` or `invisible` where its mail is no matter of the Email API, and where the domain is
 * unknown or not visible to this token: the answer does not tell which
 */
export async function getEmailOffer(client: Client, domain: string): Promise<EmailOffer> {
    return (await client.request({ route: `GET ${OFFER}`, params: { domain }, schema: emailOfferSchema })).data;
}

/** Switches antispam and DKIM; it may show later. `PATCH /v5/email/offers/{domain}` */
export async function patchEmailOffer(client: Client, domain: string, change: EmailOfferChange): Promise<void> {
    await client.request({ route: `PATCH ${OFFER}`, params: { domain }, body: change, repeat: "always" });
}
