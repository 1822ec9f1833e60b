import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { ListOptions } from "../api/client";
import { GandiError } from "../api/errors";
import { createKey, deleteKey, getKey, type Key, type KeyEntry, listKeys, undeleteKey } from "../api/keys";
import type { Change, Definition } from "../core/definition";
import { makeOne } from "../core/doing/makeOne";
import { nonEmpty, oneLine } from "../core/inputs/inputSchemas";
import { commonFields, commonInputs, type Timeouts } from "../core/inputs/timeouts";
import type { Context } from "../core/process/context";
import { declareOnce } from "../core/program/declarations";
import { resourceType } from "../core/program/pointer";
import { foretellDefaults, getOptions, optionsOf, propertiesOf } from "../core/program/registration";
import { domainName } from "../dns";
import { domainField, domainProblems } from "./domainInput";
import { lostDomain, unlessGone } from "./lostDomain";

/** The inputs of a {@link LiveDnsKey}. */
export interface LiveDnsKeyArgs {
    /** The zone's domain, e.g. `example.com`. It must be on LiveDNS. Another domain is another key. */
    domain: pulumi.Input<string>;
    /** 257 for a key signing key (KSK), 256 for a zone signing key (ZSK), RFC 4034 section 2.1.1. Other flags are another key. */
    flags: pulumi.Input<256 | 257>;
    /**
     * The ids of the zone's live keys of the same flags that this one stands beside, as in a roll-over: a new key is
     * made then, and no retired one is revived. Only counts when the key is created. Default: none.
     */
    alongside?: pulumi.Input<readonly pulumi.Input<string>[]>;
    /** The organisation that owns the zone (a UUID), where it is not the configured one. */
    sharingId?: pulumi.Input<string>;
    /** Time limits of one operation. Default: 300 s each. */
    timeouts?: pulumi.Input<Timeouts>;
}

/** What {@link LiveDnsKey.get} may be told beside the id. */
export type LiveDnsKeyState = Partial<LiveDnsKeyArgs>;

const schema = z.object({
    domain: z.string(),
    flags: z.literal([256, 257], "must be 257 (key signing key) or 256 (zone signing key)"),
    alongside: z.array(nonEmpty(oneLine)).default([]),
    ...commonInputs,
});

type Inputs = z.infer<typeof schema>;
/** What an id says. */
type Address = Pick<Inputs, "domain"> & { keyId: string };
/** The key; its id alone until it shows. */
type Seen = Pick<Key, "id"> & Partial<Key>;

/** @internal */
export const liveDnsKey: Definition<Inputs, Seen> = {
    kind: "LiveDnsKey",
    inputs: schema,
    outputs: ["algorithm", "publicKey", "keyTag", "ds"],
    identity: ["domain", "flags"],
    fields: {
        domain: domainField,
        alongside: { consequence: "momentary" },
        ...commonFields,
    },

    id: ({ domain }, seen) => seen && `${domainName(domain)}/${seen.id}`,
    marks: ({ domain, flags }) => `${domainName(domain!)} ${flags}`,
    irreplaceable: true,
    address(id): Address {
        const [, domain, keyId] = /^([^/]+)\/([^/]+)$/.exec(id) ?? [];
        if (domain === undefined || keyId === undefined) {
            throw new Error(`"${id}" is no id of a LiveDnsKey: write domain/id, with the id that the API gives it`);
        }
        return { domain: domainName(domain), keyId };
    },

    problems: ({ domain }) => domainProblems(domain),

    /** A removed key stays in the list. A key that the list lacks is gone, too: the zone has answered. */
    async observe(ctx, at) {
        const { domain, keyId } = at as Address;
        const zone = domainName(domain);
        try {
            return await find(ctx, zone, keyId, { shared: true });
        } catch (error) {
            return lostDomain(ctx, zone, error);
        }
    },

    async ensure(ctx, change) {
        const { want, prior, unfinished } = change;
        if (prior === undefined) {
            // Only one at a time: what another key of the program has just made, or taken, must be known to be its.
            const turn = `keys ${domainName(want.domain)}`;
            return { id: await ctx.inTurn(turn, () => create(ctx, change)) };
        }
        const { keyId } = prior as unknown as Address;
        if (unfinished) {
            // It may not be listed yet: what is missing is waited for.
            return { id: keyId };
        }
        const there = await change.see();
        if (there === undefined) {
            throw new Error(
                `${want.domain}: the key ${keyId} is removed: run \`pulumi up --refresh\` to have one again`,
            );
        }
        return there;
    },

    async converge(ctx, { want }, { id }) {
        const zone = domainName(want.domain);
        const key = await ctx.until(() => find(ctx, zone, id), {
            done: (seen) => seen !== undefined,
            describe: () => `${zone}: waiting for the key ${id} to be listed`,
        });
        return key!;
    },

    describe: (_want, { flags, algorithm, public_key, tag, ds }) => ({
        inputs: { flags: flags as Inputs["flags"] },
        outputs: { algorithm, publicKey: public_key, keyTag: tag, ds },
    }),

    async remove(ctx, have) {
        const { domain, keyId } = have as unknown as Address;
        const zone = domainName(domain);
        await unlessGone(ctx, zone, deleteKey(ctx.client, zone, keyId));
    },
};

