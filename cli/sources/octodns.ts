import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { FAILSAFE_SCHEMA, load, Type, YAMLException } from "js-yaml";
import { messageOf } from "../../provider/core/failures";
import { domainName } from "../../provider/dns";
import { CommandFailure } from "../command";
import { readText } from "../readText";
import type { Speech } from "../speech";
import { ownValue } from "./ownValue";
import type { Source, Untranslated } from "./source";
import { DeclaredZone } from "./zoneEntries";

/** Every scalar is the text that it is written as, and `<<` merges. Tags are refused. */
const SCHEMA = FAILSAFE_SCHEMA.extend({
    implicit: [new Type("tag:yaml.org,2002:merge", { kind: "scalar", resolve: (text) => text === "<<" })],
});

/** The files of a zone, as `YamlProvider` finds them. */
interface ZoneFiles {
    /** As the file or folder is called, with its final dot. */
    readonly zone: string;
    readonly files: readonly string[];
}

/**
 * A folder of octoDNS's `YamlProvider`: `example.com.yaml`, and `example.com./*.yaml` of a zone that is split. Which of them
 * are at Gandi its configuration says, and the account.
 */
export async function readOctodns(folder: string, speech: Speech): Promise<Source> {
    const { zones, others, unread } = zonesIn(folder, resolve(speech.directory, folder));
    if (zones.length === 0) {
        throw new CommandFailure(
            `${folder} holds no zone: give the "directory" of octoDNS's YamlProvider, with files such as example.com.yaml`,
        );
    }
    const problems: string[] = [];
    const untranslated: Untranslated[] = [...unread];
    const declared = new Map<string, DeclaredZone>();
    const remarks = [...others];
    for (const { zone, files } of zones) {
        const name = zoneName(zone);
        if (name === undefined) {
            untranslated.push({ name: zone, why: "it is no name of a domain" });
            continue;
        }
        const own = declared.get(name) ?? new DeclaredZone(name);
        declared.set(name, own);
        for (const file of files) {
            const path = join(folder, file);
            try {
                remarks.push(...readZone(own, await readText(path, speech), name));
            } catch (error) {
                problems.push(error instanceof CommandFailure ? error.message : `${path}: ${reasonOf(error, zone)}`);
            }
        }
    }
    if (problems.length > 0) {
        throw new CommandFailure(problems.join("\n"));
    }
    const all = [...declared.values()];
    return {
        tool: "octoDNS",
        file: folder,
        entries: all.flatMap(({ entries }) => entries),
        untranslated: [...untranslated, ...all.flatMap((one) => one.untranslated)],
        domains: new Map([...declared.keys()].map((name) => [name, false])),
        remarks: [...all.flatMap((one) => one.remarks), ...remarks],
        stop: "no octodns-sync --doit, neither by people nor by jobs, before the next step is done",
        handsOff: (taken) =>
            [...new Set(taken.map(({ domain }) => domain))].map(
                (domain) =>
                    `take "${domain}." out of the zones of octoDNS's configuration; where "*" stands there, move its YAML away`,
            ),
        afterwards:
            "A zone that is not configured is left alone; one that stays configured without its records loses them at Gandi",
    };
}

function zonesIn(folder: string, path: string): { zones: ZoneFiles[]; others: string[]; unread: Untranslated[] } {
    const zones: ZoneFiles[] = [];
    const others: string[] = [];
    const unread: Untranslated[] = [];
    for (const name of namesIn(folder, path)) {
        if (isFolder(join(path, name))) {
            const files = namesIn(join(folder, name), join(path, name)).filter((file) => file.endsWith(".yaml"));
            if (name.endsWith(".") && files.length > 0) {
                zones.push({ zone: name, files: files.map((file) => join(name, file)) });
            } else if (files.length > 0) {
                unread.push({
                    name: `${name}/`,
                    why: "the folder of a zone ends with a dot; another split_extension is not read",
                });
            }
        } else if (name.endsWith(".yaml")) {
            // As octoDNS itself tells them from configurations and shared files.
            if (name.split(".").length > 2) zones.push({ zone: name.slice(0, -"yaml".length), files: [name] });
            else others.push(`${name} is not read, as it is called like no zone`);
        }
    }
    return { zones, others, unread };
}

function namesIn(folder: string, path: string): string[] {
    try {
        return readdirSync(path).sort();
    } catch (error) {
        const isFile = (error as NodeJS.ErrnoException).code === "ENOTDIR";
        throw new CommandFailure(
            isFile
                ? `${folder} is a file: give the folder of octoDNS's YAML`
                : `${folder} can't be read: ${messageOf(error)}`,
        );
    }
}

/** A link that leads nowhere is none. */
function isFolder(path: string): boolean {
    try {
        return statSync(path).isDirectory();
    } catch {
        return false;
    }
}

function zoneName(zone: string): string | undefined {
    try {
        return domainName(zone);
    } catch {
        return undefined;
    }
}

/** What is said of a file, and of nothing that is in it. */
function reasonOf(error: unknown, zone: string): string {
    if (!(error instanceof YAMLException)) {
        return error instanceof WrongShape ? error.message : "it can't be read";
    }
    const line = error.mark === undefined ? "" : ` in line ${error.mark.line + 1}`;
    if (/tag/.test(error.reason)) {
        return `there is a tag${line}, such as !include, and YAML with tags is not read. octoDNS writes it without: octodns-dump --config-file=CONFIG --output-dir=DIR ${zone} SOURCE`;
    }
    return /duplicated mapping key/.test(error.reason) ? `a name stands twice${line}` : `it is no sound YAML${line}`;
}

class WrongShape extends Error {}

/** @returns what a person should know of its records */
function readZone(zone: DeclaredZone, text: string, domain: string): string[] {
    const names = load(text, { schema: SCHEMA }) ?? {};
    if (typeof names !== "object" || Array.isArray(names)) {
        throw new WrongShape("a zone's file is a mapping of names to records");
    }
    const remarks: string[] = [];
    for (const [name, given] of Object.entries(names)) {
        for (const record of Array.isArray(given) ? given : [given]) {
            const type = ownValue(record, "type");
            if (typeof type !== "string" || type === "") {
                throw new WrongShape(`a record of its name number ${Object.keys(names).indexOf(name) + 1} has no type`);
            }
            const settings = ownValue(record, "octodns");
            if (ownValue(settings, "ignored") === "true") {
                continue;
            }
            const title = `${name === "" ? "@" : name} ${type} of ${domain}`;
            const isSelective = ["included", "excluded"].some((key) => ownValue(settings, key) !== undefined);
            zone.add(name === "" ? "@" : name, type, isSelective);
            for (const part of ["dynamic", "geo"].filter((key) => ownValue(record, key) !== undefined)) {
                remarks.push(`${title}: its ${part} part is nothing that Gandi has; declared is what it answers now`);
            }
        }
    }
    return remarks;
}
