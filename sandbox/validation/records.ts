import { nameOutsideZone } from "../errors";
import type { RRset } from "../state/model";
import type { Fields } from "./fields";
import { RECORD_TYPES, rdataProblem, stored } from "./rdata";

export const DEFAULT_TTL = 10800;
export const MIN_TTL = 300;
export const MAX_TTL = 2592000;

/** Name and type as far as the URL gives them; the URL wins over the body (recorded in 2020). */
export interface FromPath {
    name?: string;
    type?: string;
}

/** Reads one RRset of a body. What is wrong is collected in `fields`; then the answer is undefined. */
export function readRRset(
    fields: Fields,
    zone: string,
    path: FromPath = {},
    { mayBeEmpty = false } = {},
): RRset | undefined {
    const before = fields.errors.length;
    const given = path.name ?? fields.string("rrset_name", { required: true });
    const name = given && relativeName(given, zone);
    const type = path.type ?? fields.string("rrset_type", { required: true, oneOf: RECORD_TYPES });
    const ttl = fields.integer("rrset_ttl", { min: MIN_TTL, max: MAX_TTL }) ?? DEFAULT_TTL;
    const empty = mayBeEmpty ? undefined : "Required";
    const values = fields.strings("rrset_values", { required: true, empty });
    if (fields.errors.length > before || name === undefined || type === undefined || values === undefined) {
        return undefined;
    }
    // A value that is given twice is kept twice (seen in an answer of 2019).
    const rrset = { name, type, ttl, values: values.map((value) => stored(type, value)) };
    for (const description of rrsetProblems(rrset, zone)) {
        fields.errors.push({ location: "body", name: "items", description });
    }
    return fields.errors.length > before ? undefined : rrset;
}

/** What is wrong with an RRset by itself: its name, what its type forbids, each of its values. */
export function rrsetProblems(rrset: RRset, zone: string): string[] {
    const problems = rrset.values.flatMap((value) => rdataProblem(rrset, value) ?? []);
    if (!isRecordName(rrset.name, zone)) {
        problems.unshift(`'${rrset.name}': invalid record name`);
    }
    if (rrset.type === "CNAME" && rrset.name === "@") {
        problems.push("can't use '@' for CNAME records");
    }
    if (rrset.type === "ALIAS" && rrset.name !== "@") {
        problems.push("only '@' is allowed for ALIAS records");
    }
    if (rrset.type === "CNAME" && rrset.values.length > 1) {
        // Guess: the wording of a CNAME's second target; RFC 1034 section 3.6.2 allows one CNAME per name.
        problems.push("only one value is allowed for CNAME records");
    }
    return problems;
}

/**
 * RRsets of one zone that can't live together: a CNAME beside anything of its name (RFC 1034 section 3.6.2), and the same
 * name and type twice. Guess: the wording of both.
 */
export function zoneProblems(rrsets: Iterable<RRset>): string[] {
    const typesByName = new Map<string, string[]>();
    for (const { name, type } of rrsets) {
        const folded = name.toLowerCase();
        typesByName.set(folded, [...(typesByName.get(folded) ?? []), type]);
    }
    return [...typesByName].flatMap(([name, types]) => {
        const twice = types.filter((type, index) => types.indexOf(type) !== index);
        const problems = twice.map((type) => `the record ${name}/${type} is given more than once`);
        if (types.includes("CNAME") && types.some((type) => type !== "CNAME")) {
            problems.push(`a CNAME record can't be used beside other records of the name '${name}'`);
        }
        return problems;
    });
}

/** A name with a final dot must lie in the zone (quoted from the real API). Guess: it is stored without the zone's name. */
function relativeName(name: string, zone: string): string {
    if (!name.endsWith(".")) {
        return name;
    }
    const [folded, apex] = [name.toLowerCase(), `${zone}.`];
    if (folded === apex) {
        return "@";
    }
    if (!folded.endsWith(`.${apex}`)) {
        throw nameOutsideZone(name, zone);
    }
    return name.slice(0, -apex.length - 1);
}

/**
 * A name relative to the zone. Guess: letters, digits, `-`, `_` and `/` (RFC 2317) are allowed, and `*` as a whole first
 * label.
 */
function isRecordName(name: string, zone: string): boolean {
    if (name === "@") {
        return true;
    }
    const labels = name.split(".");
    return (
        name.length + zone.length < 253 &&
        labels.every((label, index) => (index === 0 && label === "*") || /^[A-Za-z0-9_/-]{1,63}$/.test(label))
    );
}
