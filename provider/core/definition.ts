import type { z } from "zod";
import type { Context } from "./process/context";
import type { Declaration } from "./program/declarations";
import type { Property } from "./property";

/** Properties as they cross the wire between the engine and a dynamic provider: plain JSON. */
export type Props = Record<string, unknown>;

/**
 * What a changed input asks for.
 *
 * - `update`: the API is asked to make it so (the default).
 * - `replace`: it is part of the resource's identity; another resource takes its place.
 * - `record`: a later read or delete goes by it, which sees nothing but the state (`deletionPolicy`, `timeouts.delete` …).
 *   So it is a change, which makes no call, or the delete would run with the old policy.
 * - `momentary`: only the create or update that it is given to goes by it (`adopt`, `maxPrice` …). Another value is no
 *   change, as a preview of one makes every output unknown; the state's outputs have it from the next update on. So that
 *   this holds, what only the state can tell (`prior`, and what `observe`, `describe` and `remove` are given) is without it.
 */
export type Consequence = "update" | "replace" | "record" | "momentary";

/** Inputs that a program may give in place of some of those that the engine keeps. */
export interface Expansion {
    readonly from: readonly string[];
    /** No I/O. What is not known yet stands where it is (`UNKNOWN`). */
    expand(given: Props): { inputs: Props; problems: readonly Problem[]; warnings: readonly Problem[] };
}

/** One resource, or one thing that could be one. */
export interface ResourceId {
    readonly kind: string;
    readonly id: string;
}

/** How one input compares, and what a change of it means. */
export interface Field {
    readonly consequence?: Consequence;
    /** For an object whose parts ask for different things: each part compares on its own. */
    readonly parts?: Readonly<Record<string, Field>>;
    /**
     * Equality by normal form; deep equality when absent. Never called with unknown values, nor where one of the two is
     * missing, unless `optional`. `old` of all holds what the id says, too.
     */
    same?(old: unknown, wanted: unknown, all: { readonly old: Props; readonly wanted: Props }): boolean;
    /** Whether `same` can judge a missing value. */
    readonly optional?: true;
}

/** What the run knows of the kind's other resources, by id. */
export interface Others {
    /** Whether the resource of this id is the one that is being replaced: it is no half-finished work to go on with. */
    isReplaced(id: string): boolean;
    /** Whether this run has deleted it: it may show for a while, and is not there. */
    isGone(id: string): boolean;
    /** Whether another resource of this program has this id: it is not to be taken for this one. */
    isTaken(id: string): boolean;
}

/** What `ensure` works from. */
export interface Change<I, S> extends Others {
    readonly want: I;
    /** What the id determines and the state recorded, inputs and outputs, none momentary; undefined on create. */
    readonly prior: (Partial<I> & Props) | undefined;
    /** Whether an earlier run has left it partly made. */
    readonly unfinished: boolean;
    /** Observes now. Not every write needs to look first: a POST that answers 409 has looked. */
    see(): Promise<S | undefined>;
}

/** An observation put into the user's terms. */
export interface Description<I> {
    /** The inputs that the API reads back, each in the user's spelling where it is equal. */
    readonly inputs: Partial<I>;
    /** The outputs that are no inputs, and marks of our own (with a leading `_`) that only `prior` shows again. */
    readonly outputs: Props;
}

/**
 * One kind of resource, as plain data and functions: the whole of what `core/` needs to make it a Pulumi resource.
 *
 * The actions follow one flow, *observe, ensure, converge, return*, from whichever start: create and update differ only
 * in whether there is a `prior`. A step that would set what is already so makes no call.
 *
 * @typeParam I the inputs, after check, with their defaults
 * @typeParam S what `observe` sees
 */
export interface Definition<I extends object = Props, S = unknown> {
    /** The kind's name in type tokens and messages, e.g. `LiveDnsRecord`. Part of every user's state: never changes. */
    readonly kind: string;
    readonly properties?: Readonly<Record<string, Property>>;
    readonly declaredAs?: readonly string[];
    readonly beside?: string;
    declares?(inputs: Props): Declaration[];
    readonly expand?: Expansion;
    readonly changing?: readonly string[];
    readonly list?:
        | ((ctx: Context, domains: readonly string[]) => Promise<{ id: string; inputs: Props }[]>)
        | { readonly never: string };
    /** The inputs: types, ranges, defaults. */
    readonly inputs: z.ZodObject;
    readonly fields: { readonly [K in keyof I]?: Field };
    /** Outputs that are no inputs. Each is unknown on every preview of an update: keep them few. */
    readonly outputs: readonly string[];
    /** Those of `outputs` that are secrets. */
    readonly secretOutputs?: readonly string[];
    /** Seconds that a create, update or delete may take when `timeouts` does not say. */
    readonly timeouts?: Partial<Record<Operation, number>>;

