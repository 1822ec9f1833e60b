import { z } from "zod";
import type { Client } from "../api/client";
import * as records from "../api/records";
import * as snapshots from "../api/snapshots";
import { isRecordType, ownerName, type RecordTypeInput, recordTypes } from "../dns";
import { commonArguments, type DomainLookupArgs, domainArgument, idArgument } from "./arguments";
import * as lookup from "./lookup";

/** The arguments of {@link getRecords}. */
export interface GetRecordsArgs extends DomainLookupArgs {
    /** Only RRsets of this owner name, in any case: relative to the zone, `@` for the apex. Default: all. */
    name?: string;
    /** Only RRsets of this type, in any case: `SOA`, or one of `gandi.dns.recordTypes`. Default: all. */
    type?: RecordTypeInput;
}

/** An RRset, in the words of LiveDnsRecord and LiveDnsZone. */
export interface RRsetInfo {
    /** Relative to the zone, `@` for the apex, in the case that it was made with. */
    name: string;
    /** In upper case. */
    type: string;
    /** Seconds, 300 to 2592000. */
    ttl?: number;
    /** Presentation form; TXT is quoted. */
    values: string[];
}

const rrset = z.object({
    name: z.string(),
    type: z.string(),
    ttl: z.number().int().optional(),
    values: z.array(z.string()),
});

/** An RRset of the API's in our words. */
function rrsetInfo({
    rrset_name: name,
    rrset_type: type,
    rrset_ttl: ttl,
    rrset_values: values,
}: records.RRset): RRsetInfo {
    return { name, type, ...(ttl === undefined ? {} : { ttl }), values };
}

/** The routes of a name are about one spelling of it, the list finds it in any case (RFC 4343). */
async function named(client: Client, domain: string, name: string, type: string | undefined): Promise<records.RRset[]> {
    const found =
        type === undefined
            ? await records.listRecordsNamed(client, domain, name)
            : [(await records.getRRset(client, domain, name, type)) ?? []].flat();
    if (found.length > 0) {
        return found;
    }
    const zone = await records.listRecords(client, domain, { rrset_type: type });
    return zone.filter((rrset) => rrset.rrset_name.toLowerCase() === name);
}

/**
 * The RRsets of a zone, on however many pages. Neither the SOA nor the NS of the apex are listed: ask for those by name
 * (`@`) and type. `GET /v5/livedns/domains/{fqdn}/records`, `…/records/{rrset_name}`, `…/records/{rrset_name}/{rrset_type}`
 * @throws LookupError
 */
export const getRecords = lookup.plain<GetRecordsArgs, RRsetInfo[]>("getRecords")({
    args: {
        domain: domainArgument,
        name: z.string().optional(),
        type: z
            .string()
            .transform((type) => type.toUpperCase())
            .refine((type) => type === "SOA" || isRecordType(type), { error: `is none of ${recordTypes.join(", ")}` })
            .optional(),
        ...commonArguments,
    },
    answer: z.array(rrset),
    async read({ client }, { domain, name, type }) {
        const found =
            name === undefined
                ? await records.listRecords(client, domain, { rrset_type: type })
                : await named(client, domain, ownerName(name, domain), type);
        return found.map(rrsetInfo);
    },
});
/** {@link getRecords} with Inputs. */
export const getRecordsOutput = lookup.output(getRecords);

/** The arguments of {@link getZoneFile}. */
export interface GetZoneFileArgs extends DomainLookupArgs {
    /**
     * A snapshot, by its id or by that of the resource Snapshot, for the zone as it was then. Default: the zone as it
     * is.
     */
    snapshot?: string;
}

/**
 * Each record is a line that starts with its owner (recordings), which is relative: one that ends with the zone's name
 * looks as if it lacked its final dot, and is written absolute.
 */
function withoutDoubt(text: string, zone: string): string {
    return text.replace(/^[^\s;"]+/gm, (owner) =>
        `.${owner.toLowerCase()}`.endsWith(`.${zone}`) ? `${owner}.${zone}.` : owner,
    );
}

/**
 * A zone, or a snapshot of it, as a master file (RFC 1035 section 5): names relative to the zone, but for those that end
 * with the zone's own, without `$ORIGIN`. A LiveDnsZone takes it as its `zoneFile`.
 * `GET /v5/livedns/domains/{fqdn}/records` and `GET /v5/livedns/domains/{fqdn}/snapshots/{id}`, as text/plain
 * @throws LookupError
 */
export const getZoneFile = lookup.plain<GetZoneFileArgs, string>("getZoneFile")({
    args: { domain: domainArgument, snapshot: idArgument.optional(), ...commonArguments },
    answer: z.string(),
    async read({ client }, { domain, snapshot }) {
        const text =
            snapshot === undefined
                ? await records.getZoneText(client, domain)
                : await snapshots.getSnapshotText(client, domain, snapshot);
        return withoutDoubt(text, domain);
    },
});
/** {@link getZoneFile} with Inputs. */
export const getZoneFileOutput = lookup.output(getZoneFile);

/** The arguments of {@link getSnapshots}. */
export interface GetSnapshotsArgs extends DomainLookupArgs {
    /** Only those that LiveDNS made at a change of the zone (true), or that somebody made (false). Default: both. */
    automatic?: boolean;
}

/** A copy of a zone that LiveDNS keeps. */
export interface SnapshotEntryInfo {
    /** A UUID: the last part of the id of a Snapshot. */
    id: string;
    /** Its name. */
    name: string;
    /** ISO 8601, UTC. */
    createdAt: string;
    /** Made by LiveDNS at a change of the zone. */
    automatic: boolean;
}

/**
 * The snapshots of a zone, oldest first, on however many pages. `GET /v5/livedns/domains/{fqdn}/snapshots`
 * @throws LookupError
 */
export const getSnapshots = lookup.plain<GetSnapshotsArgs, SnapshotEntryInfo[]>("getSnapshots")({
    args: { domain: domainArgument, automatic: z.boolean().optional(), ...commonArguments },
    answer: z.array(snapshots.snapshotEntrySchema),
    read: ({ client }, { domain, automatic }) => snapshots.listSnapshots(client, domain, { automatic }),
});
/** {@link getSnapshots} with Inputs. */
export const getSnapshotsOutput = lookup.output(getSnapshots);

/** The arguments of {@link getSnapshot}. */
export interface GetSnapshotArgs extends DomainLookupArgs {
    /** As {@link getSnapshots} gives it, or the id of the resource Snapshot. */
    id: string;
}

/** A snapshot with what is in it. */
export interface SnapshotInfo extends SnapshotEntryInfo {
    /** The RRsets of the zone as it was then. */
    zoneData: RRsetInfo[];
}

/**
 * One snapshot with the RRsets in it. `npx pulumi-gandi restore` goes back to it.
 * `GET /v5/livedns/domains/{fqdn}/snapshots/{id}`
 * @throws LookupError
 */
export const getSnapshot = lookup.plain<GetSnapshotArgs, SnapshotInfo>("getSnapshot")({
    args: { domain: domainArgument, id: idArgument, ...commonArguments },
    answer: snapshots.snapshotEntrySchema.extend({ zone_data: z.array(rrset) }),
    async read({ client }, { domain, id }) {
        const { zone_data, ...entry } = await snapshots.getSnapshot(client, domain, id);
        return { ...entry, zone_data: zone_data.map(rrsetInfo) };
    },
});
/** {@link getSnapshot} with Inputs. */
export const getSnapshotOutput = lookup.output(getSnapshot);
