import { getLiveDnsDomain } from "../../api/livednsDomains";
import { createSnapshot, listSnapshots, type SnapshotEntry } from "../../api/snapshots";
import { makeOne } from "../../core/doing/makeOne";
import type { Context } from "../../core/process/context";
import type { RRset } from "../../dns/rrset";

/**
 * Keeps what the zone holds now, for a change that RRsets of others go with, or many. LiveDNS does so by itself where
 * automatic snapshots are on; an empty zone needs none.
 */
export async function keepCopy(ctx: Context, zone: string, there: ReadonlyMap<string, RRset>): Promise<void> {
    if (there.size === 0) {
        return;
    }
    const { automatic_snapshots } = await getLiveDnsDomain(ctx.client, zone);
    if (!automatic_snapshots) {
        const name = `before a change by Pulumi, ${new Date(ctx.client.clock.wallTime()).toISOString()}`;
        await makeSnapshot(ctx, zone, name);
        ctx.log(`${zone}: the snapshot "${name}" keeps what is there now`);
    }
}

/** @param name one that no other snapshot has */
function makeSnapshot(ctx: Context, zone: string, name: string): Promise<string> {
    const { client } = ctx;
    return makeOne<SnapshotEntry, string>(ctx, {
        what: `${zone}: the snapshot "${name}"`,
        before: [],
        idOf: ({ id }) => id,
        send: () => createSnapshot(client, zone, name, { repeat: "unconnected" }),
        list: () => listSnapshots(client, zone),
        isLike: (snapshot) => snapshot.name === name,
        take: ({ id }) => id,
        advice: "Run again",
    });
}
