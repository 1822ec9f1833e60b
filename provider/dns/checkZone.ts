import { checkRRset, type RRset } from "./checkRRset";
import { DnsNameError } from "./errors";
import { ownerName } from "./owner";
import { recordTypes } from "./registry";

/**
 * All that is wrong with the RRsets of one zone: each one's own problems (see `checkRRset`), RRsets that stand there
 * twice in other spellings, and CNAMEs beside other types (RFC 1034, section 3.6.2). Each starts with its RRset: `www A: …`.
 */
export function checkZone(
    rrsets: readonly (Omit<RRset, "ttl"> & { readonly ttl?: number })[],
    zone: string,
    types: readonly string[] = recordTypes,
): string[] {
    const problems: string[] = [];
    const typesOf = new Map<string, string[]>();
    for (const rrset of rrsets) {
        const title = `${rrset.name || "@"} ${rrset.type}`;
        problems.push(...checkRRset(rrset, zone, types).map((problem) => `${title}: ${problem}`));
        const owner = ownerOrUndefined(rrset.name, zone);
        if (owner === undefined) continue;
        const others = typesOf.get(owner) ?? [];
        if (others.includes(rrset.type))
            problems.push(`${title}: stands there twice: put all its values into one RRset`);
        else typesOf.set(owner, [...others, rrset.type]);
    }
    for (const [owner, found] of typesOf) {
        if (found.includes("CNAME") && found.length > 1) {
            const others = found.filter((type) => type !== "CNAME").join(", ");
            problems.push(`${owner} CNAME: a CNAME is alone at its name, here is ${others} too`);
        }
    }
    return problems;
}

function ownerOrUndefined(name: string, zone: string): string | undefined {
    try {
        return ownerName(name, zone);
    } catch (error) {
        if (error instanceof DnsNameError) return undefined;
        throw error;
    }
}
