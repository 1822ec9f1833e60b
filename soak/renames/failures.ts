import type { PlayOptions } from "../../engine/inProcess/playedStack";
import type { Ending } from "../runsOfOperation";
import type { Interference, World, WorldStack } from "../world";
import { isBystanders } from "./programs";

/** What goes wrong with a run. */
export type Failure = "all well" | "another resource fails" | "killed" | "--continue-on-error";
export const FAILURES: readonly Failure[] = ["all well", "another resource fails", "killed", "--continue-on-error"];

const ANSWERS: readonly Interference[] = [
    { status: 500 },
    { status: 403 },
    { kind: "drop-before" },
    { kind: "drop-after" },
    { status: 503, effect: true },
];

/** Who fails: the other resource, or in one run of four the one that is moved. */
const OURS = 0.25;

/**
 * Sees to it that the next run fails.
 *
 * @param calls how many requests there are in such a run
 * @returns what is to happen, in words, and the options of the run
 */
export function arrange(
    failure: Failure,
    { world, stack, calls, endings }: { world: World; stack: WorldStack; calls: number; endings: readonly Ending[] },
    chance: () => number,
): { told: string; options: PlayOptions } {
    const one = <T>(all: readonly T[]): T => all[Math.floor(chance() * all.length)]!;
    if (failure === "all well") {
        return { told: "well", options: {} };
    }
    if (failure === "killed") {
        const [call, ending, kind] = [
            Math.floor(chance() * calls),
            one(endings),
            one(["drop-before", "drop-after"] as const),
        ];
        world.interfere = ({ index }) => {
            if (index !== call) return undefined;
            stack.kill(ending);
            return { kind };
        };
        return { told: `killed at call ${call} of ${calls}, ${kind}, provider ${ending}`, options: {} };
    }
    const answer = one(ANSWERS);
    const isOurs = chance() < OURS;
    world.interfere = ({ method, path }) =>
        method !== "GET" && (isOurs ? method !== "DELETE" && !isBystanders(path) : isBystanders(path))
            ? answer
            : undefined;
    return {
        told: `${isOurs ? "it fails itself" : "the other fails"}, ${JSON.stringify(answer)}`,
        options: failure === "--continue-on-error" ? { continueOnError: true } : {},
    };
}
