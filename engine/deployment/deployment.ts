import type { Display, Severity } from "../face/display";
import { Reported } from "../face/errors";
import type { ProviderPool } from "../process/providerPool";
import type { ResourceState, Snapshot } from "../state/state";
import { isStack } from "../state/urn";
import type { PropertyMap } from "../state/values";
import { dependenciesOf, scheduleDeletions, stripReferences } from "./dependencies";
import type { Goal, ReadGoal } from "./goal";
import { Journal } from "./journal";
import { StepExecutor } from "./stepExecutor";
import { StepGenerator } from "./stepGenerator";
import { type Step, step } from "./steps";

export type Mode = "update" | "refresh" | "destroy";

export interface DeploymentOptions {
    stack: string;
    project: string;
    mode: Mode;
    preview: boolean;
    /** Refresh each resource when the program registers it, instead of all of them before. */
    refreshWithProgram: boolean;
    /** Steps at a time. */
    parallel: number;
    base: Snapshot;
    providers: ProviderPool;
    display: Display;
    /** Writes a snapshot to disk. */
    write: (snapshot: Snapshot) => Promise<void>;
}

/** One run over a stack: what is asked for, what was there, and what has been done so far. */
export class Deployment {
    readonly stack: string;
    readonly project: string;
    readonly mode: Mode;
    readonly preview: boolean;
    readonly base: Snapshot;
    readonly providers: ProviderPool;
    readonly display: Display;
    readonly journal: Journal;
    /** What was there, by URN, without what waits for its deletion. */
    readonly olds = new Map<string, ResourceState>();
    /** What is there now, by URN: what `getResource` looks up. */
    readonly current = new Map<string, ResourceState>();
    failed = false;
    cancelled = false;
    /** Settles when no further step is to be started. */
    readonly stopped: Promise<void>;
    private stop: () => void = () => {};
    private readonly executor: StepExecutor;
    private readonly generator: StepGenerator;
    private generating: Promise<unknown> = Promise.resolve();
    private stackOutputs: { urn: string; outputs: PropertyMap } | undefined;
    private isStopped = false;

    constructor(private readonly options: DeploymentOptions) {
        this.stack = options.stack;
        this.project = options.project;
        this.mode = options.mode;
        this.preview = options.preview;
        this.base = options.base;
        this.providers = options.providers;
        this.display = options.display;
        this.journal = new Journal(options.base, options.preview ? undefined : options.write);
        this.stopped = new Promise((resolve) => {
            this.stop = resolve;
        });
        this.executor = new StepExecutor(this, options.parallel);
        this.indexOlds();
        this.generator = new StepGenerator(this);
    }

    get stopping(): boolean {
        return this.isStopped;
    }

    now(): string {
        return new Date().toISOString();
    }

    report(severity: Severity, message: string, urn?: string): void {
        if (severity === "error") {
            this.failed = true;
        }
        this.display.diagnostic(severity, message, urn);
    }

    /** A step failed: nothing new is begun, unless what failed has touched nothing. */
    stepFailed(urn: string, message: string, stops: boolean): void {
        this.report("error", message, urn);
        if (stops) {
            this.halt();
        }
    }

    /** Ends the run with an error; one that has been reported already is not reported again. */
    fail(error: unknown, urn?: string): Reported {
        this.failed = true;
        this.halt();
        if (error instanceof Reported) {
            return error;
        }
        const message = error instanceof Error ? error.message : String(error);
        this.report("error", message, urn);
        return new Reported(message);
    }

    cancel(): void {
        this.cancelled = true;
        this.halt();
    }

    private halt(): void {
        this.isStopped = true;
        this.stop();
    }

    isDeleted(urn: string): boolean {
        return this.generator.deleted.has(urn);
    }

    private indexOlds(): void {
        this.olds.clear();
        for (const resource of this.base.resources) {
            if (!resource.delete) {
                this.olds.set(resource.urn, resource);
            }
        }
    }

    /** Check and diff run one at a time for the whole run, as in the Pulumi engine. */
    private serially<T>(work: () => T | Promise<T>): Promise<T> {
        const result = this.generating.then(() => {
            if (this.isStopped) {
                throw new Reported("stopped");
            }
            return work();
        });
        this.generating = result.catch(() => {});
        return result;
    }

    /** Brings a registered resource to its goal. @throws Reported when the run has failed. */
    async register(goal: Goal): Promise<ResourceState> {
        let urn: string | undefined;
        try {
            const registration = await this.serially(() => this.generator.prepare(goal));
            urn = registration.urn;
            const refreshed = registration.old && this.options.refreshWithProgram;
            if (registration.old && refreshed) {
                this.generator.handled.set(urn, "refresh");
                const refresh = step("refresh", { old: registration.old }, { persisted: true });
                await this.executor.runChain([refresh]);
                registration.old = refresh.new;
            }
            const steps = await this.serially(() => this.generator.steps(registration));
            await this.executor.runChain(steps);
            return steps.length === 0 && registration.old ? registration.old : registration.new;
        } catch (error) {
            throw this.fail(error, urn);
        }
    }

