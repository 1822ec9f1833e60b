import { basename } from "node:path";
import type { Client } from "../../provider/api/client";
import { printable } from "../../provider/api/printable";
import type { NewRRset } from "../../provider/api/records";
import { getSnapshot, listSnapshots, type SnapshotEntry } from "../../provider/api/snapshots";
import { parseZoneFile, type ZoneFile, ZoneFileError } from "../../provider/dns";
import { relativeOwner } from "../../provider/dns/owner";
import { RRset } from "../../provider/dns/rrset";
import { wireForm } from "../../provider/resources/zone/rrsets";
import { CommandFailure } from "../command";
import { readText } from "../readText";
import type { Speech } from "../speech";
import { withTtl } from "./changes";

/** What a zone is to become again. */
export interface Source {
    /** What it is, in a line for people. */
    readonly title: string;
    /** What it is called. */
    readonly name: string;
    /** What it is, for programs. */
    readonly data: Readonly<Record<string, string>>;
    readonly rrsets: readonly NewRRset[];
}

/** A snapshot: by the id of the API or of the resource (`domain/id`), else by a name that only one snapshot has. */
export async function ofSnapshot(client: Client, domain: string, named: string): Promise<Source> {
    const { id, name, created_at } = await find(client, domain, named);
    const { zone_data } = await getSnapshot(client, domain, id);
    return {
        title: `snapshot "${name}" of ${created_at} (${id})`,
        name,
        data: { snapshot: id, name, createdAt: created_at },
        rrsets: zone_data.filter(({ rrset_type }) => rrset_type !== "SOA").map(withTtl),
    };
}

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

/** A zone file; `-` is what comes on standard input. What is doubtful in it is told. */
export async function ofFile(speech: Speech, domain: string, file: string): Promise<Source> {
    const name = file === "-" ? "standard input" : basename(file);
    const { rrsets, warnings } = parsed(await readText(file, speech), domain, name);
    for (const { line, column, reason } of warnings) {
        speech.note(`${name}, line ${line}, column ${column}: ${reason}`);
    }
    if (rrsets.length === 0) {
        throw new CommandFailure(`${name} holds no record: a zone is not emptied by it`);
    }
    return {
        title: name,
        name,
        data: { file },
        rrsets: rrsets.map((rrset) =>
            wireForm(new RRset(domain, { ...rrset, name: relativeOwner(rrset.name, domain) }, rrset)),
        ),
    };
}

function parsed(content: string, zone: string, name: string): ZoneFile {
    try {
        return parseZoneFile(content, { zone });
    } catch (error) {
        if (!(error instanceof ZoneFileError)) throw error;
        const lines = error.problems.map(
            ({ line, column, reason }) => `  line ${line}, column ${column}: ${printable(reason)}`,
        );
        throw new CommandFailure(`${name} is no zone file of ${zone}:\n${lines.join("\n")}`);
    }
}
