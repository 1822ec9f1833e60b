import { z } from "zod";
import type { RRset as ApiRRset, NewRRset } from "../../api/records";
import type { Property } from "../../core/property";
import { DEFAULT_TTL, keepSpelling } from "../../dns";
import { RRset } from "../../dns/rrset";
import { ttlSchema } from "../properties";
import type { ZoneRRset } from "./args";

/**
 * RRsets by key, as the engine keeps them. A map, because the engine compares arrays by position: there one more record would
 * show as a change of all those behind it.
 */
export type ZoneRRsets = Record<string, ZoneRRset>;

/** RRsets by key. */
export type RRsets = Readonly<Record<string, RRset>>;

export const APEX_NS = "@ NS";

/** The RRsets of a zone. */
export const rrsetsProperty: Property<ZoneRRsets, RRsets> = {
    schema: z.record(z.string(), z.strictObject({ ttl: ttlSchema, values: z.array(z.string()) })),
    normal: (given, { domain }) =>
        mapped(given, ({ ttl, values = [] }, key) => RRset.ofKey(String(domain), key, { ttl, values })),
    same(old, wanted) {
        const keys = Object.keys(wanted);
        return keys.length === Object.keys(old).length && keys.every((key) => old[key]?.equals(wanted[key]!) === true);
    },
    spelled: (given, there) => mapped(there, (rrset) => kept(rrset, given[rrset.key]?.values)),
    written: (there) => mapped(there, (rrset) => kept(rrset)),
};

/** In the user's spelling where it is equal. */
function kept({ type, ttl = DEFAULT_TTL, values, zone }: RRset, given: readonly string[] = []): ZoneRRset {
    return { ttl, values: keepSpelling(type, values, given, zone) };
}

function mapped<T, U>(map: Readonly<Record<string, T>>, of: (value: T, key: string) => U): Record<string, U> {
    return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, of(value, key)]));
}

/** An RRset as the API shows it. */
export function fromApi({ rrset_name, rrset_type, rrset_ttl, rrset_values }: ApiRRset, zone: string): RRset {
    return RRset.there(zone, rrset_name, rrset_type, { ttl: rrset_ttl, values: rrset_values });
}

/** What the API lists, by key. It keeps names in the case that they were made with. */
export function byKey(rrsets: readonly ApiRRset[], zone: string): Map<string, RRset> {
    const found = new Map<string, RRset>();
    for (const rrset of rrsets.map((one) => fromApi(one, zone))) {
        // The first of two that differ by case only counts.
        if (!found.has(rrset.key)) {
            found.set(rrset.key, rrset);
        }
    }
    return found;
}

/**
 * What is sent for an RRset: one canonical spelling whatever the user chose.
 * @param storedName its name as the server has it
 */
export function wireForm(rrset: RRset, storedName: string = rrset.storedName): NewRRset {
    const { type, ttl = DEFAULT_TTL, normalValues } = rrset;
    return { rrset_name: storedName, rrset_type: type, rrset_ttl: ttl, rrset_values: [...normalValues] };
}

/** An RRset of others, to be sent back as it is. */
export function unchanged({ storedName, type, ttl = DEFAULT_TTL, values }: RRset): NewRRset {
    return { rrset_name: storedName, rrset_type: type, rrset_ttl: ttl, rrset_values: [...values] };
}
