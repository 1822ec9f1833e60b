import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { z } from "zod";
import type { ListOptions } from "../api/client";
import { undefinedOn } from "../api/errors";
import { unlessGoneFromZone } from "../api/gone";
import { createKey, deleteKey, getKey, type Key, type KeyEntry, listKeys, undeleteKey } from "../api/keys";
import { define } from "../core/define";
import { inEach } from "../core/doing/inEach";
import { makeOne } from "../core/doing/makeOne";
import { Failure } from "../core/failures";
import { nonEmpty, oneLine } from "../core/inputs/inputSchemas";
import type { Timeouts } from "../core/inputs/timeouts";
import type { InputsOf, Others } from "../core/kind";
import type { Context } from "../core/process/context";
import { foretellDefaults, GandiResource, getOptions, registration } from "../core/program/gandiResource";
import { momentary, plainly } from "../core/property";
import { signedBy } from "./dnssec/signedBy";
import { domainProperty } from "./properties";

/** The inputs of a {@link LiveDnsKey}. */
export interface LiveDnsKeyArgs {
    /** The zone's domain, e.g. `example.com`. It must be on LiveDNS. Another domain is another key. */
    domain: Input<string>;
    /** 257 for a key signing key (KSK), 256 for a zone signing key (ZSK), RFC 4034 section 2.1.1. Other flags are another key. */
    flags: Input<256 | 257>;
    /**
     * The ids of the zone's live keys of the same flags that this one stands beside, as in a roll-over: a new key is
     * made then, and no retired one is revived. Only counts when the key is created. Default: none.
     */
    alongside?: Input<readonly Input<string>[]>;
    /** The organisation that owns the zone (a UUID), where it is not the configured one. */
    sharingId?: Input<string>;
    /** Time limits of one operation. Default: 300 s each. */
    timeouts?: Input<Timeouts>;
}

/** What {@link LiveDnsKey.get} may be told beside the id. */
export type LiveDnsKeyState = Partial<LiveDnsKeyArgs>;

/** The key; its id alone until it shows. */
type Seen = Pick<Key, "id"> & Partial<Key>;

const properties = {
    domain: domainProperty,
    flags: plainly(z.literal([256, 257], "must be 257 (key signing key) or 256 (zone signing key)")),
    alongside: { ...momentary(z.array(nonEmpty(oneLine)).default([])), normal: (ids: string[]) => ids.map(bareId) },
};

/** @internal */
export const liveDnsKey = define({
    kind: "LiveDnsKey",
    properties,
    id: ["domain"],
    given: { name: "keyId", of: (seen?: Seen) => seen?.id },
    idLike: "domain/id, with the id that the API gives it",
    livesIn: "domain",
    identity: ["domain", "flags"],
    declares: ({ domain, flags }) => [{ title: `LiveDnsKey ${domain}/${flags}`, places: [signedBy(domain)] }],
    beside: "alongside",
    marks: ({ domain, flags }) => `${domain} ${flags}`,
    irreplaceable: true,
    outputs: ["algorithm", "publicKey", "keyTag", "ds"],
    changing: [],

    /** A removed key stays in the list. A key that the list lacks is gone, too: the zone has answered. */
    observe: (ctx, { domain, keyId }) => find(ctx, domain, keyId, { shared: true }),

    async ensure(ctx, want, from): Promise<Seen> {
        const { prior, unfinished } = from;
        if (prior === undefined) {
            // Only one at a time: what another key of the program has just made, or taken, must be known to be its.
            return { id: await ctx.inTurn(`keys ${want.domain}`, () => create(ctx, want, from)) };
        }
        if (unfinished) {
            // It may not be listed yet: what is missing is waited for.
            return { id: prior.keyId };
        }
        const there = await from.observe();
        if (there === undefined) {
            throw new Failure(
                "removed-meanwhile",
                `${want.domain}: the key ${prior.keyId} is removed: run \`pulumi up --refresh\` to have one again`,
            );
        }
        return there;
    },

    async converge(ctx, { domain }, { id }) {
        const key = await ctx.until(() => find(ctx, domain, id), {
            done: (seen) => seen !== undefined,
            describe: () => `${domain}: waiting for the key ${id} to be listed`,
        });
        return key!;
    },

    describe: ({ flags, algorithm, public_key, tag, ds }) => ({
        inputs: { flags: flags as 256 | 257 },
        outputs: { algorithm, publicKey: public_key, keyTag: tag, ds },
    }),

    remove: ({ client }, { domain, keyId }) => unlessGoneFromZone(client, domain, deleteKey(client, domain, keyId)),

    list: ({ client }, domains) =>
        inEach(domains, async (domain) => {
            const keys = await listKeys(client, domain);
            return keys.filter(({ deleted }) => !deleted).map((seen) => ({ at: { domain }, seen }));
        }),
});

