import * as pulumi from "@pulumi/pulumi";
import { forPeople } from "../../api/printable";
import type { Definition } from "../define";
import { messageOf } from "../failures";
import { checkInputs } from "../inputs/check";
import { containsUnknown, known, UNKNOWN } from "../inputs/values";
import type { Problem, Props } from "../property";
import { isTransformedFromAbove } from "./sdkInternals";

/**
 * Warns in the program of what check will refuse. Check ends the program at the first resource that it refuses, so that a
 * preview would show one of many at a time; a constructor sees them all.
 *
 * It only warns, because it knows less than check: it also runs where nothing is checked (`destroy --run-program`), and sees
 * the inputs before transforms and `ignoreChanges`. So it says nothing of what it can't be sure of: of values that are,
 * or hold, an Output or a Promise (messages quote values, and an Output may be a secret), of what `ignoreChanges` names,
 * of what only counts for a new resource, nor, where there are transforms, of what is missing. And nothing of what is
 * only read.
 */
export function forewarn(
    definition: Definition,
    name: string,
    args: pulumi.Inputs,
    opts: pulumi.CustomResourceOptions = {},
): void {
    if (opts.id !== undefined || opts.urn !== undefined) {
        return;
    }
    const problems = surely(definition, args, opts);
    if (problems.length > 0) {
        const reasons = problems.map(({ path, reason }) => (path === "" ? reason : `${path}: ${reason}`));
        void pulumi.log.warn(forPeople(`gandi.${definition.kind} "${name}": ${[...new Set(reasons)].join("; ")}`));
    }
}

function surely(definition: Definition, args: pulumi.Inputs, opts: pulumi.CustomResourceOptions): Problem[] {
    try {
        const { problems, wrong, filled, sound } = checkInputs(definition, judgeable(definition, args, opts));
        const open = new Set([
            ...wrong,
            ...Object.keys(filled).filter((property) => containsUnknown(filled[property])),
        ]);
        // With a prior of which nothing is known: it may be there already.
        const together = definition.problems((known(sound) ?? {}) as Props, {}, open);
        return [...problems, ...together];
    } catch (error) {
        // Whatever can't be judged here is check's.
        void pulumi.log.debug(`gandi.${definition.kind}: not judged in the program: ${messageOf(error)}`);
        return [];
    }
}

/** The arguments, with what must not be judged as if it was not known yet. */
function judgeable(definition: Definition, args: pulumi.Inputs, opts: pulumi.CustomResourceOptions): Props {
    const secret = opts.additionalSecretOutputs ?? [];
    const ignored = (opts.ignoreChanges ?? []).map(rootOf);
    const passedOver = (name: string) => ignored.includes(name) || ignored.includes("*") || secret.includes(name);
    const given = Object.entries(args).flatMap(([name, value]) => {
        if (value === undefined || (passedOver(name) && !(name in definition.inputs.shape))) {
            return [];
        }
        return [[name, passedOver(name) || !isPlain(value) ? UNKNOWN : value] as const];
    });
    const absent = Object.keys(definition.inputs.shape).filter(
        (name) => passedOver(name) || (isTransformed(opts) && (args[name] ?? undefined) === undefined),
    );
    return { ...Object.fromEntries(absent.map((name) => [name, UNKNOWN])), ...Object.fromEntries(given) };
}

/** The property that a path of `ignoreChanges` begins with: `owner.email`, `values[0]`, `["owner"].email`. */
function rootOf(path: string): string {
    return /^(?:\["?)?([^.["\]]+)/.exec(path)?.[1] ?? "*";
}

/** Whether a value is what JSON can say, and nothing else. */
function isPlain(value: unknown, depth = 0): boolean {
    if (value === undefined || value === null || ["string", "boolean", "number"].includes(typeof value)) {
        return true;
    }
    if (typeof value !== "object" || depth > DEEPEST) {
        return false;
    }
    if (Array.isArray(value)) {
        return value.every((item) => item !== undefined && isPlain(item, depth + 1));
    }
    const prototype = Object.getPrototypeOf(value);
    return (
        (prototype === null || Object.getPrototypeOf(prototype) === null) &&
        Object.values(value).every((inner) => isPlain(inner, depth + 1))
    );
}

/** No input of ours is deeper; a value that contains itself is. */
const DEEPEST = 8;

/** Whether somebody may still change the arguments: for this resource, its parents, or the whole stack. */
function isTransformed({ transforms = [], transformations = [], parent }: pulumi.CustomResourceOptions): boolean {
    return transforms.length + transformations.length > 0 || isTransformedFromAbove(parent);
}
