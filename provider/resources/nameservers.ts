import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { z } from "zod";
import { getNameservers, putNameservers } from "../api/delegation";
import { listDnsKeys } from "../api/dnskeys";
import { enableLiveDns, getLiveDnsStatus } from "../api/domains";
import { define } from "../core/define";
import { atRegistry } from "../core/doing/atRegistry";
import { inEach } from "../core/doing/inEach";
import { Failure } from "../core/failures";
import type { Timeouts } from "../core/inputs/timeouts";
import { sameSet } from "../core/inputs/values";
import type { Context } from "../core/process/context";
import { PENDING_OUTPUTS } from "../core/process/pending";
import { foretellDefaults, GandiResource, getOptions, registration } from "../core/program/gandiResource";
import { momentary, normalOf, remembered } from "../core/property";
import { domainProperty, serversProperty } from "./properties";

/** The inputs of a {@link Nameservers}. */
export interface NameserversArgs {
    /** The registered domain, e.g. `example.com`. It must be in the account. Another domain is another resource. */
    domain: Input<string>;
    /**
     * All the nameservers that the registry delegates the domain to: 1 to 13 host names (most registries want 2), in any
     * order, with or without final dot. One inside the domain itself needs a {@link GlueRecord}; give its `hostname`
     * here, so that it is made first.
     */
    nameservers: Input<readonly Input<string>[]>;
    /** Take over a delegation to nameservers that are neither these nor LiveDNS's. Default: false, which makes that an error. */
    adopt?: Input<boolean>;
    /**
     * `check` refuses to change the delegation while DNSSEC keys are at the registry: resolvers that validate would lose
     * the domain, unless the new nameservers sign with the same keys. `ignore` says that they do. Default: `check`.
     */
    dnssec?: Input<"check" | "ignore">;
    /**
     * `retain` leaves the delegation as it is when the resource is destroyed; `livedns` switches the domain back to
     * LiveDNS. Default: `retain`.
     */
    deletionPolicy?: Input<"retain" | "livedns">;
    /** The organisation that owns the domain (a UUID), where it is not the configured one. */
    sharingId?: Input<string>;
    /** Time limits of one operation. Default: 15 min each. */
    timeouts?: Input<Timeouts>;
}

/** What {@link Nameservers.get} may be told beside the id. */
export type NameserversState = Partial<NameserversArgs>;

/** @internal */
export const nameservers = define({
    kind: "Nameservers",
    properties: {
        domain: domainProperty,
        nameservers: serversProperty,
        adopt: momentary(z.boolean().default(false)),
        dnssec: remembered(z.enum(["check", "ignore"]).default("check")),
        deletionPolicy: remembered(z.enum(["retain", "livedns"]).default("retain")),
    },
    id: ["domain"],
    idLike: "the domain, e.g. example.com",
    livesIn: "domain",
    outputs: PENDING_OUTPUTS,
    changing: PENDING_OUTPUTS,
    timeouts: { create: 900, update: 900, delete: 900 },

    observe: ({ client }, { domain }) => getNameservers(client, domain),

    /** `PUT`, unless the set is there already, in whatever order. */
    ensure: (ctx, { domain, nameservers: wanted, adopt, dnssec }, { prior }) =>
        atRegistry(ctx, domain, {
            look: () => getNameservers(ctx.client, domain),
            done: (there) => sameSet(normalOf(serversProperty, there), wanted, (server) => server),
            async guard(there) {
                if (prior === undefined && !adopt) {
                    await refuseDelegated(ctx, domain, there);
                }
                await refuseSigned(ctx, domain, dnssec);
            },
            send: () => putNameservers(ctx.client, domain, wanted),
            waiting: "waiting for the registry to show the new nameservers",
        }),

    describe: (there) => ({ inputs: { nameservers: there } }),

    pending: { inputs: ["nameservers"], expected: ({ nameservers: wanted }) => wanted },

    async remove(ctx, { domain, dnssec, deletionPolicy }) {
        if (deletionPolicy !== "livedns") {
            ctx.log(`${domain}: its nameservers stay as they are (deletionPolicy is "retain")`);
            return;
        }
        await atRegistry(ctx, domain, {
            look: () => getLiveDnsStatus(ctx.client, domain),
            done: ({ current }) => current === "livedns",
            guard: () => refuseSigned(ctx, domain, dnssec),
            send: () => enableLiveDns(ctx.client, domain),
            waiting: "waiting for the registry to show LiveDNS's nameservers",
        });
    },

    /** Nobody has delegated a domain that has LiveDNS's. */
    list: ({ client }, domains) =>
        inEach(domains, async (domain) => {
            const { current } = await getLiveDnsStatus(client, domain);
            return current === "livedns" ? [] : [{ at: { domain }, seen: await getNameservers(client, domain) }];
        }),
});

