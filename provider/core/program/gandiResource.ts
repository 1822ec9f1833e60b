import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Definition } from "../define";
import { defaultsOf } from "../inputs/defaults";
import type { Timeouts } from "../inputs/timeouts";
import type { Property } from "../property";
import { declaredOnce } from "./declarations";
import { forewarn } from "./forewarn";
import { POINTER, pointer, resourceType } from "./pointer";
import { ProgramError } from "./programError";
import { applyEvenIfUnknown, isConfigSecret } from "./sdkInternals";
import { secretInputsOf } from "./secretInputs";

/**
 * What the class of every kind is. It has neither a constructor nor a field: V8 leaves such a class out of the stack, of
 * which the SDK skips a fixed number of frames to find the line of the program that declares a resource.
 */
export abstract class GandiResource extends pulumi.CustomResource {
    /** @internal */
    declare static readonly definition: Definition;

    /** Whether a value is one of this kind, of whichever copy of this package. Also without its class: `all.filter(X.isInstance)`. */
    static override get isInstance(): (value: unknown) => value is pulumi.CustomResource {
        // biome-ignore lint/complexity/noThisInStatic: it is the subclass that knows its definition
        const type = resourceType(this.definition.kind);
        return (value): value is pulumi.CustomResource =>
            (value as { __pulumiType?: string } | undefined)?.__pulumiType === type;
    }
}

/** Each resource's inputs, with an Input at every leaf. */
export type Args<T> = { [K in keyof T]: pulumi.Input<Inner<T[K]>> };
type Inner<T> = T extends (infer E)[]
    ? pulumi.Input<E>[]
    : T extends object
      ? { [K in keyof T]: pulumi.Input<T[K]> }
      : T;

/** What the class of a kind hands to `super`. @internal */
export function registration(
    definition: Definition,
    name: string,
    args: object | undefined,
    opts: pulumi.CustomResourceOptions | undefined,
): [type: string, name: string, properties: pulumi.Inputs, opts: pulumi.CustomResourceOptions] {
    refuseUnusable(definition, name, opts);
    const given = givenTo(definition, args, opts);
    forewarn(definition, name, given, opts);
    // A key without a value still makes the SDK give the resource an Output of that name: of an input's default, too.
    const names = [...Object.keys(definition.properties), ...definition.outputs];
    const properties = {
        ...Object.fromEntries(names.map((property) => [property, undefined])),
        ...given,
        ...secretInputsOf(given),
        [POINTER]: pointer(definition.kind),
    };
    return [
        resourceType(definition.kind),
        name,
        declaredOnce(definition, name, properties, opts),
        optionsOf(definition, given, opts),
    ];
}

function givenTo(
    { properties }: Definition,
    args: object | undefined,
    opts: pulumi.CustomResourceOptions | undefined,
): pulumi.Inputs {
    const given: pulumi.Inputs = { ...args };
    for (const [name, { secret }] of Object.entries<Property>(properties)) {
        if (secret === true && given[name] !== undefined) {
            given[name] = pulumi.secret(given[name]);
        }
    }
    const timeouts = mergedTimeouts(given.timeouts, opts?.customTimeouts);
    return { ...given, ...(timeouts ? { timeouts } : {}) };
}

function optionsOf(
    definition: Definition,
    { deletionPolicy = "retain" }: pulumi.Inputs,
    opts: pulumi.CustomResourceOptions | undefined,
): pulumi.CustomResourceOptions {
    const { secretOutputs } = definition;
    // With the engine's own mark it prints [retain] and makes no call; an Output is left to `remove`.
    const isRetained = deletionPolicy === "retain" && defaultsOf(definition).deletionPolicy === "retain";
    return pulumi.mergeOptions(
        {
            ...(isRetained ? { retainOnDelete: true } : {}),
            ...(secretOutputs ? { additionalSecretOutputs: [...secretOutputs] } : {}),
        },
        opts,
    );
}

/**
 * Makes what the program leaves to its default known in previews. The engine knows only inputs there, so what depends on
 * the Output of a default would be shown as a change. Called by the class of a kind with defaults, after `super`.
 * @internal
 */
export function foretellDefaults(
    resource: pulumi.CustomResource,
    definition: Definition,
    args: object | undefined,
    opts: pulumi.CustomResourceOptions | undefined,
): void {
    if (opts?.id !== undefined) {
        return;
    }
    const given: pulumi.Inputs = { ...args };
    for (const [property, fallback] of Object.entries(defaultsOf(definition))) {
        if (given[property] === undefined) {
            const orDefault = (value: unknown) => (pulumi.isUnknown(value) ? fallback : value);
            Reflect.set(resource, property, applyEvenIfUnknown(Reflect.get(resource, property), orDefault));
        }
    }
}

/**
 * An output that the program makes of others, where all of them are there: of what is only read, none is in a run that goes
 * on after something before it has failed.
 */
export function derived(
    parts: [pulumi.Output<string>, pulumi.Output<string>],
    make: (one: string, other: string) => string,
): pulumi.Output<string> {
    return pulumi
        .all(parts)
        .apply(([one, other]) => (one === undefined || other === undefined ? (undefined as never) : make(one, other)));
}

/** The options of `X.get`. */
export function getOptions(
    id: pulumi.Input<pulumi.ID>,
    opts?: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions {
    return { ...opts, id };
}

function refuseUnusable(definition: Definition, name: string, opts: pulumi.CustomResourceOptions | undefined): void {
    const what = `gandi.${definition.kind} "${name}"`;
    if (opts?.import !== undefined) {
        throw new ProgramError(
            "import-not-supported",
            `${what}: the import option does not work for dynamic resources. Set adopt: true to take over what exists ` +
                `(where ${definition.kind} has it), or read it with gandi.${definition.kind}.get.`,
        );
    }
    refuseTokenInClear();
    refuseUnresolvablePackage();
}

/**
 * A token in Pulumi.<stack>.yaml in clear ends up in version control and in every state.
 * @throws pulumi.RunError with the command that mends it
 */
export function refuseTokenInClear(): void {
    for (const key of ["gandi:personalAccessToken", "gandi:key"]) {
        if (pulumi.runtime.getConfig(key) !== undefined && !isConfigSecret(key)) {
            throw new ProgramError(
                "token-in-clear",
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
            "package-not-found",
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
