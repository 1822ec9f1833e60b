import type { ProviderPool } from "../process/providerPool";
import { type ResourceState, references, type Snapshot } from "../state/resourceState";
import { isStack } from "../state/urn";
import type { PropertyMap } from "../state/values";
import { deletions } from "./deletions";
import { dependenciesOf, scheduleDeletions, stripReferences } from "./dependencies";
import type { Goal, ReadGoal } from "./goal";
import { Journal } from "./journal";
import { Ledger } from "./ledger";
import type { Observer } from "./observer";
import { Outcome, Reported } from "./outcome";
import type { Run } from "./run";
import { StepEffects } from "./stepEffects";
import { StepExecutor } from "./stepExecutor";
import { StepGenerator } from "./stepGenerator";
import { type Step, step } from "./steps";

export interface DeploymentOptions extends Run {
    /** Refresh each resource when the program registers it, instead of all of them before. */
    readonly refreshWithProgram: boolean;
    /** Steps at a time. */
    readonly parallel: number;
    /** A step that fails does not end the run: what depends on it is left out, and the rest is done, deletes too. */
    readonly continueOnError: boolean;
    readonly base: Snapshot;
    readonly providers: ProviderPool;
    readonly observer: Observer;
    /** Writes a snapshot to disk. */
    readonly write: (snapshot: Snapshot) => Promise<void>;
}

/** What became of a registration; `skip`: something that it depends on has failed. */
export interface Registered {
    readonly state: ResourceState;
    readonly result: "success" | "fail" | "skip";
}

/** One run over a stack: takes what the program asks for, one after the other, and has it carried out. */
export class Deployment {
    readonly ledger: Ledger;
    readonly outcome: Outcome;
    private readonly journal: Journal;
    private readonly executor: StepExecutor;
    private readonly generator: StepGenerator;
    private generating: Promise<unknown> = Promise.resolve();
    private stackOutputs: { urn: string; outputs: PropertyMap } | undefined;

    constructor(private readonly options: DeploymentOptions) {
        const { base, preview, providers, observer } = options;
        this.ledger = new Ledger(base);
        this.outcome = new Outcome(observer, options.continueOnError);
        this.journal = new Journal(base, preview ? undefined : options.write);
        const effects = new StepEffects(preview, this.ledger, providers);
        this.executor = new StepExecutor(effects, this.ledger, this.journal, this.outcome, observer, options.parallel);
        this.generator = new StepGenerator(options, this.ledger, this.outcome, providers);
    }

    /** Check and diff run one at a time for the whole run, as in the Pulumi engine. */
    private serially<T>(work: () => T | Promise<T>): Promise<T> {
        const result = this.generating.then(() => {
            if (this.outcome.stopping) {
                throw new Reported("stopped");
            }
            return work();
        });
        this.generating = result.catch(() => {});
        return result;
    }

    /** Brings a registered resource to its goal. @throws Reported when the run is over. */
    async register(goal: Goal): Promise<Registered> {
        let urn: string | undefined;
        try {
            const registration = await this.serially(() => this.generator.prepare(goal));
            urn = registration.urn;
            const refreshed = registration.old && this.options.refreshWithProgram;
            if (registration.old && refreshed) {
                this.ledger.handled.set(urn, "refresh");
                const refresh = step("refresh", { old: registration.old }, { persisted: true });
                await this.executor.runChain([refresh]);
                registration.old = refresh.new;
            }
            const steps = await this.serially(() => this.generator.steps(registration));
            const result = await this.carryOut(steps);
            return { state: steps.length === 0 && registration.old ? registration.old : registration.new, result };
        } catch (error) {
            throw this.outcome.fail(error, urn);
        }
    }

