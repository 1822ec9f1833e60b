import { z } from "zod";
import type { Client, ListOptions, MakeOptions } from "./client";
import { listAll } from "./paging";
import { hasValues, rrsetSchema } from "./records";
import { idSchema, listOf } from "./wire";

/** A copy of a zone that LiveDNS keeps. */
export const snapshotEntrySchema = z.object({
    id: idSchema,
    name: z.string(),
    /** ISO 8601, UTC. */
    created_at: z.string(),
    /** Made by LiveDNS on a change of the zone. */
    automatic: z.boolean(),
});
export type SnapshotEntry = z.infer<typeof snapshotEntrySchema>;

const snapshotSchema = snapshotEntrySchema.extend({
    /** Without the RRsets that had no values, which a PUT of the zone would refuse. */
    zone_data: listOf(rrsetSchema).transform((rrsets) => rrsets.filter(hasValues)),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

const SNAPSHOTS = "/v5/livedns/domains/{fqdn}/snapshots";
const SNAPSHOT = "/v5/livedns/domains/{fqdn}/snapshots/{id}";

export interface ListSnapshotsOptions extends ListOptions {
    /** Only those made by LiveDNS (true) or by somebody (false). Default: both. */
    automatic?: boolean | undefined;
}

/** The snapshots of a zone, oldest first. `GET /v5/livedns/domains/{fqdn}/snapshots` */
export function listSnapshots(
    client: Client,
    fqdn: string,
    options: ListSnapshotsOptions = {},
): Promise<SnapshotEntry[]> {
    const { automatic, ...rest } = options;
    const query = { automatic };
    return listAll(client, { route: `GET ${SNAPSHOTS}`, params: { fqdn }, query, item: snapshotEntrySchema, ...rest });
}

/** One snapshot with the RRsets in it. `GET /v5/livedns/domains/{fqdn}/snapshots/{id}` */
export async function getSnapshot(client: Client, fqdn: string, id: string): Promise<Snapshot> {
    return (await client.request({ route: `GET ${SNAPSHOT}`, params: { fqdn, id }, schema: snapshotSchema })).data;
}

/** The RRsets of a snapshot as a master file (RFC 1035 section 5). The same route, as text/plain. */
export async function getSnapshotText(client: Client, fqdn: string, id: string): Promise<string> {
    const route = `GET ${SNAPSHOT}` as const;
    return (await client.request({ route, params: { fqdn, id }, as: "text", schema: z.string() })).data;
}

/**
 * Makes a snapshot of the zone as it is, and gives its id. Not repeated: twice would be two snapshots.
 * `POST /v5/livedns/domains/{fqdn}/snapshots`
 * @param name default: the day, with a number
 */
export async function createSnapshot(
    client: Client,
    fqdn: string,
    name?: string,
    options: MakeOptions = {},
): Promise<string> {
    const schema = z.object({ id: idSchema });
    return (await client.request({ route: `POST ${SNAPSHOTS}`, params: { fqdn }, body: { name }, schema, ...options }))
        .data.id;
}

/** Renames a snapshot. Asynchronous. `PATCH /v5/livedns/domains/{fqdn}/snapshots/{id}` */
export async function renameSnapshot(client: Client, fqdn: string, id: string, name: string): Promise<void> {
    const route = `PATCH ${SNAPSHOT}` as const;
    await client.request({ route, params: { fqdn, id }, body: { name }, repeat: "always" });
}

/** Removes a snapshot. `DELETE /v5/livedns/domains/{fqdn}/snapshots/{id}` */
export async function deleteSnapshot(client: Client, fqdn: string, id: string): Promise<void> {
    await client.request({ route: `DELETE ${SNAPSHOT}`, params: { fqdn, id } });
}
