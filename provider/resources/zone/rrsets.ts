import type { NewRRset, RRset } from "../../api/records";
import {
    apiValue,
    DEFAULT_TTL,
    DnsNameError,
    keepSpelling,
    type OwnerName,
    ownerName,
    relativeOwner,
    sameRRset,
} from "../../dns";
import type { ZoneRRset } from "./args";
import { isNobodysRRset } from "./freshZone";

/**
 * RRsets by `"name TYPE"`, both in normal form. A map, because the engine compares arrays by position: there one more
 * record would show as a change of all those behind it.
 */
export type ZoneRRsets = Record<string, ZoneRRset>;

export const APEX_NS = "@ NS";

/** The key of an RRset. */
export function rrsetKey(owner: OwnerName, type: string): string {
    return `${owner} ${type.toUpperCase()}`;
}

/** The key of an RRset whose name a user has written. A name that is none stays: check says what is wrong with it. */
export function keyOfText(name: string, type: string, zone: string): string {
    return rrsetKey(
        orAsItIs(name, () => ownerName(name, zone)),
        type,
    );
}

/** The key of an RRset out of an answer of the API. A name that is none stays: it must not stop a refresh. */
export function keyOf({ rrset_name, rrset_type }: Pick<RRset, "rrset_name" | "rrset_type">, zone: string): string {
    return rrsetKey(
        orAsItIs(rrset_name, () => relativeOwner(rrset_name, zone)),
        rrset_type,
    );
}

/** What a key stands for: the name in it is relative already. A type holds no space, so the last one is before it. */
export function fromKey(key: string): { name: OwnerName; type: string } {
    const space = key.lastIndexOf(" ");
    return { name: key.slice(0, Math.max(space, 0)) as OwnerName, type: key.slice(space + 1) };
}

/** What the API lists, by key. It keeps names in the case that they were made with. */
export function byKey(rrsets: readonly RRset[], zone: string): Map<string, RRset> {
    const found = new Map<string, RRset>();
    for (const rrset of rrsets) {
        const key = keyOf(rrset, zone);
        // The first of two that differ by case only counts.
        if (!found.has(key)) {
            found.set(key, rrset);
        }
    }
    return found;
}

/** What is sent for an RRset: one canonical spelling whatever the user chose, under the name that the server has. */
export function wireForm(key: string, { ttl, values }: ZoneRRset, zone: string, there: RRset | undefined): NewRRset {
    const { name, type } = fromKey(key);
    return {
        rrset_name: there?.rrset_name ?? name,
        rrset_type: type,
        rrset_ttl: ttl,
        rrset_values: values.map((value) => apiValue(type, value, zone)),
    };
}

/** An RRset of others, to be sent back as it is. */
export function unchanged(rrset: RRset): NewRRset {
    const { rrset_name, rrset_type, rrset_ttl = DEFAULT_TTL, rrset_values } = rrset;
    return { rrset_name, rrset_type, rrset_ttl, rrset_values };
}

/** The map of what was found, each RRset in the user's spelling where it is equal. */
export function asMap(rrsets: readonly RRset[], spelled: ZoneRRsets, zone: string): ZoneRRsets {
    const entries = [...byKey(rrsets, zone)].map(([key, { rrset_type, rrset_ttl, rrset_values }]) => {
        const given = spelled[key];
        const ttl = rrset_ttl ?? given?.ttl ?? DEFAULT_TTL;
        return [key, { ttl, values: keepSpelling(rrset_type, rrset_values, given?.values ?? [], zone) }] as const;
    });
    return Object.fromEntries(entries);
}

/** Some answers leave TTLs out: then they are as this resource has last known them. */
export function withKnownTtls(there: ReadonlyMap<string, RRset>, known: ZoneRRsets): Map<string, RRset> {
    return new Map(
        [...there].map(([key, rrset]) => [key, { ...rrset, rrset_ttl: rrset.rrset_ttl ?? known[key]?.ttl }]),
    );
}

/** Whether the API's RRset is the wanted one. */
export function isAsWanted(key: string, there: RRset, wanted: ZoneRRset, zone: string): boolean {
    return there.rrset_ttl === wanted.ttl && hasValues(key, there, wanted, zone);
}

export function hasValues(key: string, there: RRset, wanted: ZoneRRset, zone: string): boolean {
    return sameRRset(fromKey(key).type, there.rrset_values, wanted.values, zone);
}

/** Whether two maps are the same zone, whatever their spelling. */
export function sameRRsets(old: ZoneRRsets, wanted: ZoneRRsets, zone: string): boolean {
    const keys = Object.keys(wanted);
    return (
        keys.length === Object.keys(old).length &&
        keys.every((key) => {
            const [before, after] = [old[key], wanted[key]!];
            return (
                before !== undefined &&
                before.ttl === after.ttl &&
                sameRRset(fromKey(key).type, before.values, after.values, zone)
            );
        })
    );
}

/** Whether an RRset is nobody's: as Gandi puts it into a fresh zone, or without values. */
export function isNobodys(key: string, values: readonly string[], zone: string): boolean {
    const { name, type } = fromKey(key);
    return isNobodysRRset(name, type, values, zone);
}

function orAsItIs(name: string, read: () => OwnerName): OwnerName {
    try {
        return read();
    } catch (error) {
        if (error instanceof DnsNameError) {
            return name as OwnerName;
        }
        throw error;
    }
}
