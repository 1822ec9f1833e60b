import { z } from "zod";
import type { Client } from "./client";
import type { NewContact } from "./contacts";
import { type DryRunOptions, dryRunHeader, judgeDryRun } from "./dryRun";
import { undefinedOn } from "./errors";
import { integerSchema } from "./wire";

/** The order of a domain. Contacts that are not given are the owner's. */
export interface DomainOrder {
    /** In A-labels. */
    fqdn: string;
    owner: NewContact;
    admin?: NewContact | undefined;
    bill?: NewContact | undefined;
    tech?: NewContact | undefined;
    /** Years, 1 to 10. */
    duration?: number | undefined;
    /** `notice_id` of the claims that the buyer was shown. */
    claims?: string | undefined;
    currency?: "EUR" | "USD" | "GBP" | "TWD" | "CNY" | undefined;
    /** The price agreed to, for a premium name. */
    price?: number | undefined;
    enforce_premium?: boolean | undefined;
    extra_parameters?: Record<string, unknown> | undefined;
    /** ISO 639-2 language of the name, for some IDN extensions. */
    lang?: string | undefined;
    /** Whether Gandi's offer of a mailbox with the domain is wanted. Default at Gandi: true. */
    mailbox_optin?: boolean | undefined;
    /** Default: LiveDNS. */
    nameservers?: readonly string[] | undefined;
    /** Addresses of nameservers, for glue records, by name. */
    nameservers_ips?: Readonly<Record<string, readonly string[]>> | undefined;
    /** The reseller's customer, of the Organization API. */
    resellee_id?: string | undefined;
    /** A Signed Mark Data file. */
    smd?: string | undefined;
    /** Applied when the domain is there; of the Template API. */
    template_id?: string | undefined;
    /** `sunrise`, `landrush`, `eap1` to `eap9`, `golive`. */
    tld_period?: string | undefined;
}

/**
 * **Buys a domain.** Sent once, whatever happens: after any failure without a clear refusal look at
 * {@link getCreateStatus} and the domain before trying again. The payer is the client's `sharingId`.
 * `POST /v5/domain/domains`
 *
 * With `dryRun` it only checks, and is sent once all the same: one header lost on the way would buy.
 */
export async function createDomain(client: Client, order: DomainOrder, { dryRun }: DryRunOptions = {}): Promise<void> {
    const route = "POST /v5/domain/domains";
    const headers = dryRunHeader(dryRun);
    const about = order.fqdn;
    const answer = await client.request({ route, params: {}, body: order, headers, about, repeat: "never" });
    if (dryRun === true) judgeDryRun(client, answer, { route, what: order.fqdn });
}

const stepSchema = z.object({
    /** `BILL`, `WAIT`, `RUN`; `SUPPORT`: people at Gandi look at it; `ERROR`: the end. */
    step: z.string(),
    step_nb: integerSchema.optional(),
    errortype: z.string().optional(),
    errortype_label: z.string().optional(),
});
export type OrderStep = z.infer<typeof stepSchema>;

export type CreateStatus = { state: "underWay"; step: OrderStep } | { state: "done" } | { state: "none" };

/**
 * How far the order of a domain is: 200 is a step, 303 means done (the domain may take a moment to show), 403 and 404
 * that no order of this account is known; the 404 with whatever body, as the document has none. `GET /v5/domain/domains/{domain}/createstatus`
 */
export async function getCreateStatus(client: Client, domain: string): Promise<CreateStatus> {
    const route = "GET /v5/domain/domains/{domain}/createstatus";
    const reading = client.request({ route, params: { domain }, schema: stepSchema, expect: [303, 404] });
    const answer = await undefinedOn(reading, "forbidden");
    if (answer === undefined || answer.status === 404) return { state: "none" };
    return answer.status === 303 ? { state: "done" } : { state: "underWay", step: answer.data };
}

const claimPartySchema = z.looseObject({ name: z.string().optional(), org: z.string().optional() });

export const claimsSchema = z.object({
    fqdn: z.string(),
    /** Goes with the order, as `claims`. Valid for about 48 hours. */
    notice_id: z.string(),
    /** `new` or `accepted`. */
    status: z.string().default("new"),
    created_at: z.string().optional(),
    expires_at: z.string().optional(),
    claims: z
        .array(
            z.object({
                mark_name: z.string().optional(),
                goods_and_services: z.string().optional(),
                /** Classes of the Nice agreement. */
                jurisdiction_classes: z.array(integerSchema).default([]),
                jurisdiction_country: z.string().optional(),
                contacts: z.array(claimPartySchema).default([]),
                holders: z.array(claimPartySchema).default([]),
            }),
        )
        .default([]),
});
export type Claims = z.infer<typeof claimsSchema>;

/**
 * The trademarks that a name touches, to be shown to the buyer in the first 90 days of an extension; undefined when
 * there are none: a 404 of whatever body, as the document says `any`. `GET /v5/domain/domains/{domain}/claims`
 */
export async function getClaims(client: Client, domain: string): Promise<Claims | undefined> {
    const route = "GET /v5/domain/domains/{domain}/claims";
    const answer = await client.request({ route, params: { domain }, schema: claimsSchema, expect: [404] });
    return answer.status === 404 ? undefined : answer.data;
}

/**
 * Accepts the claims that {@link getClaims} gave, for an order that they hold up.
 * `POST /v5/domain/domains/{domain}/claims`
 */
export async function acceptClaims(client: Client, domain: string): Promise<void> {
    await client.request({ route: "POST /v5/domain/domains/{domain}/claims", params: { domain } });
}
