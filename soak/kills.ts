import type { Played } from "../engine/inProcess/playedStack";
import { type Scenario, scenarios } from "./cells/scenarios";
import { inWorld, recovers, someScenario, titleOf, twinOf } from "./cells/twin";
import { chanceOf } from "./chance";
import { destroys, differs, type Findings, failureOf, keepsSecrets } from "./laws";
import type { Part, Verdict } from "./part";
import type { World, WorldStack } from "./world";

/** Who is killed. With the engine goes its program; what its providers do then is one of three things. */
const VICTIMS = {
    "the engine": (stack: WorldStack) => stack.kill("ends"),
    "the engine and its providers": (stack: WorldStack) => stack.kill("cut"),
    "the engine, while its providers go on": (stack: WorldStack) => stack.kill("zombie"),
    "the providers": (stack: WorldStack) => stack.killProviders(),
    "the program": (stack: WorldStack) => stack.killProgram(),
} as const;

type Victim = keyof typeof VICTIMS;

/** A kill at one request of a scenario. */
interface Kill {
    readonly scenario: Scenario;
    readonly call: number;
    /** Whether the request has its effect; nobody gets the answer either way. */
    readonly hasEffect: boolean;
    readonly victim: Victim;
    /** Whether the run after it is killed as well. */
    readonly isTwice: boolean;
}

/**
 * What a kill may leave at Gandi that no later run can know for its own, by kind: the class's docs say so, and how it is
 * found. A TSIG key has no name of ours and, before it is associated, no zone; no call removes one. `getTsigKeys` lists it.
 */
const LEFT_OVER: Readonly<Record<string, RegExp>> = { TsigKey: / differs at \/tsigKeys: [1-9]\d* instead of \d+$/ };

/**
 * And what a provider that outlives its engine may make beside the runs after it, of what only the API tells apart: none of
 * these runs can know it for its own (docs/ci.md).
 */
const MADE_BESIDE: Readonly<Record<string, RegExp>> = {
    TsigKey: / differs at (\/zones\/[\w.-]+)?\/tsigKeys: /,
    LiveDnsKey: / differs at \/zones\/[\w.-]+\/keys: /,
    Snapshot: / differs at \/zones\/[\w.-]+\/snapshots: /,
};
const OUTLIVES: Victim = "the engine, while its providers go on";

function killsOf(scenario: Scenario, calls: readonly string[]): Kill[] {
    return calls.flatMap((_, call) =>
        [false, true].flatMap((hasEffect) =>
            (Object.keys(VICTIMS) as Victim[]).flatMap((victim) =>
                [false, true].map((isTwice) => ({ scenario, call, hasEffect, victim, isTwice })),
            ),
        ),
    );
}

/** Kills somebody when the request arrives; what is asked after it goes its way. */
function killAt(
    world: World,
    stack: WorldStack,
    { call, hasEffect, victim }: Omit<Kill, "scenario" | "isTwice">,
): void {
    world.interfere = ({ index }) => {
        if (index !== call) {
            return undefined;
        }
        VICTIMS[victim](stack);
        return { kind: hasEffect ? "drop-after" : "drop-before" };
    };
}

async function playKill(kill: Kill, chance: () => number): Promise<Verdict> {
    const { scenario, call, hasEffect, victim, isTwice } = kill;
    const { calls, made, destroyed } = await twinOf(scenario);
    const victims: Victim[] = [victim];
    const when = hasEffect ? "after" : "before";
    const title = `${titleOf(scenario)}: ${victim} killed ${when} call ${call} (${calls[call]})${isTwice ? ", and once more" : ""}`;
    const findings = await inWorld(async (world, stack): Promise<Findings> => {
        await scenario.prepare(world, stack);
        world.settle();
        killAt(world, stack, kill);
        await scenario.run(world, stack);
        if (isTwice) {
            const all = Object.keys(VICTIMS) as Victim[];
            const again = {
                call: Math.floor(chance() * calls.length),
                hasEffect: chance() < 0.5,
                victim: all[Math.floor(chance() * all.length)]!,
            };
            victims.push(again.victim);
            killAt(world, stack, again);
            await next(stack, scenario);
        }
        const { found, program } = await goesOn(world, stack, scenario);
        found.push(...differs("the world", made, world.shape()));
        return [...found, ...(await destroys(world, stack, program, destroyed)), ...keepsSecrets(world)];
    });
    const known = [LEFT_OVER[scenario.kind], victims.includes(OUTLIVES) ? MADE_BESIDE[scenario.kind] : undefined];
    return {
        title,
        findings: findings.filter((finding) => !known.some((one) => one?.test(finding) === true)),
        count: isTwice ? 2 : 1,
    };
}

const next = (stack: WorldStack, { isGone, program, hasDrifted = false }: Scenario): Promise<Played> =>
    isGone ? stack.destroy(program) : stack.up(program, { refresh: hasDrifted });

/** The run after a kill; where it says what to write for what the killed one has made, that is written. */
async function goesOn(world: World, stack: WorldStack, scenario: Scenario) {
    world.interfere = undefined;
    const { adopting } = scenario;
    if (adopting !== undefined) {
        const run = await next(stack, scenario);
        const [, id] = /as after a run that was killed: adopt: "([-\w]+)"/.exec(run.output) ?? [];
        if (id !== undefined) {
            const program = adopting(id);
            const found = failureOf("up with adopt", await stack.up(program));
            return { found: [...found, ...(await recovers(world, stack, { ...scenario, program }))], program };
        }
    }
    return { found: await recovers(world, stack, scenario, scenario.hasDrifted), program: scenario.program };
}

let enumerated: Promise<Kill[]> | undefined;

async function allKills(): Promise<Kill[]> {
    const found: Kill[] = [];
    for (const scenario of scenarios) {
        found.push(...killsOf(scenario, (await twinOf(scenario)).calls));
    }
    return found;
}

/** Kills of engine, providers and program at each request of each scenario, once and twice in a row. */
export const kills: Part = {
    name: "kills",
    share: 5,
    async size() {
        enumerated ??= allKills();
        return (await enumerated).length;
    },
    async play(number, seed) {
        enumerated ??= allKills();
        return playKill((await enumerated)[number]!, chanceOf(seed * 1_000_003 + number));
    },
    async sample(at) {
        const { scenario, twin } = await someScenario(at + 1);
        const some = killsOf(scenario, twin.calls);
        return playKill(some[(at * 103) % some.length]!, chanceOf(at));
    },
};
