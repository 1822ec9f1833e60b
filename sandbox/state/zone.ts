import { createHash, randomUUID } from "node:crypto";
import { type RRset, rrsetKey, type Zone } from "./model";

/** Guess: how many automatic snapshots are kept. */
const AUTOMATIC_SNAPSHOTS_KEPT = 50;

/** What Gandi puts into a fresh zone. */
const DEFAULT_RRSETS: readonly (readonly [name: string, type: string, ...values: string[]])[] = [
    ["@", "A", "217.70.184.38"],
    ["@", "MX", "10 spool.mail.gandi.net.", "50 fb.mail.gandi.net."],
    ["@", "TXT", '"v=spf1 include:_mailcust.gandi.net ?all"'],
    ["_imap._tcp", "SRV", "0 0 0 ."],
    ["_imaps._tcp", "SRV", "0 1 993 mail.gandi.net."],
    ["_pop3._tcp", "SRV", "0 0 0 ."],
    ["_pop3s._tcp", "SRV", "10 1 995 mail.gandi.net."],
    ["_submission._tcp", "SRV", "0 1 465 mail.gandi.net."],
    ["webmail", "CNAME", "webmail.gandi.net."],
    ["www", "CNAME", "webredir.vip.gandi.net."],
];

export function defaultRRsets(): RRset[] {
    return DEFAULT_RRSETS.map(([name, type, ...values]) => ({ name, type, ttl: 10800, values }));
}

export function newZone(fqdn: string, organization: string, rrsets: RRset[], now: number): Zone {
    return {
        fqdn,
        organization,
        automaticSnapshots: true,
        soaTtl: 10800,
        serial: Math.floor(now / 1000),
        rrsets: new Map(rrsets.map((rrset) => [rrsetKey(rrset.name, rrset.type), rrset])),
        snapshots: [],
        keys: [],
        slaves: [],
        tsig: [],
    };
}

export function isApexNs(rrset: RRset): boolean {
    return rrset.name === "@" && rrset.type === "NS";
}

function compare(a: string, b: string): number {
    return a < b ? -1 : a > b ? 1 : 0;
}

/** RRsets in the order of the recordings: by upper-cased name, then type. */
export function sortedRRsets(rrsets: Iterable<RRset>): RRset[] {
    return Array.from(rrsets, (rrset) => ({ rrset, name: rrset.name.toUpperCase() }))
        .sort((a, b) => compare(a.name, b.name) || compare(a.rrset.type, b.rrset.type))
        .map(({ rrset }) => rrset);
}

/** The RRsets that lists show: SOA and apex NS are not among them. */
export function listedRRsets(zone: Zone): RRset[] {
    return sortedRRsets(zone.rrsets.values()).filter((rrset) => !isApexNs(rrset));
}

/** The RRsets whose name is this one but for case. */
export function namesakes(zone: Zone, name: string): RRset[] {
    const folded = name.toLowerCase();
    const found: RRset[] = [];
    for (const rrset of zone.rrsets.values()) {
        // Folding each name of a big zone for each write would be most of the sandbox's work.
        if (rrset.name.length === name.length && rrset.name.toLowerCase() === folded) {
            found.push(rrset);
        }
    }
    return found;
}

/** Changes the records; the serial rises and, where that is switched on, an automatic snapshot is taken of the result. */
export function changeRecords(zone: Zone, now: number, change: (rrsets: Map<string, RRset>) => void): void {
    change(zone.rrsets);
    zone.serial = Math.max(zone.serial + 1, Math.floor(now / 1000));
    if (!zone.automaticSnapshots) {
        return;
    }
    takeSnapshot(zone, now, { automatic: true });
    const automatic = zone.snapshots.filter((snapshot) => snapshot.automatic);
    const dropped = new Set(automatic.slice(0, Math.max(0, automatic.length - AUTOMATIC_SNAPSHOTS_KEPT)));
    if (dropped.size > 0) {
        zone.snapshots = zone.snapshots.filter((snapshot) => !dropped.has(snapshot));
    }
}

/** @returns the new snapshot's id. Without a name it gets "today's date with an incremental number added to it". */
export function takeSnapshot(
    zone: Zone,
    now: number,
    { name, automatic }: { name?: string; automatic: boolean },
): string {
    const day = new Date(now).toISOString().slice(0, 10);
    const sameDay = zone.snapshots.filter((snapshot) => snapshot.name.startsWith(`${day} `)).length;
    const snapshot = {
        id: randomUUID(),
        name: name ?? `${day} ${sameDay + 1}`,
        createdAt: now,
        automatic,
        rrsets: [...zone.rrsets.values()],
    };
    zone.snapshots.push(snapshot);
    return snapshot.id;
}

/** The three nameservers that LiveDNS derives from a domain's name. */
export function hashedNameservers(fqdn: string): string[] {
    const hash = createHash("sha256").update(fqdn.toLowerCase()).digest();
    return ["a", "b", "c"].map((letter, index) => `ns-${(hash[index] ?? 0) + 1}-${letter}.gandi.net`);
}

/** The nameservers in effect: those of the apex NS records, else the hashed ones. */
export function zoneNameservers(zone: Zone): string[] {
    const apex = zone.rrsets.get(rrsetKey("@", "NS"));
    return apex !== undefined && apex.values.length > 0
        ? apex.values.map((value) => value.replace(/\.$/, ""))
        : hashedNameservers(zone.fqdn);
}

/** The zone as a master file in the recorded form: one value a line, relative names, no `$ORIGIN`. */
export function masterFile(rrsets: RRset[], soa?: { ttl: number; serial: number }): string {
    const lines = rrsets.flatMap(({ name, ttl, type, values }) =>
        values.map((value) => `${name} ${ttl} IN ${type} ${value}`),
    );
    if (soa) {
        lines.unshift(`@ ${soa.ttl} IN SOA ns1.gandi.net. hostmaster.gandi.net. ${soa.serial} 10800 3600 604800 10800`);
    }
    return lines.map((line) => `${line}\n`).join("");
}
