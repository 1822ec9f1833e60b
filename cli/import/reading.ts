import { GandiError } from "../../provider/api/errors";
import type { Account } from "./account";
import type { Place } from "./accounts";
import type { Contents, ReadSoFar } from "./readSoFar";

/** The kinds of which a program declares what there is, in the order in which it names them. RRsets are read by zones. */
export const KINDS = [
    "Domain",
    "Nameservers",
    "GlueRecord",
    "DnssecKey",
    "LiveDnsDomain",
    "LiveDnsKey",
    "AxfrSlave",
    "EmailForward",
    "MailSlot",
    "Mailbox",
    "WebRedirection",
    "TsigKey",
    "Snapshot",
] as const;
type KindName = (typeof KINDS)[number];

/** Those that are in a zone, which the others do without. */
const IN_A_ZONE: readonly KindName[] = ["LiveDnsDomain", "LiveDnsKey", "AxfrSlave", "TsigKey", "Snapshot"];

/** A domain with all that is in it. */
export interface Inventory extends Contents {
    readonly place: Place;
}

/** Domains at a time: as many requests as the client sends side by side are found in them. */
const BATCH = 20;

/**
 * Reads what is in domains: one list of each kind a domain, however much is in it.
 * @param so.far where an earlier run that was interrupted had come, which is not read again
 * @param so.progress told a line now and then
 */
export async function readAll(
    places: readonly Place[],
    so: { readonly far: ReadSoFar; readonly progress: (line: string) => void },
): Promise<readonly Inventory[]> {
    const known = places.filter(({ fqdn }) => so.far.of(fqdn) !== undefined).length;
    if (known > 0) {
        so.progress(`going on with what was read at ${so.far.at}: ${known} of ${places.length} domains`);
    }
    const inventories: Inventory[] = [];
    for (let at = 0; at < places.length; at += BATCH) {
        const batch = places.slice(at, at + BATCH);
        const read = await Promise.all(
            batch.map(async (place) => ({ place, ...(so.far.of(place.fqdn) ?? (await contentsOf(place))) })),
        );
        so.far.add(read.map(({ place: { fqdn }, ...contents }) => ({ domain: fqdn, ...contents })));
        inventories.push(...read);
        so.progress(`read ${inventories.length} of ${places.length} ${places.length === 1 ? "domain" : "domains"}`);
    }
    return inventories;
}

async function contentsOf({ account, fqdn, isRegistered, isOnLiveDns }: Place): Promise<Contents> {
    const kinds = KINDS.filter((kind) => (IN_A_ZONE.includes(kind) ? isOnLiveDns : isRegistered) !== false);
    const unreadable: string[] = [];
    const [rrsets, ...lists] = await Promise.all([
        isOnLiveDns === false ? undefined : orUnreadable("RRsets", account.zone(fqdn), unreadable),
        ...kinds.map((kind) => orUnreadable(kind, foundOf(account, kind, fqdn, isRegistered), unreadable)),
    ]);
    return { found: lists.flatMap((list) => list ?? []), rrsets, unreadable: unreadable.sort() };
}

/** That a domain is registered here, its list has said already: there is nothing else to ask about it. */
async function foundOf(account: Account, kind: KindName, fqdn: string, isRegistered: boolean | undefined) {
    return kind === "Domain" && isRegistered ? [{ kind, id: fqdn, inputs: { fqdn } }] : account.list(kind, [fqdn]);
}

/** What a token may not list is said, and everything else is read all the same. */
async function orUnreadable<T>(kind: string, reading: Promise<T>, unreadable: string[]): Promise<T | undefined> {
    try {
        return await reading;
    } catch (error) {
        if (!GandiError.is(error, "forbidden")) throw error;
        unreadable.push(kind);
        return undefined;
    }
}
