import type { OpType } from "@pulumi/pulumi/automation";
import type { PropertyDiff, StepEventMetadata, StepEventStateMetadata } from "@pulumi/pulumi/automation/events";
import type { PropertyChange } from "../deployment/propertyDiff";
import { formatPath } from "../deployment/propertyPath";
import type { Step } from "../deployment/steps";
import type { ResourceState } from "../state/resourceState";
import { typeOf } from "../state/urn";
import { isMap, type PropertyMap, Secret, type Value } from "../state/values";
import { changesOf } from "./stepChanges";

/** A step as the Automation API's events have it; secrets are not shown. */
export function stepEvent(step: Step, op: OpType): StepEventMetadata {
    const state = step.new ?? step.old;
    const changes = changesOf(step);
    return {
        op,
        urn: step.urn,
        type: typeOf(step.urn),
        old: step.old && stateEvent(step.old),
        new: step.new && stateEvent(step.new),
        keys: step.replaceKeys,
        diffs: [...new Set(changes.map(({ path }) => String(path[0])))],
        ...(changes.length === 0 ? {} : { detailedDiff: detailedDiff(changes, step.replaceKeys) }),
        provider: state?.provider ?? "",
    };
}

function detailedDiff(changes: PropertyChange[], replaceKeys: string[]): Record<string, PropertyDiff> {
    return Object.fromEntries(
        changes.map(({ path, old, now }) => {
            const kind = old === undefined ? "add" : now === undefined ? "delete" : "update";
            const diffKind = replaceKeys.includes(String(path[0])) ? `${kind}-replace` : kind;
            return [formatPath(path), { diffKind: diffKind as PropertyDiff["diffKind"], inputDiff: true }];
        }),
    );
}

function stateEvent(state: ResourceState): StepEventStateMetadata {
    return {
        type: state.type,
        urn: state.urn,
        custom: state.custom,
        delete: state.delete,
        id: state.id,
        parent: state.parent ?? "",
        protect: state.protect,
        retainOnDelete: state.retainOnDelete,
        inputs: masked(state.inputs) as Record<string, unknown>,
        outputs: masked(state.outputs) as Record<string, unknown>,
        provider: state.provider ?? "",
        initErrors: state.initErrors,
    };
}

function masked(value: Value | PropertyMap): unknown {
    if (value instanceof Secret) {
        return "[secret]";
    }
    if (Array.isArray(value)) {
        return value.map(masked);
    }
    return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item)])) : value;
}
