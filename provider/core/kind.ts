import type { z } from "zod";
import type { commonProperties, Operation } from "./inputs/timeouts";
import type { Context } from "./process/context";
import type { Problem, Property, Props, WithOptionals } from "./property";
import type { Properties } from "./propertySet";

/** One resource, or one that could be. */
export interface ResourceId {
    readonly kind: string;
    readonly id: string;
}

/** Inputs that a program may give in place of some of those that the engine keeps. */
export interface Expansion {
    readonly from: readonly string[];
    /** No I/O. What is not known yet stands where it is (`UNKNOWN`). */
    expand(given: Props): { inputs: Props; problems: readonly Problem[]; warnings: readonly Problem[] };
}

/** What a resource of the program declares. */
export interface Declaration {
    /** Its canonical name, e.g. `example.com/www/A`. */
    readonly title: string;
    /** How messages call it, where its name holds a secret. Default: by its name. */
    readonly shown?: string;
    /** Where it stands, for what does not tolerate others beside it. */
    readonly places: readonly Place[];
}

/** A place where several declarations may stand, e.g. the name `example.com/www`. */
export interface Place {
    readonly name: string;
    /** Why what another resource declares under this title may not stand here too; undefined where it may. */
    readonly excludes?: ((title: string) => string | undefined) | undefined;
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

/** The inputs that every kind has. */
export type Common = typeof commonProperties;
type NormalForm<X> = X extends Property<infer _T, infer N> ? N : never;
type Values<P extends Properties> = WithOptionals<{ [K in keyof P]: z.output<P[K]["schema"]> }>;

/** The inputs of a kind as a program gives them, with their defaults. */
export type GivenOf<P extends Properties> = Values<P> & Values<Omit<Common, keyof P>>;
/** The inputs of a kind in normal form. */
export type InputsOf<P extends Properties> = WithOptionals<{ [K in keyof P]: NormalForm<P[K]> }> &
    Values<Omit<Common, keyof P>>;

/** What says which one it is: the inputs that make the id, and the part of it that the API gave. */
type Identified<P extends Properties, Id extends keyof P, G extends string> = Pick<
    InputsOf<P>,
    Id & keyof InputsOf<P>
> & {
    readonly [K in G]: string;
};

/** What is known of one that may be there: what its id says, and as much of the rest as the state or the program has told. */
export type Known<P extends Properties, Id extends keyof P, G extends string> = Identified<P, Id, G> &
    Partial<InputsOf<P>> &
    Props;

/** What `ensure` works from, beside what is wanted. */
export interface From<P extends Properties, S, Id extends keyof P, G extends string> extends Others {
    /** What the id determines and the state recorded, inputs and outputs, none momentary; undefined on create. */
    readonly prior: Known<P, Id, G> | undefined;
    /** Whether an earlier run has left it partly made. */
    readonly unfinished: boolean;
    /** Observes now. Not every write needs to look first: a POST that answers 409 has looked. */
    observe(): Promise<S | undefined>;
}

/** One that exists, as `list` finds it. */
export interface Listed<P extends Properties, S> {
    /** The inputs that say which one it is. */
    readonly at: Partial<InputsOf<P>>;
    readonly seen: S;
}

/**
 * One kind of resource, as a resource file says it: the whole of what `core/` needs to make it a Pulumi resource.
 *
 * The actions follow one flow, *observe, ensure, converge, return*, from whichever start: create and update differ only
 * in whether there is a `prior`. A step that would set what is already so makes no call. All of them are given inputs in
 * normal form; what they answer is spelled as the user does where it means the same.
 * @typeParam P the inputs
 * @typeParam S what `observe` sees
 * @typeParam Id the inputs that make the id
 * @typeParam G the name of the part of the id that only the API can give
 */
export interface Kind<P extends Properties, S, Id extends keyof P & string, G extends string = never> {
    /** The kind's name in type tokens and messages, e.g. `LiveDnsRecord`. Part of every user's state: never changes. */
    readonly kind: string;
    readonly properties: P;
    /** The inputs that make the id, with `/` between them; one in the middle may hold slashes itself. */
    readonly id: readonly Id[];
    /** The last part of the id, where only the API can give it. Actions get it under this name. */
    readonly given?: { readonly name: G; of(seen: S | undefined, inputs: Partial<InputsOf<P>>): string | undefined };
    /** How people write the id: `domain/name, e.g. example.com/ns1`. */
    readonly idLike: string;
    /** The input that names the domain that it lives in: while that can't be seen, it is never gone (see {@link lostDomain}). */
    readonly livesIn?: Id;
    /** The inputs of which another value is another resource, so that a change of one replaces. Default: those of the id. */
    readonly identity?: readonly (keyof P & string)[];
    /** The one identifying input between two values of which there is no standing side by side: the old one goes first. */
    readonly deleteBeforeReplace?: keyof P & string;

