import { diffProperties, type PropertyChange } from "../deployment/propertyDiff";
import type { Step } from "../deployment/steps";
import type { ResourceState } from "../state/resourceState";

const CHANGING = ["update", "replace", "create-replacement"];

/**
 * The properties that a step changes. An update changes what the program asks for; where that is as it was, the provider
 * repairs what a refresh found.
 */
export function changesOf({ op, old, new: made, found }: Step): PropertyChange[] {
    if (found !== undefined) {
        return found.changes;
    }
    if (!CHANGING.includes(op) || old === undefined || made === undefined) {
        return [];
    }
    const inputs = diffProperties(old.inputs, made.inputs);
    return inputs.length > 0 ? inputs : repairs(old, made);
}

/** Inputs that the resource does not have at present. */
function repairs(old: ResourceState, made: ResourceState): PropertyChange[] {
    const comparable = Object.fromEntries(Object.entries(old.outputs).filter(([key]) => key in made.inputs));
    const wanted = Object.fromEntries(Object.entries(made.inputs).filter(([key]) => key in comparable));
    return diffProperties(comparable, wanted);
}
