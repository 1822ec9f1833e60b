import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { z } from "zod";
import type { ListOptions } from "../api/client";
import { getDomain } from "../api/domains";
import { GandiError, undefinedOn } from "../api/errors";
import type { Forward } from "../api/forwards";
import { domainsAtMailboxApi, FORWARDS, MAIL_PRODUCTS, type MailProduct, mailProductOf } from "../api/mailProduct";
import { listStandaloneMailboxes } from "../api/standaloneMailboxes";
import { define } from "../core/define";
import { inEach } from "../core/doing/inEach";
import { lookForEffect } from "../core/doing/lateEffect";
import { Failure } from "../core/failures";
import type { Timeouts } from "../core/inputs/timeouts";
import type { Context } from "../core/process/context";
import { derived, foretellDefaults, GandiResource, getOptions, registration } from "../core/program/gandiResource";
import { isSame, momentary, normalOf, optional, plainly, setOf, spelling } from "../core/property";
import { shown } from "../dns/dnsErrors";
import { emailAddress, localPart } from "./emailAddress";
import { addressPlace } from "./mail/addressPlace";
import { domainProperty } from "./properties";

/** The inputs of an {@link EmailForward}. */
export interface EmailForwardArgs {
    /** The registered domain, e.g. `example.com`. Its mail must be Gandi's, its registration need not. Another domain is another forward. */
    domain: Input<string>;
    /**
     * What stands before the `@`: `sales`, in any case. `*` stands for any characters, and alone for every address of the
     * domain that is nobody's. Another source is another forward.
     */
    source: Input<string>;
    /** The whole addresses that get its mail, at least one and none twice, in any order. */
    destinations: Input<readonly Input<string>[]>;
    /**
     * The product that the domain's mail is: `email` (`/v5/email`, for domains at Gandi) or `mailbox` (`/v5/mailbox`, also for
     * domains registered elsewhere). Default: it is found out once, and kept in the state.
     */
    api?: Input<"email" | "mailbox">;
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
        api: optional(plainly(z.enum(MAIL_PRODUCTS))),
        adopt: momentary(z.boolean().default(false)),
    },
    id: ["domain", "source"],
    declares: ({ domain, source }) => [
        { title: `EmailForward ${domain}/${source}`, places: [addressPlace(domain, source)] },
    ],
    idLike: "domain/source, e.g. example.com/sales",
    livesIn: "domain",
    changing: [],

    problems({ domain, source, destinations = [] }) {
        const own = destinations.findIndex((address) => address.toLowerCase() === `${source}@${domain}`);
        const reason = `"${destinations[own]}" is the forward itself: its mail would go round`;
        return own < 0 ? [] : [{ path: `destinations[${own}]`, reason }];
    },

    /** From the list, which all the forwards of a domain share: one alone can't be read. */
    observe: (ctx, at) => lookUnlessGone(ctx, at, { shared: true }),

    /** `POST` where there is none, `PUT` where it has other destinations; one that is as wanted is taken as it is. */
    async ensure(ctx, want, { prior }) {
        const { domain, source, destinations, adopt } = want;
        const { api, there } = await look(ctx, { ...want, [PRODUCT]: prior?.[PRODUCT] });
        if (there === undefined) {
            await create(ctx, api, domain, { source, destinations });
            return { source, destinations, api };
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
            await write(ctx, api, domain, () => FORWARDS[api].put(ctx.client, domain, { ...there, destinations }));
        }
        return { ...there, destinations, api };
    },

    /** A replacement removes the old one after this only: Gandi may take no other for days. */
    async converge(ctx, want, { api }) {
        const { domain, source, destinations } = want;
        const shown = await ctx.until(() => find(ctx, api, want), {
            done: (there) => there !== undefined && leadsTo(there, destinations),
            describe: () => `${domain}: waiting for the forward ${source} to be listed with its destinations`,
        });
        return { ...shown!, api };
    },

    describe: ({ destinations, api }) => ({ inputs: { destinations }, outputs: { [PRODUCT]: api } }),

    /** Waits until it is gone, or the removal under way would take away what a run right after this one makes again. */
    async remove(ctx, have) {
        const { domain, source } = have;
        const there = await lookUnlessGone(ctx, have);
        if (there === undefined) {
            return;
        }
        const { api } = there;
        // Whether it is gone, or the domain can't be seen, is for the list to say.
        await undefinedOn(FORWARDS[api].remove(ctx.client, domain, there.source), "notFound", "invisible");
        await ctx.until(() => find(ctx, api, have), {
            done: (forward) => forward === undefined,
            describe: () => `${domain}: waiting for the forward ${source} to be removed`,
        });
    },

    async list({ client }, domains) {
        const atMailboxApi = await domainsAtMailboxApi(client);
        return inEach(domains, async (domain) => {
            const api = atMailboxApi.has(domain) ? await mailProductOf(client, domain) : "email";
            const forwards = await FORWARDS[api].list(client, domain);
            return forwards.map(({ source, destinations }) => ({
                at: { domain, source: normalOf(sourceProperty, source) },
                seen: { source, destinations, api },
            }));
        });
    },
});

