import type { Part } from "../part";
import { FAULTS } from "./faults";
import { type Cell, cellsOf, playCell } from "./play";
import { scenarios } from "./scenarios";
import { someScenario, twinOf } from "./twin";

let enumerated: Promise<Cell[]> | undefined;

async function allCells(): Promise<Cell[]> {
    const found: Cell[] = [];
    for (const scenario of scenarios) {
        // One that does not even run without faults shows that when it is played.
        const broken: Cell = { scenario, call: 0, fault: FAULTS[0]!, lasts: false };
        found.push(
            ...(await twinOf(scenario).then(
                (twin) => cellsOf(scenario, twin, FAULTS),
                () => [broken],
            )),
        );
    }
    return found;
}

/** Each kind, each operation, each of its calls, each fault, once and until it is lifted. */
export const cells: Part = {
    name: "cells",
    share: 16,
    async size() {
        enumerated ??= allCells();
        return (await enumerated).length;
    },
    async play(number) {
        enumerated ??= allCells();
        return playCell((await enumerated)[number]!);
    },
    async sample(at) {
        const { scenario, twin } = await someScenario(at);
        const some = cellsOf(scenario, twin, FAULTS);
        return playCell(some[(at * 101) % some.length]!);
    },
};
