import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { AnyDefinition } from "../definition";
import { defaultsOf } from "../inputs/defaults";
import type { Timeouts } from "../inputs/timeouts";
import { declaredOnce } from "./declarations";
import { forewarn } from "./forewarn";
import { POINTER, pointer, resourceType } from "./pointer";
import { ProgramError } from "./programError";
import { secretInputsOf } from "./secretInputs";

/** Each resource's inputs, with an Input at every leaf. */
export type Args<T> = { [K in keyof T]: pulumi.Input<Inner<T[K]>> };
type Inner<T> = T extends (infer E)[]
    ? pulumi.Input<E>[]
    : T extends object
      ? { [K in keyof T]: pulumi.Input<T[K]> }
      : T;

/** What the class of a kind hands to `super`. @internal */
export function registration(
    definition: AnyDefinition,
    name: string,
    args: object | undefined,
    opts: pulumi.CustomResourceOptions | undefined,
): [type: string, name: string, properties: pulumi.Inputs, opts: pulumi.CustomResourceOptions] {
    const given: pulumi.Inputs = { ...args };
    for (const [property, { secret }] of Object.entries(definition.properties ?? {})) {
        if (secret === true && given[property] !== undefined) {
            given[property] = pulumi.secret(given[property]);
        }
    }
    const properties = propertiesOf(definition, name, given, opts);
    // With the engine's own mark it prints [retain] and makes no call; an Output is left to `remove`.
    const isRetained =
        defaultsOf(definition).deletionPolicy === "retain" && (given.deletionPolicy ?? "retain") === "retain";
    return [
        resourceType(definition.kind),
        name,
        declaredOnce(definition, name, properties, opts),
        optionsOf(definition, opts, isRetained),
    ];
}

/** What a resource's class hands to `super` as its properties. @internal */
export function propertiesOf(
    definition: AnyDefinition,
    name: string,
    args: object | undefined,
    opts: pulumi.CustomResourceOptions | undefined,
): pulumi.Inputs {
    refuseUnusable(definition, name, opts);
    // A key without a value still makes the SDK give the resource an Output of that name: of an input's default, too.
    const names = [...Object.keys(definition.inputs.shape), ...definition.outputs];
    const outputs = Object.fromEntries(names.map((name) => [name, undefined]));
    const given: pulumi.Inputs = { ...args };
    const timeouts = mergedTimeouts(given.timeouts, opts?.customTimeouts);
    forewarn(definition, name, { ...given, ...(timeouts ? { timeouts } : {}) }, opts);
    return {
        ...outputs,
        ...given,
        ...(timeouts ? { timeouts } : {}),
        ...secretInputsOf(given),
        [POINTER]: pointer(definition.kind),
    };
}

/**
 * Makes what the program leaves to its default known in previews. The engine knows only inputs there, so what depends on
 * the Output of a default would be shown as a change. Called by the class of a kind with defaults, after `super`.
 *
 * @internal
 */
export function foretellDefaults(
    resource: pulumi.CustomResource,
    definition: AnyDefinition,
    args: object | undefined,
    opts: pulumi.CustomResourceOptions | undefined,
): void {
    if (opts?.id !== undefined) {
        return;
    }
    const outputs = resource as unknown as Record<string, WithUnknowns>;
    for (const [property, fallback] of Object.entries(defaultsOf(definition))) {
        if ((args as pulumi.Inputs | undefined)?.[property] === undefined) {
            outputs[property] = outputs[property]!.apply((value) => (pulumi.isUnknown(value) ? fallback : value), true);
        }
    }
}

/** The SDK's own Output, whose second parameter is internal in its types: it calls `func` for what is unknown, too. */
interface WithUnknowns {
    apply(func: (value: unknown) => unknown, runWithUnknowns: boolean): WithUnknowns;
}

/** What a resource's class hands to `super` as its options. `retain` is for a kind that is kept at Gandi by default. @internal */
export function optionsOf(
    definition: AnyDefinition,
    opts: pulumi.CustomResourceOptions | undefined,
    retain = false,
): pulumi.CustomResourceOptions {
    return pulumi.mergeOptions(
        {
            ...(retain ? { retainOnDelete: true } : {}),
            ...(definition.secretOutputs ? { additionalSecretOutputs: [...definition.secretOutputs] } : {}),
        },
        opts,
    );
}

/** The options of `X.get`. */
export function getOptions(
    id: pulumi.Input<pulumi.ID>,
    opts?: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions {
    return { ...opts, id };
}

function refuseUnusable(definition: AnyDefinition, name: string, opts: pulumi.CustomResourceOptions | undefined): void {
    const what = `gandi.${definition.kind} "${name}"`;
    if (opts?.import !== undefined) {
        throw new ProgramError(
            `${what}: the import option does not work for dynamic resources. Set adopt: true to take over what exists ` +
                `(where ${definition.kind} has it), or read it with gandi.${definition.kind}.get.`,
        );
    }
    refuseTokenInClear();
    refuseUnresolvablePackage();
}

/**
 * A token in Pulumi.<stack>.yaml in clear ends up in version control and in every state.
 *
 * @throws pulumi.RunError with the command that mends it
 */
export function refuseTokenInClear(): void {
    // Internal in the SDK's types, stable since 2020: `pulumi.Config` warns by it.
    const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret(key: string): boolean };
    for (const key of ["gandi:personalAccessToken", "gandi:key"]) {
        if (pulumi.runtime.getConfig(key) !== undefined && !isConfigSecret(key)) {
            throw new ProgramError(
                `${key} stands in the stack's configuration in clear. Store it encrypted: ` +
                    `pulumi config set --secret ${key} <token> (and replace a token that was committed)`,
            );
        }
    }
}

let resolvable = false;

/** The provider process resolves the pointer from the program's directory, not from ours. */
function refuseUnresolvablePackage(): void {
    if (resolvable) {
        return;
    }
    try {
        createRequire(join(process.cwd(), "program.js")).resolve("pulumi-gandi/runtime");
        resolvable = true;
    } catch {
        throw new ProgramError(
            `the program in ${process.cwd()} can't resolve "pulumi-gandi" itself: add pulumi-gandi to this program's package.json and install it`,
        );
    }
}

function mergedTimeouts(
    given: pulumi.Input<Timeouts> | undefined,
    custom: pulumi.CustomTimeouts | undefined,
): pulumi.Input<Timeouts> | undefined {
    if (custom === undefined) {
        return given;
    }
    return given === undefined ? { ...custom } : pulumi.output(given).apply((own) => ({ ...custom, ...own }));
}
