import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { settingsGivenTo } from "../account";
import { Client } from "../api/client";
import { type ErrorKind, GandiError } from "../api/errors";
import { forPeople } from "../api/printable";
import { codeOf } from "../core/codes";
import { Failure, messageOf } from "../core/failures";
import { checkInputs } from "../core/inputs/check";
import { Secrets } from "../core/inputs/secrets";
import { isPlainObject } from "../core/inputs/values";
import { resolveSettings, type Settings } from "../core/process/settings";
import { refuseTokenInClear } from "../core/program/gandiResource";
import { PROVIDER_PACKAGE } from "../core/program/pointer";
import { ProgramError } from "../core/program/programError";
import { secretInputsOf } from "../core/program/secretInputs";
import type { Problem, Props } from "../core/property";

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

/** What a look-up asks with. @internal */
export interface Asking {
    /** The API, as the payer of the arguments (`sharingId`) or the configured one. */
    readonly client: Client;
    readonly settings: Settings;
    /** A line for the person who watches the run. */
    log(line: string): void;
}

/** A look-up without its forms. @internal */
export interface Lookup {
    /** As programs call it; its errors begin with it. */
    readonly name: string;
    readonly args: z.ZodObject;
    /** The schema of what `ask` gives: no program that only asks needs it. */
    result(): z.ZodType;
    /** What it gives is a secret. */
    readonly secret?: true;
    /** Asks, with arguments that are right. */
    ask(asking: Asking, args: Props): Promise<unknown>;
}

const asItIs = (text: string) => text;

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
    constructor(lookup: string, thrown: unknown, mask = asItIs) {
        super(codeOf(thrown), mask(`${lookup}: ${messageOf(thrown)}`));
        this.kind = GandiError.is(thrown) ? thrown.kind : undefined;
    }
}

/** The plain form: asks now. @internal */
export function ask(lookup: Lookup, args: unknown, opts: LookupOptions = {}): Promise<unknown> {
    return failingAs(lookup, async () => {
        refuseOutputs(lookup, args);
        const given = givenSettings(opts);
        refuseOutputs(lookup, given, ` of the gandi.Provider "${given?.provider}"`);
        return answer(lookup, args, given && (await resolved(given)));
    });
}

/**
 * The Output form: asks when its arguments, its provider's settings and `dependsOn` are known, and is unknown until then.
 * It is secret where an argument is; a secret credential makes no secret of what it reads.
 * @internal
 */
export function askOutput(lookup: Lookup, args: unknown, opts: LookupOutputOptions = {}): pulumi.Output<unknown> {
    const settings = pulumi.unsecret(pulumi.output(givenSettings(opts)));
    const made = [opts.dependsOn ?? []].flat().map(({ id }: pulumi.CustomResource) => id);
    const named = secretInputsOf({ ...(args as pulumi.Inputs) });
    const result = pulumi
        .all([pulumi.output(args), settings, pulumi.all(made), named])
        .apply(([known, given, , secret]) => {
            const { mask } = new Secrets(lookup.args, { ...(known as Props), ...secret });
            return failingAs(lookup, () => answer(lookup, known, given, mask), mask);
        });
    return lookup.secret ? pulumi.secret(result) : result;
}

async function failingAs<R>({ name }: Lookup, work: () => Promise<R>, mask = asItIs): Promise<R> {
    try {
        return await work();
    } catch (error) {
        throw new LookupError(name, error, mask);
    }
}

function answer(lookup: Lookup, args: unknown, given: Props | undefined, mask = asItIs): Promise<unknown> {
    const right = rightArgs(lookup, args);
    const settings = settingsFrom(given);
    const log = (line: string) => void pulumi.log.info(forPeople(mask(line)));
    const sharingId = (right.sharingId as string | undefined) ?? settings.sharingId;
    return lookup.ask({ client: new Client({ ...settings, sharingId, log }), settings, log }, right);
}

/** The arguments in their normal forms. @throws Error that tells all that is wrong with them */
function rightArgs({ name, args: inputs }: Lookup, given: unknown): Props {
    const args = given === undefined && inputs.safeParse({}).success ? {} : given;
    if (!isPlainObject(args)) {
        throw new Failure(
            "invalid-input",
            `takes its arguments in an object: { ${Object.keys(inputs.shape).join(", ")} }`,
        );
    }
    const { filled, problems } = checkInputs({ kind: name, inputs, outputs: [] }, args);
    if (problems.length > 0) {
        throw new Failure(
            "invalid-input",
            problems.map(({ path, reason }: Problem) => `${path}: ${reason}`).join("; "),
        );
    }
    return filled;
}

/** The settings of the explicit provider, else of the stack and the environment. */
function settingsFrom(given: Props | undefined): Settings {
    if (given !== undefined) {
        return resolveSettings((key) => given[key], process.env);
    }
    refuseTokenInClear();
    return resolveSettings((key) => pulumi.runtime.getConfig(`gandi:${key}`), process.env);
}

/** The settings of the explicit provider; undefined where there is none. */
function givenSettings({ provider, parent }: LookupOptions): pulumi.Inputs | undefined {
    const explicit = provider ?? parent?.getProvider(`${PROVIDER_PACKAGE}:dynamic:Resource`);
    if (explicit === undefined) {
        return undefined;
    }
    const given = settingsGivenTo(explicit);
    if (given === undefined) {
        throw new ProgramError("provider-unfit", "a look-up's provider must be a gandi.Provider");
    }
    return given;
}

/** @param whose where it is not the look-up's arguments */
function refuseOutputs({ name }: Lookup, given: unknown, whose = ""): void {
    const open = Object.entries({ ...(given as Props) }).filter(([, value]) => isOutput(value));
    if (open.length > 0) {
        const what = open.map(([key]) => key).join(" and ") + whose;
        throw new Failure(
            "invalid-input",
            `${what} is an Output, for which the plain form can't wait: use ${name}Output`,
        );
    }
}

function isOutput(value: unknown): boolean {
    return pulumi.Output.isInstance(value) || (Array.isArray(value) && value.some(isOutput));
}

/** Settings without Outputs, of which some may be Promises. */
async function resolved(settings: pulumi.Inputs): Promise<Props> {
    const entries = Object.entries(settings).map(async ([key, value]) => {
        return [key, Array.isArray(value) ? await Promise.all(value) : await value] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
}
