import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { getDomain } from "../../api/domains";
import { GandiError } from "../../api/errors";
import { CURRENCIES } from "../../api/prices";
import { getTransfer, startTransfer, type TransferStatus } from "../../api/transfers";
import type { Definition } from "../../core/definition";
import { DeadlineError, FailedError } from "../../core/doing/poll";
import { sendOnce } from "../../core/doing/sendOnce";
import { NothingMade } from "../../core/failures";
import { nonEmpty, oneLine, wholeNumber } from "../../core/inputs/inputSchemas";
import { commonFields, commonInputs, type Timeouts } from "../../core/inputs/timeouts";
import type { Context } from "../../core/process/context";
import { declareOnce } from "../../core/program/declarations";
import { resourceType } from "../../core/program/pointer";
import { getOptions, optionsOf, propertiesOf } from "../../core/program/registration";
import { domainName } from "../../dns";
import { declaredAs, domainField, domainProblems, serverNames, serverProblems } from "../domainInput";
import { lostDomain } from "../lostDomain";
import { type ContactArgs, contactProperty, extraParameters, toApi } from "./contact";
import { contactWarnings } from "./contactUpdate";
import { purchaseProblems } from "./purchase";

/** The inputs of a {@link DomainTransfer}. All but `timeouts` count when the transfer is ordered. */
export interface DomainTransferArgs {
    /** The domain to bring to Gandi, e.g. `example.com`; IDNs in either form. Another domain is another transfer. */
    fqdn: pulumi.Input<string>;
    /** The transfer code of the present registrar: one line, not empty. Kept as a secret. */
    authinfo: pulumi.Input<string>;
    /** Who will own it. */
    owner: pulumi.Input<ContactArgs>;
    /** Default: the owner's data. */
    admin?: pulumi.Input<ContactArgs>;
    /** Default: the owner's data. */
    tech?: pulumi.Input<ContactArgs>;
    /** Default: the owner's data. */
    bill?: pulumi.Input<ContactArgs>;
    /** Years that the transfer adds, 1 to 10. Default: 1. */
    duration?: pulumi.Input<number>;
    /**
     * The most that the transfer may cost, taxes included, in `currency`: 0 or more. Without it (here or as
     * `gandi:maxPrice`) nothing is ordered, not even for nothing, and preview says what it costs.
     */
    maxPrice?: pulumi.Input<number>;
    /** The currency of the order and of `maxPrice`. Default: the account's. */
    currency?: pulumi.Input<"EUR" | "USD" | "GBP" | "TWD" | "CNY">;
    /** Nameservers from then on, 1 to 13. Default: those that Gandi gives it. */
    nameservers?: pulumi.Input<readonly pulumi.Input<string>[]>;
    /** What single extensions ask for, under the API's own names. Default: none. */
    extraParameters?: pulumi.Input<Record<string, pulumi.Input<string | number | boolean>>>;
    /** The organisation that pays and owns (a UUID), where it is not the configured one. */
    sharingId?: pulumi.Input<string>;
    /** How long a run waits for the transfer; it goes on by itself after that. Default: 10 min. */
    timeouts?: pulumi.Input<Timeouts>;
}

/** What {@link DomainTransfer.get} may be told beside the id. */
export type DomainTransferState = Partial<DomainTransferArgs>;

const schema = z.object({
    fqdn: z.string(),
    authinfo: nonEmpty(oneLine),
    owner: contactProperty.schema,
    admin: contactProperty.schema.optional(),
    tech: contactProperty.schema.optional(),
    bill: contactProperty.schema.optional(),
    duration: wholeNumber(1, 10, "years").optional(),
    maxPrice: z.number().min(0).optional(),
    currency: z.enum(CURRENCIES).optional(),
    nameservers: serverNames.optional(),
    extraParameters: extraParameters.schema.optional(),
    ...commonInputs,
});

type Inputs = z.infer<typeof schema>;

/** A transfer on its way, or one that is over: the domain is here. */
interface Seen {
    readonly here: boolean;
    readonly transfer?: TransferStatus;
}

const momentary = { consequence: "momentary" } as const;

