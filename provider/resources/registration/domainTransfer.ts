import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { z } from "zod";
import { getDomain } from "../../api/domains";
import { undefinedOn } from "../../api/errors";
import { getTransfer, startTransfer, type TransferStatus } from "../../api/transfers";
import { define } from "../../core/define";
import { DeadlineError, FailedError } from "../../core/doing/poll";
import { type OneTimePost, sendOnce } from "../../core/doing/sendOnce";
import { Failure, NothingMade } from "../../core/failures";
import { nonEmpty, oneLine } from "../../core/inputs/inputSchemas";
import type { Timeouts } from "../../core/inputs/timeouts";
import type { InputsOf } from "../../core/kind";
import type { Context } from "../../core/process/context";
import { GandiResource, getOptions, registration } from "../../core/program/gandiResource";
import { momentary, optional } from "../../core/property";
import { domainProperty, serversProperty } from "../properties";
import { type ContactArgs, contactProperty, extraParameters } from "./contact";
import { contactWarnings, orderedContacts } from "./contactUpdate";
import { limitProperties, purchaseProblems } from "./purchase";

/** The inputs of a {@link DomainTransfer}. All but `timeouts` count when the transfer is ordered. */
export interface DomainTransferArgs {
    /** The domain to bring to Gandi, e.g. `example.com`; IDNs in either form. Another domain is another transfer. */
    fqdn: Input<string>;
    /** The transfer code of the present registrar: one line, not empty. Kept as a secret. */
    authinfo: Input<string>;
    /** Who will own it. */
    owner: Input<ContactArgs>;
    /** Default: the owner's data. */
    admin?: Input<ContactArgs>;
    /** Default: the owner's data. */
    tech?: Input<ContactArgs>;
    /** Default: the owner's data. */
    bill?: Input<ContactArgs>;
    /** Years that the transfer adds, 1 to 10. Default: 1. */
    duration?: Input<number>;
    /**
     * The most that the transfer may cost, taxes included, in `currency`: 0 or more. Without it (here or as
     * `gandi:maxPrice`) nothing is ordered, not even for nothing, and preview says what it costs.
     */
    maxPrice?: Input<number>;
    /** The currency of the order and of `maxPrice`. Default: the account's. */
    currency?: Input<"EUR" | "USD" | "GBP" | "TWD" | "CNY">;
    /** Nameservers from then on, 1 to 13. Default: those that Gandi gives it. */
    nameservers?: Input<readonly Input<string>[]>;
    /** Whether Gandi's offer of a mailbox with the domain is wanted. Default: Gandi's, which is yes. */
    mailboxOptin?: Input<boolean>;
    /** What single extensions ask for, under the API's own names. Default: none. */
    extraParameters?: Input<Record<string, Input<string | number | boolean>>>;
    /** The organisation that pays and owns (a UUID), where it is not the configured one. */
    sharingId?: Input<string>;
    /** How long a run waits for the transfer; it goes on by itself after that. Default: 10 min. */
    timeouts?: Input<Timeouts>;
}

/** What {@link DomainTransfer.get} may be told beside the id. */
export type DomainTransferState = Partial<DomainTransferArgs>;

/** A transfer on its way, or one that is over: the domain is here. */
interface Seen {
    readonly here: boolean;
    readonly transfer?: TransferStatus;
}

const properties = {
    fqdn: domainProperty,
    authinfo: { ...momentary(nonEmpty(oneLine)), secret: true },
    owner: momentary(contactProperty),
    admin: momentary(optional(contactProperty)),
    tech: momentary(optional(contactProperty)),
    bill: momentary(optional(contactProperty)),
    ...limitProperties,
    nameservers: momentary(optional(serversProperty)),
    mailboxOptin: momentary(z.boolean().optional()),
    extraParameters: momentary(optional(extraParameters)),
} as const;

/** @internal */
export const domainTransfer = define({
    kind: "DomainTransfer",
    properties,
    id: ["fqdn"],
    idLike: "the domain, e.g. example.com",
    livesIn: "fqdn",
    outputs: ["transferPending"],
    changing: ["transferPending"],
    timeouts: { create: 600, update: 600 },
    warnings: contactWarnings,

    /** What the transfer costs; nothing is ordered for a domain that is here or on its way. */
    async preflight(ctx, inputs, { open }) {
        const fqdn = inputs.fqdn!;
        if (open.has("sharingId") || (await find(ctx, fqdn)) !== undefined) {
            return [];
        }
        const { problems } = await purchaseProblems(ctx, { ...inputs, fqdn, process: "transfer" }, open);
        return problems;
    },

    async observe(ctx, { fqdn }): Promise<Seen> {
        const seen = await find(ctx, fqdn);
        // A transfer that is done brings nothing more: the domain was here, and is no longer.
        if (seen !== undefined && (seen.here || seen.transfer?.step !== "DONE")) {
            return seen;
        }
        // It may have come between the two looks.
        await getDomain(ctx.client, fqdn);
        return { here: true };
    },

    /**
     * Orders the transfer of a domain that is neither here nor on its way; looks before and after, as an order does. What
     * the state knows has been ordered: only after a transfer that is seen to have failed is there another.
     */
    async ensure(ctx, want, { prior, unfinished, observe }) {
        const { fqdn } = want;
        const seen = prior === undefined ? await find(ctx, fqdn) : await observe();
        if (seen !== undefined && seen.transfer?.step !== "ERROR") {
            ctx.log(`${fqdn}: ${seen.here ? "is at Gandi already" : "a transfer is under way, going on with it"}`);
            return seen;
        }
        const isUnderWay = unfinished || prior?.transferPending === true;
        if (prior !== undefined && !(isUnderWay && seen !== undefined)) {
            throw new Failure(
                "left-account",
                `${fqdn} is no longer in this account: its transfer is never ordered a second time`,
            );
        }
        return orderTransfer(ctx, want);
    },

    /** Waits for a while. The losing registrar has days to answer, so a transfer that takes longer is no failure. */
    async converge(ctx, { fqdn }, ensured) {
        if (ensured.here) {
            return ensured;
        }
        try {
            return await ctx.until(async () => (await find(ctx, fqdn)) ?? ensured, {
                done: ({ here }) => here,
                failed: ({ transfer }) =>
                    transfer?.step === "ERROR"
                        ? `the transfer of ${fqdn} failed: ${transfer.errortype_label ?? transfer.errortype ?? "Gandi gives no reason"}`
                        : undefined,
                describe: ({ transfer }) => `${fqdn}: being transferred (${transfer?.step ?? "ordered"})`,
            });
        } catch (error) {
            if (!(error instanceof DeadlineError)) {
                throw error instanceof FailedError ? new NothingMade("operation-failed", error.message) : error;
            }
            ctx.log(`${fqdn}: the transfer goes on at Gandi and may take days. Run again to see how far it is`);
            return ensured;
        }
    },

    /** Until it is here, each run looks again. */
    repair: (outputs) => outputs.transferPending === true,

    describe: ({ here }) => ({ outputs: { transferPending: !here } }),

    async remove(ctx, { fqdn }) {
        ctx.log(`${fqdn}: the domain, or its transfer under way, stays at Gandi`);
    },

    list: { never: "Gandi lists no transfers, and one that is through has become a domain like any other" },
});