    /** The inputs that say which one it is. Another value is another resource, so a change of one replaces. */
    readonly identity: readonly (keyof I & string)[];
    /**
     * The id: lower case, A-labels, no final dot. Only called with inputs that passed check; undefined where only the
     * API can give it, and then called again with what `ensure` answered.
     */
    id(inputs: I, seen?: S): string | undefined;
    /**
     * The inputs that an id determines, and with them the part of it that the API gave (a key's own id), which `observe`,
     * `remove` and `prior` get too. Throws when it is no id of this kind.
     */
    address(id: string): Partial<I>;

    /**
     * What is wrong with inputs that are fine one by one. No I/O. Values that are not known yet are absent, and so are
     * properties that have been found wrong; `open` names the properties of both sorts, so that none is called missing.
     */
    problems?(inputs: Partial<I>, prior: Partial<I> | undefined, open: ReadonlySet<string>): Problem[];
    /** What inputs say that will have no effect, or another one than meant: told in each preview and `up`. No I/O. */
    warnings?(inputs: Partial<I>): Problem[];
    /**
     * What only the API can say before a create (a price, a zone's content). Part of preview: reads only, and unknown
     * values are absent, but for `identity`; `open` names the properties that hold some. `isReplacement`: the new one takes
     * the place of one in the state, as far as that can be told (see `Keeping`).
     */
    preflight?(ctx: Context, inputs: Partial<I>, open: ReadonlySet<string>, isReplacement: boolean): Promise<Problem[]>;

    /**
     * The resources of other kinds that these inputs declare with it: their deletion in the same run takes nothing away.
     */
    alsoDeclares?(inputs: Partial<I>): ResourceId[];
    /**
     * What one goes by where only the API gives the id, of inputs as of a state. A create that fails or is never tried
     * holds all of the same marks against the deletes of its run. Default: all of the kind are alike.
     */
    marks?(inputs: Partial<I>): string;
    /** It consists of what `alsoDeclares`: also where it is still declared itself, those go that nobody declares (`isDeclared`). */
    readonly hasParts?: boolean;
    /**
     * One that is deleted can't be made again as it was: no doubt about what else the program declares is let pass, and
     * where its inputs give the id, a replacement under the same one deletes nothing, nor does one that is not certain.
     */
    readonly irreplaceable?: boolean;

    /** The only reader. Undefined means: certainly not there. What may not be seen is an error. */
    observe(ctx: Context, at: Partial<I>): Promise<S | undefined>;
    /** Makes it so, and answers from what it wrote. Throws `PartlyMade` where it can't finish what it has begun. */
    ensure(ctx: Context, change: Change<I, S>): Promise<S>;
    /** Waits, after an accepted write, until the API shows what was asked for. A failure here leaves a resource partly made. */
    converge?(ctx: Context, change: Change<I, S>, seen: S): Promise<S>;
    /** Why this observation is not yet the finished resource, e.g. an order under way. */
    unfinished?(seen: S): string | undefined;
    describe(want: Partial<I>, seen: S): Description<I>;
    /** Removes it; what is gone already is a success. */
    remove(ctx: Context, have: I): Promise<void>;

    /** Of a kind whose changes a registry accepts hours before it shows them. */
    readonly pending?: Pendable<I, S>;

    /** The one identifying input between two values of which there is no standing side by side: the old one goes first. */
    readonly deleteBeforeReplace?: keyof I & string;
    /** Outputs that ask for another update although no input changed (an owner change under way). */
    repair?(outputs: Props): boolean;
}

/** What core needs to let a resource be pending: see `pending.ts`. */
export interface Pendable<I, S> {
    /** The inputs that such a change sets. */
    readonly inputs: readonly (keyof I & string)[];
    /** What the API will show. Stands in for the observation meanwhile: id and outputs are made of it. */
    expected(want: I): S;
}

export type Operation = "create" | "update" | "delete";

/** One thing wrong with the inputs. `path` names the property, e.g. `owner.email`. */
export interface Problem {
    readonly path: string;
    readonly reason: string;
}

/** A definition whose type parameters do not matter to the caller. */
// biome-ignore lint/suspicious/noExplicitAny: I and S stand in both argument and result positions; only `any` admits every definition.
export type AnyDefinition = Definition<any, any>;
