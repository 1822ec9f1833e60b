import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { GandiError } from "../../api/errors";
import {
    createRRset,
    deleteRRset,
    getRRset,
    listRecords,
    type NewRRset,
    putRRset,
    type RRset,
    readRRset,
    rrsetIn,
} from "../../api/records";
import type { Definition, Props } from "../../core/definition";
import { lookForEffect } from "../../core/doing/lateEffect";
import { messageOf } from "../../core/failures";
import { commonFields, commonInputs, type Timeouts } from "../../core/inputs/timeouts";
import type { Context } from "../../core/process/context";
import { type Declaration, declareOnce } from "../../core/program/declarations";
import { resourceType } from "../../core/program/pointer";
import { foretellDefaults, getOptions, optionsOf, propertiesOf } from "../../core/program/registration";
import {
    apiValue,
    checkRRset,
    DEFAULT_TTL,
    domainName,
    keepSpelling,
    type OwnerName,
    ownerName,
    type RecordTypeInput,
    relativeOwner,
    sameRRset,
    spelledOwner,
} from "../../dns";
import { domainField } from "../domainInput";
import { lostDomain } from "../lostDomain";
import { type Address, declaredRRset, rrsetId } from "./declaredRRset";
import { clearTheWay, isNobodysRRset } from "./freshZone";

/** The inputs of a {@link LiveDnsRecord}. */
export interface LiveDnsRecordArgs {
    /** The zone's domain, e.g. `example.com`. It must be on LiveDNS. Another domain is another record. */
    domain: pulumi.Input<string>;
    /** The owner name relative to the zone: `www`, `@` for the apex, `*` for the wildcard. Another name is another record. */
    name: pulumi.Input<string>;
    /**
     * The record type in upper case, e.g. `A`, `MX`, `TXT`: one of `gandi.dns.recordTypes`. Another type is another
     * record.
     */
    type: pulumi.Input<RecordTypeInput>;
    /**
     * All the values of the RRset, one string each, at least one and none twice, in any order and spelling. TXT is
     * given as plain text of any length, or in presentation form with quotes. Names with a final dot are absolute,
     * those without are relative to the zone.
     */
    values: pulumi.Input<readonly pulumi.Input<string>[]>;
    /** Whole seconds that resolvers may cache it: 300 to 2592000. Default: 10800. */
    ttl?: pulumi.Input<number>;
    /** Take over an RRset that is there with other values. Default: false, which makes that an error showing them. */
    adopt?: pulumi.Input<boolean>;
    /** The organisation that owns the zone (a UUID), where it is not the configured one. */
    sharingId?: pulumi.Input<string>;
    /** Time limits of one operation. Default: 300 s each. */
    timeouts?: pulumi.Input<Timeouts>;
}

/** What {@link LiveDnsRecord.get} may be told beside the id. */
export type LiveDnsRecordState = Partial<LiveDnsRecordArgs>;

interface Inputs {
    domain: string;
    name: string;
    type: string;
    ttl: number;
    values: string[];
    adopt: boolean;
    sharingId?: string;
    timeouts?: Timeouts;
}

