import type { PlayOptions } from "../../engine/inProcess/playedStack";
import { TOKENS } from "../../sandbox";
import { type Living, seed } from "../kinds";
import { destroys, type Findings, failureOf, isAtRest, keepsSecrets } from "../laws";
import type { Ending } from "../runsOfOperation";
import { World, type WorldStack } from "../world";
import { arrange, type Failure } from "./failures";
import type { Act, Move } from "./moves";
import { type Bystander, type Declared, type Position, programOf } from "./programs";
import { thingsIn, Watch } from "./watch";

/** Which programs a story goes through: numbers of a move's turns. */
export interface Plan {
    /** Runs that end well. */
    readonly clean: readonly number[];
    /** Runs with which something may go wrong; the last program stays. */
    readonly runs: readonly number[];
    readonly position: Position;
}

/** What goes wrong, and how the runs are run. */
export interface Trouble {
    readonly failure: Failure;
    readonly options: PlayOptions;
    readonly chance: () => number;
    readonly endings: readonly Ending[];
    /** Requests of each run where nothing goes wrong. */
    readonly calls: readonly number[];
}

export interface Told {
    readonly story: string[];
    readonly findings: Findings;
    readonly calls: number[];
    /** The world when all is done, and after destroy. */
    readonly made: object;
    readonly destroyed: object;
    readonly output: string;
}

/** Two more tokens of the same organisation, for explicit providers. */
const OWN_TOKENS = { one: `${TOKENS.first.slice(0, -1)}2`, two: `${TOKENS.first.slice(0, -1)}3` };

async function worldWithTokens(): Promise<World> {
    const world = await World.open();
    seed(world);
    const { tokens } = world.sandbox.world.state;
    const first = tokens.find(({ secret }) => secret === TOKENS.first)!;
    for (const [name, secret] of Object.entries(OWN_TOKENS)) {
        tokens.push({ ...first, name, secret });
    }
    return world;
}

/** Plays a move, with what goes wrong. */
export async function tell(living: Living, move: Move, plan: Plan, trouble: Trouble | undefined): Promise<Told> {
    const world = await worldWithTokens();
    const stacks: WorldStack[] = [];
    try {
        return await new Story(world, living, move, plan, stacks).tell(trouble);
    } finally {
        await Promise.all(stacks.map((stack) => stack.close()));
        await world.close();
    }
}

class Story {
    private readonly story: string[] = [];
    private readonly findings: Findings = [];
    private readonly byName = new Map<string, WorldStack>();
    private readonly last = new Map<string, { declared: readonly Declared[]; bystander: Bystander }>();
    private readonly outputs: string[] = [];
    private id = "";

    constructor(
        private readonly world: World,
        private readonly living: Living,
        private readonly move: Move,
        private readonly plan: Plan,
        private readonly stacks: WorldStack[],
    ) {}

    async tell(trouble: Trouble | undefined): Promise<Told> {
        const { world, plan, move, living } = this;
        const nothing = thingsIn(world.sandbox.world.state);
        if (move.isFound) {
            await this.find();
        }
        for (const turn of plan.clean) {
            await this.act(turn, 0, async (stack, program) => {
                this.findings.push(...failureOf(`the run before it (${turn})`, await stack.up(program)));
            });
        }
        world.settle();
        const owned = [...thingsIn(world.sandbox.world.state)].filter(
            (thing) => !nothing.has(thing) && !thing.includes("bystander-"),
        );
        const watch = new Watch(world);
        const calls: number[] = [];
        for (const [at, turn] of plan.runs.entries()) {
            await this.act(turn, at + 1, async (stack, program) => {
                const arranged = trouble && this.arranged(trouble, stack, trouble.calls[at] ?? 1);
                const played = await stack.up(program, { ...trouble?.options, ...arranged?.options });
                world.interfere = undefined;
                calls.push(world.requests.length);
                this.outputs.push(played.output);
                this.story.push(`turn ${turn} ${arranged?.told ?? ""}`);
                if (trouble === undefined) {
                    this.findings.push(...failureOf(`turn ${turn}`, played));
                }
            });
        }
        await this.recover(trouble?.options ?? {});
        const comesBack = move.isAnother === true && new Set(plan.runs).size > 1;
        const mayBeAbsent = move.mayBeAbsent === true || comesBack;
        this.findings.push(...watch.ended(move.keeps(living) ? owned : [], mayBeAbsent));
        const made = world.shape();
        world.watch = undefined;
        for (const [name, { declared, bystander }] of [...this.last].reverse()) {
            const program = programOf(declared, bystander, OWN_TOKENS);
            this.findings.push(...(await destroys(world, this.byName.get(name)!, program, undefined)));
        }
        this.findings.push(...keepsSecrets(world));
        return {
            story: this.story,
            findings: this.findings,
            calls,
            made,
            destroyed: world.shape(),
            output: [...this.outputs, ...world.lines].join("\n"),
        };
    }

