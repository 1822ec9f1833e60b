import type { z } from "zod";
import type { Definition } from "../define";
import { POINTER } from "../program/pointer";
import { REFUSED_ARGS } from "../program/programError";
import type { Problem, Props } from "../property";
import { SECRET_INPUTS } from "./secrets";
import { containsUnknown, isPlainObject, UNKNOWN } from "./values";
import { didYouMeanProperty, wording } from "./wording";

export interface Checked {
    /** What the user gave, in the user's spelling and order. */
    readonly inputs: Props;
    /** `inputs` with the defaults. */
    readonly filled: Props;
    readonly problems: Problem[];
    /** The properties that hold something wrong. */
    readonly wrong: ReadonlySet<string>;
    /** `filled` without what is wrong in it, so that the rest can be judged at once. */
    readonly sound: Props;
}

/** Holds inputs against their types, ranges and defaults. What is not known yet passes. */
export function checkInputs(definition: Pick<Definition, "kind" | "inputs" | "outputs">, news: Props): Checked {
    const shape = definition.inputs.shape;
    const inputs: Props = {};
    const filled: Props = {};
    const problems = [...unheardOf(definition, news), ...refusedInProgram(news)];
    const wrong: [property: string, ...PropertyKey[]][] = [];
    for (const [property, schema] of Object.entries(shape)) {
        const value = news[property] ?? undefined;
        const parsed = schema.safeParse(value, { error: wording });
        // One value can break several rules that have the same words.
        const reasons = new Set<string>();
        for (const { path, message } of relevant(parsed.error?.issues ?? [], value)) {
            wrong.push([property, ...path]);
            const spelled = spellPath(property, path);
            if (!reasons.has(`${spelled} ${message}`)) {
                problems.push({ path: spelled, reason: message });
            }
            reasons.add(`${spelled} ${message}`);
        }
        if (value !== undefined) {
            inputs[property] = value;
        }
        const checked = parsed.success ? parsed.data : value;
        if (checked !== undefined) {
            filled[property] = checked;
        }
    }
    const sound = without(filled, wrong);
    return { inputs, filled, problems, wrong: new Set(wrong.map(([property]) => property)), sound };
}

function unheardOf({ kind, inputs, outputs }: Pick<Definition, "kind" | "inputs" | "outputs">, news: Props) {
    const names = Object.keys(inputs.shape);
    const heardOf = new Set([POINTER, SECRET_INPUTS, REFUSED_ARGS, ...names, ...outputs]);
    const strange = Object.keys(news).filter((name) => !heardOf.has(name));
    return strange.map((name): Problem => {
        const hint = didYouMeanProperty(name, names) || `; it has ${names.join(", ") || "none"}`;
        return { path: name, reason: `${kind} has no such property${hint}` };
    });
}

function refusedInProgram({ [REFUSED_ARGS]: reasons }: Props): Problem[] {
    return Array.isArray(reasons) ? reasons.map((reason) => ({ path: "", reason: String(reason) })) : [];
}

/** The issues of a value but for those of parts that are not known yet. */
function relevant(issues: readonly z.core.$ZodIssue[], value: unknown): z.core.$ZodIssue[] {
    const mistyped = new Set(issues.filter(({ code }) => code === "invalid_type").map(({ path }) => path.join(".")));
    return issues.filter(
        ({ path, code }) =>
            !isOpen(code, at(value, path)) &&
            // A text in place of a list is held against the list's length as well: its type is what is wrong.
            (code === "invalid_type" || !mistyped.has(path.join("."))),
    );
}

/** Whether an issue may vanish when more is known. A list or object in place of a text stays one. */
function isOpen(code: string, value: unknown): boolean {
    return code === "invalid_type" || code === "invalid_value" ? value === UNKNOWN : containsUnknown(value);
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
    return path.reduce<unknown>((inner, key) => {
        if (Array.isArray(inner)) {
            return inner[Number(key)];
        }
        return isPlainObject(inner) ? inner[String(key)] : inner;
    }, value);
}

/** As a program would write it: `owner.email`, `nameservers[0]`. */
function spellPath(property: string, path: readonly PropertyKey[]): string {
    return path.reduce<string>(
        (text, key) => (typeof key === "number" ? `${text}[${key}]` : `${text}.${String(key)}`),
        property,
    );
}

/** Without what stands at these paths; a list goes as a whole, because its other places would move up. */
function without(inputs: Props, paths: readonly (readonly PropertyKey[])[]): Props {
    const rest = paths.length === 0 ? inputs : structuredClone(inputs);
    for (const path of paths) {
        remove(rest, path);
    }
    return rest;
}

function remove(from: Props, [key, ...rest]: readonly PropertyKey[]): void {
    const inner = from[String(key)];
    if (rest.length > 0 && isPlainObject(inner)) {
        remove(inner, rest);
    } else {
        delete from[String(key)];
    }
}
