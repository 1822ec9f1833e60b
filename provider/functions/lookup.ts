import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { LookupInputs } from "./arguments";
import { type Asking, ask, askOutput, type Lookup, type LookupOptions, type LookupOutputOptions } from "./asking";
import { type CamelCase, camelCase, camelCased } from "./camelCase";

export type { LookupInputs, LookupOptions, LookupOutputOptions };

/** What a look-up is made of. There is no `answer` whose type is not the result's to the last optional key. */
interface Parts<A, R, S extends z.ZodType> {
    /** Types and normal forms. */
    readonly args: { readonly [K in keyof A]-?: z.ZodType<A[K]> };
    /** What {@link read} gives, with the keys that the API writes: the result has them in camelCase. */
    readonly answer: (<X>() => X extends R ? 1 : 2) extends <X>() => X extends CamelCase<z.output<S>> ? 1 : 2
        ? S
        : never;
    /** Asks the API. Nothing that writes is a look-up. */
    read(asking: Asking, args: A): Promise<z.output<S>>;
}

// The types of the forms have no names where they are published: editors would show a name, and nothing of a look-up's
// documentation where it is called.
type PlainForm<A, R> =
    Record<never, never> extends A
        ? (args?: A, opts?: LookupOptions) => Promise<R>
        : (args: A, opts?: LookupOptions) => Promise<R>;
type OutputForm<A, R> =
    Record<never, never> extends A
        ? (args?: LookupInputs<A>, opts?: LookupOutputOptions) => pulumi.Output<R>
        : (args: LookupInputs<A>, opts?: LookupOutputOptions) => pulumi.Output<R>;

const lookups = new WeakMap<object, Lookup>();

/** The look-up that a function is a form of. @internal */
export function lookupOf(form: object): Lookup | undefined {
    return lookups.get(form);
}

/**
 * A look-up in its plain form, which asks now. Its types are those that people read, and the parts must agree with them. (They
 * come in a second call as in one TypeScript infers all types or none.)
 * @param name as programs call it; its errors begin with it
 * @internal
 */
export function plain<A extends object, R>(name: string) {
    return <S extends z.ZodType>(parts: Parts<A, R, S>): PlainForm<A, R> => {
        const made = madeOf(name, parts);
        return formOf(made, (args?: A, opts?: LookupOptions) => ask(made, args, opts) as Promise<R>);
    };
}

/** The Output form of a look-up that has a plain one. @internal */
export function output<F extends (args: never, opts?: LookupOptions) => Promise<unknown>>(form: F) {
    return outputForm<NonNullable<Parameters<F>[0]>, Awaited<ReturnType<F>>>(lookups.get(form)!);
}

/** A look-up that has an Output form only: what it reads is a secret. @internal */
export function secret<A extends object, R>(name: string) {
    return <S extends z.ZodType>(parts: Parts<A, R, S>) => outputForm<A, R>({ ...madeOf(name, parts), secret: true });
}

function outputForm<A, R>(made: Lookup): OutputForm<A, R> {
    return formOf(made, (args?: LookupInputs<A>, opts?: LookupOutputOptions) => {
        return askOutput(made, args, opts) as pulumi.Output<R>;
    });
}

function formOf<F extends object>(made: Lookup, form: F): F {
    lookups.set(form, made);
    return form;
}

function madeOf<A, R, S extends z.ZodType>(name: string, { args, answer, read }: Parts<A, R, S>): Lookup {
    return {
        name,
        args: z.object(args),
        result: () => camelCased(answer),
        ask: async (asking, given) => camelCase(await read(asking, given as A)),
    };
}
