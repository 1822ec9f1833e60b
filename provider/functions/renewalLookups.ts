import { z } from "zod";
import { checkAvailability } from "../api/availability";
import type { Client } from "../api/client";
import { type DomainEntry, listDomains } from "../api/domains";
import { undefinedOn } from "../api/errors";
import { listMailboxes } from "../api/mailboxes";
import { mailOffersFor } from "../api/mailProducts";
import { listMailSlots } from "../api/mailSlots";
import { offerOf } from "../api/prices";
import { integerSchema } from "../api/wire";
import { commonArguments, type LookupArgs } from "./arguments";
import * as lookup from "./lookup";

/** The arguments of {@link getRenewals}. */
export interface RenewalsArgs extends LookupArgs {
    /** What ends before this is told: a date or a time, ISO 8601, e.g. `2027-01-31`. */
    before: string;
    /** Whether to ask what each renewal would cost now, one request each. Default: false. */
    prices?: boolean;
}

/** What a renewal would cost now. */
export interface RenewalPrice {
    /** Taxes included. */
    amount: number;
    /** ISO 4217. */
    currency: string;
    /** For how many years. */
    years: number;
}

/** Something that ends, unless it is renewed. */
export interface RenewalInfo {
    /** What it is. */
    kind: "domain" | "mailbox" | "slot";
    /** The domain, the address of the mailbox, or the id of a slot that no mailbox has, with its domain. */
    name: string;
    /** The domain that it is or lies in, in A-labels. */
    domain: string;
    /** When it ends: ISO 8601, UTC. */
    endsAt: string;
    /** Whether it renews by itself; undefined of a slot, of which Gandi does not tell. */
    renews?: boolean;
    /** Undefined unless `prices` is set, and where Gandi names none. */
    price?: RenewalPrice;
}

const renewalSchema = z.object({
    kind: z.enum(["domain", "mailbox", "slot"]),
    name: z.string(),
    domain: z.string(),
    endsAt: z.string(),
    renews: z.boolean().optional(),
    price: z.object({ amount: z.number(), currency: z.string(), years: integerSchema }).optional(),
});

/**
 * What ends before a date, and whether it renews by itself: domains (`GET /v5/domain/domains`), the mailboxes in them (`GET
 * /v5/email/mailboxes/{domain}`) and the slots that no mailbox has (`GET /v5/email/slots/{domain}`), of the organisation that
 * is asked for; the first to end comes first. With `prices` what a year more costs (`GET /v5/domain/check`, `GET
 * /v5/mailbox/products`).
 * @throws LookupError
 */
export const getRenewals = lookup.plain<RenewalsArgs, RenewalInfo[]>("getRenewals")({
    args: {
        before: z.string().refine((text) => !Number.isNaN(Date.parse(text)), "is no date: write 2027-01-31"),
        prices: z.boolean().optional(),
        ...commonArguments,
    },
    answer: z.array(renewalSchema),
    read: ({ client }, { before, prices }) => endingBefore(client, { before: Date.parse(before), prices }),
});
/** {@link getRenewals} with Inputs. */
export const getRenewalsOutput = lookup.output(getRenewals);

/** @internal */
export async function endingBefore(
    client: Client,
    { before, prices = false }: { before: number; prices?: boolean | undefined },
): Promise<RenewalInfo[]> {
    const domains = await listDomains(client);
    const mail = await Promise.all(
        domains.flatMap((entry) => [mailboxesOf(client, entry), freeSlotsOf(client, entry)]),
    );
    const all: Ending[] = [...domains.flatMap(registration), ...mail.flat()];
    const ending = all
        .filter(({ endsAt }) => Date.parse(endsAt) < before)
        .sort((one, other) => Date.parse(one.endsAt) - Date.parse(other.endsAt) || (one.name < other.name ? -1 : 1));
    return Promise.all(ending.map((one) => (prices ? priced(client, one) : unpriced(one))));
}

/** What ends, and which type of mailboxes it is of. */
type Ending = RenewalInfo & { readonly type?: string };

/** Of a domain whose end nobody tells, none is told here either. */
function registration({ fqdn, dates, autorenew }: DomainEntry): RenewalInfo[] {
    const { registry_ends_at: endsAt } = dates;
    return endsAt === undefined
        ? []
        : [{ kind: "domain", name: fqdn, domain: fqdn, endsAt, renews: autorenew === true }];
}

/** A domain without Gandi's mail has none, nor has one whose mail the token may not see. */
async function mailboxesOf(client: Client, { fqdn }: DomainEntry): Promise<Ending[]> {
    const found = await undefinedOn(listMailboxes(client, fqdn), "invisible", "notFound", "forbidden");
    return (found ?? []).flatMap(({ address, expires_at: endsAt, autorenew, mailbox_type: type }) =>
        endsAt === undefined
            ? []
            : [{ kind: "mailbox" as const, name: address, domain: fqdn, endsAt, renews: autorenew.enabled, type }],
    );
}

async function freeSlotsOf(client: Client, { fqdn }: DomainEntry): Promise<Ending[]> {
    const listed = listMailSlots(client, fqdn, { usable: true });
    const found = (await undefinedOn(listed, "invisible", "notFound", "forbidden")) ?? [];
    return found.flatMap(({ id, expires_at: endsAt, mailbox_type: type }) =>
        endsAt ? [{ kind: "slot" as const, name: `${fqdn}/${id}`, domain: fqdn, endsAt, type }] : [],
    );
}

function unpriced({ type: _, ...renewal }: Ending): RenewalInfo {
    return renewal;
}

async function priced(client: Client, { type, ...renewal }: Ending): Promise<RenewalInfo> {
    const offer = await (type === undefined ? ofDomain(client, renewal.name) : ofMailbox(client, type));
    return offer === undefined
        ? renewal
        : { ...renewal, price: { amount: offer.total, currency: offer.currency, years: 1 } };
}

async function ofDomain(client: Client, name: string) {
    const { products, currency } = await checkAvailability(client, { name, processes: ["renew"] });
    const product = products.find(({ process }) => process === undefined || process === "renew");
    return offerOf(product?.prices ?? [], currency, { duration: 1 });
}

/** What a token may not see of prices has none here. */
async function ofMailbox(client: Client, type: string) {
    const offers = await undefinedOn(
        mailOffersFor(client, type, 12),
        "unauthorized",
        "forbidden",
        "notFound",
        "invisible",
    );
    return offers?.[0];
}
