import type { Client } from "./client";
import { getEmailOffer } from "./emailOffers";
import { GandiError, undefinedOn } from "./errors";
import {
    createForward,
    deleteForward,
    type Forward,
    type ForwardFilter,
    type ForwardListOptions,
    listForwards,
    putForward,
} from "./forwards";
import { getMailDomain, listMailDomains } from "./mailDomains";
import { createMailForward, deleteMailForward, listMailForwards, putMailForward } from "./mailForwards";

/** The products that a domain's mail may be: the Email API (`/v5/email`), and the Mailbox API (`/v5/mailbox`). */
export const MAIL_PRODUCTS = ["email", "mailbox"] as const;
export type MailProduct = (typeof MAIL_PRODUCTS)[number];

/** Forwards of one product, a source being the local part. */
export interface ForwardsOf {
    /** @throws GandiError `invisible` where the domain's mail is not that of this product, or may not be seen */
    list(client: Client, domain: string, options?: ForwardListOptions): Promise<Forward[]>;
    create(client: Client, domain: string, forward: Forward): Promise<void>;
    put(client: Client, domain: string, forward: Forward): Promise<void>;
    remove(client: Client, domain: string, source: string): Promise<void>;
}

export const FORWARDS: Readonly<Record<MailProduct, ForwardsOf>> = {
    email: { list: listForwards, create: createForward, put: putForward, remove: deleteForward },
    mailbox: {
        /** A list that holds none of the domain's may be one that does not show them. It knows no patterns. */
        async list(client, domain, { filter = {}, shared } = {}) {
            const forwards = await listMailForwards(client, domain, { shared });
            if (forwards.length === 0) {
                await seeMailDomain(client, domain, shared);
            }
            return forwards.filter((forward) => fits(forward, filter));
        },
        create: createMailForward,
        put: putMailForward,
        remove: deleteMailForward,
    },
};

/**
 * Which product the mail of a domain is: the Email API where that knows an offer of it, else the Mailbox API where that knows
 * the domain. Those who ask at a time share the answer.
 * @throws GandiError `invisible` with the words of both, where neither knows the domain
 */
export function mailProductOf(client: Client, domain: string): Promise<MailProduct> {
    // The query only tells this answer from that of the route.
    const shared = { product: true };
    return client.share("GET /v5/email/offers/{domain}", { domain }, shared, (asking) => find(asking, domain));
}

async function find(client: Client, domain: string): Promise<MailProduct> {
    try {
        await getEmailOffer(client, domain);
        return "email";
    } catch (error) {
        if (!GandiError.is(error, "invisible")) throw error;
        await seeElsewhere(client, domain, error);
        return "mailbox";
    }
}

/** @throws GandiError the first error with the words of the second; what passes by itself as it is */
async function seeElsewhere(client: Client, domain: string, first: GandiError): Promise<void> {
    try {
        await getMailDomain(client, domain);
    } catch (error) {
        if (!GandiError.is(error) || GandiError.isTransient(error)) throw error;
        const { message } = error as GandiError;
        throw first.saying(`It is none of the Mailbox API's domains either: ${message}`);
    }
}

/**
 * The domains of the Mailbox API that the token sees, registered here or elsewhere; none where it may see none of them, as an
 * API key.
 */
export async function domainsAtMailboxApi(client: Client): Promise<ReadonlySet<string>> {
    const listing = listMailDomains(client, { shared: true });
    const domains = await undefinedOn(listing, "unauthorized", "forbidden", "invisible", "notFound");
    return new Set((domains ?? []).map(({ fqdn }) => fqdn.toLowerCase()));
}

function fits({ source, destinations }: Forward, filter: ForwardFilter): boolean {
    const isLike = (text: string, pattern = "*") => {
        const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
        return new RegExp(`^${escaped}$`, "i").test(text);
    };
    return isLike(source, filter.source) && destinations.some((one) => isLike(one, filter.destination));
}

async function seeMailDomain(client: Client, domain: string, shared: boolean | undefined): Promise<void> {
    const see = (asking: Client) => getMailDomain(asking, domain);
    await (shared === true ? client.share("GET /v5/mailbox/domains/{domain}", { domain }, {}, see) : see(client));
}
