import type { Client } from "../provider/api/client";
import { printable } from "../provider/api/printable";
import { type RRset as ApiRRset, getRRset, listRecords, type NewRRset, putZone } from "../provider/api/records";
import { createSnapshot, getSnapshot, listSnapshots, type SnapshotEntry } from "../provider/api/snapshots";
import { messageOf } from "../provider/core/failures";
import { DEFAULT_TTL } from "../provider/dns";
import type { RRset } from "../provider/dns/rrset";
import { planZone } from "../provider/resources/zone/plan";
import { APEX_NS, byKey, fromApi } from "../provider/resources/zone/rrsets";
import { type Command, CommandFailure, readDomain, readWords } from "./command";
import { clientOfEnvironment } from "./session";

export const restoreCommand: Command = {
    usage: "DOMAIN SNAPSHOT [--yes]",
    help: `Shows what a snapshot of a LiveDNS zone, given by its id or its name, would bring back: + comes, - goes,
~ changes. Nothing is changed without --yes.

Options:
  -y, --yes   do it, after a snapshot of the zone as it is
`,
    run: restore,
};

/**
 * `restore DOMAIN SNAPSHOT [--yes]`: makes a zone what it was. The API has no call for that: it is
 * `GET /v5/livedns/domains/{fqdn}/snapshots/{id}`, then `PUT …/records` with what is in it.
 *
 * Without `--yes` it only shows what would come, go and change. With it, it first takes a snapshot of the zone as it is.
 */
export async function restore(args: string[], print: (line: string) => void): Promise<void> {
    const { domain, named, yes } = readArguments(args);
    const client = clientOfEnvironment(print);
    const { id, name, created_at } = await find(client, domain, named);
    const { zone_data } = await getSnapshot(client, domain, id);
    const wanted = zone_data.filter(({ rrset_type }) => rrset_type !== "SOA").map(withTtl);
    const changes = changesBetween(domain, await zoneOf(client, domain), wanted);
    print(`${domain}: snapshot "${name}" of ${created_at} (${id})`);
    for (const change of changes) {
        print(change);
    }
    if (changes.length === 0) {
        print("The zone is as it was then: nothing to restore");
        return;
    }
    if (!yes) {
        print(
            `${count(changes.length)} would change (+ comes, - goes, ~ changes). Nothing was changed: add --yes to do it`,
        );
        return;
    }
    const safety = await createSnapshot(client, domain, `before the restore of ${name}`);
    print(`${domain}: the zone as it is now is kept as snapshot ${safety}`);
    try {
        await putZone(client, domain, wanted);
    } catch (error) {
        throw new CommandFailure(`${messageOf(error)} The zone as it was before is in the snapshot ${safety}.`);
    }
    const left = changesBetween(domain, await zoneOf(client, domain), wanted);
    if (left.length > 0) {
        throw new CommandFailure(`${domain}: restored, but the zone still differs:\n${left.join("\n")}`);
    }
    print(`${domain}: restored, ${count(changes.length)} changed`);
}

function readArguments(args: string[]): { domain: string; named: string; yes: boolean } {
    const { words, options } = readWords(args, ["DOMAIN", "SNAPSHOT"], {
        yes: { type: "boolean", short: "y", default: false },
    });
    return { domain: readDomain(words[0]!), named: words[1]!, yes: options.yes === true };
}

/** By the id of the API or of the resource (`domain/id`), else by a name that only one snapshot has. */
async function find(client: Client, domain: string, named: string): Promise<SnapshotEntry> {
    const snapshots = await listSnapshots(client, domain);
    const byId = snapshots.find(({ id }) => id === named || `${domain}/${id}` === named);
    const [found, ...others] = byId === undefined ? snapshots.filter(({ name }) => name === named) : [byId];
    if (found === undefined) {
        const list = snapshots.map(described).join("\n");
        throw new CommandFailure(
            `${domain} has no snapshot "${named}"${list === "" ? ", and none at all" : `; it has:\n${list}`}`,
        );
    }
    if (others.length > 0) {
        const list = [found, ...others].map(described).join("\n");
        throw new CommandFailure(`${domain} has several snapshots "${named}": give the id of one\n${list}`);
    }
    return found;
}

function described({ id, name, created_at }: SnapshotEntry): string {
    return printable(`  ${id}  ${created_at}  ${name}`);
}

/** All that a PUT of the zone can write: lists leave the NS of the apex out. */
async function zoneOf(client: Client, domain: string): Promise<ApiRRset[]> {
    const [listed, apexNs] = await Promise.all([listRecords(client, domain), getRRset(client, domain, "@", "NS")]);
    return [
        ...listed.filter((rrset) => fromApi(rrset, domain).key !== APEX_NS),
        ...(apexNs === undefined ? [] : [apexNs]),
    ];
}

/** One line for each RRset that comes, goes or changes. */
function changesBetween(zone: string, now: readonly ApiRRset[], wanted: readonly NewRRset[]): string[] {
    const there = byKey(now.map(withTtl), zone);
    // A PUT without the NS of the apex keeps those that are there.
    const owned = new Set([...there.keys()].filter((key) => key !== APEX_NS));
    const want = Object.fromEntries(byKey(wanted, zone));
    const how = { takesOver: false, adopt: true, isOthers: () => false };
    const { writes, removals } = planZone({ zone, want, there, owned, ...how });
    return [
        ...writes.map(({ rrset, there: present }) =>
            present === undefined ? `+ ${shown(rrset)}` : `~ ${shown(present)}  ->  ${contentOf(rrset)}`,
        ),
        ...[...removals.values()].map((rrset) => `- ${shown(rrset)}`),
    ];
}

function withTtl(rrset: ApiRRset): NewRRset {
    return { ...rrset, rrset_ttl: rrset.rrset_ttl ?? DEFAULT_TTL };
}

function shown(rrset: RRset): string {
    return printable(`${rrset.storedName} ${rrset.type} ${contentOf(rrset)}`);
}

function contentOf({ ttl, values }: RRset): string {
    return printable(`${ttl} ${values.join(", ")}`);
}

function count(rrsets: number): string {
    return rrsets === 1 ? "1 RRset" : `${rrsets} RRsets`;
}
