import type { NewRRset } from "../../api/records";
import type { Code } from "../../core/codes";
import { MASK } from "../../core/inputs/masking";
import type { RRset } from "../../dns/rrset";
import { isNobodys } from "./freshZone";
import type { Holders } from "./heldBy";
import { type RRsets, unchanged, wireForm } from "./rrsets";

/** What a plan is made from: of a whole zone, or of what stands at one name of it. RRsets go by their keys. */
export interface Situation {
    readonly zone: string;
    readonly want: RRsets;
    /** What is there now. The NS of the apex are only in it where they are managed. */
    readonly there: ReadonlyMap<string, RRset>;
    /** What this resource has shown as its own: all that it may remove. */
    readonly owned: ReadonlySet<string>;
    /** Whether it takes the whole zone over now: a new exclusive one. */
    readonly takesOver: boolean;
    /** Whether it may take what is there with other values, and what it would not want. */
    readonly adopt: boolean;
    /** What a service of Gandi's holds of it: none of that is removed or overwritten. */
    readonly held: Holders;
    /** Whether an RRset is others' business: ignored, or declared by another resource of the program. */
    isOthers(rrset: RRset): boolean;
}

/** An RRset to be written. */
export interface Write {
    readonly rrset: RRset;
    /** What is there of its name and type. */
    readonly there: RRset | undefined;
}

/** What somebody else has made and would lose. */
export interface Obstacle {
    readonly rrset: RRset;
    /** It is there with other values, or where a CNAME and another type would be at one name. */
    readonly why: "other values" | "in the way";
    /** What of Gandi's holds it. */
    readonly holder?: string | undefined;
}

export interface ZonePlan {
    /** Only what differs. */
    readonly writes: readonly Write[];
    readonly removals: ReadonlyMap<string, RRset>;
    /** What stays though nobody here wants it, others' business and Gandi's left out. */
    readonly strangers: ReadonlyMap<string, RRset>;
    /** What would go if nothing of Gandi's held it. */
    readonly spared: ReadonlyMap<string, RRset>;
    /** Why it can't be done. */
    readonly obstacles: readonly Obstacle[];
}

/**
 * Whose an RRset is, and so what is to be done; nothing that is so already. This is decided here for all: a zone, a single
 * record, what a snapshot brings back. Linear in the number of RRsets.
 */
export function planZone({ want, there, owned, takesOver, adopt, held, isOthers }: Situation): ZonePlan {
    const writes: Write[] = [];
    const obstacles: Obstacle[] = [];
    for (const [key, rrset] of Object.entries(want)) {
        const found = there.get(key);
        if (found?.equals(rrset)) {
            continue;
        }
        const isOurs = found === undefined || found.hasValuesOf(rrset);
        const holder = keptBy(held, key);
        const mayTake = isOurs || (holder === undefined && (adopt || owned.has(key) || isNobodys(found)));
        if (!mayTake) {
            obstacles.push({ rrset: found, why: "other values", holder });
        }
        writes.push({ rrset, there: found });
    }

    const removals = new Map<string, RRset>();
    const strangers = new Map<string, RRset>();
    const spared = new Map<string, RRset>();
    for (const [key, found] of there) {
        const isEmpty = found.values.length === 0;
        if (key in want || isOthers(found) || (isEmpty && !owned.has(key))) {
            continue;
        }
        const goes = owned.has(key) || (takesOver && (adopt || isNobodys(found)));
        (held.has(key) ? spared : goes ? removals : strangers).set(key, found);
    }

    for (const [key, rrset] of inTheWay(writes, there)) {
        if (key in want || removals.has(key)) {
            continue;
        }
        const holder = keptBy(held, key);
        if (!isOthers(rrset) && holder === undefined && isNobodys(rrset)) {
            strangers.delete(key);
            removals.set(key, rrset);
        } else {
            obstacles.push({ rrset, why: "in the way", holder });
        }
    }
    return { writes, removals, strangers, spared, obstacles };
}

/** What does not even yield to something else in its place. */
function keptBy(held: Holders, key: string): string | undefined {
    const holder = held.get(key);
    return holder?.yields === false ? holder.title : undefined;
}

/** The whole zone as it is to be: for one PUT. */
export function wholeZone({ want, there }: Situation, { removals }: ZonePlan): NewRRset[] {
    const isKept = ({ key, values }: RRset) => !(key in want) && !removals.has(key) && values.length > 0;
    const wanted = Object.values(want).map((rrset) => wireForm(rrset, there.get(rrset.key)?.storedName));
    return [...wanted, ...[...there.values()].filter(isKept).map(unchanged)];
}

/** What a zone says of what it leaves alone as something of Gandi's holds it. */
export function sparedText(zone: string, spared: Iterable<string>, held: Holders): string {
    const told = [...spared].map((key) => `${key} (held by ${held.get(key)?.title})`);
    return `${zone}: leaves alone ${some(told)}`;
}

/** The keys of what somebody would miss: what Gandi put into the fresh zone doesn't count. */
export function missed(removals: Iterable<RRset>): string[] {
    return [...removals].filter((rrset) => !isNobodys(rrset)).map(({ key }) => key);
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

/** @param isSecret whether the program gave its own values as a secret, which what is there may be another one of */
export function described({ key, values, ttl }: RRset, isSecret: boolean): string {
    return `${key} (${isSecret ? MASK : some(values)}${ttl === undefined ? "" : `, TTL ${ttl}`})`;
}

/** What a zone says of an obstacle. */
export function obstacleText({ rrset, why, holder }: Obstacle, isSecret: boolean): string {
    if (holder !== undefined) {
        return `${described(rrset, isSecret)} is held by ${holder}: remove that first, or leave the name to it`;
    }
    return why === "other values"
        ? `${described(rrset, isSecret)} is there already with other values: set adopt: true to take it over`
        : `${described(rrset, isSecret)} is in the way: a CNAME excludes every other type of its name. Remove one of them`;
}

export function codeOfObstacle({ why, holder }: Obstacle): Code {
    return holder !== undefined ? "held-by-a-service" : why === "other values" ? "already-there" : "cname-in-the-way";
}

/** The RRsets that can't stand beside new ones of their name (RFC 1034, section 3.6.2). */
function* inTheWay(writes: readonly Write[], there: ReadonlyMap<string, RRset>): Iterable<[string, RRset]> {
    const names = new Map<string, { cname: boolean; other: boolean }>();
    for (const { rrset } of writes.filter((write) => write.there === undefined)) {
        const kinds = names.get(rrset.name) ?? { cname: false, other: false };
        kinds[rrset.type === "CNAME" ? "cname" : "other"] = true;
        names.set(rrset.name, kinds);
    }
    for (const [key, rrset] of there) {
        const kinds = names.get(rrset.name);
        if (rrset.type === "CNAME" ? kinds?.other : kinds?.cname) {
            yield [key, rrset];
        }
    }
}
