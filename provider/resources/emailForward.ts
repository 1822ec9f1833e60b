import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { z } from "zod";
import type { ListOptions } from "../api/client";
import { GandiError, undefinedOn } from "../api/errors";
import { createForward, deleteForward, type Forward, listForwards, putForward } from "../api/forwards";
import { define } from "../core/define";
import { inEach } from "../core/doing/inEach";
import { lookForEffect } from "../core/doing/lateEffect";
import { Failure } from "../core/failures";
import type { Timeouts } from "../core/inputs/timeouts";
import type { Context } from "../core/process/context";
import { derived, foretellDefaults, GandiResource, getOptions, registration } from "../core/program/gandiResource";
import { isSame, momentary, normalOf, setOf, spelling } from "../core/property";
import { shown } from "../dns/dnsErrors";
import { emailAddress, localPart } from "./emailAddress";
import { domainProperty } from "./properties";

/** The inputs of an {@link EmailForward}. */
export interface EmailForwardArgs {
    /** The registered domain, e.g. `example.com`. Its mail must be Gandi's. Another domain is another forward. */
    domain: Input<string>;
    /**
     * What stands before the `@`: `sales`, in any case. `*` stands for any characters, and alone for every address of the
     * domain that is nobody's. Another source is another forward.
     */
    source: Input<string>;
    /** The whole addresses that get its mail, at least one and none twice, in any order. */
    destinations: Input<readonly Input<string>[]>;
    /** Take over a forward that is there with other destinations. Default: false, which makes that an error showing them. */
    adopt?: Input<boolean>;
    /** The organisation that owns the domain (a UUID), where it is not the configured one. */
    sharingId?: Input<string>;
    /** Time limits of one operation. Default: 300 s each. */
    timeouts?: Input<Timeouts>;
}

/** What {@link EmailForward.get} may be told beside the id. */
export type EmailForwardState = Partial<EmailForwardArgs>;

/** Guess: that Gandi takes a source in any case for the same, as hosts of mail do. */
const sourceProperty = spelling(
    (text) => localPart(text).toLowerCase(),
    (text) => (text.includes("/") ? `${shown(text)} holds a slash, which parts the id` : undefined),
);

/** Two that differ by case alone reach one mailbox, and Gandi may answer in another case than it was sent. */
const destinations = setOf(
    spelling(emailAddress, (text) =>
        text.includes("*") ? `${shown(text)} stands for many addresses: a destination is one` : undefined,
    ),
    "address",
    z.array(z.string()).min(1, "empty: a forward has at least one destination"),
    (address) => address.toLowerCase(),
);

/** @internal */
export const emailForward = define({
    kind: "EmailForward",
    properties: {
        domain: domainProperty,
        source: sourceProperty,
        destinations,
        adopt: momentary(z.boolean().default(false)),
    },
    id: ["domain", "source"],
    idLike: "domain/source, e.g. example.com/sales",
    livesIn: "domain",
    changing: [],

    problems({ domain, source, destinations = [] }) {
        const own = destinations.findIndex((address) => address.toLowerCase() === `${source}@${domain}`);
        const reason = `"${destinations[own]}" is the forward itself: its mail would go round`;
        return own < 0 ? [] : [{ path: `destinations[${own}]`, reason }];
    },

    /** From the list, which all the forwards of a domain share: one alone can't be read. */
    observe: (ctx, at) => find(ctx, at, { shared: true }),

    /** `POST` where there is none, `PUT` where it has other destinations; one that is as wanted is taken as it is. */
    async ensure(ctx, want, { prior }) {
        const { domain, source, destinations, adopt } = want;
        const there = await find(ctx, want);
        if (there === undefined) {
            return create(ctx, domain, { source, destinations });
        }
        if (!leadsTo(there, destinations)) {
            if (prior === undefined && !adopt) {
                const others = ctx.unlessSecret(["destinations"], there.destinations.join(", "));
                throw new Failure(
                    "already-there",
                    `${domain}: the forward ${source} is there already with other destinations: ${others}. ` +
                        "Set adopt: true to take it over and overwrite them",
                );
            }
            await putForward(ctx.client, domain, { ...there, destinations });
        }
        return { ...there, destinations };
    },

    /** A replacement removes the old one after this only: Gandi may take no other for days. */
    async converge(ctx, want) {
        const { domain, source, destinations } = want;
        const shown = await ctx.until(() => find(ctx, want), {
            done: (there) => there !== undefined && leadsTo(there, destinations),
            describe: () => `${domain}: waiting for the forward ${source} to be listed with its destinations`,
        });
        return shown!;
    },

    describe: ({ destinations }) => ({ inputs: { destinations } }),

    /** Waits until it is gone, or the removal under way would take away what a run right after this one makes again. */
    async remove(ctx, have) {
        const { domain, source } = have;
        const there = await find(ctx, have);
        if (there === undefined) {
            return;
        }
        // Whether it is gone, or the domain can't be seen, is for the list to say.
        await undefinedOn(deleteForward(ctx.client, domain, there.source), "notFound", "invisible");
        await ctx.until(() => find(ctx, have), {
            done: (forward) => forward === undefined,
            describe: () => `${domain}: waiting for the forward ${source} to be removed`,
        });
    },

    list: ({ client }, domains) =>
        inEach(domains, async (domain) => {
            const forwards = await listForwards(client, domain);
            return forwards.map((seen) => ({ at: { domain, source: normalOf(sourceProperty, seen.source) }, seen }));
        }),
});

