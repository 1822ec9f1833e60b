import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { settingsGivenTo } from "../account";
import { Client } from "../api/client";
import { type ErrorKind, GandiError } from "../api/errors";
import { shown } from "../api/printable";
import type { Problem, Props } from "../core/definition";
import { messageOf } from "../core/failures";
import { checkInputs } from "../core/inputs/check";
import { nonEmpty, oneLine, organization } from "../core/inputs/inputSchemas";
import { Secrets } from "../core/inputs/secrets";
import { isPlainObject } from "../core/inputs/values";
import { resolveSettings, type Settings } from "../core/process/settings";
import { PROVIDER_PACKAGE } from "../core/program/pointer";
import { ProgramError } from "../core/program/programError";
import { type Args, refuseTokenInClear } from "../core/program/registration";
import { secretInputsOf } from "../core/program/secretInputs";
import { domainName } from "../dns";

/** What every look-up may be told. */
export interface LookupArgs {
    /** The organisation to ask for (a UUID), where it is not the configured one. */
    sharingId?: string;
}

/** The arguments of a look-up that takes none. */
export type NoArgs = Record<string, never>;

/** The arguments of a look-up's Output form: with an Input at every leaf. */
export type LookupInputs<A> = Args<A>;

/** Options of every look-up. */
export interface LookupOptions {
    /** The `gandi.Provider` whose account is asked. Default: the parent's, else the stack's configuration and the environment. */
    provider?: pulumi.ProviderResource;
    /** The resource whose provider is asked where `provider` is not given, such as the component that the look-up serves. */
    parent?: pulumi.Resource;
}

/** Options of every look-up's Output form. */
export interface LookupOutputOptions extends LookupOptions {
    /** Ask only when these resources are made or updated. In a preview that is to create one, the result is unknown. */
    dependsOn?: pulumi.CustomResource | readonly pulumi.CustomResource[];
}

/** One look-up as plain data: what {@link ask} and {@link askOutput} need to make its two forms. @internal */
export interface Lookup<A extends object, R> {
    /** As programs call it; its errors begin with it. */
    readonly name: string;
    /** The arguments: types and normal forms. */
    readonly args: z.ZodObject & z.ZodType<A>;
    /** What is read is a secret: there is an Output form only. */
    readonly secret?: true;
    /** Asks the API. Nothing that writes is a look-up. */
    read(client: Client, args: A, settings: Settings): Promise<R>;
}

/**
 * A look-up that failed: arguments that are wrong, a token that is missing or refused, a domain that the token may not
 * see, an API that does not answer. The message is for people and complete in itself.
 */
export class LookupError extends ProgramError {
    /** Tells it from other errors, of another copy of this package too. */
    override readonly name = "LookupError";
    /** What went wrong at the API, such as `invisible` or `unauthorized`; undefined where it was not asked. */
    readonly kind: ErrorKind | undefined;

    /** @internal */
    constructor(lookup: string, thrown: unknown, mask: (text: string) => string = (text) => text) {
        super(mask(`${lookup}: ${messageOf(thrown)}`));
        this.kind = GandiError.is(thrown) ? thrown.kind : undefined;
    }
}

/** An argument that names a domain, in whatever spelling. @internal */
export const domainArgument = z.string().transform((name, context) => {
    try {
        return domainName(name);
    } catch (error) {
        context.addIssue({ code: "custom", message: messageOf(error) });
        return z.NEVER;
    }
});

/** An argument that names an extension, such as `com` or `co.uk`, with or without a dot before it. @internal */
export const extensionArgument = nonEmpty(oneLine).transform((extension) => extension.replace(/^\./, ""));

/** An argument that names something by the id that the API gave it. A resource's id has the domain before it. @internal */
export const idArgument = nonEmpty(oneLine).transform((id) => id.slice(id.lastIndexOf("/") + 1));

/** The arguments that every look-up has. @internal */
export const commonArguments = { sharingId: organization.optional() };