/** The mark of the product in a state: what was found out once is not asked for again. */
const PRODUCT = "_api";

/** A forward, and the product that it is one of. */
interface Seen extends Forward {
    readonly api: MailProduct;
}

/** Which one it is, and which product the program, or else the state, says that it is of. */
interface At {
    readonly domain: string;
    readonly source: string;
    readonly api?: MailProduct | undefined;
    readonly [PRODUCT]?: unknown;
}

/**
 * Looks for a forward in the product that its domain's mail is. A state may be older than the domain's move from one to the
 * other, or than the mark: then both are asked.
 * @throws GandiError `invisible` where the domain is no matter of the product that the program names, or of none
 */
async function look(
    ctx: Context,
    at: At,
    how?: ListOptions,
): Promise<{ api: MailProduct; there: Forward | undefined }> {
    const lookAt = async (api: MailProduct) => ({ api, there: await find(ctx, api, at, how) });
    const known = at.api ?? MAIL_PRODUCTS.find((product) => product === at[PRODUCT]);
    try {
        if (known !== undefined) {
            return await lookAt(known);
        }
    } catch (error) {
        if (at.api !== undefined || !GandiError.is(error, "invisible")) {
            throw error;
        }
    }
    return lookAt(await mailProductOf(ctx.client, at.domain));
}

/** The same; undefined, too, where the domain is in the account and its mail is nobody's: then it has no forwards. */
async function lookUnlessGone(ctx: Context, at: At, how?: ListOptions): Promise<Seen | undefined> {
    try {
        const { api, there } = await look(ctx, at, how);
        return there && { ...there, api };
    } catch (error) {
        const isUnseen = GandiError.is(error, "invisible");
        if (
            !isUnseen ||
            (await undefinedOn(getDomain(ctx.client, at.domain), "invisible", "forbidden")) === undefined
        ) {
            throw error;
        }
        return undefined;
    }
}

async function find(
    { client }: Context,
    api: MailProduct,
    { domain, source }: At,
    how?: ListOptions,
): Promise<Forward | undefined> {
    const forwards = await FORWARDS[api].list(client, domain, how);
    return forwards.find((forward) => normalOf(sourceProperty, forward.source) === source);
}

function leadsTo(there: Forward, wanted: string[]): boolean {
    return isSame(destinations, normalOf(destinations, there.destinations), wanted);
}

/** The client repeats it where no answer came: what is refused then may be there by the first of them. */
async function create(ctx: Context, api: MailProduct, domain: string, forward: Forward): Promise<void> {
    try {
        await write(ctx, api, domain, () => FORWARDS[api].create(ctx.client, domain, forward));
    } catch (error) {
        if (!GandiError.is(error, "conflict")) {
            throw error;
        }
        const { seen } = await lookForEffect(ctx, {
            look: () => find(ctx, api, { domain, source: forward.source }),
            looking: `${domain}: looking for the forward ${forward.source}, as it may have been made`,
        });
        if (seen === undefined || !leadsTo(seen, forward.destinations)) {
            throw error;
        }
    }
}

/** The Mailbox API takes forwards of a domain only once that has a mailbox. How it says so is in no document. */
async function write({ client }: Context, api: MailProduct, domain: string, send: () => Promise<void>): Promise<void> {
    try {
        await send();
    } catch (error) {
        if (api !== "mailbox" || !GandiError.is(error, "rejected", "conflict", "forbidden")) {
            throw error;
        }
        const mailboxes = await undefinedOn(
            listStandaloneMailboxes(client, domain),
            "forbidden",
            "invisible",
            "notFound",
        );
        if (mailboxes?.length !== 0) {
            throw error;
        }
        throw new Failure(
            "mailbox-missing",
            `${domain} has no mailbox, and the Mailbox API takes no forwards of a domain without one. Make one first: ` +
                `where the program does, let the forward depend on it (dependsOn). ${error.message}`,
            { cause: error },
        );
    }
}

/**
 * A forward: mail to `source@domain` goes to other addresses. Its id is `domain/source`, the source in lower case.
 *
 * Made with `POST /v5/email/forwards/{domain}`, changed with `PUT …/{source}`, removed with `DELETE`; done when the list
 * (`GET`) shows it so. Another `domain` or `source` replaces it: the new one is made, and listed, before the old one goes.
 * Where `GET /v5/email/offers/{domain}` knows no mail of the domain, it is one of the Mailbox API
 * (`/v5/mailbox/forwards…`), which takes personal access tokens only, and forwards only of a domain that has a mailbox.
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
    /** The product, where it is given. */
    declare public readonly api: Output<"email" | "mailbox" | undefined>;
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
