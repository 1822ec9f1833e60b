import * as pulumi from "@pulumi/pulumi";
import { masker } from "../../core/inputs/masking";
import { ourWord } from "../../core/inputs/otherWords";
import { didYouMeanProperty } from "../../core/inputs/wording";
import { ProgramError } from "../../core/program/programError";
import { isDeferred, isSecret } from "../../core/program/secretInputs";
import {
    DEFAULT_TTL,
    DnsNameError,
    domainName,
    parseZoneFile,
    type RecordTypeInput,
    relativeOwner,
    spelledOwner,
    ZoneFileError,
    type ZoneFileProblem,
} from "../../dns";
import { ownerDoubt } from "../../dns/owner";
import { keyOfText } from "./rrsets";

/** One RRset of a {@link LiveDnsZone}. */
export interface ZoneRecordArgs {
    /** The owner name relative to the zone: `www`, `@` for the apex, `*` for the wildcard. */
    name: pulumi.Input<string>;
    /** The record type in upper case, e.g. `A`, `MX`, `TXT`: one of `gandi.dns.recordTypes`. */
    type: pulumi.Input<RecordTypeInput>;
    /** Whole seconds that resolvers may cache it: 300 to 2592000. Default: 10800. */
    ttl?: pulumi.Input<number | undefined>;
    /**
     * All the values of the RRset, one string each, at least one and none twice, in any order and spelling. TXT is
     * given as plain text of any length, or in presentation form with quotes. Names with a final dot are absolute,
     * those without are relative to the zone.
     */
    values: pulumi.Input<readonly pulumi.Input<string>[]>;
}

/** An RRset inside the map that the engine keeps. */
export interface ZoneRRset {
    /** Seconds, 300 to 2592000. */
    ttl: number;
    /** The values, as given; those of others in the API's spelling. */
    values: string[];
}

/** Where the RRsets of a zone come from: one of the two. */
export interface ZoneContent {
    domain: pulumi.Input<string>;
    records?: pulumi.Input<readonly pulumi.Input<ZoneRecordArgs>[]> | undefined;
    zoneFile?: pulumi.Input<string> | undefined;
    /** The names of the other arguments: one of them may be another tool's word for these. */
    others?: readonly string[];
}

/** Records or a zone file that can't be accepted. */
export class ContentError extends ProgramError {}

type Leaves = Record<string, { ttl: pulumi.Input<number>; values: ZoneRecordArgs["values"] }>;

/**
 * The map that the engine keeps, from what the user wrote. Values that are only known later, and secrets, stay at their
 * leaf; the map as a whole waits for names and types only.
 *
 * @param resource how messages call it
 * @param noted told the keys as soon as they are known, with the zone in normal form and what takes secrets out of texts;
 * not for a zone that is none
 * @throws pulumi.RunError, at once or when outputs resolve, for RRsets that stand there twice and for a zone file that
 * can't be read
 */
export function rrsetsOf(
    { domain, records, zoneFile, others = [] }: ZoneContent,
    resource: string,
    noted: (zone: string, keys: readonly string[], mask: (text: string) => string) => void,
): pulumi.Input<Leaves> {
    const refusing =
        (mask: Mask): Refuse =>
        (problems) => {
            throw new ContentError(problems.map((problem) => `${resource}: ${mask(problem)}`).join("\n"));
        };
    const warning = (mask: Mask) => (remark: string) => void pulumi.log.warn(`${resource}: ${mask(remark)}`);
    if (isAbsent(records) === isAbsent(zoneFile)) {
        const hints = others.map((name) => [name, ourWord(name, ["records", "zoneFile"])] as const);
        const hint = hints.flatMap(([name, ours]) => (ours === undefined ? [] : `; ${name} is called ${ours} here`));
        return refusing(masker([]))([`give records or zoneFile, one of the two${hint.join("")}`]);
    }
    const build = (zone: string, list: readonly ZoneRecordArgs[], mask: Mask) => {
        const leaves = keyed(zone, list, refusing(mask));
        const normal = normalOrUndefined(zone);
        if (normal !== undefined) {
            noted(normal, Object.keys(leaves), mask);
        }
        return leaves;
    };
    if (!isAbsent(zoneFile)) {
        const read = (zone: string, text: string, mask: Mask) =>
            build(zone, readZoneFile(text, zone, refusing(mask), warning(mask)), mask);
        return isDeferred(domain) || isDeferred(zoneFile)
            ? pulumi
                  .all([domain, zoneFile, isSecret(domain), isSecret(zoneFile)])
                  .apply(([zone, text, ...secret]) => read(zone, text!, maskOf([zone, text], secret)))
            : read(domain as string, zoneFile as string, masker([]));
    }
    if (isDeferred(records)) {
        return pulumi.all([domain, records, isSecret(domain), isSecret(records)]).apply(([zone, list, ...secret]) => {
            const mask = maskOf([zone, JSON.stringify(list)], secret);
            return build(zone, asList(list, refusing(mask)), mask);
        });
    }
    const list = asList(records, refusing(masker([]))) as readonly pulumi.Input<ZoneRecordArgs>[];
    // Only names and types are waited for. A record that is an output itself is taken as a whole.
    const heads = list.map((record) => (isDeferred(record) ? record : headOf((record ?? {}) as ZoneRecordArgs)));
    const joined = (zone: string, known: readonly object[], mask: Mask) =>
        build(
            zone,
            known.map(
                (head, index) => ({ ...(isDeferred(heads[index]) ? {} : list[index]), ...head }) as ZoneRecordArgs,
            ),
            mask,
        );
    const isPlain = ![domain, ...heads, ...heads.flatMap(Object.values)].some(isDeferred);
    return isPlain
        ? joined(domain as string, heads, masker([]))
        : pulumi
              .all([domain, pulumi.all(heads), Promise.all([domain, ...heads].map(isSecret))])
              .apply(([zone, known, secret]) => {
                  const names = (known as { name?: unknown }[]).map((head) => head?.name);
                  return joined(zone, known as object[], maskOf([zone, ...names], secret));
              });
}

