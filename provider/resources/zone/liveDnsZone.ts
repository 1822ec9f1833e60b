import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { z } from "zod";
import { listRecords } from "../../api/records";
import { define } from "../../core/define";
import { inEach } from "../../core/doing/inEach";
import { Failure } from "../../core/failures";
import type { Timeouts } from "../../core/inputs/timeouts";
import type { Context } from "../../core/process/context";
import { foretellDefaults, GandiResource, getOptions, registration } from "../../core/program/gandiResource";
import { momentary, remembered } from "../../core/property";
import { strangeServers } from "../../dns/apexServers";
import type { RRset } from "../../dns/rrset";
import { domainProperty } from "../properties";
import { withRRsets, type ZoneRecordArgs, type ZoneRRset } from "./args";
import { carryOut } from "./changes";
import { expandInputs } from "./expand";
import { type Holders, holdersOf } from "./heldBy";
import { ignores } from "./ignore";
import {
    codeOfObstacle,
    missed,
    obstacleText,
    planZone,
    type Situation,
    some,
    sparedText,
    tooMany,
    type ZonePlan,
} from "./plan";
import { zoneProblems } from "./problems";
import { APEX_NS, byKey, rrsetsProperty } from "./rrsets";
import { isSecret, readZone, situationOf, takeOverProblems } from "./situation";

export type { ZoneRecordArgs, ZoneRRset };

/** RRsets that a {@link LiveDnsZone} leaves to others: of a name, of a type, or of both. */
export interface ZoneIgnoreArgs {
    /**
     * Of the owner name, relative to the zone and in A-labels: `**` stands for any labels, none too, `*` for any
     * characters of one label, `@` is the apex; absolute with a final dot. Default: any name.
     */
    name?: Input<string>;
    /** The record type, one of `gandi.dns.recordTypes`. Default: any type. */
    type?: Input<string>;
}

/** The inputs of a {@link LiveDnsZone}. One of `records` and `zoneFile` is needed. */
export interface LiveDnsZoneArgs {
    /** The zone's domain, e.g. `example.com`. It must be on LiveDNS. Another domain is another zone. */
    domain: Input<string>;
    /** The RRsets, each with all its values; none twice. Required unless `zoneFile` is given. */
    records?: Input<readonly Input<ZoneRecordArgs>[]>;
    /**
     * The RRsets as a zone file (RFC 1035, section 5): `$ORIGIN`, `$TTL`, comments, parentheses, relative names. Its
     * SOA is passed over, as LiveDNS keeps that itself. What is surely a mistake in it is an error, as NS at its apex are
     * none of which is LiveDNS's: leave a former provider's out. What is only untidy is a warning. Required unless
     * `records` is given.
     */
    zoneFile?: Input<string>;
    /**
     * Whether the zone is all this resource's: RRsets that others add show as drift, and the next `up` removes them.
     * Default: false, which shares the zone and never touches what it has not made.
     */
    exclusive?: Input<boolean>;
    /**
     * RRsets that are others' business in an exclusive zone: patterns of names, such as `_acme-challenge.**` (that name
     * and all below it), or `{ name, type }`. Default: none.
     */
    ignore?: Input<readonly Input<string | ZoneIgnoreArgs>[]>;
    /**
     * Take over RRsets that are there with other values; and let a new exclusive zone remove what is there and not in it.
     * Default: false, which makes both an error. What Gandi puts into a fresh zone is nobody's, and needs no `adopt`.
     */
    adopt?: Input<boolean>;
    /**
     * The most RRsets that one run may remove, those of a fresh zone not counted: a whole number, 0 or more. More is an
     * error. Default: 10.
     */
    maxRemovals?: Input<number>;
    /** What deleting this resource does: keep the RRsets at Gandi, or remove those it has, after a snapshot. Default: `retain`. */
    deletionPolicy?: Input<"retain" | "delete">;
    /** The organisation that owns the zone (a UUID), where it is not the configured one. */
    sharingId?: Input<string>;
    /** Time limits of one operation. Default: 300 s each. */
    timeouts?: Input<Timeouts>;
}

/** What {@link LiveDnsZone.get} may be told beside the id. */
export type LiveDnsZoneState = Partial<Omit<LiveDnsZoneArgs, "records" | "zoneFile">>;

