import { destroys, differs, type Findings, keepsSecrets } from "../laws";
import type { Part, Verdict } from "../part";
import { DELAYS } from "../world";
import { type CellFault, convergeAgain, FAULTS, neverConverge } from "./faults";
import { type Scenario, scenarios } from "./scenarios";
import { inWorld, recovers, someScenario, type Twin, titleOf, twinOf } from "./twin";

/** One fault at one call of a scenario, once or until the operation has ended. */
interface Cell {
    readonly scenario: Scenario;
    readonly call: number;
    readonly fault: CellFault;
    readonly lasts: boolean;
}

function cellsOf(scenario: Scenario, { calls }: Twin): Cell[] {
    return calls.flatMap((request, call) => {
        const isRead = request.startsWith("GET");
        const meeting = FAULTS.filter(
            ({ meets, happens }) =>
                (meets === "all" || meets === (isRead ? "reads" : "writes")) &&
                (happens !== "second writer" || scenario.drift !== undefined),
        );
        return meeting.flatMap((fault) =>
            (fault.lasts ? [false, true] : [false]).map((lasts) => ({ scenario, call, fault, lasts })),
        );
    });
}

async function playCell({ scenario, call, fault, lasts }: Cell): Promise<Verdict> {
    const { calls, made, destroyed } = await twinOf(scenario);
    const times = fault.lasts ? (lasts ? ", until lifted" : ", once") : "";
    const title = `${titleOf(scenario)}, call ${call} (${calls[call]}), ${fault.name}${times}`;
    const findings = await inWorld(async (world, stack): Promise<Findings> => {
        await scenario.prepare(world, stack);
        world.settle();
        let met: string | undefined;
        world.interfere = ({ index, method, path }) => {
            const request = `${method} ${path}`;
            if (index === call) {
                met = request;
                if (fault.happens === "second writer") scenario.drift?.(world);
                if (fault.happens === "never converges") neverConverge(world);
            }
            const hits = index === call || (lasts && request === met);
            return hits ? (fault.refuses ? { kind: "drop-before" } : fault.answer) : undefined;
        };
        await scenario.run(world, stack);
        const found: Findings = met === undefined ? ["the fault was never met"] : [];
        if (fault.happens === "never converges") convergeAgain(world, DELAYS);
        found.push(...(await recovers(world, stack, scenario, fault.happens !== undefined || scenario.hasDrifted)));
        found.push(...differs("the world", made, world.shape()));
        return [...found, ...(await destroys(world, stack, scenario.program, destroyed)), ...keepsSecrets(world)];
    });
    return { title, findings };
}

let enumerated: Promise<Cell[]> | undefined;

async function allCells(): Promise<Cell[]> {
    const found: Cell[] = [];
    for (const scenario of scenarios) {
        // One that does not even run without faults shows that when it is played.
        const broken: Cell = { scenario, call: 0, fault: FAULTS[0]!, lasts: false };
        found.push(
            ...(await twinOf(scenario).then(
                (twin) => cellsOf(scenario, twin),
                () => [broken],
            )),
        );
    }
    return found;
}

/** Each kind, each operation, each of its calls, each fault, once and until it is lifted. */
export const cells: Part = {
    name: "cells",
    share: 20,
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
        const some = cellsOf(scenario, twin);
        return playCell(some[(at * 101) % some.length]!);
    },
};