/** LiveDNS's nameservers are what a domain has that nobody has delegated elsewhere: they count as nobody's. */
async function refuseDelegated(ctx: Context, domain: string, there: readonly string[]): Promise<void> {
    if (there.length === 0) {
        return;
    }
    const { current } = await getLiveDnsStatus(ctx.client, domain);
    if (current !== "livedns") {
        const servers = ctx.unlessSecret(["nameservers"], there.join(", "));
        throw new Failure(
            "already-there",
            `${domain} is delegated elsewhere already: to ${servers}. Set adopt: true to take that over`,
        );
    }
}

/** A DS at the parent with other nameservers behind it makes the domain bogus for all who validate (RFC 4035 section 5). */
async function refuseSigned({ client }: Context, domain: string, dnssec: "check" | "ignore"): Promise<void> {
    if (dnssec === "ignore") {
        return;
    }
    const keys = await listDnsKeys(client, domain);
    if (keys.length > 0) {
        const names = keys.map(({ keytag, algorithm }) => `key tag ${keytag} (algorithm ${algorithm})`).join(", ");
        throw new Failure(
            "dnssec-keys-at-registry",
            `${domain}: the nameservers can't change while DNSSEC keys are at the registry: ${names}. Remove them first and ` +
                'wait for the TTL of their DS records; or, if the new nameservers sign with these keys, set dnssec: "ignore"',
        );
    }
}

/**
 * The nameservers that the registry delegates a domain to, where they are not to be LiveDNS's. Its id is the domain in
 * A-labels.
 *
 * Set with `PUT /v5/domain/domains/{domain}/nameservers` (of the migration FAQ), which the registry carries out later:
 * the resource is done when `GET` shows the set. Another `domain` replaces it. Destroying the resource leaves the
 * nameservers as they are, unless `deletionPolicy` is `livedns` (`POST /v5/domain/domains/{domain}/livedns`, until
 * `GET` shows LiveDNS).
 *
 * `up` fails for a domain that is delegated elsewhere without `adopt`, and while DNSSEC keys are at the registry (`GET
 * …/dnskeys`) without `dnssec: "ignore"`. Another operation under way at the registry is waited for.
 *
 * A registry may show what it has accepted only after 12 to 24 hours. What does not show within the time limit is
 * `pending`, which is a success: preview shows no change, `up` asks for nothing twice, and a refresh takes the old set
 * for no drift until the new one shows. The old nameservers serve the domain until then, and in caches beyond it: keep
 * them. After 48 hours a refresh fails, and the next `up` asks again.
 * @example
 * new gandi.Nameservers("delegation", { domain: "example.com", nameservers: ["ns1.example.net", "ns2.example.net"] });
 */
export class Nameservers extends GandiResource {
    /** @internal */
    static override readonly definition = nameservers;

    /** Reads the nameservers of a domain, without managing them. `id` is the domain. */
    static get(name: string, id: Input<ID>, state?: NameserversState, opts?: CustomResourceOptions): Nameservers {
        return new Nameservers(name, state as NameserversArgs, getOptions(id, opts));
    }

    /** Whether a value is a Nameservers, of whichever copy of this package. */
    declare static readonly isInstance: (value: unknown) => value is Nameservers;

    /** The domain, as given. */
    declare public readonly domain: Output<string>;
    /** The nameservers, spelled and ordered as given. */
    declare public readonly nameservers: Output<string[]>;
    /** Whether the registry has accepted the nameservers and does not show them yet; undefined where it does. */
    declare public readonly pending: Output<boolean | undefined>;
    /** Since when they are pending, ISO 8601 in UTC. */
    declare public readonly pendingSince: Output<string | undefined>;

    /** Sets the nameservers that the registry delegates a domain to. */
    constructor(name: string, args: NameserversArgs, opts?: CustomResourceOptions) {
        super(...registration(nameservers, name, args, opts));
        foretellDefaults(this, nameservers, args, opts);
    }
}
