import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { listDnsKeys } from "../api/dnskeys";
import { enableLiveDns, getLiveDnsStatus } from "../api/domains";
import { getNameservers, putNameservers } from "../api/nameservers";
import type { Definition } from "../core/definition";
import { atRegistry } from "../core/doing/atRegistry";
import { commonFields, commonInputs, type Timeouts } from "../core/inputs/timeouts";
import { inUsersSpelling, sameSet } from "../core/inputs/values";
import type { Context } from "../core/process/context";
import { PENDING_OUTPUTS } from "../core/process/pending";
import { type Declaration, declareOnce } from "../core/program/declarations";
import { resourceType } from "../core/program/pointer";
import { foretellDefaults, getOptions, optionsOf, propertiesOf } from "../core/program/registration";
import { domainName } from "../dns";
import { domainField, domainProblems, serverNames, serverProblems } from "./domainInput";
import { lostDomain } from "./lostDomain";

/** The inputs of a {@link Nameservers}. */
export interface NameserversArgs {
    /** The registered domain, e.g. `example.com`. It must be in the account. Another domain is another resource. */
    domain: pulumi.Input<string>;
    /**
     * All the nameservers that the registry delegates the domain to: 1 to 13 host names (most registries want 2), in any
     * order, with or without final dot. One inside the domain itself needs a {@link GlueRecord}; give its `hostname`
     * here, so that it is made first.
     */
    nameservers: pulumi.Input<readonly pulumi.Input<string>[]>;
    /** Take over a delegation to nameservers that are neither these nor LiveDNS's. Default: false, which makes that an error. */
    adopt?: pulumi.Input<boolean>;
    /**
     * `check` refuses to change the delegation while DNSSEC keys are at the registry: resolvers that validate would lose
     * the domain, unless the new nameservers sign with the same keys. `ignore` says that they do. Default: `check`.
     */
    dnssec?: pulumi.Input<"check" | "ignore">;
    /**
     * `retain` leaves the delegation as it is when the resource is destroyed; `livedns` switches the domain back to
     * LiveDNS. Default: `retain`.
     */
    deletionPolicy?: pulumi.Input<"retain" | "livedns">;
    /** The organisation that owns the domain (a UUID), where it is not the configured one. */
    sharingId?: pulumi.Input<string>;
    /** Time limits of one operation. Default: 15 min each. */
    timeouts?: pulumi.Input<Timeouts>;
}

/** What {@link Nameservers.get} may be told beside the id. */
export type NameserversState = Partial<NameserversArgs>;

interface Inputs {
    domain: string;
    nameservers: string[];
    adopt: boolean;
    dnssec: "check" | "ignore";
    deletionPolicy: "retain" | "livedns";
    sharingId?: string;
    timeouts?: Timeouts;
}

/** @internal */
export const nameservers: Definition<Inputs, string[]> = {
    kind: "Nameservers",
    inputs: z.object({
        domain: z.string(),
        nameservers: serverNames,
        adopt: z.boolean().default(false),
        dnssec: z.enum(["check", "ignore"]).default("check"),
        deletionPolicy: z.enum(["retain", "livedns"]).default("retain"),
        ...commonInputs,
    }),
    outputs: [...PENDING_OUTPUTS],
    identity: ["domain"],
    fields: {
        domain: domainField,
        nameservers: { same: (old, wanted) => sameSet(old as string[], wanted as string[], serverName) },
        adopt: { consequence: "momentary" },
        dnssec: { consequence: "record" },
        deletionPolicy: { consequence: "record" },
        ...commonFields,
    },
    timeouts: { create: 900, update: 900, delete: 900 },

    id: ({ domain }) => domainName(domain),
    address: (id) => ({ domain: domainName(id) }),

    problems: ({ domain, nameservers: given = [] }) => [...domainProblems(domain), ...serverProblems(given)],

    async observe(ctx, { domain }) {
        try {
            return await getNameservers(ctx.client, domainName(domain!));
        } catch (error) {
            return lostDomain(ctx, domainName(domain!), error);
        }
    },

    /** `PUT`, unless the set is there already, in whatever order. */
    ensure(ctx, { want, prior }) {
        const domain = domainName(want.domain);
        return atRegistry(ctx, domain, {
            look: () => getNameservers(ctx.client, domain),
            done: (there) => sameSet(there, want.nameservers, serverName),
            async guard(there) {
                if (prior === undefined && !want.adopt) {
                    await refuseDelegated(ctx, domain, there);
                }
                await refuseSigned(ctx, domain, want.dnssec);
            },
            send: () => putNameservers(ctx.client, domain, want.nameservers.map(domainName)),
            waiting: "waiting for the registry to show the new nameservers",
        });
    },

    describe: ({ nameservers: given = [] }, there) => ({
        inputs: { nameservers: inUsersSpelling(given, there.map(serverName), serverName) },
        outputs: {},
    }),

    pending: { inputs: ["nameservers"], expected: ({ nameservers: given }) => given.map(domainName) },

    async remove(ctx, { domain: given, dnssec, deletionPolicy }) {
        const domain = domainName(given);
        if (deletionPolicy !== "livedns") {
            ctx.log(`${domain}: its nameservers stay as they are (deletionPolicy is "retain")`);
            return;
        }
        try {
            await atRegistry(ctx, domain, {
                look: () => getLiveDnsStatus(ctx.client, domain),
                done: ({ current }) => current === "livedns",
                guard: () => refuseSigned(ctx, domain, dnssec),
                send: () => enableLiveDns(ctx.client, domain),
                waiting: "waiting for the registry to show LiveDNS's nameservers",
            });
        } catch (error) {
            lostDomain(ctx, domain, error);
        }
    },
};

