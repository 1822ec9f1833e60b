import { z } from "zod";
import type { Client, ListOptions } from "./client";
import { undefinedOn } from "./errors";
import { listAll, listOnce } from "./paging";
import { integerSchema, listOf } from "./wire";

/** An RRset as the API writes it. */
export const rrsetSchema = z.object({
    /** Relative to the zone, the apex as `@`; in the spelling that it was made with. */
    rrset_name: z.string(),
    rrset_type: z.string(),
    /** Seconds, 300 to 2592000; some answers leave it out. */
    rrset_ttl: integerSchema.optional(),
    /** Presentation form, in the order that they were sent. */
    rrset_values: listOf(z.string()),
});
export type RRset = z.infer<typeof rrsetSchema>;

/** An RRset to write. The TTL is no option: a PUT without it sets 10800 (recording of 2020). */
export type NewRRset = Required<RRset>;

const ZONE = "GET /v5/livedns/domains/{fqdn}/records";
const ONE = "/v5/livedns/domains/{fqdn}/records/{name}/{type}";

/** Options of reads. */
export interface ReadRecordsOptions {
    /**
     * Whether RRsets without values are given, too: a PUT of an empty list leaves one. It is no record of DNS, so that
     * nobody who reads is told of it, but it stands in the way of a POST. Default false.
     */
    withEmpty?: boolean | undefined;
}

function shown(rrsets: RRset[], withEmpty = false): RRset[] {
    return withEmpty || rrsets.every(hasValues) ? rrsets : rrsets.filter(hasValues);
}

/** Whether an RRset has values: see {@link ReadRecordsOptions}. */
export function hasValues({ rrset_values }: RRset): boolean {
    return rrset_values.length > 0;
}

export interface ListRecordsOptions extends ListOptions, ReadRecordsOptions {
    /** Only RRsets of this type. */
    rrset_type?: string | undefined;
}

/**
 * All the RRsets of a zone, by name (upper-cased) and type. Neither SOA nor the NS at the apex are listed: read
 * those with {@link getRRset}. `GET /v5/livedns/domains/{fqdn}/records`
 */
export async function listRecords(client: Client, fqdn: string, options: ListRecordsOptions = {}): Promise<RRset[]> {
    const { rrset_type, withEmpty, ...rest } = options;
    const query = { rrset_type };
    return shown(
        await listAll(client, { route: ZONE, params: { fqdn }, query, item: rrsetSchema, ...rest }),
        withEmpty,
    );
}

/** All the RRsets of one name; none when the name has none. `GET /v5/livedns/domains/{fqdn}/records/{rrset_name}` */
export async function listRecordsNamed(
    client: Client,
    fqdn: string,
    name: string,
    { withEmpty }: ReadRecordsOptions = {},
): Promise<RRset[]> {
    const route = "GET /v5/livedns/domains/{fqdn}/records/{name}";
    const reading = listOnce(client, { route, params: { fqdn, name }, item: rrsetSchema });
    return shown((await undefinedOn(reading, "recordMissing")) ?? [], withEmpty);
}

/**
 * One RRset, fresh; undefined when the zone is there and the RRset is not (404 with object `dns-record`, nothing else).
 * `GET /v5/livedns/domains/{fqdn}/records/{rrset_name}/{rrset_type}`
 * @param name in the server's spelling: names keep the case that they were made with
 */
export async function getRRset(
    client: Client,
    fqdn: string,
    name: string,
    type: string,
    { withEmpty }: ReadRecordsOptions = {},
): Promise<RRset | undefined> {
    const params = { fqdn, name, type };
    const reading = client.request({ route: `GET ${ONE}`, params, schema: rrsetSchema });
    const found = (await undefinedOn(reading, "recordMissing"))?.data;
    return found === undefined ? undefined : shown([found], withEmpty)[0];
}

/**
 * One RRset as {@link getRRset} gives it, read together with the others of the zone when several are asked for: 1,000
 * in two lists of 500 and one single read. At most five seconds old, or a minute while others of the zone keep being
 * read; the case of the name does not matter (RFC 4343).
 */