async function find(ctx: Context, zone: string, keyId: string, how: ListOptions = {}): Promise<Key | undefined> {
    const keys = await listKeys(ctx.client, zone, how);
    const live = keys.some(({ id, deleted }) => id === keyId && !deleted);
    return live ? getKey(ctx.client, zone, keyId) : undefined;
}

/**
 * The id of a live key with these flags: one that is there, a removed one brought back, else a new one.
 *
 * Keys have neither name nor date, so nothing tells the key of an interrupted run, or of a resource that was renamed
 * without an alias, from somebody's. To take what is exactly as declared never makes a key too many, and never retires
 * the key that the DS at the registry speaks of.
 */
async function create(
    ctx: Context,
    { want, isReplaced, isGone, isTaken }: Pick<Change<Inputs, unknown>, "want" | "isReplaced" | "isGone" | "isTaken">,
): Promise<string> {
    const domain = domainName(want.domain);
    const alongside = new Set(want.alongside.map(bareId));
    const all = await listKeys(ctx.client, domain);
    const keys = all.filter(({ id, flags }) => {
        const own = `${domain}/${id}`;
        return flags === want.flags && !alongside.has(id) && !isTaken(own) && !isReplaced(own);
    });
    const live = keys.filter(({ id, deleted }) => !deleted && !isGone(`${domain}/${id}`));
    if (live.length > 1) {
        throw new Error(
            `${domain} has ${live.length} live keys with flags ${want.flags}: ${live.map(({ id }) => id).join(", ")}. ` +
                "Name those in alongside that are not this resource's",
        );
    }
    const [there] = live;
    if (there !== undefined) {
        ctx.log(`${domain}: the key ${there.id} with flags ${want.flags} is there already and is taken for this one`);
        return there.id;
    }
    const retired = alongside.size === 0 ? keys.at(-1) : undefined;
    if (retired !== undefined && (await revive(ctx, domain, retired))) {
        return retired.id;
    }
    return makeOne<KeyEntry, string>(ctx, {
        what: `${domain}: a key with flags ${want.flags}`,
        before: all,
        idOf: ({ id }) => id,
        send: () => createKey(ctx.client, domain, want.flags, { repeat: "unconnected" }),
        list: () => listKeys(ctx.client, domain),
        isLike: ({ id, flags, deleted }) => flags === want.flags && !deleted && !isTaken(`${domain}/${id}`),
        take: ({ id }) => id,
        advice: "Name those in alongside that are not this resource's",
    });
}

async function revive(ctx: Context, domain: string, { id, flags }: KeyEntry): Promise<boolean> {
    try {
        await undeleteKey(ctx.client, domain, id);
    } catch (error) {
        if (GandiError.is(error, "rejected", "conflict", "notFound")) {
            return false;
        }
        throw error;
    }
    ctx.log(`${domain}: the key ${id} with flags ${flags}, which was removed, is brought back`);
    return true;
}

/** The key's own id, of a resource's id `domain/id` too. */
function bareId(id: string): string {
    return id.slice(id.lastIndexOf("/") + 1);
}