/** @internal */
export const liveDnsRecord: Definition<Inputs, RRset> = {
    kind: "LiveDnsRecord",
    inputs: z.object({
        domain: z.string(),
        name: z.string(),
        type: z.string(),
        ttl: z.number().default(DEFAULT_TTL),
        values: z.array(z.string()),
        adopt: z.boolean().default(false),
        ...commonInputs,
    }),
    outputs: [],
    identity: ["domain", "name", "type"],
    fields: {
        domain: domainField,
        name: { same: (old, wanted, all) => samePlace(all.old, all.wanted, old as string, wanted as string) },
        type: { same: (old, wanted) => String(old).toUpperCase() === String(wanted).toUpperCase() },
        values: {
            same: (old, wanted, all) =>
                sameRRset(
                    String(all.old.type),
                    old as string[],
                    wanted as string[],
                    domainName(all.old.domain as string),
                ),
        },
        adopt: { consequence: "momentary" },
        ...commonFields,
    },

    id(inputs) {
        return rrsetId(plainAddress(inputs));
    },
    address(id) {
        // A name may hold slashes itself (0/25, RFC 2317): the domain is the first part, the type the last.
        const [, domain, name, type] = /^([^/]+)\/(.+)\/([^/]+)$/.exec(id) ?? [];
        if (domain === undefined || name === undefined || type === undefined) {
            throw new Error(`"${id}" is no id of a LiveDnsRecord: write domain/name/type, e.g. example.com/www/A`);
        }
        const zone = domainName(domain);
        const owner = relativeOwner(name, zone);
        return { domain: zone, name: spelledOwner(owner, zone), type: type.toUpperCase() };
    },

    problems({ domain, name, type, ttl, values }) {
        const judged = (rrset: Parameters<typeof checkRRset>[0], zone: string) =>
            checkRRset(rrset, zone).map((reason) => ({ path: "", reason }));
        const withoutZone = () => judged({ type, ttl, values }, "zone.invalid");
        if (domain === undefined) {
            return withoutZone();
        }
        try {
            return judged({ name, type, ttl, values }, domainName(domain));
        } catch (error) {
            return [{ path: "domain", reason: messageOf(error) }, ...withoutZone()];
        }
    },

    async observe(ctx, at) {
        const { domain, name, type } = plainAddress(at as Inputs);
        const stored = (at as { _storedName?: string })._storedName ?? name;
        try {
            const found = await readRRset(ctx.client, domain, stored, type);
            return found ?? rrsetIn(await listRecords(ctx.client, domain, { shared: true }), name, type);
        } catch (error) {
            return lostDomain(ctx, domain, error);
        }
    },

    async ensure(ctx, { want, prior }) {
        return prior === undefined ? create(ctx, want) : put(ctx, want, prior._storedName);
    },

    describe(want, seen) {
        const zone = domainName(want.domain!);
        const spelled = relativeOwner(seen.rrset_name, zone);
        return {
            inputs: {
                ttl: seen.rrset_ttl ?? want.ttl ?? DEFAULT_TTL,
                values: keepSpelling(seen.rrset_type, seen.rrset_values, want.values ?? [], zone),
            },
            // The server keeps the case of a name, and answers 500 to a PUT in another.
            outputs: seen.rrset_name === spelled ? {} : { _storedName: seen.rrset_name },
        };
    },

    async remove(ctx, have) {
        const { domain, name, type } = plainAddress(have);
        const stored = (have as { _storedName?: string })._storedName ?? name;
        try {
            await deleteRRset(ctx.client, domain, stored, type);
        } catch (error) {
            lostDomain(ctx, domain, error);
        }
    },

    // A CNAME and another type cannot stand side by side for a moment (RFC 1034 section 3.6.2).
    deleteBeforeReplace: "type",
};

/**
 * One POST, which the API answers with 200 when an identical RRset is there: our own work of an interrupted run, or one
 * that needs no change. Only a refusal makes us look.
 */
async function create(ctx: Context, want: Inputs): Promise<RRset> {
    const wanted = wireForm(want);
    const { domain, name, type } = plainAddress(want);
    try {
        if ((await createRRset(ctx.client, domain, wanted)) === "created") {
            return wanted;
        }
    } catch (error) {
        if (!GandiError.is(error, "conflict", "rejected")) {
            throw error;
        }
        if ((await look(ctx, domain, name, type)) === undefined) {
            await clearTheWay(ctx, { domain, name, type });
            await createRRset(ctx.client, domain, wanted);
            return wanted;
        }
        if (GandiError.is(error, "rejected")) {
            throw error;
        }
    }
    // Gandi has just said that it is there; what is read may be older.
    const { seen: there } = await lookForEffect(ctx, {
        look: () => look(ctx, domain, name, type),
        looking: `${domain}: waiting for ${name} ${type} to be shown`,
    });
    if (there === undefined) {
        throw new Error(`${domain}: ${name} ${type} was there a moment ago: somebody else is changing it. Run again`);
    }
    const sameValues = sameRRset(type, there.rrset_values, wanted.rrset_values, domain);
    if (sameValues && there.rrset_ttl === want.ttl) {
        return there;
    }
    if (!sameValues && !want.adopt && !isNobodysRRset(name, type, there.rrset_values, domain)) {
        const values = ctx.unlessSecret(["values"], there.rrset_values.join(", "));
        throw new Error(
            `${domain}: ${name} ${type} is there already with other values: ${values} (TTL ${there.rrset_ttl}). ` +
                "Set adopt: true to take it over and overwrite them (two records that swap places belong into one LiveDnsZone)",
        );
    }
    const taken = { ...wanted, rrset_name: there.rrset_name };
    await putRRset(ctx.client, domain, taken);
    return taken;
}

/** The RRset as it is now, whatever case the server keeps its name in. */
async function look(ctx: Context, domain: string, name: OwnerName, type: string): Promise<RRset | undefined> {
    const how = { withEmpty: true };
    const found = await getRRset(ctx.client, domain, name, type, how);
    if (found !== undefined) {
        return found;
    }
    return rrsetIn(await listRecords(ctx.client, domain, { rrset_type: type, ...how }), name, type);
}

