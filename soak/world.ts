import type { Program } from "../engine/inProcess/functionProgram";
import { type Played, PlayedStack, type PlayOptions } from "../engine/inProcess/playedStack";
import { type Sandbox, type SandboxOptions, startSandbox } from "../sandbox";
import type { ActiveFault, Fault } from "../sandbox/faults";
import { configOf } from "../test/harness/inProcess";
import { type Ending, RunsOfOperation } from "./runsOfOperation";
import { shapeOf } from "./shape";
import { WorldClock } from "./worldClock";

/** A request to the API, as it arrives. */
export interface Arrival {
    readonly method: string;
    /** With `/v5`, as it was sent. */
    readonly path: string;
    /** How many came before it since the stack's operation began. */
    readonly index: number;
}

/** What goes wrong with a request. */
export type Interference = Omit<Fault, "method" | "path" | "times" | "skip">;

export interface WorldOptions extends Omit<SandboxOptions, "clock" | "port" | "stateFile"> {
    /** A number in [0, 1): what chance there is comes of it. Default: always 0.5. */
    readonly chance?: () => number;
}

/** Operations that take some time, as Gandi's do. */
export const DELAYS = { order: 90_000, operation: 20_000, showing: 0, changeOwner: 600_000 };

/** A Gandi, the time of which passes at once, and stacks whose programs and providers are in this process. */
export class World {
    /** What the providers have printed. */
    readonly lines: string[] = [];
    /** Every text that anybody could see: outputs, events, states. */
    readonly texts: string[] = [];
    /** What went wrong, as people are told. */
    readonly errors: string[] = [];
    /** Each path that was ever asked, in this world. */
    readonly everAsked: string[] = [];
    /** Is asked about each request of the operation under way, before anything is done. */
    interfere: ((arrival: Arrival) => Interference | undefined) | undefined;
    /** Looks at the world whenever a request arrives, of whatever operation. */
    watch: ((arrival: Arrival) => void) | undefined;
    private arrivals: Arrival[] = [];
    private readonly stacks: WorldStack[] = [];
    private isShut = false;

    private constructor(
        readonly sandbox: Sandbox,
        readonly clock: WorldClock,
    ) {
        const past = structuredClone(sandbox.world.state);
        Object.defineProperty(sandbox.faults, "take", {
            value: (method: string, path: string): ActiveFault | undefined => {
                const arrival = { method, path, index: this.arrivals.length };
                this.arrivals.push(arrival);
                this.everAsked.push(path);
                this.clock.progress();
                this.watch?.(arrival);
                const fault = this.interfere?.(arrival);
                const kind = fault?.kind ?? "status";
                if (fault === undefined || (kind === "stale" && method !== "GET")) {
                    return undefined;
                }
                return { ...fault, kind, id: 0, ...(kind === "stale" ? { past: this.past ?? past } : {}) };
            },
        });
    }

    /** What `stale` answers come from: the world as it was when the operation under way began. */
    private past: ActiveFault["past"];

    static async open({ chance = () => 0.5, delays, ...options }: WorldOptions = {}): Promise<World> {
        const sandbox = await startSandbox({ ...options, clock: "manual", delays: { ...DELAYS, ...delays } });
        return new World(sandbox, new WorldClock(sandbox, chance));
    }

    async stack(name = "dev", config: Record<string, string> = {}): Promise<WorldStack> {
        const stack = await WorldStack.create(this, name, { ...configOf(this.sandbox), ...config });
        this.stacks.push(stack);
        return stack;
    }

    /** The requests since the operation under way began, or of the last one. */
    get requests(): readonly Arrival[] {
        return this.arrivals;
    }

    /** @internal */
    operationBegins(): void {
        this.arrivals = [];
        this.past = structuredClone(this.sandbox.world.state);
    }

    /** Lets everything that is under way at Gandi end. */
    settle(): void {
        for (let hour = 0; hour < 3; hour++) {
            this.clock.advance(3_600_000);
        }
    }

    /** Nobody listens, for a while of the world's time or until it is told otherwise. */
    refuse(ms?: number): void {
        this.isShut = true;
        this.sandbox.shut();
        if (ms !== undefined) {
            this.clock.alarm(ms, () => void this.listen());
        }
    }

    /** Everything is as it should be again. */
    async listen(): Promise<void> {
        if (this.isShut) {
            this.isShut = false;
            await this.sandbox.reopen();
        }
    }

    /** What there is at Gandi, in a form that two worlds of equal history share. */
    shape(): object {
        return shapeOf(this.sandbox.world.state);
    }

    /** Ends it, whoever goes on in it. */
    async close(): Promise<void> {
        await Promise.all(this.stacks.map((stack) => stack.close()));
        await this.sandbox.close();
    }
}

/** A stack in a world. */
export class WorldStack {
    private operation: RunsOfOperation | undefined;
    private readonly operations: RunsOfOperation[] = [];

    private constructor(
        private readonly world: World,
        readonly played: PlayedStack,
    ) {}

    static async create(world: World, name: string, config: Record<string, string>): Promise<WorldStack> {
        const values = Object.entries(config).map(([key, value]) => [
            key,
            { value, secret: key === "gandi:personalAccessToken" },
        ]);
        const stack: WorldStack = new WorldStack(
            world,
            await PlayedStack.create(name, Object.fromEntries(values), async (inputs) => stack.running.start(inputs)),
        );
        return stack;
    }

    up = (program: Program, options?: PlayOptions) => this.play(() => this.played.up(program, options));
    preview = (program: Program, options?: PlayOptions) => this.play(() => this.played.preview(program, options));
    refresh = (program?: Program, options?: PlayOptions) => this.play(() => this.played.refresh(program, options));
    destroy = (program?: Program, options?: PlayOptions) => this.play(() => this.played.destroy(program, options));

    /** Kills the engine with the program; `providers` says what becomes of those. */
    kill(providers: Ending): void {
        this.played.kill();
        this.operation?.end(providers);
    }

    /** Kills the providers alone: the engine sees it. */
    killProviders(): void {
        this.operation?.end("cut");
    }

    /** Kills the program alone: the engine sees it. */
    killProgram(): void {
        this.played.killProgram();
    }

    async close(): Promise<void> {
        for (const operation of this.operations) {
            operation.end("cut");
            await operation.close();
        }
    }

    private get running(): RunsOfOperation {
        if (this.operation === undefined) {
            throw new Error("no operation is under way");
        }
        return this.operation;
    }

    private async play(work: () => Promise<Played>): Promise<Played> {
        const { world } = this;
        this.operation = new RunsOfOperation(world.clock, (line) => {
            world.lines.push(line);
        });
        this.operations.push(this.operation);
        world.operationBegins();
        const played = await work();
        world.texts.push(played.output, played.error?.message ?? "", JSON.stringify(this.played.deployment));
        const told = played.events.map(({ diagnosticEvent }) => diagnosticEvent?.message ?? "");
        world.errors.push(...told.filter((text) => text !== ""));
        return played;
    }
}