export function readRRset(client: Client, fqdn: string, name: string, type: string): Promise<RRset | undefined> {
    // The NS of the apex are no part of the list.
    if (name === "@" && type === "NS") return getRRset(client, fqdn, name, type);
    return client.shareOne(
        ZONE,
        { fqdn },
        {
            one: () => getRRset(client, fqdn, name, type),
            list: (shared) => listRecords(shared, fqdn),
            pick: (zone) => rrsetIn(zone, name, type),
        },
    );
}

function keyOf(name: string, type: string): string {
    return `${name.toLowerCase()} ${type}`;
}

const zonesByKey = new WeakMap<readonly RRset[], Map<string, RRset>>();

/**
 * One RRset of a list. Names keep the case that they were made with: it does not matter here. A list that many readers
 * share is put into order once, so that all of them do not take the square of their number.
 */
export function rrsetIn(zone: readonly RRset[], name: string, type: string): RRset | undefined {
    // The first of two that differ by case only counts.
    const known =
        zonesByKey.get(zone) ?? new Map(zone.map((it) => [keyOf(it.rrset_name, it.rrset_type), it] as const).reverse());
    zonesByKey.set(zone, known);
    return known.get(keyOf(name, type));
}

/**
 * Creates an RRset. Safe to repeat: `unchanged` when it is there already with equal values.
 * `POST /v5/livedns/domains/{fqdn}/records`
 * @throws GandiError `conflict` when the RRset exists with other values
 */
export async function createRRset(client: Client, fqdn: string, rrset: NewRRset): Promise<"created" | "unchanged"> {
    const route = "POST /v5/livedns/domains/{fqdn}/records";
    const answer = await client.request({ route, params: { fqdn }, body: rrset, repeat: "always" });
    return answer.status === 200 ? "unchanged" : "created";
}

/**
 * Sets an RRset, whether it exists or not. The URL decides name and type.
 * `PUT /v5/livedns/domains/{fqdn}/records/{rrset_name}/{rrset_type}`
 * @param rrset its name in the server's spelling: one that differs only by case gets a 500
 */
export async function putRRset(client: Client, fqdn: string, rrset: NewRRset): Promise<void> {
    const { rrset_name: name, rrset_type: type, rrset_ttl, rrset_values } = rrset;
    const body = { rrset_ttl, rrset_values };
    await client.request({ route: `PUT ${ONE}`, params: { fqdn, name, type }, body });
}

/**
 * Removes an RRset; false when it was gone already (404 `dns-record`, or 204 of newer servers).
 * `DELETE /v5/livedns/domains/{fqdn}/records/{rrset_name}/{rrset_type}`
 */
export async function deleteRRset(client: Client, fqdn: string, name: string, type: string): Promise<boolean> {
    const params = { fqdn, name, type };
    const answer = await undefinedOn(client.request({ route: `DELETE ${ONE}`, params }), "recordMissing");
    return answer !== undefined;
}

export interface PutZoneOptions {
    /** Remove the NS of the apex when `items` hold none. Default false: they are kept. */
    remove_apex_ns?: boolean | undefined;
}

/** Replaces all the RRsets of a zone. `PUT /v5/livedns/domains/{fqdn}/records` */
export async function putZone(
    client: Client,
    fqdn: string,
    items: readonly NewRRset[],
    { remove_apex_ns }: PutZoneOptions = {},
): Promise<void> {
    const route = "PUT /v5/livedns/domains/{fqdn}/records";
    await client.request({ route, params: { fqdn }, body: { items, remove_apex_ns } });
}

/**
 * The zone as a master file (RFC 1035 section 5), one value a line, names relative, with the SOA, without `$ORIGIN`.
 * `GET /v5/livedns/domains/{fqdn}/records` as text/plain
 */
export async function getZoneText(client: Client, fqdn: string): Promise<string> {
    const schema = z.string();
    return (await client.request({ route: ZONE, params: { fqdn }, as: "text", schema })).data;
}
