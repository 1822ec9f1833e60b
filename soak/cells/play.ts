import { destroys, differs, type Findings, keepsSecrets } from "../laws";
import type { Verdict } from "../part";
import { DELAYS, type World } from "../world";
import { type CellFault, convergeAgain, neverConverge } from "./faults";
import type { Scenario } from "./scenarios";
import { inWorld, recovers, type Twin, titleOf, twinOf } from "./twin";

/** How long nobody listens where that is to pass by itself, in milliseconds. */
const A_WHILE = 1_000;

/** One fault at one call of a scenario, once or until the operation has ended. */
export interface Cell {
    readonly scenario: Scenario;
    readonly call: number;
    readonly fault: CellFault;
    readonly lasts: boolean;
}

/** All that a scenario can meet of these faults. */
export function cellsOf(scenario: Scenario, { calls }: Twin, faults: readonly CellFault[]): Cell[] {
    return calls.flatMap((request, call) => {
        const isRead = request.startsWith("GET");
        const meeting = faults.filter(
            ({ meets, happens }) =>
                (meets === "all" || meets === (isRead ? "reads" : "writes")) &&
                (happens !== "second writer" || scenario.drift !== undefined),
        );
        return meeting.flatMap((fault) =>
            (fault.lasts ? [false, true] : [false]).map((lasts) => ({ scenario, call, fault, lasts })),
        );
    });
}

/**
 * Plays a cell, and holds what it leaves against its twin.
 *
 * @param more what else must hold, in the world that it was played in
 */
export async function playCell(
    { scenario, call, fault, lasts }: Cell,
    more: (world: World) => Findings = () => [],
): Promise<Verdict> {
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
                if (fault.refuses) world.refuse(lasts ? undefined : A_WHILE);
            }
            const hits = index === call || (lasts && request === met);
            return hits ? fault.answer : undefined;
        };
        await scenario.run(world, stack);
        await world.listen();
        const found: Findings = met === undefined ? ["the fault was never met"] : [];
        if (fault.happens === "never converges") convergeAgain(world, DELAYS);
        found.push(...(await recovers(world, stack, scenario, fault.happens !== undefined || scenario.hasDrifted)));
        found.push(...differs("the world", made, world.shape()));
        return [
            ...found,
            ...(await destroys(world, stack, scenario.program, destroyed)),
            ...keepsSecrets(world),
            ...more(world),
        ];
    });
    return { title, findings };
}
