import { ourWord } from "../../core/inputs/otherWords";
import { isPlainObject, UNKNOWN } from "../../core/inputs/values";
import { didYouMeanProperty } from "../../core/inputs/wording";
import type { Problem, Props } from "../../core/property";
import {
    DEFAULT_TTL,
    DnsNameError,
    domainName,
    parseZoneFile,
    relativeOwner,
    spelledOwner,
    ZoneFileError,
    type ZoneFileProblem,
} from "../../dns";
import { ownerDoubt, ownerName } from "../../dns/owner";
import { RRset } from "../../dns/rrset";

/** Where the RRsets of a zone come from, as far as that is known. */
interface KnownContent {
    readonly domain: unknown;
    readonly records?: unknown;
    readonly zoneFile?: unknown;
    /** The names of the other arguments: one of them may be another tool's word for these. */
    readonly others?: readonly string[];
}

/** RRsets by key. Whatever stands for a TTL and for values is passed on as it is. */
type Leaves = Record<string, { ttl: unknown; values: unknown }>;

/** What the content of a zone comes to. */
interface Expanded {
    readonly rrsets: Leaves;
    /** What is wrong with it, all of it. */
    readonly problems: readonly string[];
    /** What is only untidy. */
    readonly warnings: readonly string[];
}

const refused = (...problems: string[]): Expanded => ({ rrsets: {}, problems, warnings: [] });

/** The map that the engine keeps, from what the user wrote: the names and types of all records are known by now. */
export function expandZone({ domain, records, zoneFile, others = [] }: KnownContent): Expanded {
    if (isAbsent(records) === isAbsent(zoneFile)) {
        const hints = others.map((name) => [name, ourWord(name, ["records", "zoneFile"])] as const);
        const hint = hints.flatMap(([name, ours]) => (ours === undefined ? [] : `; ${name} is called ${ours} here`));
        return refused(`give records or zoneFile, one of the two${hint.join("")}`);
    }
    if (isAbsent(zoneFile)) {
        return Array.isArray(records) ? keyed(domain, records) : refused("records must be a list");
    }
    if (typeof zoneFile !== "string" || typeof domain !== "string") {
        return refused(`${typeof domain === "string" ? "zoneFile" : "domain"} must be text`);
    }
    return readZoneFile(zoneFile, domain);
}

/** The same where all that is given is plain, as check is given it; of what is not known yet nothing is said. */
export function expandInputs({ domain, records, zoneFile, ...rest }: Props): {
    inputs: Props;
    problems: Problem[];
    warnings: Problem[];
} {
    const list: unknown[] = Array.isArray(records) ? records : [records];
    const heads = list.flatMap((record) => (isPlainObject(record) ? [record.name, record.type] : [record]));
    if ([domain, zoneFile, ...heads].includes(UNKNOWN)) {
        return { inputs: { rrsets: UNKNOWN }, problems: [], warnings: [] };
    }
    const { rrsets, problems, warnings } = expandZone({ domain, records, zoneFile, others: Object.keys(rest) });
    const asProblems = (reasons: readonly string[]) => reasons.map((reason) => ({ path: "", reason }));
    return {
        inputs: { rrsets: problems.length > 0 ? {} : rrsets },
        problems: asProblems(problems),
        warnings: asProblems(warnings),
    };
}

function isAbsent(argument: unknown): boolean {
    return argument === undefined || argument === null;
}

const PROPERTIES = ["name", "type", "ttl", "values"];

function keyed(domain: unknown, records: readonly object[]): Expanded {
    const zone = zoneOrUndefined(domain);
    const places = new Map<string, number>();
    const problems: string[] = [];
    const rrsets: Leaves = {};
    for (const [index, record] of records.entries()) {
        const { name, type, ttl, values, ...strange }: Record<string, unknown> = { ...record };
        for (const property of Object.keys(strange)) {
            problems.push(
                `records[${index}]: has no property "${property}"${didYouMeanProperty(property, PROPERTIES)}`,
            );
        }
        if (typeof name !== "string" || typeof type !== "string") {
            problems.push(`records[${index}] needs a name and a type`);
            continue;
        }
        const { key, doubt } = read(name, type, zone);
        if (doubt !== undefined) {
            problems.push(`records[${index}]: name: ${doubt}`);
        }
        const first = places.get(key);
        if (first !== undefined) {
            const both = `records[${first}] and records[${index}] are both ${key}: put all the values into one`;
            const names = [records[first], record].map((one) => (one as { name?: unknown }).name);
            problems.push(both + apexHint(names, zone));
        }
        places.set(key, index);
        rrsets[key] = { ttl: ttl ?? DEFAULT_TTL, values };
    }
    return { rrsets, problems, warnings: [] };
}

/** The engine's map holds names that are relative already: what a user may have meant shows here only. */
function read(name: string, type: string, zone: string | undefined): { key: string; doubt?: string | undefined } {
    if (zone === undefined) {
        return { key: `${name} ${type}` };
    }
    try {
        const { key } = new RRset(zone, { name: ownerName(name, zone), type });
        return { key, doubt: ownerDoubt(name, zone) };
    } catch (error) {
        if (error instanceof DnsNameError) {
            // Check says what is wrong with it.
            return { key: `${name} ${type.toUpperCase()}` };
        }
        throw error;
    }
}

/** For a list out of a zone file or a look-up, in which the zone's own name is not the apex. */
function apexHint(names: readonly unknown[], zone: string | undefined): string {
    const hasZone = names.some((name) => typeof name === "string" && name.toLowerCase() === zone);
    return hasZone ? `, or write "${zone}.${zone}." for the name below the apex` : "";
}

/** What is only untidy in a file is said, this many times at most. */
const FEW = 10;

/** A doubt in a file is an error, as it is in `records`: there is a spelling without it. */
function readZoneFile(text: string, domain: string): Expanded {
    try {
        const zone = domainName(domain);
        const { rrsets, warnings, doubts } = parseZoneFile(text, { zone });
        if (doubts.length > 0) {
            return refused(...doubts.map(inFile));
        }
        const lines = warnings.slice(0, FEW).map(inFile);
        const rest = warnings.length - lines.length;
        const records = rrsets.map((rrset) => ({
            ...rrset,
            name: spelledOwner(relativeOwner(rrset.name, zone), zone),
        }));
        return {
            ...keyed(domain, records),
            warnings: rest > 0 ? [...lines, `zoneFile: ${rest} more like these`] : lines,
        };
    } catch (error) {
        if (error instanceof ZoneFileError) {
            return refused(...error.problems.map(inFile));
        }
        if (error instanceof DnsNameError) {
            return refused(`domain: ${error.message}`);
        }
        throw error;
    }
}

function inFile({ line, column, reason }: ZoneFileProblem): string {
    return `zoneFile, line ${line}, column ${column}: ${reason}`;
}

/** The zone in normal form; undefined for what is none. */
export function zoneOrUndefined(domain: unknown): string | undefined {
    try {
        return typeof domain === "string" ? domainName(domain) : undefined;
    } catch {
        return undefined;
    }
}
