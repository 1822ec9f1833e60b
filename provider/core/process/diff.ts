import type { AnyDefinition, Consequence, Field, Props } from "../definition";
import { containsUnknown, isPlainObject, known, UNKNOWN } from "../inputs/values";
import { isSame } from "../property";

/** The inputs that differ between two sets of properties, by what their change asks for. */
export type Differences = Readonly<Record<Consequence, string[]>>;

/**
 * Compares by normal form, property by property. A wanted value that is not known yet differs.
 *
 * @param old with its defaults, as `wanted`
 */
export function differences(definition: AnyDefinition, old: Props, wanted: Props): Differences {
    const found: Differences = { update: [], replace: [], record: [], momentary: [] };
    for (const property of Object.keys(definition.inputs.shape)) {
        const field = definition.fields[property] ?? {};
        const usual = definition.identity.includes(property) ? "replace" : "update";
        for (const consequence of new Set(consequences(field, property, { old, wanted }, usual))) {
            found[consequence].push(property);
        }
    }
    return found;
}

interface Both {
    readonly old: Props;
    readonly wanted: Props;
}

/** What the difference asks for; nothing where there is none. */
function consequences(field: Field, property: string, all: Both, usual: Consequence): Consequence[] {
    const [old, wanted] = [all.old[property], all.wanted[property]];
    if (isSameField(field, old, wanted, all)) {
        return [];
    }
    const within = { old: partsOf(old), wanted: partsOf(wanted) };
    return field.parts === undefined
        ? [field.consequence ?? usual]
        : Object.entries(field.parts).flatMap(([part, inner]) =>
              wanted === UNKNOWN ? [inner.consequence ?? usual] : consequences(inner, part, within, usual),
          );
}

/** Whether one input is the same in two sets of properties, by its normal form. */
export function sameInput(definition: AnyDefinition, property: string, old: Props, wanted: Props): boolean {
    return isSameField(definition.fields[property] ?? {}, old[property], wanted[property], { old, wanted });
}

/** A wanted value of which anything is not known yet differs from all. */
function isSameField(field: Field, old: unknown, wanted: unknown, all: Both): boolean {
    return !containsUnknown(wanted) && isSame(field, old, wanted, { old: all.old, wanted: known(all.wanted) as Props });
}

function partsOf(value: unknown): Props {
    return isPlainObject(value) ? value : {};
}
