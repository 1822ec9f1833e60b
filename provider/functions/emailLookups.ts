import { emailOfferSchema, getEmailOffer as readOffer } from "../api/emailOffers";
import { unlessGoneFromDomain } from "../api/gone";
import { type DomainLookupArgs, domainArguments } from "./arguments";
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
