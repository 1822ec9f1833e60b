import { z } from "zod";
import type { Props } from "../property";
import { masker } from "./masking";
import { isPlainObject } from "./values";

/**
 * The property in which a resource's class names the inputs that the program gave as secrets: the engine hands their
 * values to a dynamic provider in clear, and says nothing of it. It also stands in the state, for `read` and `delete`,
 * which see no program. No display of the engine's shows a property with two underscores.
 */
export const SECRET_INPUTS = "__secretInputs";

/** The keys that lead to an input, such as `["owner", "email"]`. A list with a secret in it is one as a whole. */
export type SecretPath = readonly string[];

/**
 * Keeps the inputs that the program gave as secrets out of whatever people and logs are told of a resource: check failures,
 * progress lines, errors with what the API echoes in them, reasons of a partial failure.
 */
export class Secrets {
    /** The inputs of the present program that are secrets. */
    readonly paths: readonly SecretPath[];
    /** The text without anything of the secrets in it, in whatever case. */
    readonly mask: (text: string) => string;

    /**
     * @param inputs the schema of the inputs
     * @param now the properties of now, with the names of their secrets
     * @param before those of the state, with theirs: a changed secret is none the less one
     */
    constructor(inputs: z.ZodObject, now: Props, before: Props = {}) {
        this.paths = pathsIn(now);
        const all = [...this.paths, ...pathsIn(before)];
        const secrets = all.flatMap((path) => [now, before].flatMap((props) => textsAt(inputs, props, path)));
        const open = all.length === 0 ? [] : [now, before].flatMap((props) => textsBeside(inputs, props, all));
        this.mask = masker(secrets, open);
    }

    /** Whether the program gave this input, a part of it, or what it is a part of, as a secret. */
    has(...path: SecretPath): boolean {
        return this.paths.some((secret) => secret.every((key, depth) => depth >= path.length || key === path[depth]));
    }

    /** Whether there is something of a secret in a value. */
    holds(value: unknown): boolean {
        const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
        return this.mask(text) !== text;
    }
}

function pathsIn(props: Props): SecretPath[] {
    const paths = props[SECRET_INPUTS];
    return Array.isArray(paths) ? paths.filter(Array.isArray).map((path) => path.map(String)) : [];
}

/** The texts and numbers that stand at or below a path. */
function textsAt(inputs: z.ZodType | undefined, props: unknown, path: SecretPath): string[] {
    const [key, ...rest] = path;
    if (key === undefined) {
        return textsIn(inputs, props);
    }
    return isPlainObject(props) ? textsAt(partOf(inputs, key), props[key], rest) : [];
}

/** The texts of the inputs that stand at none of these paths. */
function textsBeside(inputs: z.ZodType | undefined, props: unknown, paths: readonly SecretPath[]): string[] {
    if (paths.some((path) => path.length === 0)) {
        return [];
    }
    if (paths.length === 0 || !isPlainObject(props)) {
        return textsIn(inputs, props);
    }
    return Object.entries(props).flatMap(([key, inner]) => {
        const schema = partOf(inputs, key);
        const below = paths.filter(([first]) => first === key).map(([, ...rest]) => rest);
        return schema === undefined ? [] : textsBeside(schema, inner, below);
    });
}

function textsIn(schema: z.ZodType | undefined, value: unknown): string[] {
    if (Array.isArray(value)) {
        const { element } = (unwrapped(schema) ?? {}) as { element?: z.ZodType };
        return value.flatMap((item) => textsIn(element, item));
    }
    if (isPlainObject(value)) {
        // The names of an object's fields are ours; the keys of a map are the program's, as those of a zone's RRsets.
        const keys = unwrapped(schema) instanceof z.ZodRecord ? Object.keys(value) : [];
        return [...keys, ...Object.entries(value).flatMap(([key, inner]) => textsIn(partOf(schema, key), inner))];
    }
    if (typeof value === "number") {
        return [String(value), value.toFixed(2)];
    }
    return typeof value === "string" && !isWordOfOurs(schema, value) ? [value] : [];
}

function partOf(schema: z.ZodType | undefined, key: string): z.ZodType | undefined {
    const bare = unwrapped(schema);
    if (bare instanceof z.ZodRecord) {
        return bare.valueType as z.ZodType;
    }
    return bare instanceof z.ZodObject ? (bare.shape[key] as z.ZodType | undefined) : undefined;
}

function unwrapped(schema: z.ZodType | undefined): z.ZodType | undefined {
    return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
        ? unwrapped(schema.unwrap() as z.ZodType)
        : schema;
}

/** One of a closed list of words, such as `individual`, is in the documentation, and in our own sentences. */
function isWordOfOurs(schema: z.ZodType | undefined, value: string): boolean {
    const bare = unwrapped(schema);
    return bare instanceof z.ZodEnum && bare.options.includes(value);
}
