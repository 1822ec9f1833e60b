import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import * as api from "../api/snapshots";
import { camelCase } from "./camelCase";
import {
    ask,
    askOutput,
    commonArguments,
    domainArgument,
    idArgument,
    type Lookup,
    type LookupArgs,
    type LookupInputs,
    type LookupOptions,
    type LookupOutputOptions,
} from "./lookup";
import { type RRsetInfo, rrsetInfo } from "./recordLookups";

/** The arguments of {@link getSnapshots}. */
export interface GetSnapshotsArgs extends LookupArgs {
    /** The domain, in any spelling. */
    domain: string;
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

const snapshots: Lookup<GetSnapshotsArgs, SnapshotEntryInfo[]> = {
    name: "getSnapshots",
    args: z.object({ domain: domainArgument, automatic: z.boolean().optional(), ...commonArguments }),
    async read(client, { domain, automatic }) {
        return camelCase(await api.listSnapshots(client, domain, { automatic }));
    },
};

/**
 * The snapshots of a zone, oldest first, on however many pages. `GET /v5/livedns/domains/{fqdn}/snapshots`
 *
 * @throws LookupError
 */
export function getSnapshots(args: GetSnapshotsArgs, opts?: LookupOptions): Promise<SnapshotEntryInfo[]> {
    return ask(snapshots, args, opts);
}

/** {@link getSnapshots} with Inputs. */
export function getSnapshotsOutput(
    args: LookupInputs<GetSnapshotsArgs>,
    opts?: LookupOutputOptions,
): pulumi.Output<SnapshotEntryInfo[]> {
    return askOutput(snapshots, args, opts);
}

/** The arguments of {@link getSnapshot}. */
export interface GetSnapshotArgs extends LookupArgs {
    /** The domain, in any spelling. */
    domain: string;
    /** As {@link getSnapshots} gives it, or the id of the resource Snapshot. */
    id: string;
}

/** A snapshot with what is in it. */
export interface SnapshotInfo extends SnapshotEntryInfo {
    /** The RRsets of the zone as it was then. */
    zoneData: RRsetInfo[];
}

const snapshot: Lookup<GetSnapshotArgs, SnapshotInfo> = {
    name: "getSnapshot",
    args: z.object({ domain: domainArgument, id: idArgument, ...commonArguments }),
    async read(client, { domain, id }) {
        const { zone_data, ...entry } = await api.getSnapshot(client, domain, id);
        return { ...camelCase(entry), zoneData: zone_data.map(rrsetInfo) };
    },
};

/**
 * One snapshot with the RRsets in it. `npx pulumi-gandi restore` goes back to it.
 * `GET /v5/livedns/domains/{fqdn}/snapshots/{id}`
 *
 * @throws LookupError
 */
export function getSnapshot(args: GetSnapshotArgs, opts?: LookupOptions): Promise<SnapshotInfo> {
    return ask(snapshot, args, opts);
}

/** {@link getSnapshot} with Inputs. */
export function getSnapshotOutput(
    args: LookupInputs<GetSnapshotArgs>,
    opts?: LookupOutputOptions,
): pulumi.Output<SnapshotInfo> {
    return askOutput(snapshot, args, opts);
}