    /** Somebody else has made it. */
    private async find(): Promise<void> {
        const { kind, least, deleting } = this.living;
        const bystander = { position: "beside", name: "maker", value: 1 } as const;
        const maker = await this.stack("maker");
        const program = programOf([{ kind, name: "it", args: { ...least, ...deleting } }], bystander, OWN_TOKENS);
        this.findings.push(...failureOf("the run that made it", await maker.up(program)));
        this.keepId(maker);
    }

    private async act(
        turn: number,
        run: number,
        carryOut: (stack: WorldStack, program: () => unknown) => Promise<void>,
    ): Promise<void> {
        const { stack: name, declared, isTainted }: Act = this.move.act(this.living, turn, this.id);
        const { position } = this.plan;
        // What is created and gets no answer is only known again by its values.
        const isNew = position === "beside" && run > 0;
        const bystander =
            isNew || name === "b" ? { position, name: `${name}-new`, value: 7 } : { position, name, value: run + 1 };
        const stack = await this.stack(name);
        if (isTainted) {
            taint(stack);
        }
        this.last.set(name, { declared, bystander });
        await carryOut(stack, programOf(declared, bystander, OWN_TOKENS));
        if (this.id === "") {
            this.keepId(stack);
        }
    }

    /** The runs after it, in which nothing goes wrong. */
    private async recover(options: PlayOptions): Promise<void> {
        for (const [name, { declared, bystander }] of this.last) {
            const stack = this.byName.get(name)!;
            const program = programOf(declared, bystander, OWN_TOKENS);
            const played = await stack.up(program, options);
            this.outputs.push(played.output);
            this.findings.push(...failureOf(`the run after it, of ${name},`, played));
        }
        this.world.settle();
        if (this.story.slice(0, -1).some((told) => told.includes("zombie"))) {
            // What lives on of the run before the last one may write after it: a refresh finds that, as it finds any drift.
            for (const [name, { declared, bystander }] of this.last) {
                const program = programOf(declared, bystander, OWN_TOKENS);
                const played = await this.byName.get(name)!.up(program, { ...options, refresh: true });
                this.findings.push(...failureOf(`a run with --refresh, of ${name},`, played));
            }
        }
        for (const [name, { declared, bystander }] of this.last) {
            const program = programOf(declared, bystander, OWN_TOKENS);
            const resting = await isAtRest(this.world, this.byName.get(name)!, program);
            this.findings.push(...resting.map((finding) => `${name}: ${finding}`));
        }
    }

    private arranged({ failure, endings, chance }: Trouble, stack: WorldStack, calls: number) {
        return arrange(failure, { world: this.world, stack, calls, endings }, chance);
    }

    private keepId(stack: WorldStack): void {
        this.id = stack.played.resources().find(({ urn }) => urn.endsWith("::it"))?.id ?? "";
    }

    private async stack(name: string): Promise<WorldStack> {
        const stack = this.byName.get(name) ?? (await this.world.stack(name));
        if (!this.byName.has(name)) {
            this.byName.set(name, stack);
            this.stacks.push(stack);
        }
        return stack;
    }
}

/** What `pulumi state taint` does. */
function taint({ played }: WorldStack): void {
    const deployment = JSON.parse(JSON.stringify(played.deployment)) as {
        resources: { urn: string; taint?: boolean }[];
    };
    for (const resource of deployment.resources) {
        if (resource.urn.endsWith("::it")) resource.taint = true;
    }
    played.deployment = deployment;
}