    /** The inputs by which a program may declare it once only, and what else `declares` has to know. Default: the identity. */
    readonly declaredAs?: readonly (keyof P & string)[];
    /** An input with which several of them may be declared. */
    readonly beside?: keyof P & string;
    /** What a program declares with it. Default: itself, under kind and `declaredAs`. */
    declares?(inputs: Pick<InputsOf<P>, Id & keyof InputsOf<P>> & Partial<InputsOf<P>>): Declaration[];
    /** The resources of other kinds that these inputs declare with it: their deletion in the same run takes nothing away. */
    alsoDeclares?(inputs: Partial<InputsOf<P>>): ResourceId[];
    /**
     * What one goes by where only the API gives the id, of inputs as of a state. A create that fails or is never tried
     * holds all of the same marks against the deletes of its run. Default: all of the kind are alike.
     */
    marks?(inputs: Partial<InputsOf<P>>): string;
    /** It consists of what `alsoDeclares`: also where it is still declared itself, those go that nobody declares (`isDeclared`). */
    readonly hasParts?: boolean;
    /**
     * One that is deleted can't be made again as it was: no doubt about what else the program declares is let pass, and
     * where its inputs give the id, a replacement under the same one deletes nothing, nor does one that is not certain.
     */
    readonly irreplaceable?: boolean;

    /** Outputs that are no inputs. */
    readonly outputs?: readonly string[];
    /** Those of `outputs` that are secrets. */
    readonly secretOutputs?: readonly string[];
    /** Those of `outputs` that an update may change: the others are known in its preview. */
    readonly changing: readonly string[];
    /** Seconds that a create, update or delete may take when `timeouts` does not say. Default: 300. */
    readonly timeouts?: Partial<Record<Operation, number>>;

    /** What a program may give in place of some of `properties`: check and the class turn it into those. */
    readonly expand?: Expansion;
    /**
     * What is wrong with inputs that are fine one by one. No I/O. Values that are not known yet are absent, and so are
     * properties that have been found wrong; `open` names the properties of both sorts, so that none is called missing.
     * @param judged.given the same as the user spells them
     */
    problems?(
        inputs: Partial<InputsOf<P>>,
        judged: { given: Partial<GivenOf<P>>; prior: Partial<InputsOf<P>> | undefined; open: ReadonlySet<string> },
    ): Problem[];
    /** What inputs say that will have no effect, or another one than meant: told in each preview and `up`. No I/O. */
    warnings?(inputs: Partial<InputsOf<P>>): Problem[];
    /**
     * What only the API can say before a create (a price, a zone's content). Part of preview: reads only, and unknown
     * values are absent, but for the identity; `open` names the properties that hold some. `isReplacement`: the new one takes
     * the place of one in the state, as far as that can be told (see `Keeping`).
     */
    preflight?(
        ctx: Context,
        inputs: Partial<InputsOf<P>>,
        how: { open: ReadonlySet<string>; isReplacement: boolean },
    ): Promise<Problem[]>;

    /**
     * The same before an update, of inputs that are not those of `prior`. Part of preview: reads only, and unknown values are
     * absent.
     */
    preflightUpdate?(ctx: Context, inputs: Partial<InputsOf<P>>, prior: Partial<InputsOf<P>>): Promise<Problem[]>;

    /** The only reader. Undefined means: certainly not there. What may not be seen is an error. */
    observe(ctx: Context, at: Known<P, Id, G>): Promise<S | undefined>;
    /** Makes it so, and answers from what it wrote. Throws `PartlyMade` where it can't finish what it has begun. */
    ensure(ctx: Context, want: InputsOf<P>, from: From<P, S, Id, G>): Promise<S>;
    /** Waits, after an accepted write, until the API shows what was asked for. A failure here leaves a resource partly made. */
    converge?(ctx: Context, want: InputsOf<P>, seen: S, from: From<P, S, Id, G>): Promise<S>;
    /** Why this observation is not yet the finished resource, e.g. an order under way. */
    unfinished?(seen: S): string | undefined;
    /**
     * An observation as inputs, as far as the API reads them back, and as outputs that are no inputs; and marks of our own
     * (with a leading `_`) that only `prior` shows again. An input that is there as no program can give it is null: it
     * differs from whatever is wanted.
     */
    describe?(
        seen: S,
        want: Partial<InputsOf<P>> & Props,
    ): { inputs?: { [K in keyof InputsOf<P>]?: InputsOf<P>[K] | null }; outputs?: Props };
    /** Removes it; what is gone already is a success. */
    remove(ctx: Context, have: Identified<P, Id, G> & InputsOf<P> & Props): Promise<void>;
    /**
     * All that exist of this kind in these domains (or belong to them, where the kind has none), nothing that is Gandi's own
     * doing left out; or why nobody can tell.
     */
    readonly list:
        | ((ctx: Context, domains: readonly string[]) => Promise<readonly Listed<P, S>[]>)
        | { readonly never: string };

    /** Of a kind whose changes a registry accepts hours before it shows them: the inputs that such a change sets. */
    readonly pending?: {
        readonly inputs: readonly (keyof P & string)[];
        /** What the API will show. Stands in for the observation meanwhile: id and outputs are made of it. */
        expected(want: InputsOf<P>): S;
    };
    /** Outputs that ask for another update although no input changed (an owner change under way). */
    repair?(outputs: Props): boolean;
}