/** Sets the RRset without looking first: an update is only asked for where something differs. */
async function put(ctx: Context, want: Inputs, storedName: unknown): Promise<RRset> {
    const wanted = wireForm(want);
    const { domain, name, type } = plainAddress(want);
    const replace = async (rrset: NewRRset) => {
        await putRRset(ctx.client, domain, rrset);
        return rrset;
    };
    try {
        return await replace({ ...wanted, rrset_name: typeof storedName === "string" ? storedName : name });
    } catch (error) {
        const there = GandiError.is(error, "server") ? await look(ctx, domain, name, type) : undefined;
        if (there === undefined || there.rrset_name === name) {
            throw error;
        }
        return replace({ ...wanted, rrset_name: there.rrset_name });
    }
}

/** Whether two spellings of an owner name are one place; each counts from its own zone. */
function samePlace(old: Props, wanted: Props, oldName: string, wantedName: string): boolean {
    const [oldZone, wantedZone] = [old.domain, wanted.domain];
    return (
        typeof oldZone === "string" &&
        typeof wantedZone === "string" &&
        ownerName(oldName, domainName(oldZone)) === ownerName(wantedName, domainName(wantedZone))
    );
}

/** What is sent: absolute names, quoted and cut TXT, one canonical spelling whatever the user chose. */
function wireForm(want: Inputs): NewRRset {
    const { domain, name, type } = plainAddress(want);
    return {
        rrset_name: name,
        rrset_type: type,
        rrset_ttl: want.ttl,
        rrset_values: want.values.map((value) => apiValue(type, value, domain)),
    };
}

function plainAddress({ domain, name, type }: Pick<Inputs, "domain" | "name" | "type">): Address {
    const zone = domainName(domain);
    return { domain: zone, name: ownerName(name, zone), type: type.toUpperCase() };
}

/**
 * One RRset of a zone on LiveDNS: all the values of one name and type. Its id is `domain/name/type`.
 *
 * Created with `POST /v5/livedns/domains/{fqdn}/records`, changed with `PUT …/records/{name}/{type}`, deleted with
 * `DELETE`; each is done at once. Another `domain`, `name` or `type` replaces it, the new one first; where only the
 * type changes the old one goes first, as a CNAME tolerates nothing beside it.
 *
 * An RRset that is there already with the same values is taken, and gets this TTL; with other values it is an error that
 * shows them, unless `adopt` is set or it is one of those that Gandi puts into a fresh zone. A record beside a CNAME is an
 * error, and so is an RRset that the program declares twice. A zone that the token may not see is an error; only the
 * record's own absence is "gone".
 *
 * @example
 * new gandi.LiveDnsRecord("www", { domain: "example.com", name: "www", type: "A", ttl: 300, values: ["192.0.2.1"] });
 */
export class LiveDnsRecord extends pulumi.CustomResource {
    /** @internal */
    static readonly __pulumiType = resourceType("LiveDnsRecord");

    /** Reads an RRset that is there, without managing it. `id` is `domain/name/type`, e.g. `example.com/www/A`. */
    static get(
        name: string,
        id: pulumi.Input<pulumi.ID>,
        state?: LiveDnsRecordState,
        opts?: pulumi.CustomResourceOptions,
    ): LiveDnsRecord {
        return new LiveDnsRecord(name, state as LiveDnsRecordArgs, getOptions(id, opts));
    }

    /** Whether a value is a LiveDnsRecord, of whichever copy of this package. */
    static override isInstance(value: unknown): value is LiveDnsRecord {
        return (value as { __pulumiType?: string } | undefined)?.__pulumiType === LiveDnsRecord.__pulumiType;
    }

    /** The zone's domain, as given. */
    declare public readonly domain: pulumi.Output<string>;
    /** The owner name, as given. */
    declare public readonly name: pulumi.Output<string>;
    /** The record type. */
    declare public readonly type: pulumi.Output<string>;
    /** Seconds that resolvers may cache it. */
    declare public readonly ttl: pulumi.Output<number>;
    /** The values, spelled as given where they are equal. */
    declare public readonly values: pulumi.Output<string[]>;

    /**
     * Declares one RRset of a zone: all the values of one name and type.
     *
     * @param name the resource's name in the program
     * @param args what it is to be
     * @param opts the options of every Pulumi resource
     */
    constructor(name: string, args: LiveDnsRecordArgs, opts?: pulumi.CustomResourceOptions) {
        const properties = propertiesOf(liveDnsRecord, name, args, opts);
        super(
            LiveDnsRecord.__pulumiType,
            name,
            declareOnce(name, "LiveDnsRecord", properties, liveDnsRecord.identity, declaration, opts),
            optionsOf(liveDnsRecord, opts),
        );
        foretellDefaults(this, liveDnsRecord, args, opts);
    }
}

/** What a program declares with it, or undefined where check will refuse it anyway. */
function declaration(domain: string, name: string, type: string): Declaration | undefined {
    try {
        return declaredRRset(plainAddress({ domain, name, type }));
    } catch {
        return undefined;
    }
}
