import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { ListOptions } from "../../api/client";
import { GandiError } from "../../api/errors";
import {
    type TsigKey as ApiKey,
    associateTsigKey,
    dissociateTsigKey,
    getTsigKey,
    listAssociatedTsigKeys,
    type TsigKeyEntry,
} from "../../api/tsig";
import type { Definition, Problem } from "../../core/definition";
import { nonEmpty, oneLine } from "../../core/inputs/inputSchemas";
import { commonFields, commonInputs, type Timeouts } from "../../core/inputs/timeouts";
import { sameSet } from "../../core/inputs/values";
import type { Context } from "../../core/process/context";
import { unlessFreed } from "../../core/process/removal";
import { declareOnce } from "../../core/program/declarations";
import { resourceType } from "../../core/program/pointer";
import { foretellDefaults, getOptions, optionsOf, propertiesOf } from "../../core/program/registration";
import { domainName } from "../../dns";
import { domainProblems } from "../domainInput";
import { lostDomain, unlessGone } from "../lostDomain";
import { makeTsigKey } from "./makeTsigKey";
import { refusal, replacementNotice, strangersIn } from "./strangers";

/** The inputs of a {@link TsigKey}. */
export interface TsigKeyArgs {
    /**
     * The domains whose zones may be transferred with the key, in any order; all on LiveDNS. Default: none. What others
     * have associated with the key is left alone.
     */
    domains?: pulumi.Input<readonly pulumi.Input<string>[]>;
    /** The organisation that owns the key and the zones (a UUID). Default: the configured one. Another makes another key. */
    sharingId?: pulumi.Input<string>;
    /**
     * The id of a key that is there and is to be this resource's, as {@link getTsigKeys} gives it: no key is made. It may
     * stay in the program; another key's id replaces the resource. Default: a new key.
     */
    adopt?: pulumi.Input<string>;
    /**
     * The ids of the keys that may transfer these zones already and that this one stands beside: another stack's, another
     * secondary's, or the old key of a roll-over. Only counts when the key is made. Default: none.
     */
    alongside?: pulumi.Input<readonly pulumi.Input<string>[]>;
    /** Time limits of one operation. Default: 300 s each. */
    timeouts?: pulumi.Input<Timeouts>;
}

/** What {@link TsigKey.get} may be told beside the id. */
export type TsigKeyState = Partial<TsigKeyArgs>;

const KEY_ID = /^[^/\s]+$/;

const keyId = nonEmpty(oneLine)
    .refine((id) => id.trim() === "" || KEY_ID.test(id), { error: "is no id of a TSIG key: getTsigKeys lists them" })
    .refine((id) => !id.endsWith(".gandi.net"), { error: "is a key's name; its id stands before .gandi.net" });

const schema = z.object({
    domains: z.array(z.string()).default([]),
    adopt: keyId.optional(),
    alongside: z.array(keyId).default([]),
    ...commonInputs,
});

type Inputs = z.infer<typeof schema>;
/** What an id says. */
type Address = { keyId: string };

interface Seen {
    /** Without its secret until it has been read. */
    readonly key: TsigKeyEntry & Partial<ApiKey>;
    /** Which of the domains in question are associated with it, in canonical form. */
    readonly domains: readonly string[];
}