/** @internal */
export const domainTransfer: Definition<Inputs, Seen> = {
    kind: "DomainTransfer",
    inputs: schema,
    outputs: ["transferPending"],
    identity: ["fqdn"],
    fields: {
        fqdn: domainField,
        authinfo: momentary,
        owner: momentary,
        admin: momentary,
        tech: momentary,
        bill: momentary,
        duration: momentary,
        maxPrice: momentary,
        currency: momentary,
        nameservers: momentary,
        extraParameters: momentary,
        ...commonFields,
    },
    timeouts: { create: 600, update: 600 },

    id: ({ fqdn }) => domainName(fqdn),
    address: (id) => ({ fqdn: domainName(id) }),

    problems: ({ fqdn, nameservers = [] }) => [...domainProblems(fqdn, "fqdn"), ...serverProblems(nameservers)],

    warnings: (inputs) =>
        (["owner", "admin", "tech", "bill"] as const).flatMap((role) => contactWarnings(role, inputs[role])),

    /** What the transfer costs; nothing is ordered for a domain that is here or on its way. */
    async preflight(ctx, inputs, open) {
        const fqdn = domainName(inputs.fqdn!);
        if (open.has("sharingId") || (await find(ctx, fqdn)) !== undefined) {
            return [];
        }
        const { problems } = await purchaseProblems(ctx, { ...inputs, fqdn, process: "transfer" }, open);
        return problems.map((reason) => ({ path: "", reason }));
    },

    async observe(ctx, { fqdn }) {
        const name = domainName(fqdn!);
        const seen = await find(ctx, name);
        // A transfer that is done brings nothing more: the domain was here, and is no longer.
        const isLost = seen === undefined || (!seen.here && seen.transfer?.step === "DONE");
        if (!isLost) {
            return seen;
        }
        // It may have come between the two looks.
        const missing = await domainError(ctx, name);
        return missing === undefined ? { here: true } : lostDomain(ctx, name, missing);
    },

    /**
     * Orders the transfer of a domain that is neither here nor on its way; looks before and after, as an order does. What
     * the state knows has been ordered: only after a transfer that is seen to have failed is there another.
     */
    async ensure(ctx, { want, prior, unfinished, see }) {
        const fqdn = domainName(want.fqdn);
        const seen = prior === undefined ? await find(ctx, fqdn) : await see();
        if (seen !== undefined && seen.transfer?.step !== "ERROR") {
            ctx.log(`${fqdn}: ${seen.here ? "is at Gandi already" : "a transfer is under way, going on with it"}`);
            return seen;
        }
        const isUnderWay = unfinished || prior?.transferPending === true;
        if (prior !== undefined && !(isUnderWay && seen !== undefined)) {
            throw new Error(`${fqdn} is no longer in this account: its transfer is never ordered a second time`);
        }
        return orderTransfer(ctx, fqdn, want);
    },

    /** Waits for a while. The losing registrar has days to answer, so a transfer that takes longer is no failure. */
    async converge(ctx, { want }, ensured) {
        const fqdn = domainName(want.fqdn);
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
            if (error instanceof FailedError) {
                throw new NothingMade(error.message);
            }
            if (error instanceof DeadlineError) {
                ctx.log(`${fqdn}: the transfer goes on at Gandi and may take days. Run again to see how far it is`);
                return ensured;
            }
            throw error;
        }
    },

    /** Until it is here, each run looks again. */
    repair: (outputs) => outputs.transferPending === true,

    describe: (_want, { here }) => ({ inputs: {}, outputs: { transferPending: !here } }),

    async remove(ctx, { fqdn }) {
        ctx.log(`${fqdn}: the domain, or its transfer under way, stays at Gandi`);
    },
};

async function orderTransfer(ctx: Context, fqdn: string, want: Inputs): Promise<Seen> {
    const { problems, offer } = await purchaseProblems(ctx, { ...want, fqdn, process: "transfer" });
    if (problems.length > 0 || offer === undefined) {
        throw new Error(problems.join("; "));
    }
    const { authinfo, duration, currency, nameservers } = want;
    const order = {
        fqdn,
        authinfo,
        duration: duration ?? 1,
        currency,
        nameservers,
        owner: toApi(want.owner),
        admin: want.admin && toApi(want.admin),
        tech: want.tech && toApi(want.tech),
        bill: want.bill && toApi(want.bill),
        extra_parameters: want.extraParameters,
    };
    const found = await sendOnce(ctx, {
        domain: fqdn,
        what: "the transfer",
        sending: `ordering the transfer for ${offer.total.toFixed(2)} ${offer.currency}, taxes included`,
        send: (dryRun) => startTransfer(ctx.client, order, { dryRun }),
        look: async () => {
            const seen = await find(ctx, fqdn);
            // A transfer that has failed, such as the one that this one follows, brings nothing.
            return seen?.transfer?.step === "ERROR" ? undefined : seen;
        },
    });
    return found ?? { here: false };
}

/** The domain if it is here, else its transfer. */
async function find(ctx: Context, fqdn: string): Promise<Seen | undefined> {
    if ((await domainError(ctx, fqdn)) === undefined) {
        return { here: true };
    }
    const transfer = await getTransfer(ctx.client, fqdn);
    return transfer === undefined ? undefined : { here: false, transfer };
}

/** The 404 of a domain that is not to be seen; undefined where it is. */
async function domainError(ctx: Context, fqdn: string): Promise<GandiError | undefined> {
    try {
        await getDomain(ctx.client, fqdn);
        return undefined;
    } catch (error) {
        if (GandiError.is(error, "invisible")) {
            return error;
        }
        throw error;
    }
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
 *
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
export class DomainTransfer extends pulumi.CustomResource {
    /** @internal */
    static readonly __pulumiType = resourceType("DomainTransfer");

    /** Reads a transfer without managing it. `id` is the domain. */
    static get(
        name: string,
        id: pulumi.Input<pulumi.ID>,
        state?: DomainTransferState,
        opts?: pulumi.CustomResourceOptions,
    ): DomainTransfer {
        return new DomainTransfer(name, state as DomainTransferArgs, getOptions(id, opts));
    }

    /** Whether a value is a DomainTransfer, of whichever copy of this package. */
    static override isInstance(value: unknown): value is DomainTransfer {
        return (value as { __pulumiType?: string } | undefined)?.__pulumiType === DomainTransfer.__pulumiType;
    }

    /** The domain, as given. */
    declare public readonly fqdn: pulumi.Output<string>;
    /** Whether the transfer is still under way. */
    declare public readonly transferPending: pulumi.Output<boolean | undefined>;

    /**
     * Transfers a domain to Gandi. The order costs money: it needs `maxPrice`.
     *
     * @param name the resource's name in the program
     * @param args what it is to be
     * @param opts the options of every Pulumi resource
     */
    constructor(name: string, args: DomainTransferArgs, opts?: pulumi.CustomResourceOptions) {
        const given = args?.authinfo === undefined ? args : { ...args, authinfo: pulumi.secret(args.authinfo) };
        super(
            DomainTransfer.__pulumiType,
            name,
            declareOnce(
                name,
                "DomainTransfer",
                propertiesOf(domainTransfer, name, given, opts),
                ["fqdn"],
                declaredAs("the transfer of"),
                opts,
            ),
            optionsOf(domainTransfer, opts),
        );
    }
}