/** LiveDNS's nameservers are what a domain has that nobody has delegated elsewhere: they count as nobody's. */
async function refuseDelegated(ctx: Context, domain: string, there: readonly string[]): Promise<void> {
    if (there.length === 0) {
        return;
    }
    const { current } = await getLiveDnsStatus(ctx.client, domain);
    if (current !== "livedns") {
        const servers = ctx.unlessSecret(["nameservers"], there.join(", "));
        throw new Error(`${domain} is delegated elsewhere already: to ${servers}. Set adopt: true to take that over`);
    }
}

/** A DS at the parent with other nameservers behind it makes the domain bogus for all who validate (RFC 4035 section 5). */
async function refuseSigned(ctx: Context, domain: string, dnssec: Inputs["dnssec"]): Promise<void> {
    if (dnssec === "ignore") {
        return;
    }
    const keys = await listDnsKeys(ctx.client, domain);
    if (keys.length > 0) {
        const names = keys.map(({ keytag, algorithm }) => `key tag ${keytag} (algorithm ${algorithm})`).join(", ");
        throw new Error(
            `${domain}: the nameservers can't change while DNSSEC keys are at the registry: ${names}. Remove them first and ` +
                'wait for the TTL of their DS records; or, if the new nameservers sign with these keys, set dnssec: "ignore"',
        );
    }
}

/** A name that is none (a strange answer of the API must not stop a refresh) is compared as it is. */
function serverName(server: string): string {
    try {
        return domainName(server);
    } catch {
        return server;
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
 *
 * @example
 * new gandi.Nameservers("delegation", { domain: "example.com", nameservers: ["ns1.example.net", "ns2.example.net"] });
 */
export class Nameservers extends pulumi.CustomResource {
    /** @internal */
    static readonly __pulumiType = resourceType("Nameservers");

    /** Reads the nameservers of a domain, without managing them. `id` is the domain. */
    static get(
        name: string,
        id: pulumi.Input<pulumi.ID>,
        state?: NameserversState,
        opts?: pulumi.CustomResourceOptions,
    ): Nameservers {
        return new Nameservers(name, state as NameserversArgs, getOptions(id, opts));
    }

    /** Whether a value is a Nameservers, of whichever copy of this package. */
    static override isInstance(value: unknown): value is Nameservers {
        return (value as { __pulumiType?: string } | undefined)?.__pulumiType === Nameservers.__pulumiType;
    }

    /** The domain, as given. */
    declare public readonly domain: pulumi.Output<string>;
    /** The nameservers, spelled and ordered as given. */
    declare public readonly nameservers: pulumi.Output<string[]>;
    /** Whether the registry has accepted the nameservers and does not show them yet; undefined where it does. */
    declare public readonly pending: pulumi.Output<boolean | undefined>;
    /** Since when they are pending, ISO 8601 in UTC. */
    declare public readonly pendingSince: pulumi.Output<string | undefined>;

    /**
     * Sets the nameservers that the registry delegates a domain to.
     *
     * @param name the resource's name in the program
     * @param args what it is to be
     * @param opts the options of every Pulumi resource
     */
    constructor(name: string, args: NameserversArgs, opts?: pulumi.CustomResourceOptions) {
        const properties = propertiesOf(nameservers, name, args, opts);
        super(
            Nameservers.__pulumiType,
            name,
            declareOnce(name, "Nameservers", properties, nameservers.identity, declaration, opts),
            // With the engine's own mark it prints [retain] and makes no call; an Output is left to `remove`.
            optionsOf(nameservers, opts, (args?.deletionPolicy ?? "retain") === "retain"),
        );
        foretellDefaults(this, nameservers, args, opts);
    }
}

/** What a program declares, or undefined where check will refuse it anyway. */
function declaration(domain: string): Declaration | undefined {
    return domainProblems(domain).length > 0 ? undefined : { thing: `${domainName(domain)}: nameservers`, places: [] };
}
