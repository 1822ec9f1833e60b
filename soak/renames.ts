import { chanceOf } from "./chance";
import { type Living, living } from "./kinds";
import type { Part, Verdict } from "./part";
import { endingsOf, isKnown } from "./renames/exceptions";
import { FAILURES, type Failure } from "./renames/failures";
import { type Move, moves } from "./renames/moves";
import { POSITIONS } from "./renames/programs";
import { differsNow } from "./renames/shapes";
import { type Plan, type Told, tell } from "./renames/story";

/** One row: a kind, what is done to its resource, and what goes wrong with that. */
interface Row {
    readonly living: Living;
    readonly move: Move;
    readonly failure: Failure;
    /** Whether there are two such runs in a row. */
    readonly isTwice: boolean;
    readonly refresh: boolean;
}

const rows: readonly Row[] = living.flatMap((each) =>
    moves.flatMap((move) =>
        FAILURES.flatMap((failure) =>
            [false, true].flatMap((isTwice) =>
                [false, true].map((refresh) => ({ living: each, move, failure, isTwice, refresh })),
            ),
        ),
    ),
);

/** Two runs: the same again, there and back, or on from there. */
const TWICE: readonly Pick<Plan, "clean" | "runs">[] = [
    { clean: [0], runs: [1, 1] },
    { clean: [0], runs: [1, 2] },
    { clean: [0], runs: [1, 0] },
];
const ONCE: readonly Pick<Plan, "clean" | "runs">[] = [
    { clean: [0], runs: [1] },
    { clean: [0, 1], runs: [2] },
];

const twins = new Map<string, Promise<Told>>();

/** The same programs in a world in which nothing goes wrong. */
function twinOf({ living: each, move }: Row, plan: Plan): Promise<Told> {
    const key = [each.kind, move.name, plan.clean, plan.runs, plan.position === "beside"].join("|");
    const twin = twins.get(key) ?? tell(each, move, plan, undefined);
    twins.set(key, twin);
    return twin;
}

function isPossible({ living: each, move, failure }: Row, second: number | undefined): boolean {
    const goesBack = second === 0 || ((move.isAnother || move.isFound) && second !== 1);
    return !(goesBack && (move.isOneWay || (!move.keeps(each) && failure !== "all well")));
}

async function playRow(row: Row, chance: () => number): Promise<Verdict> {
    const { living: each, move, failure, isTwice, refresh } = row;
    const one = <T>(all: readonly T[]): T => all[Math.floor(chance() * all.length)]!;
    const title = `${each.kind} ${move.name}, ${failure}, ${isTwice ? "twice" : "once"}${refresh ? ", --refresh" : ""}`;
    const missing = move.missing?.(each);
    if (missing !== undefined) {
        return { title, findings: [], count: 0, notApplicable: `${each.kind} ${move.name}: ${missing}` };
    }
    const sequences = isTwice ? TWICE.filter(({ runs }) => isPossible(row, runs[1])) : ONCE;
    const plan = { ...one(sequences), position: one(POSITIONS) };
    const twin = await twinOf(row, plan);
    if (twin.findings.length > 0) {
        return { title, findings: twin.findings.map((finding) => `without failure: ${finding}`) };
    }
    const told = await tell(each, move, plan, {
        failure,
        options: { refresh },
        chance,
        endings: endingsOf(each.kind),
        calls: twin.calls,
    });
    const findings = [
        ...told.findings,
        ...differsNow("the world", twin.made, told.made),
        ...differsNow("the world after destroy", twin.destroyed, told.destroyed),
    ].filter((finding) => !isKnown(each.kind, failure, finding));
    return { title: `${title}: ${plan.clean} then ${told.story.join("; ")} (${plan.position})`, findings };
}

/** Renames and the like, and runs that fail: `keeping.md` holds. */
export const renames: Part = {
    name: "renames",
    share: 5,
    async size() {
        return rows.length;
    },
    play: (number, seed) => playRow(rows[number]!, chanceOf(seed * 1_000_003 + number)),
    /** Of every kind some, and of every move. */
    sample: (at) => playRow(rows[(at * 191) % rows.length]!, chanceOf(at)),
};
