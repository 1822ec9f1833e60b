import { z } from "zod";
import { isSame, normalOf, type Problem, type Property, type Props } from "./property";

/** The inputs of a kind, in an order in which each may count from those before it. */
export type Properties = Readonly<Record<string, Property>>;

/** The properties of a kind together. */
export class PropertySet {
    readonly names: readonly string[];
    /** Types, ranges and defaults of all. */
    readonly schema: z.ZodObject;

    constructor(private readonly properties: Properties) {
        this.names = Object.keys(properties);
        const schemas = Object.entries(properties).map(([name, { schema }]) => [name, schema]);
        this.schema = z.object(Object.fromEntries(schemas));
    }

    /** With each property in normal form; what has none, and what is none of them, as it is. */
    normal(inputs: Props): Props {
        const found = { ...inputs };
        for (const [name, property] of Object.entries(this.properties)) {
            if (!isAbsent(found[name])) {
                found[name] = normalOf(property, found[name], found);
            }
        }
        return found;
    }

    /** These properties alone, in normal form; undefined where one is missing. Throws where one has none. */
    strictly(names: readonly string[], inputs: Props): Props | undefined {
        const found: Props = {};
        for (const name of names) {
            const value = inputs[name];
            const property = this.properties[name];
            if (value === undefined && property?.schema.safeParse(undefined).success) {
                continue;
            }
            if (isAbsent(value)) {
                return undefined;
            }
            found[name] = property?.normal === undefined ? value : property.normal(value, found);
        }
        return found;
    }

    /** What is wrong with properties of the right types, one by one; and those with which nothing is. */
    judged(inputs: Props): { problems: Problem[]; sound: Props; wrong: string[] } {
        const problems: Problem[] = [];
        const sound: Props = {};
        const normal: Props = {};
        const wrong: string[] = [];
        for (const [name, property] of Object.entries(this.properties)) {
            const value = inputs[name];
            if (value === undefined) {
                continue;
            }
            const found = property.problems?.(value, name, normal) ?? [];
            if (found.length > 0) {
                problems.push(...found);
                wrong.push(name);
            } else {
                sound[name] = value;
                normal[name] = normalOf(property, value, normal);
            }
        }
        return { problems, sound, wrong };
    }

    /** What is there, as the user spells it where it means the same. */
    spelled(given: Props, there: Props): Props {
        const normal = this.normal(given);
        const spelled = Object.entries(there).flatMap(([name, value]) => {
            const property = this.properties[name];
            if (value === undefined || property === undefined) {
                return [];
            }
            const now = normalOf(property, value, normal);
            if (isAbsent(given[name])) {
                return [[name, property.written?.(value, normal) ?? now]];
            }
            const isAsGiven = () => isSame(property, normal[name], now, { old: normal, wanted: normal });
            const kept = () => property.spelled?.(given[name], now, normal, value) ?? (isAsGiven() ? given[name] : now);
            return [[name, kept()]];
        });
        return Object.fromEntries(spelled);
    }

    /** Normal forms, out of an id say, as a program may write them. Throws where one is none. */
    written(values: Props): Props {
        const written: Props = {};
        const normal: Props = {};
        for (const [name, value] of Object.entries(values)) {
            const property = this.properties[name];
            written[name] = property?.written?.(value, normal) ?? property?.normal?.(value, normal) ?? value;
            normal[name] = property?.normal?.(written[name], normal) ?? value;
        }
        return written;
    }
}

function isAbsent(value: unknown): value is undefined | null {
    return value === undefined || value === null;
}
