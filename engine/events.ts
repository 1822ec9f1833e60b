import type { OpType } from "@pulumi/pulumi/automation";
import type { StepEventMetadata, StepEventStateMetadata } from "@pulumi/pulumi/automation/events";
import { formatPath } from "./propertyPath";
import type { ResourceState } from "./state";
import type { Step } from "./steps";
import { typeOf } from "./urn";
import { isMap, type PropertyMap, Secret, type Value } from "./values";

/** A step as the Automation API's events have it; secrets are not shown. */
export function stepEvent(step: Step, op: OpType): StepEventMetadata {
    const state = step.new ?? step.old;
    return {
        op,
        urn: step.urn,
        type: typeOf(step.urn),
        old: step.old && stateEvent(step.old),
        new: step.new && stateEvent(step.new),
        keys: step.replaceKeys,
        diffs: step.found?.changes.map(({ path }) => formatPath(path)),
        provider: state?.provider ?? "",
    };
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