/** @internal */
export const tsigKey: Definition<Inputs, Seen> = {
    kind: "TsigKey",
    inputs: schema,
    outputs: ["keyName", "secret"],
    secretOutputs: ["secret"],
    identity: [],
    fields: {
        domains: { same: (old, wanted) => sameSet(old as string[], wanted as string[], domainName) },
        // Only another key's id is another key: which one was adopted, or that none was, is history.
        adopt: {
            consequence: "replace",
            optional: true,
            same: (_old, wanted, { old }) => wanted === undefined || wanted === old.keyId,
        },
        alongside: { consequence: "momentary" },
        ...commonFields,
        sharingId: { consequence: "replace" },
    },

    id: ({ adopt }, seen) => seen?.key.id ?? adopt,
    irreplaceable: true,
    address(id): Partial<Inputs> & Address {
        if (!KEY_ID.test(id)) {
            throw new Error(`"${id}" is no id of a TsigKey: it is the one that the API gives, a UUID`);
        }
        return { keyId: id };
    },

    problems: ({ domains = [], adopt, alongside = [] }) => {
        const problems: Problem[] = domains.flatMap((domain, index) => domainProblems(domain, `domains[${index}]`));
        if (problems.length > 0) {
            return problems;
        }
        const names = domains.map(domainName);
        const twice = names.flatMap((name, index) =>
            names.indexOf(name) < index ? [{ path: `domains[${index}]`, reason: `${name} is given twice` }] : [],
        );
        const reason = "names the key of adopt: it is this resource's, or it stands beside";
        return adopt !== undefined && alongside.includes(adopt) ? [...twice, { path: "alongside", reason }] : twice;
    },

    async preflight(ctx, { domains = [], adopt, alongside = [] }, open, isReplacement) {
        if (adopt !== undefined) {
            await readKey(ctx, adopt, NOT_TO_ADOPT);
            return [];
        }
        if (open.has("adopt") || open.has("alongside")) {
            return [];
        }
        const strangers = await strangersIn(ctx, domains.map(domainName), alongside);
        if (strangers.length === 0) {
            return [];
        }
        if (isReplacement) {
            ctx.log(replacementNotice(strangers));
            return [];
        }
        return [{ path: "", reason: refusal(strangers) }];
    },

    /** Never "gone": no call removes a key, so a 404 is what a token of another organisation sees. */
    async observe(ctx, at) {
        const { keyId } = at as unknown as Address;
        const key = await readKey(ctx, keyId);
        const domains: string[] = [];
        for (const domain of (at.domains ?? []).map(domainName)) {
            if (await isAssociatedOrLost(ctx, domain, keyId, { shared: true })) {
                domains.push(domain);
            }
        }
        return { key, domains };
    },

    /** The key, and the end of associations that are no longer wanted: until that is done the old state stands. */
    async ensure(ctx, { want, prior, isTaken }) {
        const wanted = want.domains.map(domainName);
        if (prior === undefined) {
            // A zone that is not to be seen must show before: no call removes a key that was made for nothing.
            await Promise.all(wanted.map((domain) => listAssociatedTsigKeys(ctx.client, domain)));
            const key =
                want.adopt === undefined
                    ? await makeTsigKey(ctx, isTaken)
                    : await readKey(ctx, want.adopt, NOT_TO_ADOPT);
            return { key, domains: [] };
        }
        const { keyId } = prior as unknown as Address;
        for (const domain of (prior.domains ?? []).map(domainName)) {
            if (!wanted.includes(domain)) {
                await dissociate(ctx, domain, keyId);
            }
        }
        return { key: await readKey(ctx, keyId), domains: [] };
    },

    /** A key that is made is saved whatever fails from here on: nothing could find it again. */
    async converge(ctx, { want }, seen) {
        const { id } = seen.key;
        const domains = want.domains.map(domainName);
        for (const domain of domains) {
            await associate(ctx, domain, id);
        }
        return { key: seen.key.secret === undefined ? await readKey(ctx, id) : seen.key, domains };
    },

    describe: (want, { key, domains }) => ({
        inputs: { domains: (want.domains ?? []).filter((domain) => domains.includes(domainName(domain))) },
        outputs: { keyName: key.key_name, secret: key.secret },
    }),

    async remove(ctx, have) {
        const { keyId } = have as unknown as Address;
        for (const domain of (have.domains ?? []).map(domainName)) {
            await unlessFreed(ctx, keyId, domain, () => dissociate(ctx, domain, keyId));
        }
        ctx.log(`TSIG key ${keyId}: stays at Gandi, associated with none of its domains here (no call removes a key)`);
    },
};

const IF_LOST = "If it is really lost, remove it from the stack with `pulumi state delete`.";
const NOT_TO_ADOPT = "getTsigKeys lists those that can be adopted.";

/** @param advice what to do where the key can't be seen */
async function readKey(ctx: Context, keyId: string, advice = IF_LOST): Promise<ApiKey> {
    try {
        return await getTsigKey(ctx.client, keyId);
    } catch (error) {
        if (GandiError.is(error, "invisible", "notFound")) {
            throw error.saying(`The TSIG key ${keyId} belongs to one organisation. ${advice}`);
        }
        throw error;
    }
}

async function associate(ctx: Context, domain: string, keyId: string): Promise<void> {
    if (await isAssociated(ctx, domain, keyId)) {
        return;
    }
    await associateTsigKey(ctx.client, domain, keyId);
    await ctx.until(() => isAssociated(ctx, domain, keyId), {
        done: (associated) => associated,
        describe: () => `${domain}: waiting for the TSIG key ${keyId} to be associated`,
    });
}

/** Waits until it is so, or the removal under way would take away what a run right after this one adds again. */
async function dissociate(ctx: Context, domain: string, keyId: string): Promise<void> {
    if (!(await isAssociatedOrLost(ctx, domain, keyId))) {
        return;
    }
    await unlessGone(ctx, domain, dissociateTsigKey(ctx.client, domain, keyId));
    await ctx.until(() => isAssociated(ctx, domain, keyId), {
        done: (associated) => !associated,
        describe: () => `${domain}: waiting for the TSIG key ${keyId} to lose its association`,
    });
}

