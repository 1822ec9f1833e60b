import type { CheckFailure } from "../process/provider";
import type { ResourceState } from "../state/resourceState";
import { nameOf } from "../state/urn";
import { type PropertyMap, Secret } from "../state/values";

/** What is wrong with a resource's inputs, for people; a secret is not shown, though the Pulumi CLI would. */
export function describeFailure(
    resource: ResourceState,
    { property, reason }: CheckFailure,
    inputs: PropertyMap,
): string {
    const name = nameOf(resource.urn);
    if (property === "") {
        return `${resource.type} resource '${name}' has a problem: ${reason}`;
    }
    const value = inputs[property];
    const shown = value instanceof Secret ? "[secret]" : JSON.stringify(value);
    return `${resource.type} resource '${name}': property ${property} value {${shown}} has a problem: ${reason}`;
}
