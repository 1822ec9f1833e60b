import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { z } from "zod";
import { activateDnssec, deactivateDnssec, getLiveDnsDnssec, type LiveDnsDnssec } from "../api/domains";
import { GandiError, undefinedOn } from "../api/errors";
import {
    addLiveDnsDomain,
    getLiveDnsDomain,
    setAutomaticSnapshots,
    type LiveDnsDomain as Zone,
} from "../api/livednsDomains";
import { define } from "../core/define";
import { atRegistry } from "../core/doing/atRegistry";
import { inEach } from "../core/doing/inEach";
import { lookForEffect } from "../core/doing/lateEffect";
import { Failure } from "../core/failures";
import { wholeNumber } from "../core/inputs/inputSchemas";
import type { Timeouts } from "../core/inputs/timeouts";
import type { Context } from "../core/process/context";
import { foretellDefaults, GandiResource, getOptions, registration } from "../core/program/gandiResource";
import { momentary, plainly } from "../core/property";
import { MAX_TTL, MIN_TTL } from "../dns";
import { signedBy } from "./dnssec/signedBy";
import { domainProperty } from "./properties";

/** The inputs of a {@link LiveDnsDomain}. */
export interface LiveDnsDomainArgs {
    /** The domain, e.g. `example.com`. It must be in the account. Another domain is another resource. */
    fqdn: Input<string>;
    /** Whether Gandi takes a snapshot at each change of the zone. Off is faster for very big zones. Default: true. */
    automaticSnapshots?: Input<boolean>;
    /**
     * Seconds, 300 to 2592000: the TTL of the SOA of a zone that is made anew. Never read back, and no default for
     * records. Default: Gandi's choice.
     */
    soaTtl?: Input<number>;
    /**
     * Whether LiveDNS signs the zone, and the registry knows its key: Gandi makes, publishes and renews the keys. Excludes a
     * LiveDnsKey or DnssecKey of the domain in the same program. Not managed unless given.
     */
    dnssec?: Input<boolean>;
    /** The organisation that owns the zone (a UUID), where it is not the configured one. */
    sharingId?: Input<string>;
    /** Time limits of one operation. Default: 300 s each. */
    timeouts?: Input<Timeouts>;
}

/** What {@link LiveDnsDomain.get} may be told beside the id. */
export type LiveDnsDomainState = Partial<LiveDnsDomainArgs>;

interface Seen extends Zone {
    /** Undefined where nobody has asked. */
    readonly signing?: LiveDnsDnssec | undefined;
}

/** @internal */
export const liveDnsDomain = define({
    kind: "LiveDnsDomain",
    properties: {
        fqdn: domainProperty,
        automaticSnapshots: plainly(z.boolean().default(true)),
        soaTtl: momentary(wholeNumber(MIN_TTL, MAX_TTL, "seconds").optional()),
        dnssec: plainly(z.boolean().optional()),
    },
    id: ["fqdn"],
    declaredAs: ["fqdn", "dnssec"],
    declares: ({ fqdn, dnssec }) => [
        { title: `LiveDnsDomain ${fqdn}`, places: dnssec === undefined ? [] : [signedBy(fqdn, () => BY_ITSELF)] },
    ],
    idLike: "the domain, e.g. example.com",
    livesIn: "fqdn",
    changing: [],

    /** How it is signed is only asked where that is managed: there may be no such domain at this registrar. */
    async observe({ client }, { fqdn, dnssec }): Promise<Seen> {
        const [zone, signing] = await Promise.all([
            getLiveDnsDomain(client, fqdn),
            dnssec === undefined ? undefined : getLiveDnsDnssec(client, fqdn),
        ]);
        return { ...zone, signing };
    },

    /** A zone that is there is taken as it is: a domain that Gandi registers gets one by itself, and we never remove it. */
    async ensure(ctx, { fqdn, automaticSnapshots, soaTtl }, { prior }): Promise<Seen> {
        let zone: Zone;
        try {
            zone = await getLiveDnsDomain(ctx.client, fqdn);
        } catch (error) {
            if (prior !== undefined || !GandiError.is(error, "invisible")) {
                throw error;
            }
            zone = await add(ctx, fqdn, soaTtl);
        }
        if (zone.automatic_snapshots !== automaticSnapshots) {
            await setAutomaticSnapshots(ctx.client, fqdn, automaticSnapshots);
        }
        return { ...zone, automatic_snapshots: automaticSnapshots };
    },

    async converge(ctx, { fqdn, dnssec }, zone) {
        return dnssec === undefined ? zone : { ...zone, signing: await sign(ctx, fqdn, dnssec) };
    },

    describe: ({ automatic_snapshots, signing }, { dnssec }) => ({
        inputs: {
            automaticSnapshots: automatic_snapshots,
            dnssec: dnssec === undefined || signing === undefined ? dnssec : isOn(signing),
        },
    }),

    async remove(ctx, { fqdn }) {
        ctx.log(`${fqdn}: its zone stays on LiveDNS (Gandi has no call that removes one)`);
    },

    list: ({ client }, domains) =>
        inEach(domains, async (fqdn) => [{ at: { fqdn }, seen: await getLiveDnsDomain(client, fqdn) }]),
});

