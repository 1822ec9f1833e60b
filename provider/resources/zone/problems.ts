import type { Problem } from "../../core/definition";
import { checkZone, DnsNameError, domainName, relativeOwner, spelledOwner } from "../../dns";
import { domainProblems } from "../domainInput";
import type { ZoneRRset } from "./args";
import { type IgnorePattern, ignoreProblem, ignores } from "./ignore";
import { missed, tooMany } from "./plan";
import { fromKey, keyOf, type ZoneRRsets } from "./rrsets";

interface Known {
    domain?: string;
    rrsets?: ZoneRRsets;
    ignore?: IgnorePattern[];
    maxRemovals?: number;
}

/** What is wrong with the inputs of a zone, all of it; each reason about an RRset starts with it: `www A: ttl: …`. */
export function zoneProblems(inputs: Known, prior: Known | undefined, open: ReadonlySet<string>): Problem[] {
    const { domain, rrsets, ignore = [], maxRemovals } = inputs;
    const problems = domainProblems(domain);
    const zone = domain === undefined || problems.length > 0 ? undefined : domainName(domain);
    const usable: IgnorePattern[] = [];
    for (const [index, pattern] of ignore.entries()) {
        const reason = ignoreProblem(pattern, zone);
        if (reason === undefined) {
            usable.push(pattern);
        } else {
            problems.push({ path: `ignore[${index}]`, reason });
        }
    }
    if (zone === undefined || rrsets === undefined) {
        return problems;
    }
    const isIgnored = ignores(usable, zone);
    const both = Object.keys(rrsets).filter(isIgnored);
    const reasons = [
        ...rrsetProblems(rrsets, zone),
        ...both.map((key) => `${key}: is declared here, and left to others by ignore. Remove one of the two`),
    ];
    const isSettled = maxRemovals !== undefined && !open.has("rrsets") && !open.has("ignore");
    if (isSettled && prior?.rrsets !== undefined && prior.domain !== undefined && domainName(prior.domain) === zone) {
        const gone = Object.entries(prior.rrsets).filter(([key]) => !(key in rrsets) && !isIgnored(key));
        const excess = tooMany(
            missed(
                gone.map(([key, { values }]) => [key, values]),
                zone,
            ),
            maxRemovals,
        );
        reasons.push(...(excess === undefined ? [] : [`${zone}: this ${excess}`]));
    }
    return [...problems, ...reasons.map((reason) => ({ path: "", reason }))];
}

function rrsetProblems(rrsets: ZoneRRsets, zone: string): string[] {
    const list = Object.entries<Partial<ZoneRRset>>(rrsets).map(([key, rrset]) => {
        const { name, type } = fromKey(key);
        return { name: spelled(name, zone), type, ...rrset };
    });
    const strange = Object.keys(rrsets).flatMap((key) => {
        const { name, type } = fromKey(key);
        const normal = keyOf({ rrset_name: name, rrset_type: type }, zone);
        return normal === key ? [] : [`${key}: the key of this RRset is "${normal}"`];
    });
    return [...strange, ...checkZone(list as Parameters<typeof checkZone>[0], zone)];
}

/** The name in a key was looked at where the user wrote it: a name that ends with the zone's is meant by now. */
function spelled(name: string, zone: string): string {
    try {
        return spelledOwner(relativeOwner(name, zone), zone);
    } catch (error) {
        if (error instanceof DnsNameError) {
            return name;
        }
        throw error;
    }
}
