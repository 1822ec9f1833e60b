import type { Args, Living } from "../kinds";
import type { Declared } from "./programs";
import { DOMAIN_ORDERED_NEXT, OTHER_PUBLIC_KEY } from "./values";

/** What a run is given. */
export interface Act {
    readonly stack: "a" | "b";
    readonly declared: readonly Declared[];
    /** Whether the state is told first that the resource is to be replaced. */
    readonly isTainted?: true;
}

/** A change of a program, of which the resource at Gandi knows nothing, or at least need not be without for a moment. */
export interface Move {
    readonly name: string;
    /**
     * Whether what is there at Gandi is there afterwards, the same one. Where another is made, nobody knows on the way back
     * what a lost answer has made: then that way is only gone where all is well.
     */
    readonly keeps: (living: Living) => boolean;
    /** Whether it is gone for a moment by design: its replacement was asked to come after its delete. */
    readonly mayBeAbsent?: true;
    /** Whether the program is without it in between. */
    readonly isAnother?: true;
    /** Whether there is a way back. Default: yes. */
    readonly isOneWay?: true;
    /** Whether somebody else has made the resource. */
    readonly isFound?: true;
    /** Why it can't be with this kind. */
    readonly missing?: (living: Living) => string | undefined;
    /** The program before (0), with the move (1), and after one more (2). @param id the resource's, once it has one */
    act(living: Living, turn: number, id: string): Act;
}

/** What stands for an existing one under another URN, of kinds of which nothing else tells it. */
function taking({ kind, adopting }: Living, id: string): Args {
    return kind === "TsigKey" ? { adopt: id } : kind === "Domain" ? adopting : {};
}

/** A second one beside it: for keys of the same zone, which the program says. */
function second({ kind, other }: Living, id: string): Args | undefined {
    const others: Readonly<Record<string, Args>> = {
        LiveDnsKey: { alongside: [id.split("/").at(-1)] },
        TsigKey: { alongside: [id] },
        Snapshot: { name: "next" },
        DnssecKey: { publicKey: OTHER_PUBLIC_KEY },
        Domain: { fqdn: DOMAIN_ORDERED_NEXT },
    };
    return others[kind] ?? other;
}

const all = () => true;
const none = () => false;

/** A snapshot is taken again, as no rule says which one it would be; the old one goes. */
const isNotTakenAgain = ({ kind }: Living) => kind !== "Snapshot";

const declaredIn =
    (how: (turn: number) => Partial<Declared>): Move["act"] =>
    (living, turn, id) => {
        const { kind, least, deleting } = living;
        const args = { ...least, ...deleting, ...(id === "" ? {} : taking(living, id)) };
        return { stack: "a", declared: [{ kind, name: "it", args, ...how(turn) }] };
    };

const names = ["it", "renamed", "renamed-again"];

const updatesOf = ({ updates }: Living) => updates.filter(({ ownerChange }) => ownerChange === undefined);
const withoutUpdates = (living: Living) =>
    updatesOf(living).length === 0 ? "none of its inputs can be changed" : undefined;

/** Updates that the engine is to make replacements of. */
const replacedOnChanges =
    (more: object): Move["act"] =>
    (living, turn, id) => {
        const { kind, least, deleting } = living;
        const updates = updatesOf(living);
        const again = kind === "Domain" && id !== "" ? living.adopting : {};
        const change = turn === 0 ? least : updates[(turn - 1) % updates.length];
        const replaceOnChanges = [...new Set(updates.flatMap(Object.keys))];
        const args = { ...change, ...deleting, ...again };
        return { stack: "a", declared: [{ kind, name: "it", args, opts: { replaceOnChanges, ...more } }] };
    };

export const moves: readonly Move[] = [
    { name: "renamed", keeps: isNotTakenAgain, act: declaredIn((turn) => ({ name: names[turn]! })) },
    {
        name: "renamed with an alias",
        keeps: all,
        act: declaredIn((turn) => ({
            name: names[turn]!,
            opts: { aliases: names.filter((name) => name !== names[turn]).map((name) => ({ name })) },
        })),
    },
    {
        name: "moved into a component",
        keeps: isNotTakenAgain,
        act: declaredIn((turn) => (turn === 0 ? {} : { component: `group-${turn}` })),
    },
    {
        name: "given another provider",
        keeps: isNotTakenAgain,
        act: declaredIn((turn) => (turn === 0 ? {} : { provider: turn === 1 ? "one" : "two" })),
    },
    {
        name: "taken over by another stack",
        keeps: isNotTakenAgain,
        isOneWay: true,
        act: ({ kind, least, deleting, adopting }, turn, id) => {
            const args = { ...least, ...deleting };
            const adopt = kind === "TsigKey" ? { adopt: id } : adopting;
            return [
                { stack: "a" as const, declared: [{ kind, name: "it", args, opts: { retainOnDelete: true } }] },
                { stack: "b" as const, declared: [{ kind, name: "it", args: { ...args, ...adopt } }] },
                { stack: "a" as const, declared: [] },
            ][turn]!;
        },
    },
    {
        name: "read, and then managed",
        keeps: isNotTakenAgain,
        isFound: true,
        act: ({ kind, least, deleting, adopting }, turn, id) => {
            const adopt = kind === "TsigKey" ? { adopt: id } : adopting;
            const args = { ...least, ...deleting, ...adopt };
            return { stack: "a", declared: [{ kind, name: "it", args, ...(turn === 1 ? {} : { get: id }) }] };
        },
    },
    {
        name: "rolled over",
        keeps: none,
        missing: (living) => (second(living, "") === undefined ? "there is only one of it" : undefined),
        act: (living, turn, id) => {
            const { kind, least, deleting } = living;
            const args = { ...least, ...deleting };
            const old = { kind, name: "it", args };
            const next = { kind, name: "next", args: { ...args, ...second(living, id) } };
            return { stack: "a", declared: [[old], [old, next], [next]][turn]! };
        },
    },
    {
        name: "replaced by another identity",
        keeps: none,
        isAnother: true,
        missing: ({ other }) => (other === undefined ? "it can't become another one" : undefined),
        act: ({ kind, least, deleting, other }, turn) => ({
            stack: "a",
            declared: [{ kind, name: "it", args: { ...least, ...deleting, ...(turn === 1 ? other : {}) } }],
        }),
    },
    {
        name: "tainted",
        isOneWay: true,
        keeps: ({ kind }) => kind !== "Snapshot" && kind !== "TsigKey",
        act: (living, turn, id) => {
            const { kind, least, deleting, adopting } = living;
            const more = kind === "TsigKey" ? { alongside: [id] } : kind === "Domain" ? adopting : {};
            const args = { ...least, ...deleting, ...(turn === 0 ? {} : more) };
            const declared = [{ kind, name: "it", args }];
            return turn === 0 ? { stack: "a", declared } : { stack: "a", declared, isTainted: true };
        },
    },
    {
        name: "replaced on changes",
        keeps: none,
        missing: withoutUpdates,
        act: replacedOnChanges({}),
    },
    {
        name: "replaced on changes, deleted first",
        keeps: none,
        mayBeAbsent: true,
        missing: withoutUpdates,
        act: replacedOnChanges({ deleteBeforeReplace: true }),
    },
];
