import { z } from "zod";
import { emailOfferSchema, getEmailOffer as readOffer } from "../api/emailOffers";
import { unlessGoneFromDomain } from "../api/gone";
import { listMailProducts, mailProductSchema } from "../api/mailProducts";
import { listMailSlots, mailSlotSchema } from "../api/mailSlots";
import { commonArguments, type DomainLookupArgs, domainArguments, type LookupArgs } from "./arguments";
import type { PriceInfo } from "./availabilityLookups";
import * as lookup from "./lookup";

/** The arguments of {@link getEmailOffer}. */
export interface GetEmailOfferArgs extends DomainLookupArgs {}

/** The mail of a domain as a whole. */
export interface EmailOfferInfo {
    /** Whether it is in force. */
    status: "active" | "inactive";
    /** 1 came free with a domain; of 2 and 3 each mailbox is paid. */
    version: number;
    /** `mixed` where some mailboxes have it and others don't. */
    antispam: "active" | "inactive" | "mixed";
    /** Whether mail that goes out is signed (RFC 6376). */
    dkim: "active" | "inactive";
}

/**
 * What mail of the Email API a domain has; undefined where it has none, as its mail may be that of the Mailbox API.
 * `GET /v5/email/offers/{domain}`
 * @throws LookupError
 */
export const getEmailOffer = lookup.plain<GetEmailOfferArgs, EmailOfferInfo | undefined>("getEmailOffer")({
    args: domainArguments,
    answer: emailOfferSchema.optional(),
    read: ({ client }, { domain }) => unlessGoneFromDomain(client, domain, readOffer(client, domain)),
});
/** {@link getEmailOffer} with Inputs. */
export const getEmailOfferOutput = lookup.output(getEmailOffer);

/** The arguments of {@link getMailSlots}. */
export interface GetMailSlotsArgs extends DomainLookupArgs {
    /** Only those that can take a mailbox: inactive ones whose time is not up. Default: all. */
    displayNotExpiredAndInactive?: boolean;
}

/** A place for one mailbox. */
export interface MailSlotInfo {
    /** The last part of the id of a MailSlot. */
    id: number;
    /** `active` while a mailbox has it, `inactive` while none does. */
    status: string;
    /** `standard_2023`, `premium_2023`; older ones are `standard`, `premium` and `free`. */
    mailboxType: string;
    /** MB. */
    capacity?: number;
    /** ISO 8601. */
    createdAt?: string;
    /** ISO 8601; its mailbox ends with it. */
    expiresAt?: string | null;
    /** Whether its deletion pays anything back. */
    refundable?: boolean;
}

/** The slots of a domain. `GET /v5/email/slots/{domain}` @throws LookupError */
export const getMailSlots = lookup.plain<GetMailSlotsArgs, MailSlotInfo[]>("getMailSlots")({
    args: { displayNotExpiredAndInactive: z.boolean().optional(), ...domainArguments },
    answer: z.array(mailSlotSchema),
    read: ({ client }, { domain, displayNotExpiredAndInactive: usable }) => listMailSlots(client, domain, { usable }),
});
/** {@link getMailSlots} with Inputs. */
export const getMailSlotsOutput = lookup.output(getMailSlots);

/** The arguments of {@link getMailboxProducts}. */
export interface GetMailboxProductsArgs extends LookupArgs {}

/** What each month (or year) of an order costs that lies within these bounds. */
export interface MailboxPriceInfo extends PriceInfo {
    /** ISO 4217. */
    currency: string;
}

/** What a mailbox can be bought as. */
export interface MailboxProductInfo {
    /** `standard` (10 GB) or `premium` (50 GB). */
    configName: string;
    /** For people. */
    label?: string;
    /** For people. */
    description?: string;
    /** Those of the payer. */
    prices: MailboxPriceInfo[];
}

/**
 * What mailboxes, and the slots for them, cost the payer. An API key is refused: it takes a personal access token.
 * `GET /v5/mailbox/products`
 * @throws LookupError
 */
export const getMailboxProducts = lookup.plain<GetMailboxProductsArgs, MailboxProductInfo[]>("getMailboxProducts")({
    args: commonArguments,
    answer: z.array(mailProductSchema),
    read: ({ client }) => listMailProducts(client),
});
/** {@link getMailboxProducts} with Inputs. */
export const getMailboxProductsOutput = lookup.output(getMailboxProducts);
