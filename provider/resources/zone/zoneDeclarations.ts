import type { Context } from "../../core/process/context";
import type { Declaration } from "../../core/program/declarations";
import { declaredRRset, rrsetId } from "./declaredRRset";
import { fromKey } from "./rrsets";

const EXCLUSIVE =
    "an exclusive zone has all the RRsets of its domain. Put this one into its records, or name it in its ignore.";

/**
 * What a program says with a LiveDnsZone: each of its RRsets, and that there is one such resource for the zone.
 *
 * @param keys of its RRsets
 * @param leaves which RRsets it leaves to others; undefined where it shares the zone with everybody
 */
export function zoneDeclarations(
    zone: string,
    keys: readonly string[],
    leaves: ((key: string) => boolean) | undefined,
): Declaration[] {
    const addresses = keys.map((key) => ({ domain: zone, ...fromKey(key) }));
    const excludes = leaves && ((thing: string) => (leaves(keyIn(zone, thing)) ? undefined : EXCLUSIVE));
    return [
        { thing: `the LiveDnsZone of ${zone}`, places: [{ name: zone, excludes }] },
        ...addresses.map(declaredRRset),
    ];
}

/** The ids that LiveDnsRecords of these RRsets would have. */
export function recordIds(zone: string, keys: readonly string[]): string[] {
    return keys.map((key) => rrsetId({ domain: zone, ...fromKey(key) }));
}

/** Whether a LiveDnsRecord of this run declares the RRset. */
export function isDeclaredElsewhere(ctx: Context, zone: string, key: string): boolean {
    return ctx.isDeclared("LiveDnsRecord", rrsetId({ domain: zone, ...fromKey(key) }));
}

function keyIn(zone: string, id: string): string {
    const relative = id.slice(zone.length + 1);
    const slash = relative.lastIndexOf("/");
    return `${relative.slice(0, slash)} ${relative.slice(slash + 1)}`;
}
