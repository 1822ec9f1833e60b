import type { NewRRset, RRset } from "../../api/records";
import { MASK } from "../../core/inputs/masking";
import { fromKey, hasValues, isAsWanted, isNobodys, unchanged, wireForm, type ZoneRRsets } from "./rrsets";

/** What a plan is made from. RRsets go by their keys. */
export interface Situation {
    readonly zone: string;
    readonly want: ZoneRRsets;
    /** The zone as it is now. The NS of the apex are only in it where they are managed. */
    readonly there: ReadonlyMap<string, RRset>;
    /** What this resource has shown as its own: all that it may remove. */
    readonly owned: ReadonlySet<string>;
    /** Whether it takes the whole zone over now: a new exclusive one. */
    readonly takesOver: boolean;
    /** Whether it may take what is there with other values, and what it would not want. */
    readonly adopt: boolean;
    /** Whether messages leave the values of an RRset out: the program gave its own as a secret. */
    isSecret(key: string): boolean;
    /** Whether an RRset is others' business: ignored, or declared by another resource of the program. */
    isOthers(key: string): boolean;
}

export interface Write {
    readonly key: string;
    readonly rrset: NewRRset;
    /** Whether nothing of this name and type is there. */
    readonly isNew: boolean;
}

export interface ZonePlan {
    /** Only what differs. */
    readonly writes: readonly Write[];
    readonly removals: ReadonlyMap<string, RRset>;
    /** What stays though nobody here wants it, others' business left out. */
    readonly strangers: ReadonlyMap<string, RRset>;
    /** Why it can't be done: what somebody else has made would be lost. */
    readonly obstacles: readonly string[];
}

/** What is to be done, and nothing that is so already. Linear in the size of the zone. */
export function planZone(situation: Situation): ZonePlan {
    const { zone, want, there, owned, takesOver, adopt, isOthers, isSecret } = situation;
    const writes: Write[] = [];
    const obstacles: string[] = [];
    for (const [key, wanted] of Object.entries(want)) {
        const found = there.get(key);
        if (found !== undefined && isAsWanted(key, found, wanted, zone)) {
            continue;
        }
        const mayTake =
            found === undefined ||
            adopt ||
            owned.has(key) ||
            hasValues(key, found, wanted, zone) ||
            isNobodys(key, found.rrset_values, zone);
        if (!mayTake) {
            obstacles.push(
                `${described(key, found, isSecret(key))} is there already with other values: set adopt: true to take it over`,
            );
        }
        writes.push({ key, rrset: wireForm(key, wanted, zone, found), isNew: found === undefined });
    }

    const removals = new Map<string, RRset>();
    const strangers = new Map<string, RRset>();
    for (const [key, found] of there) {
        const isEmpty = found.rrset_values.length === 0;
        if (key in want || isOthers(key) || (isEmpty && !owned.has(key))) {
            continue;
        }
        const goes = owned.has(key) || (takesOver && (adopt || isNobodys(key, found.rrset_values, zone)));
        (goes ? removals : strangers).set(key, found);
    }

    const isNew = new Map(writes.filter((write) => write.isNew).map(({ key }) => [key, fromKey(key)]));
    for (const [key, blocking] of inTheWay(isNew, there)) {
        if (key in want || removals.has(key)) {
            continue;
        }
        if (!isOthers(key) && isNobodys(key, blocking.rrset_values, zone)) {
            strangers.delete(key);
            removals.set(key, blocking);
        } else {
            obstacles.push(
                `${described(key, blocking, isSecret(key))} is in the way: a CNAME excludes every other type of its name. Remove one of them`,
            );
        }
    }
    return { writes, removals, strangers, obstacles };
}

/** The whole zone as it is to be: for one PUT. */
export function wholeZone({ zone, want, there }: Situation, { removals }: ZonePlan): NewRRset[] {
    const isKept = (key: string, { rrset_values }: RRset) =>
        !(key in want) && !removals.has(key) && rrset_values.length > 0;
    const others = [...there].filter(([key, rrset]) => isKept(key, rrset));
    const wanted = Object.entries(want).map(([key, rrset]) => wireForm(key, rrset, zone, there.get(key)));
    return [...wanted, ...others.map(([, rrset]) => unchanged(rrset))];
}

/** How many RRsets somebody would miss: those that Gandi put into the fresh zone don't count. */
export function missed(removals: Iterable<readonly [key: string, values: readonly string[]]>, zone: string): string[] {
    return [...removals].filter(([key, values]) => !isNobodys(key, values, zone)).map(([key]) => key);
}

/** Why these removals are too many; undefined where they are not. */
export function tooMany(keys: readonly string[], maxRemovals: number): string | undefined {
    return keys.length <= maxRemovals
        ? undefined
        : `would remove ${keys.length} RRsets (${some(keys)}), more than maxRemovals (${maxRemovals}). ` +
              `Set maxRemovals: ${keys.length} if that is meant`;
}

/** A list for a message, cut where nobody reads on. */
export function some(items: readonly string[]): string {
    const shown = items.slice(0, 10);
    const rest = items.length - shown.length;
    return shown.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

export function described(key: string, { rrset_values, rrset_ttl }: RRset, isSecret: boolean): string {
    return `${key} (${isSecret ? MASK : some(rrset_values)}${rrset_ttl === undefined ? "" : `, TTL ${rrset_ttl}`})`;
}

/** The RRsets that can't stand beside new ones of their name (RFC 1034, section 3.6.2). */
function* inTheWay(
    added: ReadonlyMap<string, { name: string; type: string }>,
    there: ReadonlyMap<string, RRset>,
): Iterable<[string, RRset]> {
    const names = new Map<string, { cname: boolean; other: boolean }>();
    for (const { name, type } of added.values()) {
        const kinds = names.get(name) ?? { cname: false, other: false };
        kinds[type === "CNAME" ? "cname" : "other"] = true;
        names.set(name, kinds);
    }
    for (const [key, rrset] of there) {
        const { name, type } = fromKey(key);
        const kinds = names.get(name);
        if (type === "CNAME" ? kinds?.other : kinds?.cname) {
            yield [key, rrset];
        }
    }
}
