import type { Provider } from "../process/provider";
import type { ProviderPool } from "../process/providerPool";
import { type ResourceState, references } from "../state/resourceState";
import { createUrn, isProviderType } from "../state/urn";
import type { PropertyMap } from "../state/values";
import { AliasResolver } from "./aliases";
import { describeFailure } from "./checkFailure";
import { externalState, type Goal, type ReadGoal, registeredState } from "./goal";
import type { Ledger } from "./ledger";
import { type Outcome, Reported } from "./outcome";
import { parsePath, resetPath } from "./propertyPath";
import { Replacements } from "./replacements";
import { diffRegistered, forceReplacement } from "./resourceDiff";
import type { Run } from "./run";
import { type Step, step } from "./steps";

/** A registration on its way to steps. */
export interface Registration {
    goal: Goal;
    urn: string;
    old: ResourceState | undefined;
    new: ResourceState;
}

/**
 * Decides what is to be done with each resource that a program registers. Works on one registration at a time, as the
 * Pulumi engine does: check and diff never run side by side.
 */
export class StepGenerator {
    private readonly aliases: AliasResolver;
    private readonly replacements: Replacements;

    constructor(
        private readonly run: Run,
        private readonly ledger: Ledger,
        private readonly outcome: Outcome,
        private readonly providers: ProviderPool,
    ) {
        this.aliases = new AliasResolver(run, ledger);
        this.replacements = new Replacements(ledger, outcome, providers);
    }

    /** The first half: who is it, and what was it. */
    prepare(goal: Goal): Registration {
        const urn = this.claim(goal);
        const { old, alias } = this.aliases.find(urn, goal);
        return { goal, urn, old, new: registeredState(goal, urn, old, alias) };
    }

