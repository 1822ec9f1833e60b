import type { ProviderPool } from "../process/providerPool";
import type { ResourceState } from "../state/resourceState";
import { parseProviderReference } from "../state/urn";
import { type PropertyMap, UNKNOWN } from "../state/values";
import { dependentsOf } from "./dependencies";
import type { Ledger } from "./ledger";
import { type Outcome, Reported } from "./outcome";
import { diffResource, forceReplacement } from "./resourceDiff";
import { type Step, step } from "./steps";

/** Delete before replace: what must go before the old resource can go. */
export class Replacements {
    constructor(
        private readonly ledger: Ledger,
        private readonly outcome: Outcome,
        private readonly providers: ProviderPool,
    ) {}

    /** Deletes the dependents that would have to be replaced too, last first, and then the resource itself. */
    async deleteFirst(old: ResourceState): Promise<Step[]> {
        const steps: Step[] = [];
        for (const dependent of (await this.dependentReplacements(old)).reverse()) {
            if (this.ledger.deletedEarly.has(dependent)) {
                continue;
            }
            if (dependent.protect) {
                this.outcome.report(
                    "error",
                    `unable to replace resource "${dependent.urn}" as part of replacing "${old.urn}" as it is currently marked for protection`,
                    dependent.urn,
                );
                throw new Reported("protected");
            }
            steps.push(this.deleteEarly(dependent));
        }
        if (!old.pendingReplacement) {
            this.ledger.deleted.add(old.urn);
            steps.push(step("delete-replaced", { old }, { pendingReplacement: true }));
        }
        return steps;
    }

    private deleteEarly(dependent: ResourceState): Step {
        this.ledger.deleted.add(dependent.urn);
        this.ledger.deletedEarly.add(dependent);
        return dependent.delete
            ? step("delete", { old: dependent })
            : step("delete-replaced", { old: dependent }, { pendingReplacement: true });
    }

    /** In the order of the state. What this run has dealt with already can't depend on the resource any more. */
    private async dependentReplacements(root: ResourceState): Promise<ResourceState[]> {
        const dealtWith = new Set([...this.ledger.handled.keys(), ...this.ledger.deleted]);
        dealtWith.delete(root.urn);
        const replaced = new Set([root.urn]);
        const found: ResourceState[] = [];
        for (const dependent of dependentsOf(root, this.ledger.base.resources, dealtWith)) {
            if (await this.mustBeReplaced(dependent, replaced)) {
                found.push(dependent);
                replaced.add(dependent.urn);
            }
        }
        const deletedWith = this.ledger.base.resources.filter(
            (resource) =>
                resource.deletedWith === root.urn && !found.includes(resource) && !dealtWith.has(resource.urn),
        );
        return [...found, ...deletedWith];
    }

    /** Asks its provider with what depends on a replaced resource made unknown. */
    private async mustBeReplaced(resource: ResourceState, replaced: ReadonlySet<string>): Promise<boolean> {
        if (!resource.custom || resource.external) {
            return false;
        }
        if (resource.provider !== undefined && replaced.has(parseProviderReference(resource.provider).urn)) {
            return true;
        }
        if (resource.deletedWith !== undefined && replaced.has(resource.deletedWith)) {
            return true;
        }
        const inputs: PropertyMap = { ...resource.inputs };
        const affected = Object.keys(inputs).filter((key) =>
            resource.propertyDependencies[key]?.some((urn) => replaced.has(urn)),
        );
        if (affected.length === 0) {
            return false;
        }
        for (const key of affected) {
            inputs[key] = UNKNOWN;
        }
        const diff = forceReplacement(
            await diffResource(await this.providers.of(resource), resource, inputs, resource.ignoreChanges),
            resource.replaceOnChanges,
            false,
        );
        return diff.changes && diff.replaceKeys.length > 0;
    }
}