/** It and what has keys of its own for the domain exclude each other: Gandi would take the others' from the registry. */
const BY_ITSELF = "with dnssec LiveDNS makes, publishes and renews the keys itself. Remove one of the two.";

/** Whether it is signed, or will be by itself. */
const isOn = ({ state }: LiveDnsDnssec) => ["active", "activating", "deactivation_error"].includes(state);

/** Switches LiveDNS's own signing on or off, and waits until it is so. */
function sign(ctx: Context, fqdn: string, wanted: boolean): Promise<LiveDnsDnssec> {
    const { client } = ctx;
    let isSent = false;
    return atRegistry<LiveDnsDnssec>(ctx, fqdn, {
        look: async () => {
            const seen = await getLiveDnsDnssec(client, fqdn);
            // What failed before is asked for again, once.
            if (isSent && /_error$/.test(seen.state)) {
                throw new Failure(
                    "operation-failed",
                    `${fqdn}: ${seen.state}: ${seen.error ?? "Gandi gives no reason"}`,
                );
            }
            return seen;
        },
        done: ({ state }) => state === (wanted ? "active" : "inactive"),
        async notYet({ state }) {
            return /^(de)?activating$/.test(state) ? `its signing is ${state}` : undefined;
        },
        async send() {
            await (wanted ? activateDnssec(client, fqdn) : deactivateDnssec(client, fqdn));
            isSent = true;
        },
        waiting: `waiting for its signing to be ${wanted ? "active" : "inactive"}`,
    });
}

/** Adds the zone, and reads it, which may be a moment behind. */
async function add(ctx: Context, fqdn: string, ttl: number | undefined): Promise<Zone> {
    const { client } = ctx;
    await addLiveDnsDomain(client, { fqdn, ...(ttl === undefined ? {} : { zone: { ttl } }) });
    const { seen } = await lookForEffect(ctx, {
        look: () => undefinedOn(getLiveDnsDomain(client, fqdn), "invisible"),
        looking: `${fqdn}: waiting for the zone to be shown`,
    });
    return seen ?? getLiveDnsDomain(client, fqdn);
}

/**
 * A domain's zone on LiveDNS. Its id is the domain in A-labels.
 *
 * Added with `POST /v5/livedns/domains` where `GET /v5/livedns/domains/{fqdn}` does not show it yet; one that is there
 * is taken as it is. Its setting is changed with `PATCH /v5/livedns/domains/{fqdn}`, at once; its signing with `POST` and
 * `DELETE /v5/domain/domains/{domain}/livedns/dnssec`, until that says `active` or `inactive`. Another `fqdn` replaces it. Gandi has no call that removes a zone: destroying this resource leaves it, and says so.
 *
 * A zone that the token may not see is an error, never "gone", but for those in `gandi:goneDomains`.
 * @example
 * const zone = new gandi.LiveDnsDomain("zone", { fqdn: "example.com" });
 * new gandi.LiveDnsRecord("www", { domain: zone.fqdn, name: "www", type: "A", values: ["192.0.2.1"] });
 */
export class LiveDnsDomain extends GandiResource {
    /** @internal */
    static override readonly definition = liveDnsDomain;

    /** Reads a zone that is there, without managing it. `id` is the domain. */
    static get(name: string, id: Input<ID>, state?: LiveDnsDomainState, opts?: CustomResourceOptions): LiveDnsDomain {
        return new LiveDnsDomain(name, state as LiveDnsDomainArgs, getOptions(id, opts));
    }

    /** Whether a value is a LiveDnsDomain, of whichever copy of this package. */
    declare static readonly isInstance: (value: unknown) => value is LiveDnsDomain;

    /** The domain, as given. */
    declare public readonly fqdn: Output<string>;
    /** Whether Gandi takes a snapshot at each change of the zone. */
    declare public readonly automaticSnapshots: Output<boolean>;
    /** Whether LiveDNS signs the zone; undefined where that is not managed. */
    declare public readonly dnssec: Output<boolean | undefined>;

    /** Has LiveDNS serve a domain's zone. */
    constructor(name: string, args: LiveDnsDomainArgs, opts?: CustomResourceOptions) {
        super(...registration(liveDnsDomain, name, args, opts));
        foretellDefaults(this, liveDnsDomain, args, opts);
    }
}