    private claim(goal: { type: string; name: string; parent: string | undefined }): string {
        const urn = createUrn(this.run.stack, this.run.project, goal.parent, goal.type, goal.name);
        if (this.ledger.registered.has(urn)) {
            throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`);
        }
        this.ledger.registered.add(urn);
        return urn;
    }

    /** The second half: the steps, in their order. None when the refresh that went before was all there is to do. */
    async steps(registration: Registration): Promise<Step[]> {
        const { goal, urn, old, new: made } = registration;
        if (this.run.mode === "refresh") {
            const dependsOnSkipped = this.dependsOnSkipped(made);
            if ((goal.custom && !isProviderType(goal.type)) || dependsOnSkipped) {
                return old === undefined ? [this.skip(registration)] : [];
            }
        }
        if (this.run.mode === "destroy") {
            const only = this.destroySteps(registration);
            if (only !== undefined) {
                return only;
            }
            this.ledger.toDelete.push(made);
        }
        const provider = made.custom ? await this.providers.of(made) : undefined;
        const recreating = this.ledger.deleted.has(urn);
        const wasExternal = old?.external ?? false;
        const ignored = this.withIgnoredChanges(registration);
        if (provider !== undefined) {
            const fresh = recreating || wasExternal || old === undefined || old.taint;
            made.inputs = await this.check(made, provider, fresh ? {} : old.inputs, fresh ? goal.properties : ignored);
        } else {
            made.inputs = ignored;
        }
        if (recreating && old !== undefined) {
            this.ledger.deleted.delete(urn);
            this.ledger.handled.set(urn, "replace");
            return [step("replace", { old, new: made }), step("create-replacement", { old, new: made })];
        }
        if (wasExternal) {
            this.ledger.handled.set(urn, "create");
            return [
                step("create-replacement", { old, new: made }, { keepOld: true }),
                step("replace", { old, new: made }),
            ];
        }
        if (old !== undefined) {
            return this.stepsFromDiff(registration, old, provider);
        }
        this.ledger.handled.set(urn, "create");
        return [step("create", { new: made })];
    }

    /** A resource that the program only reads. */
    read(goal: ReadGoal): Step[] {
        const urn = this.claim(goal);
        const { old } = this.aliases.find(urn, { ...goal, aliases: [] });
        const made = externalState(goal, urn);
        if (old !== undefined && !old.external && old.id !== goal.id) {
            this.ledger.handled.set(urn, "replace");
            return [
                step("read-replacement", { old, new: made }, { keepOld: true }),
                step("replace", { old, new: made }),
            ];
        }
        if (this.run.mode === "destroy") {
            this.ledger.toDelete.push(made);
        }
        this.ledger.handled.set(urn, "read");
        return [step("read", { old, new: made })];
    }

    private skip({ urn, old, new: made }: Registration): Step {
        if (this.run.mode === "refresh") {
            this.ledger.handled.set(urn, "same");
        }
        this.ledger.skipped.add(urn);
        return step("same", { old, new: made }, { skipped: true });
    }

    private dependsOnSkipped(resource: ResourceState): boolean {
        return references(resource).some((urn) => this.ledger.skipped.has(urn));
    }

    /** What a destroy does with resources itself; the rest (components, providers) is registered as in an update. */
    private destroySteps(registration: Registration): Step[] | undefined {
        const { goal, urn, old, new: made } = registration;
        if (this.dependsOnSkipped(made)) {
            made.outputs = old?.outputs ?? {};
            return [this.skip({ ...registration, old: undefined })];
        }
        if (!goal.custom || isProviderType(goal.type)) {
            return undefined;
        }
        if (old === undefined) {
            return [this.skip(registration)];
        }
        this.ledger.handled.set(urn, "same");
        this.ledger.toDelete.push(made);
        made.inputs = old.inputs;
        return [step("same", { old, new: made })];
    }

    /** Properties under `ignoreChanges` keep their old value, whatever the program says. */
    private withIgnoredChanges({ goal, urn, old }: Registration): PropertyMap {
        if (old === undefined) {
            return goal.properties;
        }
        return goal.ignoreChanges.reduce((inputs, text) => {
            const reset = resetPath(parsePath(text), old.inputs, inputs);
            if (reset === undefined) {
                this.outcome.report(
                    "info",
                    `cannot ignore changes in added or removed elements of the path: ${text}`,
                    urn,
                );
            }
            return reset ?? inputs;
        }, goal.properties);
    }

    private async check(
        resource: ResourceState,
        provider: Provider,
        olds: PropertyMap,
        news: PropertyMap,
    ): Promise<PropertyMap> {
        const { inputs, failures } = await provider.check(resource.urn, olds, news);
        for (const failure of failures) {
            this.outcome.report("error", describeFailure(resource, failure, inputs), resource.urn);
        }
        if (failures.length > 0) {
            throw new Reported(`resource ${resource.urn} has check errors`);
        }
        return inputs;
    }

    private async stepsFromDiff(
        registration: Registration,
        old: ResourceState,
        provider: Provider | undefined,
    ): Promise<Step[]> {
        const { goal, urn, new: made } = registration;
        const diff = forceReplacement(
            await diffRegistered(provider, old, made, this.ledger.handled),
            goal.replaceOnChanges,
            old.initErrors.length > 0,
        );
        const replace = old.pendingReplacement || (diff.changes && diff.replaceKeys.length > 0);
        if (!replace) {
            const update = diff.changes || old.initErrors.length > 0;
            this.ledger.handled.set(urn, update ? "update" : "same");
            return [step(update ? "update" : "same", { old, new: made }, { ignoreChanges: goal.ignoreChanges })];
        }
        this.refuseIfProtected(old, made);
        this.ledger.handled.set(urn, "replace");
        if (provider !== undefined && !old.taint) {
            made.inputs = await this.check(made, provider, {}, goal.properties);
        }
        const states = { old, new: made };
        const keys = { replaceKeys: diff.replaceKeys };
        if (goal.deleteBeforeReplace ?? diff.deleteBeforeReplace) {
            return [
                ...(await this.replacements.deleteFirst(old)),
                step("replace", states, keys),
                step("create-replacement", states, keys),
            ];
        }
        return [step("create-replacement", states, { ...keys, keepOld: true }), step("replace", states, keys)];
    }

    private refuseIfProtected(old: ResourceState, made: ResourceState): void {
        if (!old.protect || !made.protect) {
            return;
        }
        this.outcome.report(
            "error",
            `unable to replace resource "${made.urn}"\nas it is currently marked for protection. To unprotect the resource, remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi up\``,
            made.urn,
        );
        if (!this.run.preview) {
            throw new Reported("protected");
        }
    }
}
