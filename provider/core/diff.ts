import type { AnyDefinition, Consequence, Field, Props } from "./definition";
import { containsUnknown, known, sameValue } from "./values";

/** The inputs that differ between two sets of properties, by what their change asks for. */
export type Differences = Readonly<Record<Consequence, string[]>>;

/** Compares by normal form, property by property. A wanted value that is not known yet differs. */
export function differences(definition: AnyDefinition, old: Props, wanted: Props): Differences {
    const found: Differences = { update: [], replace: [], record: [] };
    for (const property of Object.keys(definition.inputs.shape)) {
        if (!sameInput(definition, property, old, wanted)) {
            const identifies = definition.identity.includes(property);
            const { consequence } = definition.fields[property] ?? {};
            found[consequence ?? (identifies ? "replace" : "update")].push(property);
        }
    }
    return found;
}

/** Whether one input is the same in two sets of properties, by its normal form. */
export function sameInput(definition: AnyDefinition, property: string, old: Props, wanted: Props): boolean {
    if (containsUnknown(wanted[property])) {
        return false;
    }
    const { same, optional }: Field = definition.fields[property] ?? {};
    const mayCompare = optional === true || (old[property] !== undefined && wanted[property] !== undefined);
    return (
        sameValue(old[property], wanted[property]) ||
        (mayCompare && same?.(old[property], wanted[property], { old, wanted: known(wanted) as Props }) === true)
    );
}