async function orderTransfer(ctx: Context, want: InputsOf<typeof properties>): Promise<Seen> {
    const { problems, offer } = await purchaseProblems(ctx, { ...want, process: "transfer" });
    if (problems.length > 0 || offer === undefined) {
        throw Failure.of(problems);
    }
    const { fqdn, authinfo, duration = 1, currency, nameservers, mailboxOptin: mailbox_optin } = want;
    const extra_parameters = want.extraParameters;
    const rest = { currency, nameservers, mailbox_optin, extra_parameters, ...orderedContacts(want) };
    const buy: OneTimePost<Seen> = {
        domain: fqdn,
        what: "the transfer",
        sending: `ordering the transfer for ${offer.total.toFixed(2)} ${offer.currency}, taxes included`,
        send: (dryRun) => startTransfer(ctx.client, { fqdn, authinfo, duration, ...rest }, { dryRun }),
        look: async () => {
            const seen = await find(ctx, fqdn);
            // A transfer that has failed, such as the one that this one follows, brings nothing.
            return seen?.transfer?.step === "ERROR" ? undefined : seen;
        },
    };
    const found = await ctx.spend(fqdn, offer, () => sendOnce(ctx, buy));
    return found ?? { here: false };
}

/** The domain if it is here, else its transfer. */
async function find({ client }: Context, fqdn: string): Promise<Seen | undefined> {
    if ((await undefinedOn(getDomain(client, fqdn), "invisible")) !== undefined) {
        return { here: true };
    }
    const transfer = await getTransfer(client, fqdn);
    return transfer && { here: false, transfer };
}

/**
 * Brings a domain from another registrar to Gandi. When it is here, declare it as a `Domain` with `adopt: true` to
 * manage its contacts and renewal. Its id is the domain in A-labels.
 *
 * Ordered with one `POST /v5/domain/transferin` (of the migration FAQ), after its price was compared with `maxPrice`
 * and a dry run has passed; never for a domain that is here or on its way. A transfer takes days: the run waits for a
 * while, then succeeds with `transferPending`, and each later run looks again (`GET /v5/domain/transferin/{domain}`,
 * whose shape is a guess: no document at hand has it) until `GET /v5/domain/domains/{domain}` shows the domain.
 *
 * Another `fqdn` replaces it. Destroying the resource leaves domain and transfer as they are.
 *
 * Preview fails, and nothing is ordered, without `maxPrice` or above it, and where `gandi:purchases` is `forbid`. A
 * transfer that Gandi refuses, or that ends in ERROR, is an error and leaves no resource; of one that fails while it is
 * pending the next `up` orders another, with all its checks.
 * @example
 * const config = new pulumi.Config();
 * new gandi.DomainTransfer("shop", {
 *     fqdn: "example.com",
 *     authinfo: config.requireSecret("authinfo"),
 *     maxPrice: 20,
 *     owner: {
 *         type: "individual", given: "Alice", family: "Doe", email: "alice@example.org", phone: "+33.123456789",
 *         streetaddr: "5 rue neuve", city: "Paris", zip: "75001", country: "FR",
 *     },
 * });
 */
export class DomainTransfer extends GandiResource {
    /** @internal */
    static override readonly definition = domainTransfer;

    /** Reads a transfer without managing it. `id` is the domain. */
    static get(name: string, id: Input<ID>, state?: DomainTransferState, opts?: CustomResourceOptions): DomainTransfer {
        return new DomainTransfer(name, state as DomainTransferArgs, getOptions(id, opts));
    }

    /** Whether a value is a DomainTransfer, of whichever copy of this package. */
    declare static readonly isInstance: (value: unknown) => value is DomainTransfer;

    /** The domain, as given. */
    declare public readonly fqdn: Output<string>;
    /** Whether the transfer is still under way. */
    declare public readonly transferPending: Output<boolean | undefined>;

    /** Transfers a domain to Gandi. The order costs money: it needs `maxPrice`. */
    constructor(name: string, args: DomainTransferArgs, opts?: CustomResourceOptions) {
        super(...registration(domainTransfer, name, args, opts));
    }
}