/** False also for a domain that is known to be sold or lost. */
async function isAssociatedOrLost(
    ctx: Context,
    domain: string,
    keyId: string,
    how: ListOptions = {},
): Promise<boolean> {
    try {
        return await isAssociated(ctx, domain, keyId, how);
    } catch (error) {
        return lostDomain(ctx, domain, error) ?? false;
    }
}

async function isAssociated(ctx: Context, domain: string, keyId: string, how: ListOptions = {}): Promise<boolean> {
    const keys = await listAssociatedTsigKeys(ctx.client, domain, how);
    return keys.some(({ id }) => id === keyId);
}

/**
 * A TSIG key (RFC 8945) that secondary nameservers sign their zone transfers with, and the zones that it may read. Its
 * id is the API's.
 *
 * Made with `POST /v5/livedns/axfr/tsig`, associated with a zone by `PUT /v5/livedns/domains/{fqdn}/axfr/tsig/{id}`,
 * which ends with `DELETE`. It is done when `GET /v5/livedns/domains/{fqdn}/axfr/tsig` shows it for each of `domains`.
 * LiveDNS chooses name and secret, so nothing of it can be changed but its domains; another `sharingId` replaces it.
 *
 * **Gandi has no call that removes a key.** Destroying this resource ends its associations and leaves the key, and says
 * so. A key that the token may not see is an error, never "gone".
 *
 * **A key that may transfer one of `domains` already is an error of the preview of a new one**, which names it: keys have
 * no name of ours, so it may be what a killed run has left, or this resource's own under a former name (then `aliases`
 * keep it). `adopt` takes it, `alongside` lets it stand; those that the same program declares are not asked about. A key
 * that no zone is associated with stops nothing: it can transfer nothing, and is found with `getTsigKeys`.
 *
 * **A replacement makes a new key with a new secret**, and its preview says so: the secondaries must have it before they
 * can transfer again.
 *
 * @example
 * const xfr = new gandi.TsigKey("xfr", { domains: ["example.com"] });
 * new gandi.AxfrSlave("secondary", { domain: "example.com", ip: "192.0.2.53" });
 * export const secret = xfr.secret;
 *
 * @example
 * // A roll-over: the next key beside the present one; when the secondaries have it, `xfr` leaves the program.
 * const xfr = new gandi.TsigKey("xfr", { domains: ["example.com"] });
 * const next = new gandi.TsigKey("xfr-2", { domains: ["example.com"], alongside: [xfr.id] });
 */
export class TsigKey extends pulumi.CustomResource {
    /** @internal */
    static readonly __pulumiType = resourceType("TsigKey");

    /** Reads a key that is there, without managing it. `id` is the API's. `domains` are only read where they are given. */
    static get(
        name: string,
        id: pulumi.Input<pulumi.ID>,
        state?: TsigKeyState,
        opts?: pulumi.CustomResourceOptions,
    ): TsigKey {
        return new TsigKey(name, state, getOptions(id, opts));
    }

    /** Whether a value is a TsigKey, of whichever copy of this package. */
    static override isInstance(value: unknown): value is TsigKey {
        return (value as { __pulumiType?: string } | undefined)?.__pulumiType === TsigKey.__pulumiType;
    }

    /** The domains whose zones may be transferred with it, as given. */
    declare public readonly domains: pulumi.Output<string[]>;
    /** The key's name in DNS messages, such as `2e21af2b-….gandi.net`. */
    declare public readonly keyName: pulumi.Output<string>;
    /** What LiveDNS and the secondary share, in Base64. A secret, also in the state. */
    declare public readonly secret: pulumi.Output<string>;

    /**
     * Makes a TSIG key for zone transfers, or takes over one that is there (`adopt`), and lets it read zones.
     *
     * @param name the resource's name in the program
     * @param args what it is to be
     * @param opts the options of every Pulumi resource
     */
    constructor(name: string, args?: TsigKeyArgs, opts?: pulumi.CustomResourceOptions) {
        const properties = propertiesOf(tsigKey, name, args, opts);
        super(
            TsigKey.__pulumiType,
            name,
            declareOnce(name, "TsigKey", properties, ["adopt"], (id) => `the TSIG key ${id}`, opts),
            optionsOf(tsigKey, opts),
        );
        foretellDefaults(this, tsigKey, args, opts);
    }
}
