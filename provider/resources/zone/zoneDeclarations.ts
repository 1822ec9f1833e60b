import type { Declaration } from "../../core/kind";
import type { RRset } from "../../dns/rrset";

const EXCLUSIVE =
    "an exclusive zone has all the RRsets of its domain. Put this one into its records, or name it in its ignore.";

/**
 * What a program says with a LiveDnsZone: each of its RRsets, and that there is one such resource for the zone.
 * @param leaves which RRsets it leaves to others; undefined where it shares the zone with everybody
 */
export function zoneDeclarations(
    zone: string,
    rrsets: readonly RRset[],
    leaves: ((key: string) => boolean) | undefined,
): Declaration[] {
    const excludes = leaves && ((title: string) => (leaves(keyIn(zone, title)) ? undefined : EXCLUSIVE));
    return [{ title: `LiveDnsZone ${zone}`, places: [{ name: zone, excludes }] }, ...rrsets.map(declaredRRset)];
}

function keyIn(zone: string, id: string): string {
    const relative = id.slice(zone.length + 1);
    const slash = relative.lastIndexOf("/");
    return `${relative.slice(0, slash)} ${relative.slice(slash + 1)}`;
}

const ALONE = "a CNAME excludes every other type of its name. Remove one of them.";

/** What a program says with an RRset, whichever resource it stands in. */
export function declaredRRset({ zone, name, type, id }: RRset): Declaration {
    const place = `${zone}/${name}`;
    // What stands there and is no RRset says itself what it tolerates.
    const alone = (title: string) => (title.startsWith(`${place}/`) ? ALONE : undefined);
    return { title: id, places: [{ name: zone }, { name: place, excludes: type === "CNAME" ? alone : undefined }] };
}
