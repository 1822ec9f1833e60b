import { InitError } from "../process/provider";
import { Secret } from "../state/values";
import type { Journal } from "./journal";
import type { Ledger } from "./ledger";
import type { Observer } from "./observer";
import { type Outcome, Reported } from "./outcome";
import { ProtectedError, type StepEffects } from "./stepEffects";
import type { Step } from "./steps";

/** Carries out steps, so many at a time: their effects, their place in the journal, and who is told of them. */
export class StepExecutor {
    private free: number;
    private readonly waiting: (() => void)[] = [];
    private readonly inFlight = new Set<Promise<void>>();

    constructor(
        private readonly effects: StepEffects,
        private readonly ledger: Ledger,
        private readonly journal: Journal,
        private readonly outcome: Outcome,
        private readonly observer: Observer,
        /** Steps at a time. */
        parallel: number,
    ) {
        this.free = parallel;
    }

    /** Runs steps one after the other. @throws Reported when one fails, or the run has failed meanwhile. */
    async runChain(steps: Step[]): Promise<void> {
        await this.acquire();
        const chain = (async () => {
            for (const step of steps) {
                if (this.outcome.stopping) {
                    throw new Reported("stopped");
                }
                await this.run(step);
            }
        })();
        this.track(chain);
        try {
            await chain;
        } finally {
            this.release();
        }
    }

    /** Runs steps side by side, each to its end, whatever becomes of the others. Answers those that failed. */
    async runAll(steps: Step[]): Promise<Step[]> {
        const outcomes = await Promise.allSettled(steps.map((step) => this.runChain([step])));
        return steps.filter((_, i) => outcomes[i]?.status === "rejected");
    }

    /** Resolves when no step is in flight. */
    async idle(): Promise<void> {
        while (this.inFlight.size > 0) {
            await Promise.allSettled(this.inFlight);
        }
    }

    private track(chain: Promise<void>): void {
        const settled = chain.catch(() => {}).finally(() => this.inFlight.delete(settled));
        this.inFlight.add(settled);
    }

    private async acquire(): Promise<void> {
        if (this.free > 0) {
            this.free--;
            return;
        }
        await new Promise<void>((resolve) => this.waiting.push(resolve));
    }

    private release(): void {
        const next = this.waiting.shift();
        if (next === undefined) {
            this.free++;
        } else {
            next();
        }
    }

    private async run(step: Step): Promise<void> {
        this.observer.stepStarted(step);
        const end = await this.journal.begin(step);
        let error: unknown;
        try {
            await this.effects.apply(step);
        } catch (thrown) {
            error = thrown;
        }
        const partial = error instanceof InitError;
        if (error === undefined || partial) {
            this.settle(step);
        }
        if (partial && step.op === "update" && step.new && step.old) {
            step.new.inputs = step.old.inputs;
        }
        await end(error === undefined || partial);
        if (error === undefined) {
            this.observer.stepDone(step);
            return;
        }
        const message = error instanceof Error ? error.message : String(error);
        this.observer.stepFailed(step);
        const goesOn = error instanceof ProtectedError || (step.op === "refresh" && !step.persisted);
        this.ledger.skipped.add(step.urn);
        this.outcome.stepFailed(step.urn, message, !goesOn);
        throw new Reported(message);
    }

    /** Marks what must be secret and lets the resource be looked up. */
    private settle({ op, new: made }: Step): void {
        if (made === undefined || op === "replace") {
            return;
        }
        const outputs = { ...made.outputs };
        for (const [key, value] of Object.entries(outputs)) {
            const isSecret = made.additionalSecretOutputs.includes(key) || made.inputs[key] instanceof Secret;
            if (isSecret && !(value instanceof Secret)) {
                outputs[key] = new Secret(value);
            }
        }
        made.outputs = outputs;
        this.ledger.current.set(made.urn, made);
    }
}