const ignoreSchema = z.array(
    z.union([z.string(), z.strictObject({ name: z.string().optional(), type: z.string().optional() })], {
        error: "must be a pattern of names, or { name, type }",
    }),
);

/** @internal */
export const liveDnsZone = define({
    kind: "LiveDnsZone",
    properties: {
        domain: domainProperty,
        rrsets: rrsetsProperty,
        exclusive: remembered(z.boolean().default(false)),
        ignore: remembered(ignoreSchema.optional()),
        adopt: momentary(z.boolean().default(false)),
        maxRemovals: momentary(z.number().int().min(0).default(10)),
        deletionPolicy: remembered(z.enum(["retain", "delete"]).default("retain")),
    },
    id: ["domain"],
    idLike: "domain, e.g. example.com",
    livesIn: "domain",
    // What it declares are its RRsets, too, whose values may not be known yet: its class does it.
    declaredAs: [],
    changing: [],
    expand: { from: ["records", "zoneFile"], expand: expandInputs },

    problems: (inputs, { given, prior, open }) => zoneProblems(inputs, given.rrsets, prior, open),

    async preflight(ctx, { domain, rrsets, exclusive, ignore, adopt, maxRemovals }, { open }) {
        const zone = domain!;
        const servers = strangeServers(rrsets?.[APEX_NS]?.values ?? []);
        if (servers !== undefined) {
            ctx.log(`${zone}: ${servers}, unless it is served by secondaries only`);
        }
        if (exclusive !== true || rrsets === undefined) {
            return [];
        }
        return takeOverProblems(ctx, zone, {
            rrsets,
            ignore,
            adopt: adopt === true,
            maxRemovals: maxRemovals ?? 0,
            isComplete: !open.has("rrsets"),
        });
    },

    hasParts: true,
    alsoDeclares: ({ domain, rrsets = {} }) =>
        domain === undefined ? [] : Object.values(rrsets).map(({ id }) => ({ kind: "LiveDnsRecord", id })),

    async observe(ctx, { domain, rrsets, exclusive, ignore }): Promise<readonly RRset[]> {
        const there = await readZone(ctx, domain, Object.keys(rrsets ?? {}), { shared: true });
        const isIgnored = ignores(ignore, domain);
        const all = exclusive === true || rrsets === undefined;
        const others = all
            ? [...there.values()].filter(({ key }) => !(rrsets && key in rrsets) && !isIgnored(key))
            : [];
        // What is only read shows all that there is.
        const held = rrsets === undefined ? NONE : await holdersOf(ctx, domain, others);
        const own = [...there.values()].filter(({ key }) => rrsets && key in rrsets);
        return [...own, ...others.filter(({ key }) => !held.has(key))];
    },

    async ensure(ctx, want, { prior }) {
        const { domain, exclusive, adopt, maxRemovals } = want;
        const takesOver = exclusive && prior === undefined;
        const situation = await situationOf(ctx, want, { owned: prior?.rrsets ?? {}, takesOver, adopt });
        const plan = planZone(situation);
        if (plan.obstacles.length > 0) {
            const reasons = plan.obstacles.map((one) => obstacleText(one, isSecret(ctx, one.rrset)));
            throw new Failure(
                codeOfObstacle(plan.obstacles[0]!),
                `${domain}: nothing is changed, because ${reasons.join("; ")}`,
            );
        }
        const excess = tooMany(missed(plan.removals.values()), maxRemovals);
        if (excess !== undefined) {
            throw new Failure("too-many-removals", `${domain}: nothing is changed, because this ${excess}`);
        }
        const standing = await carryOut(ctx, situation, plan, { wholesale: exclusive });
        tellSpared(ctx, situation, plan);
        if (exclusive && plan.strangers.size > 0) {
            ctx.log(
                `${domain}: kept ${some([...plan.strangers.keys()])}, which nobody here has seen before: a refresh shows what is there`,
            );
        }
        return standing;
    },

    describe(seen, { rrsets = {} }) {
        const shown = seen.map((rrset) => [rrset.key, rrset.withTtl(rrset.ttl ?? rrsets[rrset.key]?.ttl)] as const);
        return { inputs: { rrsets: Object.fromEntries(shown) } };
    },

    async remove(ctx, have) {
        const { domain, rrsets, exclusive, deletionPolicy } = have;
        if (deletionPolicy !== "delete") {
            ctx.log(`${domain}: the zone keeps its RRsets (deletionPolicy is "retain")`);
            return;
        }
        const nothing = { ...have, rrsets: {} };
        const situation = await situationOf(ctx, nothing, { owned: rrsets, takesOver: false, adopt: false });
        const plan = planZone(situation);
        if (plan.removals.size > 0) {
            await carryOut(ctx, situation, plan, { wholesale: exclusive, snapshot: true });
        }
        tellSpared(ctx, situation, plan);
    },

    list: ({ client }, domains) =>
        inEach(domains, async (domain) => {
            const there = byKey(await listRecords(client, domain), domain);
            return there.size === 0 ? [] : [{ at: { domain }, seen: [...there.values()] }];
        }),
});

