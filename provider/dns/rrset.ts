/** RRsets are sets (RFC 2181, section 5). Values here are as users write them and as the API answers: see `presentation`. */
import { DnsValueError } from "./dnsErrors";
import { type OwnerName, ownerOrUndefined } from "./owner";
import { apiValue } from "./value";

/** Where an RRset stands in its zone. */
interface Place {
    readonly name: OwnerName;
    readonly type: string;
}

/** What an RRset says. */
interface Content {
    readonly ttl?: number | undefined;
    readonly values: readonly string[];
}

/** What a key stands for: the name in it is relative already. A type holds no space, so the last one is before it. */
export function placeOf(key: string): Place {
    const space = key.lastIndexOf(" ");
    return { name: key.slice(0, Math.max(space, 0)) as OwnerName, type: key.slice(space + 1) };
}

/**
 * One RRset of a zone. What a program, a state, a zone file or an answer of the API says becomes this where it comes in: from
 * then on its key and its equality are plain.
 */
export class RRset {
    readonly name: OwnerName;
    readonly type: string;
    /** Seconds; some answers of the API leave it out. */
    readonly ttl: number | undefined;
    /** As they are written. */
    readonly values: readonly string[];
    private normal: ReadonlySet<string> | undefined;

    /** @param storedName the name as the server keeps it: in the case that it was made with */
    constructor(
        readonly zone: string,
        { name, type }: Place,
        { ttl, values }: Content = { values: [] },
        readonly storedName: string = name,
    ) {
        this.name = name;
        this.type = type.toUpperCase();
        this.ttl = ttl;
        this.values = values;
    }

    /** One out of an answer of the API. A name that is none stays as it is. */
    static there(zone: string, name: string, type: string, content?: Content): RRset {
        return new RRset(zone, { name: ownerOrUndefined(name, zone) ?? (name as OwnerName), type }, content, name);
    }

    /** The one of a key. */
    static ofKey(zone: string, key: string, content?: Content): RRset {
        return new RRset(zone, placeOf(key), content);
    }

    /** What tells it from the others of its zone: `www A`. */
    get key(): string {
        return `${this.name} ${this.type}`;
    }

    /** What tells it from all others: `example.com/www/A`. */
    get id(): string {
        return `${this.zone}/${this.name}/${this.type}`;
    }

    /** The values in normal form. Most of a big zone is never compared, so they are made when they are asked for. */
    get normalValues(): ReadonlySet<string> {
        this.normal ??= new Set(normalValues(this.type, this.values, this.zone));
        return this.normal;
    }

    hasValuesOf(other: RRset): boolean {
        return areEqual(this.normalValues, other.normalValues);
    }

    /** Whether it says what another of its key says. */
    equals(other: RRset): boolean {
        return this.ttl === other.ttl && this.hasValuesOf(other);
    }

    withTtl(ttl: number | undefined): RRset {
        return new RRset(this.zone, this, { ttl, values: this.values }, this.storedName);
    }
}

/** Its own text for a value that is not understood: a strange answer of the API must not stop a refresh. */
function key(type: string, value: string, zone: string): string {
    try {
        return apiValue(type, value, zone);
    } catch (error) {
        if (error instanceof DnsValueError) return value;
        throw error;
    }
}

/** The values of an RRset in normal form; one that is not understood stays as it is. */
export function normalValues(type: string, values: readonly string[], zone: string): string[] {
    return values.map((value) => key(type, value, zone));
}

/** True where both lists hold the same values, in whatever order and spelling; a value given twice counts once. */
export function sameRRset(
    type: string,
    values: readonly string[],
    otherValues: readonly string[],
    zone: string,
): boolean {
    return areEqual(new Set(normalValues(type, values, zone)), new Set(normalValues(type, otherValues, zone)));
}

function areEqual(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
    return some.size === others.size && [...some].every((value) => others.has(value));
}

/** The pairs of values that are the same value: each repeated spelling with the first one. */
export function duplicateValues(
    type: string,
    values: readonly string[],
    zone: string,
): [first: string, again: string][] {
    const firsts = new Map<string, string>();
    const pairs: [string, string][] = [];
    for (const value of values) {
        const same = key(type, value, zone);
        const first = firsts.get(same);
        if (first === undefined) firsts.set(same, value);
        else pairs.push([first, value]);
    }
    return pairs;
}

/**
 * `values` in the spelling and order of `spelled`, where they are the same; values that it lacks come last, as they
 * are. So a value that only looks different is no drift.
 */
export function keepSpelling(
    type: string,
    values: readonly string[],
    spelled: readonly string[],
    zone: string,
): string[] {
    const rest = new Map(values.map((value) => [key(type, value, zone), value]));
    const kept = spelled.filter((value) => rest.delete(key(type, value, zone)));
    return [...kept, ...rest.values()];
}
