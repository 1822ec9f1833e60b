import { InitError } from "../process/provider";
import type { ProviderPool } from "../process/providerPool";
import type { ResourceState } from "../state/resourceState";
import { isProviderType } from "../state/urn";
import { equal, UNKNOWN } from "../state/values";
import type { Ledger } from "./ledger";
import { diffProperties } from "./propertyDiff";
import { diffResource } from "./resourceDiff";
import type { Step } from "./steps";

/** A protected resource stays, with all that it needs; the rest of the run goes on. */
export class ProtectedError extends Error {
    constructor(urn: string) {
        super(
            `resource "${urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, either remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi up\`, or use the command:\n\`pulumi state unprotect '${urn}'\``,
        );
    }
}

/** What each kind of step does: the provider's calls, and what they leave in the step's new state. */
export class StepEffects {
    constructor(
        private readonly preview: boolean,
        private readonly ledger: Ledger,
        private readonly providers: ProviderPool,
    ) {}

    /** Makes the calls of a step and fills in its new state. */
    async apply(step: Step): Promise<void> {
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
            await this.providers.configure(made.urn, made.id, old.inputs);
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
        made.created = made.modified = now();
        if (isProviderType(made.type)) {
            await this.providers.configure(made.urn, made.id, made.inputs);
        }
        if (step.keepOld && step.old) {
            step.old.delete = true;
        }
        if (failure !== undefined) {
            throw failure;
        }
    }

    private async createCustom(made: ResourceState): Promise<{ id: string; outputs: ResourceState["outputs"] }> {
        if (this.preview) {
            return { id: isProviderType(made.type) ? UNKNOWN : "", outputs: made.inputs };
        }
        return (await this.providers.of(made)).create(made.urn, made.inputs);
    }

    private async update(step: Step, old: ResourceState, made: ResourceState): Promise<void> {
        made.id = old.id;
        made.created = old.created;
        made.modified = old.modified;
        if (!made.custom) {
            return;
        }
        if (this.preview) {
            made.outputs = made.inputs;
        } else {
            made.modified = now();
            const provider = await this.providers.of(made);
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
            await this.providers.configure(made.urn, made.id, made.inputs);
        }
    }

    private async delete(step: Step, old: ResourceState): Promise<void> {
        const isReplaced = step.op === "delete-replaced" || step.op === "discard-replaced";
        if (old.protect && !isReplaced) {
            throw new ProtectedError(old.urn);
        }
        const goesWithAnother = old.deletedWith !== undefined && this.ledger.deleted.has(old.deletedWith);
        if (old.custom && !this.preview && !old.external && !old.retainOnDelete && !goesWithAnother) {
            await (await this.providers.of(old)).delete(old.urn, old.id, old.outputs, old.inputs);
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
            const result = await (await this.providers.of(made)).read(made.urn, made.id, made.inputs, made.inputs);
            made.outputs = result.outputs;
            made.id = result.id === "" ? made.id : result.id;
        }
        if (step.keepOld && old) {
            old.delete = true;
        }
        if (old !== undefined) {
            const changed = !equal(old.inputs, made.inputs) || !equal(old.outputs, made.outputs);
            made.created = old.created;
            made.modified = changed ? now() : old.modified;
        }
    }

    /** Leaves in `step.new` what the resource is now, or undefined when it is gone. */
    private async refresh(step: Step, old: ResourceState): Promise<void> {
        step.found = { op: "same", changes: [] };
        if (!old.custom || isProviderType(old.type) || old.pendingReplacement) {
            step.new = step.persisted ? { ...old } : old;
            return;
        }
        const provider = await this.providers.of(old);
        const result = await provider.read(old.urn, old.id, old.outputs, old.inputs);
        if (result.id === "") {
            step.new = undefined;
            step.found = { op: "delete", changes: [] };
            return;
        }
        const { outputs, inputs = old.inputs } = result;
        const found = { ...old, id: result.id, initErrors: [], inputs, outputs };
        if (!equal(inputs, old.inputs) || !equal(outputs, old.outputs)) {
            found.modified = now();
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
}

function now(): string {
    return new Date().toISOString();
}