    /** In a run that goes on after a failure, all but what depends on what has failed. */
    private async carryOut(steps: Step[]): Promise<Registered["result"]> {
        const { skipped } = this.ledger;
        const independent: Step[] = [];
        for (const each of steps) {
            const { urn, old, new: made } = each;
            if (this.outcome.continues && references(made ?? old!).some((needed) => skipped.has(needed))) {
                skipped.add(urn);
            } else {
                independent.push(each);
            }
        }
        if (independent.length === 0 && steps.length > 0) {
            return "skip";
        }
        try {
            await this.executor.runChain(independent);
            return "success";
        } catch (error) {
            if (this.outcome.stopping || !(error instanceof Reported)) {
                throw error;
            }
            return "fail";
        }
    }

    async read(goal: ReadGoal): Promise<ResourceState> {
        try {
            const steps = await this.serially(() => this.generator.read(goal));
            await this.carryOut(steps);
            return steps[0]?.new as ResourceState;
        } catch (error) {
            throw this.outcome.fail(error);
        }
    }

    /** The outputs of a component; the stack's wait until it is known how the run ended. */
    registerOutputs(urn: string, outputs: PropertyMap): void {
        if (isStack(urn)) {
            this.stackOutputs = { urn, outputs };
            return;
        }
        const resource = this.ledger.current.get(urn);
        if (resource === undefined) {
            throw new Error(`cannot complete a resource '${urn}' whose registration isn't pending`);
        }
        resource.outputs = outputs;
    }

    /** Reads every resource of the state, before or instead of the program. What is gone leaves the state. */
    async refreshAll(): Promise<void> {
        await this.refresh(this.ledger.base.resources);
    }

    private async refresh(olds: ResourceState[]): Promise<void> {
        const steps = olds.map((old) => step("refresh", { old }));
        const failed = new Set(await this.executor.runAll(steps));
        const outcome = new Map(steps.filter((each) => !failed.has(each)).map((each) => [each.old, each.new]));
        const { resources } = this.ledger.base;
        const gone = resources.filter((old) => outcome.has(old) && outcome.get(old) === undefined);
        const left = resources.flatMap((old) => (outcome.has(old) ? (outcome.get(old) ?? []) : old));
        this.ledger.refreshed(stripReferences(left, gone));
    }

    /** The program has ended well: what it has not registered goes, or is refreshed. */
    async programEnded(): Promise<void> {
        await this.generating;
        await this.executor.idle();
        const { stopping, failed, continues } = this.outcome;
        if (stopping || (failed && !continues)) {
            return;
        }
        if (this.options.mode === "refresh") {
            const { base, handled } = this.ledger;
            await this.refresh(base.resources.filter(({ urn }) => !handled.has(urn)));
        } else {
            await this.deleteRest();
        }
    }

    /** destroy without the program: everything goes. */
    async destroyAll(): Promise<void> {
        await this.deleteRest();
    }

    /** Of what failed, and of what was left out for it, all that it depends on stays. */
    private async deleteRest(): Promise<void> {
        const known = [...this.ledger.base.resources, ...this.ledger.toDelete];
        for (const round of scheduleDeletions(deletions(this.ledger))) {
            if (this.outcome.stopping) {
                return;
            }
            const kept = dependenciesOf(this.ledger.skipped, known);
            await this.executor.runAll(round.filter(({ urn }) => !kept.has(urn)));
        }
    }

    /** Lets steps in flight finish and writes the state for the last time. */
    async finish(): Promise<void> {
        await this.generating;
        await this.executor.idle();
        this.finishOutputs();
        await this.journal.save();
    }

    /** After a failure a missing output may only not have been reached: the old ones stay. */
    private finishOutputs(): void {
        if (this.stackOutputs === undefined) {
            return;
        }
        const { urn, outputs } = this.stackOutputs;
        const stack = this.ledger.current.get(urn);
        if (stack !== undefined) {
            const before = this.ledger.olds.get(urn)?.outputs ?? {};
            const isComplete = !this.outcome.failed && !this.outcome.cancelled;
            stack.outputs = isComplete ? outputs : { ...before, ...outputs };
        }
    }
}
