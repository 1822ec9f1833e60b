import { checkRRset, type WrittenRRset } from "./checkRRset";
import { type OwnerName, ownerName, ownerOrUndefined, spelledOwner } from "./owner";
import { recordTypes } from "./registry";

/**
 * All that is wrong with the RRsets of one zone: each one's own problems (see `checkRRset`), RRsets that stand there
 * twice in other spellings, and CNAMEs beside other types (RFC 1034, section 3.6.2). Each starts with its RRset: `www A: …`.
 * @param rrsets as `parseZoneFile` gives them, or written like that. Their names are relative already: in the zone
 * example.com the name `example.com` is no apex, but stands below it
 */
export function checkZone(
    rrsets: readonly (Omit<WrittenRRset, "ttl"> & { readonly ttl?: number })[],
    zone: string,
    types: readonly string[] = recordTypes,
): string[] {
    const problems: string[] = [];
    const typesOf = new Map<string, string[]>();
    for (const rrset of rrsets) {
        const title = `${rrset.name || "@"} ${rrset.type}`;
        const owner = ownerOrUndefined(rrset.name, zone);
        const own = checkRRset({ ...rrset, name: asUsersText(rrset.name, owner, zone) }, zone, types);
        problems.push(...own.map((problem) => `${title}: ${problem}`));
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

/** `checkRRset` reads a user's text, in which the zone's own name is the apex. */
function asUsersText(name: string, owner: OwnerName | undefined, zone: string): string {
    return owner === undefined || ownerName(name, zone) === owner ? name : spelledOwner(owner, zone);
}
