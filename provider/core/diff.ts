import type { AnyDefinition, Consequence, Props } from "./definition";
import { containsUnknown, known, sameValue } from "./values";

/** The inputs that differ between two sets of properties, by what their change asks for. */
export type Differences = Readonly<Record<Consequence, string[]>>;

/** Compares by normal form, property by property. A wanted value that is not known yet differs. */
export function differences(definition: AnyDefinition, old: Props, wanted: Props): Differences {
    const found: Differences = { update: [], replace: [], record: [] };
    for (const property of Object.keys(definition.inputs.shape)) {
        const field = definition.fields[property] ?? {};
        const same =
            !containsUnknown(wanted[property]) &&
            (sameValue(old[property], wanted[property]) ||
                ((field.optional === true || (old[property] !== undefined && wanted[property] !== undefined)) &&
                    field.same?.(old[property], wanted[property], { old, wanted: known(wanted) as Props }) === true));
        if (!same) {
            const identifies = definition.identity.includes(property);
            found[field.consequence ?? (identifies ? "replace" : "update")].push(property);
        }
    }
    return found;
}