/** The plain form: asks now. @throws LookupError @internal */
export async function ask<A extends object, R>(lookup: Lookup<A, R>, args: A, opts: LookupOptions = {}): Promise<R> {
    return failingAs(lookup, async () => {
        refuseOutputs(lookup, { ...args } as Props);
        const given = givenSettings(opts);
        const open = Object.keys(given ?? {}).filter((key) => isOutput(given?.[key]));
        if (open.length > 0) {
            throw new Error(
                `${open.join(" and ")} of the gandi.Provider "${given?.provider}" is an Output, for which the plain form can't wait: use ${lookup.name}Output`,
            );
        }
        return answer(lookup, args, await resolved(given));
    });
}

/**
 * The Output form: asks when its arguments, its provider's settings and `dependsOn` are known, and is unknown until then.
 * It is secret where an argument is; a secret credential makes no secret of what it reads.
 * @internal
 */
export function askOutput<A extends object, R>(
    lookup: Lookup<A, R>,
    args: LookupInputs<A>,
    opts: LookupOutputOptions = {},
): pulumi.Output<R> {
    const settings = pulumi.unsecret(pulumi.output(givenSettings(opts)));
    const made = [opts.dependsOn ?? []].flat().map(({ id }: pulumi.CustomResource) => id);
    const named = secretInputsOf({ ...args } as pulumi.Inputs);
    const result = pulumi
        .all([pulumi.output(args), settings, pulumi.all(made), named])
        .apply(([known, given, , secret]) => {
            const { mask } = new Secrets(lookup.args, { ...(known as Props), ...secret });
            return failingAs(lookup, () => answer(lookup, known as A, given, mask), mask);
        });
    return (lookup.secret ? pulumi.secret(result) : result) as pulumi.Output<R>;
}

type Mask = (text: string) => string;

async function failingAs<R>(
    { name }: { name: string },
    work: () => Promise<R>,
    mask: Mask = (text) => text,
): Promise<R> {
    try {
        return await work();
    } catch (error) {
        throw new LookupError(name, error, mask);
    }
}

async function answer<A extends object, R>(
    lookup: Lookup<A, R>,
    args: A,
    given: Props | undefined,
    mask: Mask = (text) => text,
): Promise<R> {
    if (!isPlainObject(args)) {
        throw new Error(`takes its arguments in an object: { ${Object.keys(lookup.args.shape).join(", ")} }`);
    }
    const definition = { kind: lookup.name, inputs: lookup.args, outputs: [] };
    const { filled: inputs, problems } = checkInputs(definition, args);
    if (problems.length > 0) {
        throw new Error(problems.map(({ path, reason }: Problem) => `${path}: ${reason}`).join("; "));
    }
    if (given === undefined) {
        refuseTokenInClear();
    }
    const settings = resolveSettings(
        given === undefined ? (key) => pulumi.runtime.getConfig(`gandi:${key}`) : (key) => given[key],
        process.env,
    );
    const client = new Client({
        ...settings,
        sharingId: (inputs.sharingId as string | undefined) ?? settings.sharingId,
        log: (line) => void pulumi.log.info(shown(mask(line))),
    });
    return lookup.read(client, inputs as A, settings);
}

/** The settings of the explicit provider; undefined where there is none. */
function givenSettings({ provider, parent }: LookupOptions): pulumi.Inputs | undefined {
    const explicit = provider ?? parent?.getProvider(`${PROVIDER_PACKAGE}:dynamic:Resource`);
    if (explicit === undefined) {
        return undefined;
    }
    const given = settingsGivenTo(explicit);
    if (given === undefined) {
        throw new ProgramError("a look-up's provider must be a gandi.Provider");
    }
    return given;
}

function refuseOutputs({ name }: { name: string }, args: Props): void {
    const open = Object.keys(args).filter((argument) => isOutput(args[argument]));
    if (open.length > 0) {
        throw new Error(`${open.join(" and ")} is an Output, for which the plain form can't wait: use ${name}Output`);
    }
}

function isOutput(value: unknown): boolean {
    return pulumi.Output.isInstance(value) || (Array.isArray(value) && value.some(isOutput));
}

/** Settings without Outputs, of which some may be Promises. */
async function resolved(settings: pulumi.Inputs | undefined): Promise<Props | undefined> {
    if (settings === undefined) {
        return undefined;
    }
    const entries = Object.entries(settings).map(async ([key, value]) => {
        return [key, Array.isArray(value) ? await Promise.all(value) : await value] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
}