async function find({ client }: Context, zone: string, keyId: string, how?: ListOptions): Promise<Key | undefined> {
    const keys = await listKeys(client, zone, how);
    const live = keys.some(({ id, deleted }) => id === keyId && !deleted);
    return live ? getKey(client, zone, keyId) : undefined;
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
    { domain, flags: wanted, alongside }: InputsOf<typeof properties>,
    { isReplaced, isGone, isTaken }: Others,
): Promise<string> {
    const all = await listKeys(ctx.client, domain);
    const keys = all.filter(({ id, flags }) => {
        const own = `${domain}/${id}`;
        return flags === wanted && !alongside.includes(id) && !isTaken(own) && !isReplaced(own);
    });
    const live = keys.filter(({ id, deleted }) => !deleted && !isGone(`${domain}/${id}`));
    if (live.length > 1) {
        throw new Failure(
            "which-one",
            `${domain} has ${live.length} live keys with flags ${wanted}: ${live.map(({ id }) => id).join(", ")}. ` +
                "Name those in alongside that are not this resource's",
        );
    }
    const [there] = live;
    if (there !== undefined) {
        ctx.log(`${domain}: the key ${there.id} with flags ${wanted} is there already and is taken for this one`);
        return there.id;
    }
    const retired = alongside.length === 0 ? keys.at(-1) : undefined;
    if (retired !== undefined && (await revive(ctx, domain, retired))) {
        return retired.id;
    }
    return makeOne<KeyEntry, string>(ctx, {
        what: `${domain}: a key with flags ${wanted}`,
        before: all,
        idOf: ({ id }) => id,
        send: () => createKey(ctx.client, domain, wanted, { repeat: "unconnected" }),
        list: () => listKeys(ctx.client, domain),
        isLike: ({ id, flags, deleted }) => flags === wanted && !deleted && !isTaken(`${domain}/${id}`),
        take: ({ id }) => id,
        advice: "Name those in alongside that are not this resource's",
    });
}

async function revive(ctx: Context, domain: string, { id, flags }: KeyEntry): Promise<boolean> {
    const revived = undeleteKey(ctx.client, domain, id).then(() => true);
    if ((await undefinedOn(revived, "rejected", "conflict", "notFound")) === undefined) {
        return false;
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
 * @example
 * const ksk = new gandi.LiveDnsKey("ksk", { domain: "example.com", flags: 257 });
 * export const ds = ksk.ds;
 * @example
 * // A roll-over: the next key beside the present one; later `ksk` leaves the program.
 * const ksk = new gandi.LiveDnsKey("ksk", { domain: "example.com", flags: 257 });
 * const next = new gandi.LiveDnsKey("ksk-2", { domain: "example.com", flags: 257, alongside: [ksk.id] });
 */
export class LiveDnsKey extends GandiResource {
    /** @internal */
    static override readonly definition = liveDnsKey;

    /** Reads a live key, without managing it. `id` is `domain/id`. */
    static get(name: string, id: Input<ID>, state?: LiveDnsKeyState, opts?: CustomResourceOptions): LiveDnsKey {
        return new LiveDnsKey(name, state as LiveDnsKeyArgs, getOptions(id, opts));
    }

    /** Whether a value is a LiveDnsKey, of whichever copy of this package. */
    declare static readonly isInstance: (value: unknown) => value is LiveDnsKey;

    /** The zone's domain, as given. */
    declare public readonly domain: Output<string>;
    /** 257 for a key signing key, 256 for a zone signing key. */
    declare public readonly flags: Output<256 | 257>;
    /** The DNSSEC algorithm's number, such as 13 for ECDSAP256SHA256 (IANA's registry). */
    declare public readonly algorithm: Output<number>;
    /** The public key, in Base64. */
    declare public readonly publicKey: Output<string>;
    /** The key tag, 0 to 65535 (RFC 4034 appendix B). */
    declare public readonly keyTag: Output<number>;
    /** The DS record as one line of a zone file, for the parent zone; undefined where the API gives none. */
    declare public readonly ds: Output<string | undefined>;

    /** Has LiveDNS sign a zone with a key (DNSSEC). */
    constructor(name: string, args: LiveDnsKeyArgs, opts?: CustomResourceOptions) {
        super(...registration(liveDnsKey, name, args, opts));
        foretellDefaults(this, liveDnsKey, args, opts);
    }
}
