import { Reported } from "../face/errors";
import { InitError, type Provider } from "../process/provider";
import { providerResource } from "../process/providerResource";
import type { ResourceState } from "../state/state";
import { isProviderType } from "../state/urn";
import { equal, Secret, UNKNOWN } from "../state/values";
import type { Deployment } from "./deployment";
import { diffProperties } from "./propertyDiff";
import { diffResource } from "./resourceDiff";
import type { Step } from "./steps";

/** A protected resource stays, with all that it needs; the rest of the run goes on. */
class ProtectedError extends Error {
    constructor(urn: string) {
        super(
            `resource "${urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, either remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi up\`, or use the command:\n\`pulumi state unprotect '${urn}'\``,
        );
    }
}

/** Carries out steps: the provider's calls, what they leave in the state, and their place in the journal. */
export class StepExecutor {
    private free: number;
    private readonly waiting: (() => void)[] = [];
    private readonly inFlight = new Set<Promise<void>>();

    constructor(
        private readonly deployment: Deployment,
        parallel: number,
    ) {
        this.free = parallel;
    }

    /** Runs steps one after the other. @throws Reported when one fails, or the run has failed meanwhile. */
    async runChain(steps: Step[]): Promise<void> {
        await this.acquire();
        const chain = (async () => {
            for (const step of steps) {
                if (this.deployment.stopping) {
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
        const { display, journal, preview } = this.deployment;
        display.stepStarted(step);
        const end = preview ? undefined : await journal.begin(step);
        let error: unknown;
        try {
            await this.apply(step);
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
        await end?.(error === undefined || partial);
        if (error === undefined) {
            display.stepDone(step);
            return;
        }
        const message = error instanceof Error ? error.message : String(error);
        display.stepFailed(step);
        const goesOn = error instanceof ProtectedError || (step.op === "refresh" && !step.persisted);
        this.deployment.stepFailed(step.urn, message, !goesOn);
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
        this.deployment.current.set(made.urn, made);
    }

    private async apply(step: Step): Promise<void> {
        const { old, new: made } = step;
        switch (step.op) {
            case "same":
                return made && old ? this.same(step, old, made) : undefined;
            case "create":
            case "create-replacement":
                return made && this.create(step, made);
            case "update":
                return made && old && this.update(step, old, made);
            case "delete":
            case "delete-replaced":
            case "discard":
            case "discard-replaced":
                return old && this.delete(step, old);
            case "read":
            case "read-replacement":
                return made && this.read(step, made);
            case "refresh":
                return old && this.refresh(step, old);
        }
    }

    private async same(step: Step, old: ResourceState, made: ResourceState): Promise<void> {
        made.id = old.id;
        made.outputs = old.outputs;
        if (isProviderType(made.type) && !step.skipped) {
            await this.deployment.providers.configure(made.urn, made.id, old.inputs);
        }
    }

    private async create(step: Step, made: ResourceState): Promise<void> {
        let failure: InitError | undefined;
        if (made.custom) {
            const result = await this.createCustom(made).catch((error) => {
                if (!(error instanceof InitError)) {
                    throw error;
                }
                failure = error;
                return error;
            });
            made.id = result.id;
            made.outputs = result.outputs;
            made.initErrors = failure?.reasons ?? [];
        }
        made.created = made.modified = this.deployment.now();
        if (isProviderType(made.type)) {
            await this.deployment.providers.configure(made.urn, made.id, made.inputs);
        }
        if (step.keepOld && step.old) {
            step.old.delete = true;
        }
        if (failure !== undefined) {
            throw failure;
        }
    }

    private async createCustom(made: ResourceState): Promise<{ id: string; outputs: ResourceState["outputs"] }> {
        if (this.deployment.preview) {
            return { id: isProviderType(made.type) ? UNKNOWN : "", outputs: made.inputs };
        }
        return (await this.providerOf(made)).create(made.urn, made.inputs);
    }

    private async update(step: Step, old: ResourceState, made: ResourceState): Promise<void> {
        made.id = old.id;
        made.created = old.created;
        made.modified = old.modified;
        if (!made.custom) {
            return;
        }
        if (this.deployment.preview) {
            made.outputs = made.inputs;
        } else {
            made.modified = this.deployment.now();
            const provider = await this.providerOf(made);
            try {
                made.outputs = await provider.update(
                    made.urn,
                    old.id,
                    old.outputs,
                    old.inputs,
                    made.inputs,
                    step.ignoreChanges,
                );
            } catch (error) {
                if (error instanceof InitError) {
                    made.outputs = error.outputs;
                    made.initErrors = error.reasons;
                }
                throw error;
            }
        }
        if (isProviderType(made.type)) {
            await this.deployment.providers.configure(made.urn, made.id, made.inputs);
        }
    }

    private async delete(step: Step, old: ResourceState): Promise<void> {
        const { deployment } = this;
        const isReplaced = step.op === "delete-replaced" || step.op === "discard-replaced";
        if (old.protect && !isReplaced) {
            throw new ProtectedError(old.urn);
        }
        const goesWithAnother = old.deletedWith !== undefined && deployment.isDeleted(old.deletedWith);
        if (old.custom && !deployment.preview && !old.external && !old.retainOnDelete && !goesWithAnother) {
            await (await this.providerOf(old)).delete(old.urn, old.id, old.outputs, old.inputs);
        }
        if (step.pendingReplacement) {
            old.pendingReplacement = true;
        }
    }

    private async read(step: Step, made: ResourceState): Promise<void> {
        const { old } = step;
        if (made.id === UNKNOWN) {
            made.outputs = {};
        } else {
            const result = await (await this.providerOf(made)).read(made.urn, made.id, made.inputs, made.inputs);
            made.outputs = result.outputs;
            made.id = result.id === "" ? made.id : result.id;
        }
        if (step.keepOld && old) {
            old.delete = true;
        }
        if (old !== undefined) {
            const changed = !equal(old.inputs, made.inputs) || !equal(old.outputs, made.outputs);
            made.created = old.created;
            made.modified = changed ? this.deployment.now() : old.modified;
        }
    }

    /** Leaves in `step.new` what the resource is now, or undefined when it is gone. */
    private async refresh(step: Step, old: ResourceState): Promise<void> {
        step.found = { op: "same", changes: [] };
        if (!old.custom || isProviderType(old.type) || old.pendingReplacement) {
            step.new = step.persisted ? { ...old } : old;
            return;
        }
        const provider = await this.providerOf(old);
        const result = await provider.read(old.urn, old.id, old.outputs, old.inputs);
        if (result.id === "") {
            step.new = undefined;
            step.found = { op: "delete", changes: [] };
            return;
        }
        const { outputs, inputs = old.inputs } = result;
        const found = { ...old, id: result.id, initErrors: [], inputs, outputs };
        if (!equal(inputs, old.inputs) || !equal(outputs, old.outputs)) {
            found.modified = this.deployment.now();
        }
        step.new = found;
        const changed = old.external
            ? !equal(old.outputs, outputs)
            : (await diffResource(provider, found, old.inputs, old.ignoreChanges)).changes;
        if (changed) {
            const changes = diffProperties(old.inputs, inputs);
            step.found = { op: "update", changes: changes.length > 0 ? changes : diffProperties(old.outputs, outputs) };
        }
    }

    private async providerOf(resource: ResourceState): Promise<Provider> {
        return isProviderType(resource.type) ? providerResource : this.deployment.providers.get(resource.provider);
    }
}
