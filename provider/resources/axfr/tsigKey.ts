import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { z } from "zod";
import { GandiError } from "../../api/errors";
import {
    type TsigKey as ApiKey,
    createTsigKey,
    getTsigKey,
    listAssociatedTsigKeys,
    listTsigKeys,
    type TsigKeyEntry,
} from "../../api/tsig";
import { define } from "../../core/define";
import { inEach } from "../../core/doing/inEach";
import { makeOne } from "../../core/doing/makeOne";
import { nonEmpty, oneLine, organization } from "../../core/inputs/inputSchemas";
import type { Timeouts } from "../../core/inputs/timeouts";
import type { Context } from "../../core/process/context";
import { lostDomain } from "../../core/process/lostDomain";
import { unlessFreed } from "../../core/process/removal";
import { foretellDefaults, GandiResource, getOptions, registration } from "../../core/program/gandiResource";
import { momentary, setOf } from "../../core/property";
import { domainProperty } from "../properties";
import { associate, associatedWith, dissociate, isAssociated } from "./associations";
import { refusal, replacementNotice, strangersIn } from "./strangers";

/** The inputs of a {@link TsigKey}. */
export interface TsigKeyArgs {
    /**
     * The domains whose zones may be transferred with the key, in any order; all on LiveDNS. Default: none. What others
     * have associated with the key is left alone.
     */
    domains?: Input<readonly Input<string>[]>;
    /** The organisation that owns the key and the zones (a UUID). Default: the configured one. Another makes another key. */
    sharingId?: Input<string>;
    /**
     * The id of a key that is there and is to be this resource's, as {@link getTsigKeys} gives it: no key is made. It may
     * stay in the program; another key's id replaces the resource. Default: a new key.
     */
    adopt?: Input<string>;
    /**
     * The ids of the keys that may transfer these zones already and that this one stands beside: another stack's, another
     * secondary's, or the old key of a roll-over. Only counts when the key is made. Default: none.
     */
    alongside?: Input<readonly Input<string>[]>;
    /** Time limits of one operation. Default: 300 s each. */
    timeouts?: Input<Timeouts>;
}

/** What {@link TsigKey.get} may be told beside the id. */
export type TsigKeyState = Partial<TsigKeyArgs>;

const keyId = nonEmpty(oneLine)
    .refine((id) => /^(\s*|[^/\s]+)$/.test(id), { error: "is no id of a TSIG key: getTsigKeys lists them" })
    .refine((id) => !id.endsWith(".gandi.net"), { error: "is a key's name; its id stands before .gandi.net" });

interface Seen {
    /** Without its secret until it has been read. */
    readonly key: TsigKeyEntry & Partial<ApiKey>;
    /** Which of the domains in question are associated with it. */
    readonly domains: string[];
}

