import { seed } from "../kinds";
import { destroys, differs, type Findings, failureOf, isAtRest, keepsSecrets } from "../laws";
import type { Part, Verdict } from "../part";
import { DELAYS, World, type WorldStack } from "../world";
import { type CellFault, convergeAgain, FAULTS, neverConverge } from "./faults";
import { type Scenario, scenarios } from "./scenarios";

/** What a scenario asks for and leaves where nothing goes wrong. */
interface Twin {
    /** `GET /v5/…`, one each. */
    readonly calls: readonly string[];
    readonly made: object;
    readonly destroyed: object;
}

/** One fault at one call of a scenario, once or until the operation has ended. */
interface Cell {
    readonly scenario: Scenario;
    readonly call: number;
    readonly fault: CellFault;
    readonly lasts: boolean;
}

const twins = new Map<Scenario, Promise<Twin>>();

function twinOf(scenario: Scenario): Promise<Twin> {
    const twin = twins.get(scenario) ?? createTwin(scenario);
    twins.set(scenario, twin);
    return twin;
}

async function createTwin(scenario: Scenario): Promise<Twin> {
    return inWorld(async (world, stack) => {
        await scenario.prepare(world, stack);
        world.settle();
        const run = await scenario.run(world, stack);
        const calls = world.requests.map(({ method, path }) => `${method} ${path}`);
        const findings = [...failureOf("a run without faults", run), ...(await recovers(world, stack, scenario))];
        const made = world.shape();
        findings.push(...(await destroys(world, stack, scenario.program, undefined)), ...keepsSecrets(world));
        if (findings.length > 0) {
            throw new Error(`${titleOf(scenario)}: ${findings.join("\n")}`);
        }
        return { calls, made, destroyed: world.shape() };
    });
}

async function inWorld<T>(work: (world: World, stack: WorldStack) => Promise<T>): Promise<T> {
    const world = await World.open();
    seed(world);
    try {
        return await work(world, await world.stack());
    } finally {
        await world.close();
    }
}

/** The next run: what was begun goes on, and then nothing is left to do. */
async function recovers(world: World, stack: WorldStack, scenario: Scenario, refresh = false): Promise<Findings> {
    world.interfere = undefined;
    const { program, isGone } = scenario;
    const next = isGone ? await stack.destroy(program) : await stack.up(program, { refresh });
    world.settle();
    const findings = failureOf("the run after it", next);
    if (isGone) {
        const left = stack.played.resources();
        return left.length === 0 ? findings : [...findings, `still in the state: ${left.map(({ urn }) => urn).join()}`];
    }
    if (scenario.waitsForPeople) {
        findings.push(...failureOf("the run after they agreed", await stack.up(program)));
    }
    if (refresh) {
        // What the registry had accepted and did not show is looked at once more.
        findings.push(...failureOf("a refresh", await stack.refresh()));
    }
    return [...findings, ...(await isAtRest(world, stack, program))];
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

function titleOf({ kind, operation }: Scenario): string {
    return `${kind} ${operation}`;
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
    share: 5,
    async size() {
        enumerated ??= allCells();
        return (await enumerated).length;
    },
    async play(number) {
        enumerated ??= allCells();
        return playCell((await enumerated)[number]!);
    },
    async sample(at) {
        const scenario = scenarios[(at * 37) % scenarios.length]!;
        const some = cellsOf(scenario, await twinOf(scenario));
        return playCell(some[(at * 101) % some.length]!);
    },
};