type Mask = (text: string) => string;

/** Takes those of the texts that are secrets out of a text. */
function maskOf(texts: readonly unknown[], secret: readonly boolean[]): Mask {
    return masker(texts.filter((text, index): text is string => typeof text === "string" && secret[index] === true));
}

function headOf({ name, type }: ZoneRecordArgs): Pick<ZoneRecordArgs, "name" | "type"> {
    return { name, type };
}

function isAbsent(argument: unknown): boolean {
    return argument === undefined || argument === null;
}

function asList(records: unknown, refuse: Refuse): ZoneRecordArgs[] {
    return Array.isArray(records) ? records : refuse(["records must be a list"]);
}

/** Reports what is wrong with the arguments: once, all of it. */
type Refuse = (problems: readonly string[]) => never;

const PROPERTIES = ["name", "type", "ttl", "values"];

function keyed(domain: string, records: readonly ZoneRecordArgs[], refuse: Refuse): Leaves {
    const zone = normalOrUndefined(domain);
    const places = new Map<string, number>();
    const problems: string[] = [];
    const leaves: Leaves = {};
    for (const [index, record] of records.entries()) {
        const { name, type, ttl, values, ...strange } = record ?? {};
        for (const property of Object.keys(strange)) {
            problems.push(
                `records[${index}]: has no property "${property}"${didYouMeanProperty(property, PROPERTIES)}`,
            );
        }
        if (typeof name !== "string" || typeof type !== "string") {
            problems.push(`records[${index}] needs a name and a type`);
            continue;
        }
        const key = zone === undefined ? `${name} ${type}` : keyOfText(name, type, zone);
        const doubt = zone === undefined ? undefined : doubtOrUndefined(name, zone);
        if (doubt !== undefined) {
            problems.push(`records[${index}]: name: ${doubt}`);
        }
        const first = places.get(key);
        if (first !== undefined) {
            const both = `records[${first}] and records[${index}] are both ${key}: put all the values into one`;
            problems.push(both + apexHint([records[first]?.name, name], zone));
        }
        places.set(key, index);
        leaves[key] = { ttl: withDefault(ttl), values };
    }
    return problems.length > 0 ? refuse(problems) : leaves;
}

/** For a list out of a zone file or a look-up, in which the zone's own name is not the apex. */
function apexHint(names: readonly unknown[], zone: string | undefined): string {
    const hasZone = names.some((name) => typeof name === "string" && name.toLowerCase() === zone);
    return hasZone ? `, or write "${zone}.${zone}." for the name below the apex` : "";
}

/** The engine's map holds names that are relative already: what a user may have meant shows here only. */
function doubtOrUndefined(name: string, zone: string): string | undefined {
    try {
        return ownerDoubt(name, zone);
    } catch (error) {
        if (error instanceof DnsNameError) {
            return undefined;
        }
        throw error;
    }
}

function withDefault(ttl: ZoneRecordArgs["ttl"]): pulumi.Input<number> {
    if (ttl === undefined || ttl === null) {
        return DEFAULT_TTL;
    }
    return isDeferred(ttl) ? pulumi.output(ttl).apply((known) => known ?? DEFAULT_TTL) : ttl;
}

/** What is only untidy in a file is said, this many times at most. */
const FEW = 10;

/** A doubt in a file is an error, as it is in `records`: there is a spelling without it. */
function readZoneFile(text: string, domain: string, refuse: Refuse, warn: (remark: string) => void): ZoneRecordArgs[] {
    if (typeof text !== "string" || typeof domain !== "string") {
        return refuse([`${typeof domain === "string" ? "zoneFile" : "domain"} must be text`]);
    }
    try {
        const zone = domainName(domain);
        const { rrsets, warnings, doubts } = parseZoneFile(text, { zone });
        if (doubts.length > 0) {
            return refuse(doubts.map(inFile));
        }
        const lines = warnings.slice(0, FEW).map(inFile);
        const rest = warnings.length - lines.length;
        for (const remark of rest > 0 ? [...lines, `zoneFile: ${rest} more like these`] : lines) {
            warn(remark);
        }
        return rrsets.map((rrset) => ({ ...rrset, name: spelledOwner(relativeOwner(rrset.name, zone), zone) }));
    } catch (error) {
        if (error instanceof ZoneFileError) {
            return refuse(error.problems.map(inFile));
        }
        if (error instanceof DnsNameError) {
            return refuse([`domain: ${error.message}`]);
        }
        throw error;
    }
}

function inFile({ line, column, reason }: ZoneFileProblem): string {
    return `zoneFile, line ${line}, column ${column}: ${reason}`;
}

function normalOrUndefined(domain: string): string | undefined {
    try {
        return domainName(domain);
    } catch {
        return undefined;
    }
}
