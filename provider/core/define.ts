import { z } from "zod";
import type { AnyDefinition, Problem, Props } from "./definition";
import { commonProperties } from "./inputs/timeouts";
import type { Common, GivenOf, InputsOf, Kind, Listed, Properties } from "./kind";
import type { Context } from "./process/context";
import { lostDomain } from "./process/lostDomain";
import type { Declaration } from "./program/declarations";
import { isSame, normalOf } from "./property";

/** A kind as core works with it, in whatever spelling the properties are. */
export type Defined<P extends Properties = Properties> = Omit<AnyDefinition, "properties"> & {
    readonly properties: P & Common;
};

/** What core makes of a kind. */
export function define<P extends Properties, S, const Id extends keyof P & string, const G extends string = never>(
    kind: Kind<P, S, Id, G>,
): Defined<P> {
    const { id, given, livesIn, identity = id, declaredAs = identity, list } = kind;
    const properties = { ...kind.properties, ...commonProperties, ...kind.properties };
    const byName: Properties = properties;
    const entries = Object.entries(byName);

    /** With each property in normal form; the rest as it is. */
    const normal = <T extends object>(inputs: T): never => {
        const found: Props = { ...(inputs as Props) };
        for (const [name, property] of entries) {
            if (found[name] !== undefined && found[name] !== null) {
                found[name] = normalOf(property, found[name], found);
            }
        }
        return found as never;
    };
    /** These properties in normal form. Throws where one has none; undefined where one is missing. */
    const strictly = (names: readonly string[], inputs: Props): Props | undefined => {
        const found: Props = {};
        for (const name of names) {
            const value = inputs[name];
            if (value === undefined || value === null) {
                return undefined;
            }
            const property = byName[name]!;
            found[name] = property.normal === undefined ? value : property.normal(value, found);
        }
        return found;
    };
    const unlessLost = async <T>(ctx: Context, at: Props, work: () => Promise<T>): Promise<T | undefined> => {
        try {
            return await work();
        } catch (error) {
            if (livesIn === undefined) {
                throw error;
            }
            return lostDomain(ctx, String(at[livesIn]), error);
        }
    };
    const observe = (ctx: Context, at: object) => {
        const plain = normal(at);
        return unlessLost(ctx, plain, () => kind.observe(ctx, plain));
    };
    const idOf = (inputs: Props, seen?: S): string | undefined => {
        const named = strictly(id, inputs);
        const own = given?.of(seen, inputs as Partial<InputsOf<P>>);
        return named === undefined || (given !== undefined && own === undefined)
            ? undefined
            : [...Object.values(named), ...(given === undefined ? [] : [own])].join("/");
    };
    const described = (want: object, seen: S) => {
        const [had, plain] = [want as Props, normal(want) as Props];
        const { inputs = {}, outputs = {} } = kind.describe?.(seen, plain as never) ?? {};
        const spelled = Object.entries(inputs as Props).flatMap(([name, there]) => {
            if (there === undefined) {
                return [];
            }
            const property = byName[name]!;
            const before = had[name];
            if (before === undefined || before === null) {
                return [[name, property.written?.(there, plain) ?? normalOf(property, there, plain)]];
            }
            const now = normalOf(property, there, plain);
            if (property.spelled !== undefined) {
                return [[name, property.spelled(before, now, plain, there)]];
            }
            return [[name, isSame(property, plain[name], now, { old: plain, wanted: plain }) ? before : now]];
        });
        return { inputs: Object.fromEntries(spelled), outputs };
    };

    const found = ({ at, seen }: Listed<P, S>) => {
        const named = Object.entries(at as Props).map(([name, value]) => {
            return [name, byName[name]?.written?.(value, at as Props) ?? value] as const;
        });
        const inputs: Props = { ...Object.fromEntries(named), ...described(Object.fromEntries(named), seen).inputs };
        return { id: String(idOf(inputs, seen)), inputs };
    };

    return {
        ...kind,
        properties,
        inputs: z.object(Object.fromEntries(entries.map(([name, { schema }]) => [name, schema]))),
        fields: Object.fromEntries(
            entries.map(([name, property]) => [
                name,
                {
                    ...property,
                    same(_old: unknown, _wanted: unknown, all: { old: Props; wanted: Props }) {
                        const [old, wanted]: Props[] = [normal(all.old), normal(all.wanted)];
                        return isSame(property, old![name], wanted![name], { old: old!, wanted: wanted! });
                    },
                },
            ]),
        ),
        outputs: kind.outputs ?? [],
        identity,
        declaredAs,

        id: idOf,
        address(text: string) {
            const parts: string[] = given === undefined ? [...id] : [...id, given.name];
            const segments = parts.length === 1 ? [text] : text.split("/");
            const middle = segments.length - parts.length + 1;
            const found =
                parts.length > 2
                    ? [segments[0]!, segments.slice(1, 1 + middle).join("/"), ...segments.slice(1 + middle)]
                    : segments;
            if (
                found.length !== parts.length ||
                found.includes("") ||
                (given !== undefined && /[\s/]/.test(found.at(-1)!))
            ) {
                const article = /^[AEIOU]/.test(kind.kind) ? "an" : "a";
                throw new Error(`"${text}" is no id of ${article} ${kind.kind}: write ${kind.idLike}`);
            }
            const address: Props = {};
            const plain: Props = {};
            for (const [index, name] of parts.entries()) {
                const { written, normal: normalForm } = byName[name] ?? {};
                address[name] = written?.(found[index], plain) ?? normalForm?.(found[index], plain) ?? found[index];
                plain[name] = normalForm?.(address[name], plain) ?? found[index];
            }
            return address;
        },
        declares(inputs: Props): Declaration[] {
            const named = strictly(declaredAs, inputs);
            if (named === undefined) {
                return [];
            }
            const isWrong = declaredAs.some(
                (name) => (byName[name]!.problems?.(inputs[name], name, named) ?? []).length > 0,
            );
            if (isWrong) {
                return [];
            }
            return (
                kind.declares?.(named as never) ?? [
                    { thing: `${kind.kind} ${Object.values(named).join("/")}`, places: [] },
                ]
            );
        },
        alsoDeclares: kind.alsoDeclares && ((inputs: object) => kind.alsoDeclares!(normal(inputs))),
        marks: kind.marks && ((inputs: object) => kind.marks!(normal(inputs))),

        problems(inputs: Props, prior: object | undefined, open: ReadonlySet<string>) {
            const problems: Problem[] = [];
            const [sound, plain]: [Props, Props] = [{}, {}];
            for (const [name, property] of entries) {
                const value = inputs[name];
                const wrong = value === undefined ? [] : (property.problems?.(value, name, plain) ?? []);
                problems.push(...wrong);
                if (value !== undefined && wrong.length === 0) {
                    sound[name] = value;
                    plain[name] = normalOf(property, value, plain);
                }
            }
            const wrong = entries
                .map(([name]) => name)
                .filter((name) => inputs[name] !== undefined && !(name in sound));
            const judged = {
                given: sound as Partial<GivenOf<P>>,
                prior: prior && normal(prior),
                open: new Set([...open, ...wrong]),
            };
            return [...problems, ...(kind.problems?.(plain as Partial<InputsOf<P>>, judged) ?? [])];
        },
        warnings: kind.warnings && ((inputs: object) => kind.warnings!(normal(inputs))),
        preflight:
            kind.preflight &&
            ((ctx: Context, inputs: object, open: ReadonlySet<string>, isReplacement: boolean) =>
                kind.preflight!(ctx, normal(inputs), { open, isReplacement })),

        observe,
        ensure: (ctx, { want, prior, ...from }) =>
            kind.ensure(ctx, normal(want), { ...from, prior: prior && normal(prior) }),
        converge:
            kind.converge &&
            ((ctx, { want, prior, ...from }, seen) =>
                kind.converge!(ctx, normal(want), seen, { ...from, prior: prior && normal(prior) })),
        describe: described,
        remove: async (ctx, have) => {
            const plain = normal(have);
            await unlessLost(ctx, plain, () => kind.remove(ctx, plain));
        },
        list:
            typeof list === "function"
                ? async (ctx: Context, domains: readonly string[]) => (await list(ctx, domains)).map(found)
                : list,
        pending: kind.pending && {
            inputs: kind.pending.inputs,
            expected: (want: object) => kind.pending!.expected(normal(want)),
        },
    };
}