/** Nothing of Gandi's holds anything. */
const NONE: Holders = new Map();

function tellSpared(ctx: Context, { zone, held }: Situation, { spared }: ZonePlan): void {
    if (spared.size > 0) {
        ctx.log(sparedText(zone, spared.keys(), held));
    }
}

/**
 * A zone on LiveDNS, or this program's part of it, as one resource: for many records much faster than one resource
 * each. Its id is the domain in A-labels.
 *
 * The engine keeps the RRsets as the map `rrsets`, keyed `"www A"`: a preview shows exactly those that come, go or
 * change. Read with `GET /v5/livedns/domains/{fqdn}/records`. Only what differs is written, with single calls on
 * `…/records/{name}/{type}`, done at once; more than 20 changes of an exclusive zone are one `PUT …/records`, after a
 * snapshot (`POST …/snapshots`) where automatic ones are off. What a zone with `exclusive` finds and has not shown
 * before is kept and reported, never removed unseen. NS at the apex are left alone unless given, and so is what a service of
 * Gandi's holds: the record of a web redirection's host, of this stack or not, which a message names.
 *
 * Another `domain` replaces it. Destroying the resource keeps the RRsets, unless `deletionPolicy` is `delete`, which
 * removes those it has, after a snapshot.
 *
 * It is an error where an RRset is there with other values, or a new exclusive zone would remove others' RRsets,
 * without `adopt`; where a run would remove more than `maxRemovals`; where a CNAME would stand beside another type.
 * Nothing is changed then. A run that fails halfway saves what it has done, and the next `up` goes on. A zone that the
 * token may not see is an error, never "gone", but for those in `gandi:goneDomains`.
 * @example
 * new gandi.LiveDnsZone("example", {
 *     domain: "example.com",
 *     records: [
 *         { name: "@", type: "MX", values: [gandi.dns.mx(10, "mail.example.net.")] },
 *         { name: "www", type: "A", ttl: 300, values: ["192.0.2.1"] },
 *     ],
 * });
 */
export class LiveDnsZone extends GandiResource {
    /** @internal */
    static override readonly definition = liveDnsZone;

    /** Reads all the RRsets of a zone that is there, without managing it. `id` is the domain. */
    static get(name: string, id: Input<ID>, state?: LiveDnsZoneState, opts?: CustomResourceOptions): LiveDnsZone {
        return new LiveDnsZone(name, state as LiveDnsZoneArgs, getOptions(id, opts));
    }

    /** Whether a value is a LiveDnsZone, of whichever copy of this package. */
    declare static readonly isInstance: (value: unknown) => value is LiveDnsZone;

    /** The zone's domain, as given. */
    declare public readonly domain: Output<string>;
    /** The RRsets by owner name and type, such as `"www A"`; an exclusive zone's with what others have added. */
    declare public readonly rrsets: Output<Record<string, ZoneRRset>>;

    /**
     * Declares the RRsets of a zone as one resource, from a list (`records`) or a zone file (`zoneFile`): all of the zone's
     * with `exclusive: true`, else those alone.
     * @param name the resource's name in the program
     * @param args what it is to be
     * @param opts the options of every Pulumi resource
     * @throws pulumi.RunError for RRsets that another resource declares too. What `records` or a zone file can't be is
     * warned of, and refused by check
     */
    constructor(name: string, args: LiveDnsZoneArgs, opts?: CustomResourceOptions) {
        const given = opts?.id === undefined ? withRRsets(name, args ?? {}, opts) : args;
        super(...registration(liveDnsZone, name, given, opts));
        foretellDefaults(this, liveDnsZone, args, opts);
    }
}