    async read(goal: ReadGoal): Promise<ResourceState> {
        try {
            const steps = await this.serially(() => this.generator.read(goal));
            await this.executor.runChain(steps);
            return steps[0]?.new as ResourceState;
        } catch (error) {
            throw this.fail(error);
        }
    }

    /** The outputs of a component; the stack's wait until it is known how the run ended. */
    registerOutputs(urn: string, outputs: PropertyMap): void {
        if (isStack(urn)) {
            this.stackOutputs = { urn, outputs };
            return;
        }
        const resource = this.current.get(urn);
        if (resource === undefined) {
            throw new Error(`cannot complete a resource '${urn}' whose registration isn't pending`);
        }
        resource.outputs = outputs;
    }

    /** Reads every resource of the state, before or instead of the program. What is gone leaves the state. */
    async refreshAll(): Promise<void> {
        const steps = this.base.resources.map((old) => step("refresh", { old }));
        await this.refreshSteps(steps);
    }

    private async refreshSteps(steps: Step[]): Promise<void> {
        const failed = new Set(await this.executor.runAll(steps));
        const outcome = new Map(steps.filter((each) => !failed.has(each)).map((each) => [each.old, each.new]));
        const gone = this.base.resources.filter((old) => outcome.has(old) && outcome.get(old) === undefined);
        const left = this.base.resources.flatMap((old) => (outcome.has(old) ? (outcome.get(old) ?? []) : old));
        this.base.resources = stripReferences(left, gone);
        this.indexOlds();
    }

    /** The program has ended well: what it has not registered goes, or is refreshed. */
    async programEnded(): Promise<void> {
        await this.generating;
        await this.executor.idle();
        if (this.isStopped || this.failed) {
            return;
        }
        if (this.mode === "refresh") {
            const unseen = this.base.resources.filter(({ urn }) => !this.generator.handled.has(urn));
            await this.refreshSteps(unseen.map((old) => step("refresh", { old })));
        } else {
            await this.deleteRest();
        }
    }

    /** destroy without the program: everything goes. */
    async destroyAll(): Promise<void> {
        await this.deleteRest();
    }

    private async deleteRest(): Promise<void> {
        const kept = new Set<string>();
        const known = [...this.base.resources, ...this.generator.toDelete];
        for (const round of scheduleDeletions(this.deletions())) {
            if (this.isStopped) {
                return;
            }
            const failed = await this.executor.runAll(round.filter(({ urn }) => !kept.has(urn)));
            for (const urn of dependenciesOf(
                failed.map((each) => each.urn),
                known,
            )) {
                kept.add(urn);
            }
        }
    }

    /** In no order yet. */
    private deletions(): Step[] {
        const { deleted, deletedEarly, handled, toDelete } = this.generator;
        const steps: Step[] = [];
        for (const old of this.base.resources) {
            if (old.delete) {
                if (!deletedEarly.has(old)) {
                    deleted.add(old.urn);
                    steps.push(step(old.external ? "discard-replaced" : "delete-replaced", { old }));
                }
            } else if (!handled.has(old.urn) && !this.generator.wasRenamed(old.urn)) {
                deleted.add(old.urn);
                steps.push(old.pendingReplacement ? step("remove-pending-replace", { old }) : deletion(old));
            }
        }
        for (const old of toDelete) {
            deleted.add(old.urn);
            steps.push(deletion(old));
        }
        return steps;
    }

    /** Lets steps in flight finish and writes the state for the last time. */
    async finish(): Promise<void> {
        await this.generating;
        await this.executor.idle();
        this.finishOutputs();
        await this.journal.save();
    }

    /** The stack's outputs as they are at the end of the run, in preview as they would be. */
    outputs(): PropertyMap {
        if (this.mode === "destroy" && !this.failed) {
            return {};
        }
        const stack = [...this.current.values()].find(({ urn }) => isStack(urn));
        const old = this.base.resources.find(({ urn }) => isStack(urn));
        return (stack ?? old)?.outputs ?? {};
    }

    /** After a failure a missing output may only not have been reached: the old ones stay. */
    private finishOutputs(): void {
        if (this.stackOutputs === undefined) {
            return;
        }
        const { urn, outputs } = this.stackOutputs;
        const stack = this.current.get(urn);
        if (stack !== undefined) {
            const before = this.olds.get(urn)?.outputs ?? {};
            stack.outputs = this.failed || this.cancelled ? { ...before, ...outputs } : outputs;
        }
    }
}

function deletion(old: ResourceState): Step {
    return step(old.external ? "discard" : "delete", { old });
}
