import * as pulumi from "@pulumi/pulumi";
import { masker } from "../../core/inputs/masking";
import { isPlainObject } from "../../core/inputs/values";
import { declare } from "../../core/program/declarations";
import { ProgramError, REFUSED_ARGS } from "../../core/program/programError";
import { isDeferred, isSecret } from "../../core/program/secretInputs";
import { DEFAULT_TTL, type RecordTypeInput } from "../../dns";
import { RRset } from "../../dns/rrset";
import { expandZone, zoneOrUndefined } from "./expand";
import { type IgnorePattern, ignores } from "./ignore";
import { zoneDeclarations } from "./zoneDeclarations";

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

/** The arguments of a zone, as far as its RRsets and what it leaves to others come from them. */
interface ZoneArgs extends ZoneContent {
    exclusive?: pulumi.Input<boolean>;
    ignore?: unknown;
}

/**
 * The arguments with the map that the engine keeps in place of what the user wrote. What they declare is noted: the zone, and
 * each of its RRsets.
 */
export function withRRsets(name: string, args: ZoneArgs, opts: pulumi.CustomResourceOptions | undefined): object {
    const { records, zoneFile, ...rest } = args;
    const content = { domain: args.domain, records, zoneFile, others: Object.keys(rest) };
    try {
        const rrsets = rrsetsOf(content, `gandi.LiveDnsZone "${name}"`, (zone, keys, mask) => {
            const all = keys.map((key) => RRset.ofKey(zone, key));
            const declarations = zoneDeclarations(zone, all, leftToOthers(args, zone));
            const masked = declarations.map((declaration) => ({ ...declaration, shown: mask(declaration.title) }));
            declare(name, "LiveDnsZone", masked, opts);
        });
        return { ...rest, rrsets };
    } catch (error) {
        if (!(error instanceof ContentError)) {
            throw error;
        }
        void pulumi.log.warn(error.message);
        return { ...rest, rrsets: {}, [REFUSED_ARGS]: error.message.split("\n") };
    }
}

/** What an exclusive zone leaves to others, as far as the program says it in plain values. */
function leftToOthers({ exclusive, ignore = [] }: ZoneArgs, zone: string): ((key: string) => boolean) | undefined {
    if (exclusive !== true || !Array.isArray(ignore)) {
        return undefined;
    }
    const isPlain = ignore.every(
        (pattern) =>
            typeof pattern === "string" ||
            (isPlainObject(pattern) && ![pattern, pattern.name, pattern.type].some(isDeferred)),
    );
    return isPlain ? ignores(ignore as IgnorePattern[], zone) : undefined;
}

/** Records or a zone file that can't be accepted. */
export class ContentError extends ProgramError {}

type Leaves = Record<string, { ttl: pulumi.Input<number>; values: ZoneRecordArgs["values"] }>;
type Mask = (text: string) => string;

/**
 * The map that the engine keeps, from what the user wrote. Values that are only known later, and secrets, stay at their
 * leaf; the map as a whole waits for names and types only.
 * @param resource how messages call it
 * @param noted told the keys as soon as they are known, with the zone in normal form and what takes secrets out of texts;
 * not for a zone that is none
 * @throws pulumi.RunError, at once or when outputs resolve, for RRsets that stand there twice and for a zone file that
 * can't be read
 */
export function rrsetsOf(
    { domain, records, zoneFile, others }: ZoneContent,
    resource: string,
    noted: (zone: string, keys: readonly string[], mask: Mask) => void,
): pulumi.Input<Leaves> {
    const build = (content: Parameters<typeof expandZone>[0], mask: Mask = (text) => text) => {
        const { rrsets, problems, warnings } = expandZone({ ...content, ...(others && { others }) });
        for (const remark of warnings) {
            void pulumi.log.warn(`${resource}: ${mask(remark)}`);
        }
        if (problems.length > 0) {
            throw new ContentError(
                "invalid-input",
                problems.map((problem) => `${resource}: ${mask(problem)}`).join("\n"),
            );
        }
        const leaves = Object.fromEntries(
            Object.entries(rrsets as Leaves).map(([key, { ttl, values }]) => [
                key,
                { ttl: isDeferred(ttl) ? withDefault(ttl) : ttl, values },
            ]),
        );
        const zone = zoneOrUndefined(content.domain);
        if (zone !== undefined) {
            noted(zone, Object.keys(leaves), mask);
        }
        return leaves;
    };
    if (!isDeferred(records) && Array.isArray(records) && isAbsent(zoneFile)) {
        return fromList(domain, records, build);
    }
    const parts = [domain, records, zoneFile];
    return parts.some(isDeferred) && isAbsent(records) !== isAbsent(zoneFile)
        ? pulumi
              .all([domain, records, zoneFile, Promise.all(parts.map(isSecret))])
              .apply(([zone, list, text, secret]) =>
                  build(
                      { domain: zone, records: list, zoneFile: text },
                      maskOf([zone, JSON.stringify(list), text], secret),
                  ),
              )
        : build({ domain, records, zoneFile });
}

/** Only names and types are waited for. A record that is an output itself is taken as a whole. */
function fromList(
    domain: pulumi.Input<string>,
    list: readonly pulumi.Input<ZoneRecordArgs>[],
    build: (content: { domain: unknown; records: object[] }, mask?: Mask) => Leaves,
): pulumi.Input<Leaves> {
    const heads = list.map((record) => (isDeferred(record) ? record : headOf((record ?? {}) as ZoneRecordArgs)));
    const joined = (known: readonly object[]) =>
        known.map((head, index) => ({ ...(isDeferred(heads[index]) ? {} : list[index]), ...head }));
    const isPlain = ![domain, ...heads, ...heads.flatMap(Object.values)].some(isDeferred);
    return isPlain
        ? build({ domain, records: joined(heads) })
        : pulumi
              .all([domain, pulumi.all(heads), Promise.all([domain, ...heads].map(isSecret))])
              .apply(([zone, known, secret]) => {
                  const names = (known as { name?: unknown }[]).map((head) => head?.name);
                  return build({ domain: zone, records: joined(known as object[]) }, maskOf([zone, ...names], secret));
              });
}

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

function withDefault(ttl: pulumi.Input<number | undefined>): pulumi.Input<number> {
    return pulumi.output(ttl).apply((known) => known ?? DEFAULT_TTL);
}
