import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { z } from "zod";
import { getEmailOffer, patchEmailOffer, type EmailOffer as Seen } from "../api/emailOffers";
import { GandiError } from "../api/errors";
import { unlessGoneFromDomain } from "../api/gone";
import { listRecords, type RRset } from "../api/records";
import { define } from "../core/define";
import { inEach } from "../core/doing/inEach";
import { Failure } from "../core/failures";
import type { Timeouts } from "../core/inputs/timeouts";
import type { Context } from "../core/process/context";
import { foretellDefaults, GandiResource, getOptions, registration } from "../core/program/gandiResource";
import { momentary, optional, plainly } from "../core/property";
import { domainProperty } from "./properties";

/** The inputs of an {@link EmailOffer}. */
export interface EmailOfferArgs {
    /** The registered domain, e.g. `example.com`. Its mail must be that of the Email API. Another domain is another offer. */
    domain: Input<string>;
    /** Whether the antispam is on for all mailboxes of the domain, those that are made later included. */
    antispam: Input<boolean>;
    /**
     * Whether mail that goes out is signed (DKIM, RFC 6376). Where it goes on, Gandi writes the CNAMEs `gm1._domainkey`,
     * `gm2._domainkey` and `gm3._domainkey` into a zone on LiveDNS by itself, and they may stay when it goes off; in any
     * other zone they are yours to write. Default: as it is, which is not looked at either.
     */
    dkim?: Input<boolean>;
    /**
     * Take over an offer whose antispam differs from mailbox to mailbox, or whose DKIM is on and is to go off, and let
     * DKIM overwrite other records at its three names. Default: false, which makes each of them an error.
     */
    adopt?: Input<boolean>;
    /** The organisation that owns the domain (a UUID), where it is not the configured one. */
    sharingId?: Input<string>;
    /** Time limits of one operation. Default: 300 s each. */
    timeouts?: Input<Timeouts>;
}

/** What {@link EmailOffer.get} may be told beside the id. */
export type EmailOfferState = Partial<EmailOfferArgs>;

/** Where receivers look for Gandi's keys, and what stands there. */
const DKIM_RECORDS = ["gm1", "gm2", "gm3"].map((selector) => ({
    name: `${selector}._domainkey`,
    target: `${selector}.gandimail.net.`,
}));
const DKIM_NAMES = DKIM_RECORDS.map(({ name }) => name).join(", ");

const switched = (on: boolean) => (on ? "active" : "inactive");

/** @internal */
export const emailOffer = define({
    kind: "EmailOffer",
    properties: {
        domain: domainProperty,
        antispam: plainly(z.boolean()),
        dkim: optional(plainly(z.boolean())),
        adopt: momentary(z.boolean().default(false)),
    },
    id: ["domain"],
    idLike: "the domain, e.g. example.com",
    livesIn: "domain",
    outputs: ["status", "version"],
    changing: [],
    /** A program that declared its records before, as RRsets of its own, does not take them away from Gandi. */
    alsoDeclares: ({ domain, dkim }) =>
        domain === undefined || dkim !== true
            ? []
            : DKIM_RECORDS.map(({ name }) => ({ kind: "LiveDnsRecord", id: `${domain}/${name}/CNAME` })),

    /** Where DKIM goes on, DNS is written: preview says so, and by which records that is refused. */
    async preflight(ctx, { domain, dkim, adopt }, { open }) {
        if (domain === undefined || dkim !== true || (await offerOf(ctx, domain)).dkim === "active") {
            return [];
        }
        const reason = adopt || open.has("adopt") ? undefined : await otherRecords(ctx, domain);
        if (reason === undefined) {
            ctx.log(writesRecords(domain));
        }
        return reason === undefined ? [] : [{ path: "dkim", reason, code: "already-there" }];
    },

    observe: ({ client }, { domain }) => unlessGoneFromDomain(client, domain, getEmailOffer(client, domain)),

    /** One `PATCH` of both, unless all is so already. The offer itself is the domain's, and never made or changed. */
    async ensure(ctx, want, { prior }) {
        const { domain, antispam, dkim, adopt } = want;
        const there = await offerOf(ctx, domain);
        if (isAsWanted(there, want)) {
            return there;
        }
        if (!adopt) {
            if (prior === undefined) {
                refuseOthersChoice(domain, there, dkim);
            }
            const reason = dkim === true && there.dkim === "inactive" ? await otherRecords(ctx, domain) : undefined;
            if (reason !== undefined) {
                throw new Failure("already-there", reason);
            }
        }
        const change = { antispam: switched(antispam), dkim: dkim === undefined ? undefined : switched(dkim) } as const;
        await patchEmailOffer(ctx.client, domain, change);
        if (dkim !== undefined && change.dkim !== there.dkim) {
            ctx.log(
                dkim
                    ? writesRecords(domain)
                    : `${domain}: DKIM goes off; the CNAMEs ${DKIM_NAMES} may stay in the zone`,
            );
        }
        return { ...there, antispam: change.antispam, dkim: change.dkim ?? there.dkim };
    },

    async converge(ctx, want, { version }) {
        const { domain } = want;
        const shown = await ctx.until(() => getEmailOffer(ctx.client, domain), {
            done: (there) => isAsWanted(there, want),
            describe: () => `${domain}: waiting for its e-mail offer (version ${version}) to show the change`,
        });
        return shown;
    },

    describe: ({ status, version, antispam, dkim }, want) => ({
        inputs: {
            // Some mailboxes have it and others don't: neither true nor false.
            antispam: antispam === "mixed" ? null : antispam === "active",
            ...(want.dkim === undefined ? {} : { dkim: dkim === "active" }),
        },
        outputs: { status, version },
    }),

    async remove(ctx, { domain }) {
        ctx.log(
            `${domain}: its e-mail offer stays as it is, with antispam and DKIM (Gandi has no call that removes one)`,
        );
    },

    /** One whose mailboxes differ can't be declared before somebody has decided. */
    list: (ctx, domains) =>
        inEach(domains, async (domain) => {
            const seen = await unlessGoneFromDomain(ctx.client, domain, getEmailOffer(ctx.client, domain));
            if (seen?.antispam === "mixed") {
                ctx.log(`${domain}: its e-mail offer is left out, as its mailboxes differ in their antispam`);
            }
            return seen === undefined || seen.antispam === "mixed" ? [] : [{ at: { domain }, seen }];
        }),
});

