import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { z } from "zod";
import { GandiError, undefinedOn } from "../api/errors";
import {
    addLiveDnsDomain,
    getLiveDnsDomain,
    type LiveDnsDomain as Seen,
    setAutomaticSnapshots,
} from "../api/livednsDomains";
import { define } from "../core/define";
import { inEach } from "../core/doing/inEach";
import { lookForEffect } from "../core/doing/lateEffect";
import { wholeNumber } from "../core/inputs/inputSchemas";
import type { Timeouts } from "../core/inputs/timeouts";
import type { Context } from "../core/process/context";
import { foretellDefaults, GandiResource, getOptions, registration } from "../core/program/gandiResource";
import { momentary, plainly } from "../core/property";
import { MAX_TTL, MIN_TTL } from "../dns";
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
    /** The organisation that owns the zone (a UUID), where it is not the configured one. */
    sharingId?: Input<string>;
    /** Time limits of one operation. Default: 300 s each. */
    timeouts?: Input<Timeouts>;
}

/** What {@link LiveDnsDomain.get} may be told beside the id. */
export type LiveDnsDomainState = Partial<LiveDnsDomainArgs>;

/** @internal */
export const liveDnsDomain = define({
    kind: "LiveDnsDomain",
    properties: {
        fqdn: domainProperty,
        automaticSnapshots: plainly(z.boolean().default(true)),
        soaTtl: momentary(wholeNumber(MIN_TTL, MAX_TTL, "seconds").optional()),
    },
    id: ["fqdn"],
    idLike: "the domain, e.g. example.com",
    livesIn: "fqdn",
    changing: [],

    observe: ({ client }, { fqdn }) => getLiveDnsDomain(client, fqdn),

    /** A zone that is there is taken as it is: a domain that Gandi registers gets one by itself, and we never remove it. */
    async ensure(ctx, { fqdn, automaticSnapshots, soaTtl }, { prior }) {
        let zone: Seen;
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

    describe: ({ automatic_snapshots }) => ({ inputs: { automaticSnapshots: automatic_snapshots } }),

    async remove(ctx, { fqdn }) {
        ctx.log(`${fqdn}: its zone stays on LiveDNS (Gandi has no call that removes one)`);
    },

    list: ({ client }, domains) =>
        inEach(domains, async (fqdn) => [{ at: { fqdn }, seen: await getLiveDnsDomain(client, fqdn) }]),
});

/** Adds the zone, and reads it, which may be a moment behind. */
async function add(ctx: Context, fqdn: string, ttl: number | undefined): Promise<Seen> {
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
 * is taken as it is. Its setting is changed with `PATCH /v5/livedns/domains/{fqdn}`. It is done at once. Another `fqdn`
 * replaces it. Gandi has no call that removes a zone: destroying this resource leaves it, and says so.
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

    /** Has LiveDNS serve a domain's zone. */
    constructor(name: string, args: LiveDnsDomainArgs, opts?: CustomResourceOptions) {
        super(...registration(liveDnsDomain, name, args, opts));
        foretellDefaults(this, liveDnsDomain, args, opts);
    }
}
