import { IdText } from "./idText";
import { commonProperties } from "./inputs/timeouts";
import type { Declaration, From, GivenOf, InputsOf, Kind, Known, Listed, Others, ResourceId } from "./kind";
import type { Context } from "./process/context";
import { lostDomain } from "./process/lostDomain";
import type { Problem, Props } from "./property";
import { type Properties, PropertySet } from "./propertySet";

/** What `ensure` and `converge` work from, as core knows it. */
export interface Start extends Others {
    readonly prior: Props | undefined;
    readonly unfinished: boolean;
    observe(): Promise<unknown>;
}

/** A kind as core works with it: what it is given is in whatever spelling, and what it answers is in the user's. */
export type Definition = ReturnType<typeof define>;

/** What core makes of a kind: whatever follows from its properties, and its actions on normal forms. */
export function define<P extends Properties, S, const Id extends keyof P & string, const G extends string = never>(
    kind: Kind<P, S, Id, G>,
) {
    type Inputs = InputsOf<P>;
    const {
        given,
        livesIn,
        identity = kind.id,
        declaredAs = identity,
        list,
        pending,
        preflight,
        preflightUpdate,
    } = kind;
    const properties = { ...kind.properties, ...commonProperties, ...kind.properties };
    const all = new PropertySet(properties);
    const ids = new IdText(kind.kind, all, kind.id, given?.name, kind.idLike);
    const normal = <T>(inputs: Props): T => all.normal(inputs) as T;

    /** A domain that can't be seen is lost or somebody else's, and that is never "gone". */
    async function unlessLost<T>(ctx: Context, at: Props, work: () => Promise<T>): Promise<T | undefined> {
        try {
            return await work();
        } catch (error) {
            if (livesIn === undefined) {
                throw error;
            }
            return lostDomain(ctx, String(normal<Props>(at)[livesIn]), error);
        }
    }
    function startOf(start: Start): From<P, S, Id, G> {
        const prior = start.prior && normal<Known<P, Id, G>>(start.prior);
        return { ...start, prior, observe: start.observe as () => Promise<S | undefined> };
    }
    const idOf = (inputs: Props, seen?: S) => ids.of(inputs, given?.of(seen, inputs as Partial<Inputs>));
    function described(want: Props, seen: S): { inputs: Props; outputs: Props } {
        const { inputs = {}, outputs = {} } = kind.describe?.(seen, normal(want)) ?? {};
        return { inputs: all.spelled(want, inputs), outputs };
    }

    function found({ at, seen }: Listed<P, S>): { id: string; inputs: Props } {
        const named = all.written(at);
        const inputs = { ...named, ...described(named, seen).inputs };
        return { id: String(idOf(inputs, seen)), inputs };
    }

    return {
        ...kind,
        properties,
        inputs: all.schema,
        outputs: kind.outputs ?? [],
        identity: identity as readonly string[],
        declaredAs: declaredAs as readonly string[],
        normal: (inputs: Props) => all.normal(inputs),

        /** Lower case, A-labels, no final dot. Undefined where only the API can give it, and `seen` is not there. */
        id(inputs: Props, seen?: S): string | undefined {
            return idOf(inputs, seen);
        },
        /** What an id says: the inputs, and with them the part of it that the API gave. Throws when it is no id of this kind. */
        address: (text: string) => ids.read(text),
        /** What a program declares with `declaredAs`; nothing where check will refuse them. */
        declares(inputs: Props): Declaration[] {
            const named = all.strictly(declaredAs, inputs);
            if (named === undefined || all.judged(inputs).problems.length > 0) {
                return [];
            }
            if (kind.declares !== undefined) {
                return kind.declares(named as Inputs);
            }
            // What may be left out, and is, names nothing: a key that the API gives its id.
            const isNamed = declaredAs.every((property) => named[property] !== undefined);
            return isNamed ? [{ title: `${kind.kind} ${Object.values(named).join("/")}`, places: [] }] : [];
        },
        alsoDeclares: (inputs: Props): ResourceId[] => kind.alsoDeclares?.(normal(inputs)) ?? [],
        marks: (inputs: Props): string => kind.marks?.(normal(inputs)) ?? "",

        problems(inputs: Props, prior: Props | undefined, open: ReadonlySet<string>): Problem[] {
            const { problems, sound, wrong } = all.judged(inputs);
            const judged = { given: sound as Partial<GivenOf<P>>, prior: prior && normal<Partial<Inputs>>(prior) };
            return [
                ...problems,
                ...(kind.problems?.(normal(sound), { ...judged, open: new Set([...open, ...wrong]) }) ?? []),
            ];
        },
        warnings: (inputs: Props): Problem[] => kind.warnings?.(normal(inputs)) ?? [],
        preflight:
            preflight &&
            ((ctx: Context, inputs: Props, how: { open: ReadonlySet<string>; isReplacement: boolean }) =>
                preflight(ctx, normal(inputs), how)),
        preflightUpdate:
            preflightUpdate &&
            ((ctx: Context, inputs: Props, prior: Props) => preflightUpdate(ctx, normal(inputs), normal(prior))),

        observe: (ctx: Context, at: Props): Promise<S | undefined> =>
            unlessLost(ctx, at, () => kind.observe(ctx, normal(at))),
        ensure: (ctx: Context, want: Props, start: Start): Promise<S> => kind.ensure(ctx, normal(want), startOf(start)),
        async converge(ctx: Context, want: Props, seen: S, start: Start): Promise<S> {
            return (await kind.converge?.(ctx, normal(want), seen, startOf(start))) ?? seen;
        },
        /** An observation in the user's terms. */
        describe(want: Props, seen: S): { inputs: Props; outputs: Props } {
            return described(want, seen);
        },
        remove: (ctx: Context, have: Props): Promise<void> =>
            unlessLost(ctx, have, () => kind.remove(ctx, normal(have))),
        /** What there is, by id, with the inputs to declare it with. */
        list:
            typeof list === "function"
                ? async (ctx: Context, domains: readonly string[]) => (await list(ctx, domains)).map(found)
                : list,
        pending: pending && {
            inputs: pending.inputs as readonly string[],
            expected: (want: Props): S => pending.expected(normal(want)),
        },
    };
}
