import { type Args, living } from "../kinds";
import type { Asked } from "./engineProcess";
import type { Declared } from "./processWorld";

/** Kinds of which a killed run leaves what nobody can know for its own: see `soak/kills.ts`. */
const LEFT_OUT = new Set(["TsigKey", "DomainTransfer"]);

const all = living.filter(({ kind }) => !LEFT_OUT.has(kind));

/** A program with every kind, and what it says later. */
const declared = (name: string, argsOf: (each: (typeof all)[number]) => Args): Declared[] =>
    all.map((each) => ({ kind: each.kind, name: `${name}-${each.kind}`, args: { ...argsOf(each), ...each.deleting } }));

const made = declared("it", ({ least }) => least);
const changed = declared("it", ({ least, updates }) => ({ ...least, ...updates[0] }));
/** Under other names. A key would be another one, and a domain is taken over. */
const renamed = declared("renamed", ({ kind, least, adopting }) => ({
    ...least,
    ...(kind === "Domain" ? adopting : {}),
})).map((each) => (each.kind === "LiveDnsKey" ? { ...each, name: "it-LiveDnsKey" } : each));

/** One operation of the program with every kind. */
export interface Story {
    readonly title: string;
    readonly before: readonly Declared[];
    readonly after: readonly Declared[];
    readonly operation: Asked["operation"];
}

export const stories: readonly Story[] = [
    { title: "create", before: [], after: made, operation: "up" },
    { title: "update", before: made, after: changed, operation: "up" },
    { title: "rename", before: made, after: renamed, operation: "up" },
    { title: "drop", before: made, after: [], operation: "up" },
    { title: "destroy", before: made, after: [], operation: "destroy" },
];
