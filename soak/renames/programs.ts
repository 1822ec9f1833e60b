import * as pulumi from "@pulumi/pulumi";
import type { Program } from "../../engine/inProcess/functionProgram";
import * as gandi from "../../provider";
import { BARE } from "../../test/harness/everyKind";
import { type Args, declare } from "../kinds";

/** One resource as a program declares it. */
export interface Declared {
    readonly kind: string;
    readonly name: string;
    readonly args: Args;
    /** The component that it is in; none at the top. */
    readonly component?: string;
    /** The explicit provider that it has. */
    readonly provider?: string;
    /** The id by which it is only read. */
    readonly get?: string;
    /** Options of Pulumi's own. */
    readonly opts?: object;
}

/** Where in the program the other resource is: ours depends on it, has nothing to do with it, or it depends on ours. */
export const POSITIONS = ["before", "beside", "after"] as const;
export type Position = (typeof POSITIONS)[number];

/** The other resource of the program: each of its values asks for a create or an update of its own. */
export interface Bystander {
    readonly position: Position;
    readonly name: string;
    readonly value: number;
}

/** Whether a request is the other resource's. */
export const isBystanders = (path: string) => path.includes(`/${BARE}/records/bystander-`);

interface WithGet {
    get(name: string, id: string, state: undefined, opts: object): pulumi.Resource;
}

/** @param tokens of the explicit providers, by name */
export function programOf(
    declared: readonly Declared[],
    { position, name: bystander, value }: Bystander,
    tokens: Readonly<Record<string, string>>,
): Program {
    return () => {
        const components = new Map<string, pulumi.ComponentResource>();
        const providers = new Map<string, gandi.Provider>();
        const known = <T>(all: Map<string, T>, name: string | undefined, make: (name: string) => T): T | undefined => {
            if (name === undefined) return undefined;
            const one = all.get(name) ?? make(name);
            all.set(name, one);
            return one;
        };
        const declareBystander = (dependsOn: readonly pulumi.Resource[]) =>
            declare(
                "LiveDnsRecord",
                bystander,
                { domain: BARE, name: `bystander-${bystander}`, type: "A", values: [`192.0.2.${value}`] },
                { dependsOn },
            );
        const first = position === "after" ? [] : [declareBystander([])];
        const ours = declared.map(({ kind, name, args, component, provider, get, opts }) => {
            const all = {
                ...opts,
                parent: known(components, component, (name) => new pulumi.ComponentResource("soak:Group", name)),
                provider: known(providers, provider, (name) => {
                    const personalAccessToken = pulumi.secret(tokens[name]!);
                    return new gandi.Provider(name, { personalAccessToken });
                }),
                dependsOn: position === "before" ? first : [],
            };
            return get === undefined
                ? declare(kind, name, args, all)
                : (Reflect.get(gandi, kind) as WithGet).get(name, get, undefined, all);
        });
        if (position === "after") {
            declareBystander(ours);
        }
    };
}