/**
 * A key that LiveDNS signs a zone with (DNSSEC). LiveDNS makes it; the program says which flags. The registry learns of
 * it by a DnssecKey, or by the DS record at another registrar. Its id is `domain/id` with the id that the API gives it.
 *
 * Made with `POST /v5/livedns/domains/{fqdn}/keys`, removed with `DELETE …/keys/{id}`. It is done when `GET …/keys`
 * lists it. Removal is soft: the key stays in the API's list as deleted, and the resource, created again, brings it
 * back (`PATCH`). Another `domain` or other `flags` replace it, the new key first.
 *
 * **A live key of these flags that is there is taken as it is**, and a line says so: keys have no name of ours, and so
 * a run that was killed, or a resource renamed without alias, leaves no second key. Several of them are an error, until
 * `alongside` names those of others.
 *
 * @example
 * const ksk = new gandi.LiveDnsKey("ksk", { domain: "example.com", flags: 257 });
 * export const ds = ksk.ds;
 *
 * @example
 * // A roll-over: the next key beside the present one; later `ksk` leaves the program.
 * const ksk = new gandi.LiveDnsKey("ksk", { domain: "example.com", flags: 257 });
 * const next = new gandi.LiveDnsKey("ksk-2", { domain: "example.com", flags: 257, alongside: [ksk.id] });
 */
export class LiveDnsKey extends pulumi.CustomResource {
    /** @internal */
    static readonly __pulumiType = resourceType("LiveDnsKey");

    /** Reads a live key, without managing it. `id` is `domain/id`. */
    static get(
        name: string,
        id: pulumi.Input<pulumi.ID>,
        state?: LiveDnsKeyState,
        opts?: pulumi.CustomResourceOptions,
    ): LiveDnsKey {
        return new LiveDnsKey(name, state as LiveDnsKeyArgs, getOptions(id, opts));
    }

    /** Whether a value is a LiveDnsKey, of whichever copy of this package. */
    static override isInstance(value: unknown): value is LiveDnsKey {
        return (value as { __pulumiType?: string } | undefined)?.__pulumiType === LiveDnsKey.__pulumiType;
    }

    /** The zone's domain, as given. */
    declare public readonly domain: pulumi.Output<string>;
    /** 257 for a key signing key, 256 for a zone signing key. */
    declare public readonly flags: pulumi.Output<256 | 257>;
    /** The DNSSEC algorithm's number, such as 13 for ECDSAP256SHA256 (IANA's registry). */
    declare public readonly algorithm: pulumi.Output<number>;
    /** The public key, in Base64. */
    declare public readonly publicKey: pulumi.Output<string>;
    /** The key tag, 0 to 65535 (RFC 4034 appendix B). */
    declare public readonly keyTag: pulumi.Output<number>;
    /** The DS record as one line of a zone file, for the parent zone; undefined where the API gives none. */
    declare public readonly ds: pulumi.Output<string | undefined>;

    /**
     * Has LiveDNS sign a zone with a key (DNSSEC).
     *
     * @param name the resource's name in the program
     * @param args what it is to be
     * @param opts the options of every Pulumi resource
     */
    constructor(name: string, args: LiveDnsKeyArgs, opts?: pulumi.CustomResourceOptions) {
        const properties = propertiesOf(liveDnsKey, name, args, opts);
        super(
            LiveDnsKey.__pulumiType,
            name,
            args?.alongside === undefined
                ? declareOnce(
                      name,
                      "LiveDnsKey",
                      properties,
                      ["domain"],
                      (domain) => declared(domain, args?.flags),
                      opts,
                  )
                : properties,
            optionsOf(liveDnsKey, opts),
        );
        foretellDefaults(this, liveDnsKey, args, opts);
    }
}

/** What a program declares, or undefined where it is not known, or check will refuse it anyway. */
function declared(domain: string, flags: LiveDnsKeyArgs["flags"]): string | undefined {
    if (typeof flags !== "number") {
        return undefined;
    }
    try {
        return `the key with flags ${flags} of ${domainName(domain)} (without alongside)`;
    } catch {
        return undefined;
    }
}
