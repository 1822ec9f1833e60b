import { Reported } from "../face/errors";
import type { Provider } from "../process/provider";
import { providerResource } from "../process/providerResource";
import { newResource, type ResourceState, references } from "../state/state";
import { createUrn, isProviderType } from "../state/urn";
import { equal, type PropertyMap } from "../state/values";
import { AliasResolver } from "./aliases";
import { describeFailure } from "./checkFailure";
import type { Deployment } from "./deployment";
import type { Goal, ReadGoal } from "./goal";
import { parsePath, resetPath } from "./propertyPath";
import { Replacements } from "./replacements";
import { diffResource, forceReplacement, type ResourceDiff } from "./resourceDiff";
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
    readonly registered = new Set<string>();
    /** URNs that have got their steps, and those steps' kind. */
    readonly handled = new Map<string, "read" | "create" | "same" | "update" | "replace" | "refresh">();
    /** URNs that this run deletes; those that turn out to be replaced leave it again. */
    readonly deleted = new Set<string>();
    /** Deleted before their replacement, so that the end of the run need not. */
    readonly deletedEarly = new Set<ResourceState>();
    /** destroy with the program: registered resources, to be deleted at the end. */
    readonly toDelete: ResourceState[] = [];
    /** Resources that this run may not create, and what depends on them. */
    private readonly skipped = new Set<string>();
    private readonly aliases: AliasResolver;
    private readonly replacements: Replacements;

    constructor(private readonly deployment: Deployment) {
        this.aliases = new AliasResolver(deployment.stack, deployment.project, deployment.olds, this.registered);
        this.replacements = new Replacements(deployment, this);
    }

    /** Whether the old URN belongs to a resource that has been registered under another one. */
    wasRenamed(urn: string): boolean {
        return this.aliases.newOf.has(urn);
    }

    /** The first half: who is it, and what was it. */
    prepare(goal: Goal): Registration {
        const urn = this.claim(goal);
        const { old, alias } = this.aliases.find(urn, goal);
        const made = newResource({
            urn,
            type: goal.type,
            custom: goal.custom,
            inputs: goal.properties,
            parent: goal.parent,
            protect: goal.protect ?? false,
            dependencies: goal.dependencies,
            provider: goal.provider,
            propertyDependencies: goal.propertyDependencies,
            additionalSecretOutputs: goal.additionalSecretOutputs,
            aliases: alias === undefined ? [] : [alias],
            customTimeouts: goal.customTimeouts,
            retainOnDelete: goal.retainOnDelete ?? false,
            deletedWith: goal.deletedWith,
            created: old?.created,
            modified: old?.modified,
            sourcePosition: goal.sourcePosition,
            stackTrace: goal.stackTrace,
            ignoreChanges: goal.ignoreChanges,
            replaceOnChanges: goal.replaceOnChanges,
            hideDiff: goal.hideDiff,
        });
        return { goal, urn, old, new: made };
    }

    private claim(goal: { type: string; name: string; parent: string | undefined }): string {
        const urn = createUrn(this.deployment.stack, this.deployment.project, goal.parent, goal.type, goal.name);
        if (this.registered.has(urn)) {
            throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`);
        }
        this.registered.add(urn);
        return urn;
    }

    /** The second half: the steps, in their order. None when the refresh that went before was all there is to do. */
    async steps(registration: Registration): Promise<Step[]> {
        const { goal, urn, old, new: made } = registration;
        if (this.deployment.mode === "refresh") {
            const dependsOnSkipped = this.dependsOnSkipped(made);
            if ((goal.custom && !isProviderType(goal.type)) || dependsOnSkipped) {
                return old === undefined ? [this.skip(registration)] : [];
            }
        }
        if (this.deployment.mode === "destroy") {
            const only = this.destroySteps(registration);
            if (only !== undefined) {
                return only;
            }
            this.toDelete.push(made);
        }
        const provider = await this.providerOf(made);
        const recreating = this.deleted.has(urn);
        const wasExternal = old?.external ?? false;
        const ignored = this.withIgnoredChanges(registration);
        if (provider !== undefined) {
            const fresh = recreating || wasExternal || old === undefined || old.taint;
            made.inputs = await this.check(made, provider, fresh ? {} : old.inputs, fresh ? goal.properties : ignored);
        } else {
            made.inputs = ignored;
        }
        if (recreating && old !== undefined) {
            this.deleted.delete(urn);
            this.handled.set(urn, "replace");
            return [step("replace", { old, new: made }), step("create-replacement", { old, new: made })];
        }
        if (wasExternal) {
            this.handled.set(urn, "create");
            return [
                step("create-replacement", { old, new: made }, { keepOld: true }),
                step("replace", { old, new: made }),
            ];
        }
        if (old !== undefined) {
            return this.stepsFromDiff(registration, old, provider);
        }
        this.handled.set(urn, "create");
        return [step("create", { new: made })];
    }

    /** A resource that the program only reads. */
    read(goal: ReadGoal): Step[] {
        const urn = this.claim(goal);
        const { old } = this.aliases.find(urn, { ...goal, aliases: [] });
        const made = newResource({
            urn,
            type: goal.type,
            custom: true,
            external: true,
            id: goal.id,
            inputs: goal.properties,
            parent: goal.parent,
            dependencies: goal.dependencies,
            provider: goal.provider,
            additionalSecretOutputs: goal.additionalSecretOutputs,
            sourcePosition: goal.sourcePosition,
            stackTrace: goal.stackTrace,
        });
        if (old !== undefined && !old.external && old.id !== goal.id) {
            this.handled.set(urn, "replace");
            return [
                step("read-replacement", { old, new: made }, { keepOld: true }),
                step("replace", { old, new: made }),
            ];
        }
        if (this.deployment.mode === "destroy") {
            this.toDelete.push(made);
        }
        this.handled.set(urn, "read");
        return [step("read", { old, new: made })];
    }

    private skip({ urn, old, new: made }: Registration): Step {
        if (this.deployment.mode === "refresh") {
            this.handled.set(urn, "same");
        }
        this.skipped.add(urn);
        return step("same", { old, new: made }, { skipped: true });
    }

    private dependsOnSkipped(resource: ResourceState): boolean {
        return references(resource).some((urn) => this.skipped.has(urn));
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
        this.handled.set(urn, "same");
        this.toDelete.push(made);
        made.inputs = old.inputs;
        return [step("same", { old, new: made })];
    }

    private async providerOf(resource: ResourceState): Promise<Provider | undefined> {
        if (!resource.custom) {
            return undefined;
        }
        return isProviderType(resource.type) ? providerResource : this.deployment.providers.get(resource.provider);
    }

    /** Properties under `ignoreChanges` keep their old value, whatever the program says. */
    private withIgnoredChanges({ goal, urn, old }: Registration): PropertyMap {
        if (old === undefined) {
            return goal.properties;
        }
        return goal.ignoreChanges.reduce((inputs, text) => {
            const reset = resetPath(parsePath(text), old.inputs, inputs);
            if (reset === undefined) {
                this.deployment.report(
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
            this.deployment.report("error", describeFailure(resource, failure, inputs), resource.urn);
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
            await this.diff(old, made, provider),
            goal.replaceOnChanges,
            old.initErrors.length > 0,
        );
        const replace = old.pendingReplacement || (diff.changes && diff.replaceKeys.length > 0);
        if (!replace) {
            const update = diff.changes || old.initErrors.length > 0;
            this.handled.set(urn, update ? "update" : "same");
            return [step(update ? "update" : "same", { old, new: made }, { ignoreChanges: goal.ignoreChanges })];
        }
        this.refuseIfProtected(old, made);
        this.handled.set(urn, "replace");
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
        this.deployment.report(
            "error",
            `unable to replace resource "${made.urn}"\nas it is currently marked for protection. To unprotect the resource, remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi up\``,
            made.urn,
        );
        this.deployment.failed = true;
        if (!this.deployment.preview) {
            throw new Reported("protected");
        }
    }

    private async diff(old: ResourceState, made: ResourceState, provider: Provider | undefined): Promise<ResourceDiff> {
        const replaceBecause = (key: string): ResourceDiff => ({
            changes: true,
            replaceKeys: [key],
            changed: [],
            deleteBeforeReplace: false,
        });
        if (old.taint) {
            return replaceBecause("id");
        }
        if (made.deletedWith !== undefined && this.handled.get(made.deletedWith) === "replace") {
            return replaceBecause("deletedWith");
        }
        if (this.providerChanged(old, made)) {
            return replaceBecause("provider");
        }
        if (provider === undefined) {
            return {
                changes: !equal(old.inputs, made.inputs),
                replaceKeys: [],
                changed: [],
                deleteBeforeReplace: false,
            };
        }
        return diffResource(provider, old, made.inputs, made.ignoreChanges);
    }

    /**
     * A dynamic provider has no DiffConfig, so another provider with other inputs still counts as the same one; only
     * where there was no provider, or is none now, the resource can't stay.
     */
    private providerChanged(old: ResourceState, made: ResourceState): boolean {
        return old.provider !== made.provider && (old.provider === undefined || made.provider === undefined);
    }
}
