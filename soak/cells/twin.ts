import { seed } from "../kinds";
import { destroys, type Findings, failureOf, isAtRest, keepsSecrets } from "../laws";
import { World, type WorldStack } from "../world";
import { type Scenario, scenarios } from "./scenarios";

/** What a scenario asks for and leaves where nothing goes wrong. */
export interface Twin {
    /** `GET /v5/…`, one each. */
    readonly calls: readonly string[];
    readonly made: object;
    readonly destroyed: object;
}

const twins = new Map<Scenario, Promise<Twin>>();

/** The scenario in a world in which nothing goes wrong. @throws Error where it does not hold there either */
export function twinOf(scenario: Scenario): Promise<Twin> {
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

/** One of the scenarios that ask for anything, without playing them all. */
export async function someScenario(at: number): Promise<{ scenario: Scenario; twin: Twin }> {
    for (let next = at * 37; ; next++) {
        const scenario = scenarios[next % scenarios.length]!;
        const twin = await twinOf(scenario);
        if (twin.calls.length > 0) {
            return { scenario, twin };
        }
    }
}

/** A new world that has what every kind needs, with a stack. */
export async function inWorld<T>(work: (world: World, stack: WorldStack) => Promise<T>): Promise<T> {
    const world = await World.open();
    seed(world);
    try {
        return await work(world, await world.stack());
    } finally {
        await world.close();
    }
}

/** The next run: what was begun goes on, and then nothing is left to do. */
export async function recovers(
    world: World,
    stack: WorldStack,
    scenario: Scenario,
    refresh = false,
): Promise<Findings> {
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

export function titleOf({ kind, operation }: Scenario): string {
    return `${kind} ${operation}`;
}