async function find(
    { client }: Context,
    { domain, source }: { domain: string; source: string },
    how?: ListOptions,
): Promise<Forward | undefined> {
    const forwards = await listForwards(client, domain, how);
    return forwards.find((forward) => normalOf(sourceProperty, forward.source) === source);
}

function leadsTo(there: Forward, wanted: string[]): boolean {
    return isSame(destinations, normalOf(destinations, there.destinations), wanted);
}

/** The client repeats it where no answer came: what is refused then may be there by the first of them. */
async function create(ctx: Context, domain: string, forward: Forward): Promise<Forward> {
    try {
        await createForward(ctx.client, domain, forward);
        return forward;
    } catch (error) {
        if (!GandiError.is(error, "conflict")) {
            throw error;
        }
        const { seen } = await lookForEffect(ctx, {
            look: () => find(ctx, { domain, source: forward.source }),
            looking: `${domain}: looking for the forward ${forward.source}, as it may have been made`,
        });
        if (seen === undefined || !leadsTo(seen, forward.destinations)) {
            throw error;
        }
        return seen;
    }
}

/**
 * A forward of the Email API: mail to `source@domain` goes to other addresses. Its id is `domain/source`, the source in lower case.
 *
 * Made with `POST /v5/email/forwards/{domain}`, changed with `PUT …/{source}`, removed with `DELETE`; done when the list
 * (`GET`) shows it so. Another `domain` or `source` replaces it: the new one is made, and listed, before the old one goes.
 *
 * One that is there already with the same destinations is taken as it is; with others it is an error, unless `adopt` is
 * set. Gandi takes so many changes of forwards in a week: beyond them a change fails, with that reason, until days have
 * passed. It refuses a source that a mailbox or an alias has.
 * @example
 * new gandi.EmailForward("sales", { domain: "example.com", source: "sales", destinations: ["alice@example.org"] });
 */
export class EmailForward extends GandiResource {
    /** @internal */
    static override readonly definition = emailForward;

    /** Reads a forward that is there, without managing it. `id` is `domain/source`, e.g. `example.com/sales`. */
    static get(name: string, id: Input<ID>, state?: EmailForwardState, opts?: CustomResourceOptions): EmailForward {
        return new EmailForward(name, state as EmailForwardArgs, getOptions(id, opts));
    }

    /** Whether a value is an EmailForward, of whichever copy of this package. */
    declare static readonly isInstance: (value: unknown) => value is EmailForward;

    /** The domain, as given. */
    declare public readonly domain: Output<string>;
    /** What stands before the `@`, as given. */
    declare public readonly source: Output<string>;
    /** The addresses that get its mail, spelled and ordered as given. */
    declare public readonly destinations: Output<string[]>;
    /** The whole address, e.g. `sales@example.com`. */
    public readonly address: Output<string>;

    /** Sends the mail of an address on to others. */
    constructor(name: string, args: EmailForwardArgs, opts?: CustomResourceOptions) {
        super(...registration(emailForward, name, args, opts));
        foretellDefaults(this, emailForward, args, opts);
        // Made here from what is known in preview: as an output of the provider it would be unknown on every update.
        this.address = derived(
            [this.domain, this.source],
            (domain, source) => `${normalOf(sourceProperty, source)}@${normalOf(domainProperty, domain)}`,
        );
    }
}
