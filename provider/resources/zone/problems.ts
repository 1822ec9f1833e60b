import type { Problem } from "../../core/property";
import { checkZone } from "../../dns";
import { ownerOrUndefined, spelledOwner } from "../../dns/owner";
import { placeOf, RRset } from "../../dns/rrset";
import { type IgnorePattern, ignoreProblem, ignores } from "./ignore";
import { missed, tooMany } from "./plan";
import type { RRsets, ZoneRRsets } from "./rrsets";

interface Known {
    readonly domain?: string;
    readonly rrsets?: RRsets;
    readonly ignore?: readonly IgnorePattern[];
    readonly maxRemovals?: number;
}

/**
 * What is wrong with the inputs of a zone beside its domain, all of it; each reason about an RRset starts with it: `www A:
 * ttl: …`.
 * @param given the RRsets as the user spells them
 */
export function zoneProblems(
    { domain: zone, rrsets, ignore = [], maxRemovals }: Known,
    given: ZoneRRsets | undefined,
    prior: Known | undefined,
    open: ReadonlySet<string>,
): Problem[] {
    const problems: Problem[] = [];
    const usable: IgnorePattern[] = [];
    for (const [index, pattern] of ignore.entries()) {
        const reason = ignoreProblem(pattern, zone);
        if (reason === undefined) {
            usable.push(pattern);
        } else {
            problems.push({ path: `ignore[${index}]`, reason });
        }
    }
    if (zone === undefined || rrsets === undefined || given === undefined) {
        return problems;
    }
    const isIgnored = ignores(usable, zone);
    const both = Object.keys(rrsets).filter(isIgnored);
    const reasons = [
        ...rrsetProblems(given, zone),
        ...both.map((key) => `${key}: is declared here, and left to others by ignore. Remove one of the two`),
    ];
    const isSettled = maxRemovals !== undefined && !open.has("rrsets") && !open.has("ignore");
    if (isSettled && prior?.rrsets !== undefined && prior.domain === zone) {
        const gone = Object.values(prior.rrsets).filter(({ key }) => !(key in rrsets) && !isIgnored(key));
        const excess = tooMany(missed(gone), maxRemovals);
        reasons.push(...(excess === undefined ? [] : [`${zone}: this ${excess}`]));
    }
    return [...problems, ...reasons.map((reason) => ({ path: "", reason }))];
}

function rrsetProblems(rrsets: ZoneRRsets, zone: string): string[] {
    const list = Object.entries<Partial<ZoneRRsets[string]>>(rrsets).map(([key, rrset]) => {
        const { name, type } = placeOf(key);
        return { name: spelled(name, zone), type, ...rrset };
    });
    const strange = Object.keys(rrsets).flatMap((key) => {
        const { name, type } = placeOf(key);
        const normal = RRset.there(zone, name, type).key;
        return normal === key ? [] : [`${key}: the key of this RRset is "${normal}"`];
    });
    return [...strange, ...checkZone(list as Parameters<typeof checkZone>[0], zone)];
}

/** The name in a key was looked at where the user wrote it: a name that ends with the zone's is meant by now. */
function spelled(name: string, zone: string): string {
    const owner = ownerOrUndefined(name, zone);
    return owner === undefined ? name : spelledOwner(owner, zone);
}