async function offerOf({ client }: Context, domain: string): Promise<Seen> {
    const offer = await unlessGoneFromDomain(client, domain, getEmailOffer(client, domain));
    if (offer === undefined) {
        throw new Failure(
            "not-found",
            `${domain} has no offer of Gandi's Email API, so there is nothing to switch: it has no mail at Gandi, or that ` +
                "of the Mailbox API",
        );
    }
    return offer;
}

const writesRecords = (domain: string) =>
    `${domain}: DKIM goes on; where its zone is on LiveDNS, Gandi writes the CNAMEs ${DKIM_NAMES} by itself`;

function isAsWanted(there: Seen, { antispam, dkim }: { antispam: boolean; dkim?: boolean | undefined }): boolean {
    return there.antispam === switched(antispam) && (dkim === undefined || there.dkim === switched(dkim));
}

/** What a new domain has is nobody's choice; a mixture, and DKIM that is on, are somebody's. */
function refuseOthersChoice(domain: string, there: Seen, dkim: boolean | undefined): void {
    const reasons = [
        ...(there.antispam === "mixed" ? ["its antispam is on for some mailboxes and off for others"] : []),
        ...(dkim === false && there.dkim === "active" ? ["its DKIM is on"] : []),
    ];
    if (reasons.length > 0) {
        throw new Failure(
            "already-there",
            `${domain}: the e-mail offer is not as declared: ${reasons.join(", and ")}. Set adopt: true to take it over ` +
                "and overwrite that",
        );
    }
}

/**
 * Why DKIM may not go on: somebody's own keys, or another provider's, stand where Gandi would write. What can't be read may
 * be on no LiveDNS: then nothing is overwritten.
 */
async function otherRecords(ctx: Context, domain: string): Promise<string | undefined> {
    const others = (await dkimRecords(ctx, domain)).filter(({ rrset_name, rrset_type, rrset_values }) => {
        const own = DKIM_RECORDS.find(({ name }) => name === rrset_name.toLowerCase());
        const isOwn = rrset_type === "CNAME" && rrset_values.every((value) => value.toLowerCase() === own?.target);
        return own !== undefined && !isOwn;
    });
    const shown = others.map(({ rrset_name, rrset_type }) => `${rrset_name} ${rrset_type}`).join(", ");
    return others.length === 0
        ? undefined
        : `${domain}: DKIM would overwrite what stands at its names: ${shown}. Remove them first, or set adopt: true to let ` +
              "Gandi overwrite them";
}

async function dkimRecords({ client }: Context, domain: string): Promise<RRset[]> {
    try {
        return await listRecords(client, domain);
    } catch (error) {
        if (GandiError.is(error, "invisible", "notFound", "forbidden")) {
            return [];
        }
        throw error;
    }
}

/**
 * The mail of a domain as a whole, where it is that of the Email API: its antispam and its DKIM. Its id is the domain in A-labels.
 *
 * Set with `PATCH /v5/email/offers/{domain}`, in which antispam always stands, and done when `GET` shows it. Another
 * `domain` replaces it. The version of the offer is an output: nothing here ever changes it. Gandi has no call that
 * removes an offer: destroying this resource leaves all as it is, and says so.
 *
 * Antispam that differs from mailbox to mailbox reads as neither on nor off: a refresh shows it as drift, and the next
 * `up` sets it for all. Taking such an offer over, or switching DKIM off that is on, is an error without `adopt`.
 *
 * Switching DKIM on makes Gandi write three CNAMEs below `_domainkey` into a zone on LiveDNS. What stands there already
 * is an error without `adopt`. A `LiveDnsZone` that is `exclusive` leaves those three alone while DKIM is on.
 * @example
 * new gandi.EmailOffer("mail", { domain: "example.com", antispam: true, dkim: true });
 */
export class EmailOffer extends GandiResource {
    /** @internal */
    static override readonly definition = emailOffer;

    /** Reads the offer of a domain, without managing it. `id` is the domain. */
    static get(name: string, id: Input<ID>, state?: EmailOfferState, opts?: CustomResourceOptions): EmailOffer {
        return new EmailOffer(name, state as EmailOfferArgs, getOptions(id, opts));
    }

    /** Whether a value is an EmailOffer, of whichever copy of this package. */
    declare static readonly isInstance: (value: unknown) => value is EmailOffer;

    /** The domain, as given. */
    declare public readonly domain: Output<string>;
    /** Whether the antispam is on. */
    declare public readonly antispam: Output<boolean>;
    /** Whether mail that goes out is signed; undefined where the program leaves it as it is. */
    declare public readonly dkim: Output<boolean | undefined>;
    /** Whether the offer is in force: `active` or `inactive`. */
    declare public readonly status: Output<string>;
    /** 1 came free with a domain; of 2 and 3 each mailbox is paid. */
    declare public readonly version: Output<number>;

    /** Switches antispam and DKIM of a domain's mail. */
    constructor(name: string, args: EmailOfferArgs, opts?: CustomResourceOptions) {
        super(...registration(emailOffer, name, args, opts));
        foretellDefaults(this, emailOffer, args, opts);
    }
}