/** @internal */
export const tsigKey = define({
    kind: "TsigKey",
    properties: {
        domains: setOf(domainProperty, "domain", z.array(z.string()).default([])),
        adopt: {
            schema: keyId.optional(),
            consequence: "replace",
            optional: true,
            // Only another key's id is another key: which one was adopted, or that none was, is history.
            same: (_old, wanted, { old }) => wanted === undefined || wanted === old.keyId,
        },
        alongside: momentary(z.array(keyId).default([])),
        sharingId: { schema: organization.optional(), consequence: "replace" },
    },
    id: [],
    given: { name: "keyId", of: (seen: Seen | undefined, { adopt }) => seen?.key.id ?? adopt },
    idLike: "the one that the API gives, a UUID",
    declaredAs: ["adopt"],
    irreplaceable: true,
    outputs: ["keyName", "secret"],
    secretOutputs: ["secret"],
    changing: [],

    problems: ({ adopt, alongside = [] }) =>
        adopt !== undefined && alongside.includes(adopt)
            ? [{ path: "alongside", reason: "names the key of adopt: it is this resource's, or it stands beside" }]
            : [],

    async preflight(ctx, { domains = [], adopt, alongside = [] }, { open, isReplacement }) {
        if (adopt !== undefined) {
            await readKey(ctx, adopt, NOT_TO_ADOPT);
            return [];
        }
        if (open.has("adopt") || open.has("alongside")) {
            return [];
        }
        const strangers = await strangersIn(ctx, domains, alongside);
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
    async observe(ctx, { keyId, domains = [] }) {
        const key = await readKey(ctx, keyId);
        const associated: string[] = [];
        for (const domain of domains) {
            try {
                if (await isAssociated(ctx, domain, keyId, { shared: true })) {
                    associated.push(domain);
                }
            } catch (error) {
                lostDomain(ctx, domain, error);
            }
        }
        return { key, domains: associated };
    },

    /** The key, and the end of associations that are no longer wanted: until that is done the old state stands. */
    async ensure(ctx, { domains, adopt }, { prior, isTaken }) {
        if (prior === undefined) {
            // A zone that is not to be seen must show before: no call removes a key that was made for nothing.
            await Promise.all(domains.map((domain) => listAssociatedTsigKeys(ctx.client, domain)));
            const key = adopt === undefined ? await makeTsigKey(ctx, isTaken) : await readKey(ctx, adopt, NOT_TO_ADOPT);
            return { key, domains: [] };
        }
        for (const domain of prior.domains ?? []) {
            if (!domains.includes(domain)) {
                await dissociate(ctx, domain, prior.keyId);
            }
        }
        return { key: await readKey(ctx, prior.keyId), domains: [] };
    },

    /** A key that is made is saved whatever fails from here on: nothing could find it again. */
    async converge(ctx, { domains }, { key }) {
        for (const domain of domains) {
            await associate(ctx, domain, key.id);
        }
        return { key: key.secret === undefined ? await readKey(ctx, key.id) : key, domains };
    },

    describe: ({ key, domains }) => ({ inputs: { domains }, outputs: { keyName: key.key_name, secret: key.secret } }),

    async remove(ctx, { keyId, domains }) {
        for (const domain of domains) {
            await unlessFreed(ctx, keyId, domain, () => dissociate(ctx, domain, keyId));
        }
        ctx.log(`TSIG key ${keyId}: stays at Gandi, associated with none of its domains here (no call removes a key)`);
    },

    async list({ client }, domains) {
        const keysOf = (domain: string) => inEach([domain], (one) => listAssociatedTsigKeys(client, one));
        const keys = await associatedWith(domains, keysOf);
        return keys.map((seen) => ({ at: { domains: seen.domains, adopt: seen.key.id }, seen }));
    },
});

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

/** Makes a key. No call removes one, so it is made once; the keys of an organisation are told apart by their ids alone. */
function makeTsigKey(ctx: Context, isTaken: (id: string) => boolean): Promise<TsigKeyEntry> {
    const { client } = ctx;
    return ctx.inTurn(`axfr/tsig ${client.sharingId ?? ""}`, async () =>
        makeOne<TsigKeyEntry, TsigKeyEntry>(ctx, {
            what: "a TSIG key",
            before: await listTsigKeys(client),
            idOf: ({ id }) => id,
            send: () => createTsigKey(client),
            list: () => listTsigKeys(client),
            isLike: ({ id }) => !isTaken(id),
            take: (key) => key,
            advice: "Name the one that nobody uses in adopt: no call removes a key",
        }),
    );
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
 * @example
 * const xfr = new gandi.TsigKey("xfr", { domains: ["example.com"] });
 * new gandi.AxfrSlave("secondary", { domain: "example.com", ip: "192.0.2.53" });
 * export const secret = xfr.secret;
 * @example
 * // A roll-over: the next key beside the present one; when the secondaries have it, `xfr` leaves the program.
 * const xfr = new gandi.TsigKey("xfr", { domains: ["example.com"] });
 * const next = new gandi.TsigKey("xfr-2", { domains: ["example.com"], alongside: [xfr.id] });
 */
export class TsigKey extends GandiResource {
    /** @internal */
    static override readonly definition = tsigKey;

    /** Reads a key that is there, without managing it. `id` is the API's. `domains` are only read where they are given. */
    static get(name: string, id: Input<ID>, state?: TsigKeyState, opts?: CustomResourceOptions): TsigKey {
        return new TsigKey(name, state, getOptions(id, opts));
    }

    /** Whether a value is a TsigKey, of whichever copy of this package. */
    declare static readonly isInstance: (value: unknown) => value is TsigKey;

    /** The domains whose zones may be transferred with it, as given. */
    declare public readonly domains: Output<string[]>;
    /** The key's name in DNS messages, such as `2e21af2b-….gandi.net`. */
    declare public readonly keyName: Output<string>;
    /** What LiveDNS and the secondary share, in Base64. A secret, also in the state. */
    declare public readonly secret: Output<string>;

    /** Makes a TSIG key for zone transfers, or takes over one that is there (`adopt`), and lets it read zones. */
    constructor(name: string, args?: TsigKeyArgs, opts?: CustomResourceOptions) {
        super(...registration(tsigKey, name, args, opts));
        foretellDefaults(this, tsigKey, args, opts);
    }
}
