import type { Definition } from "../define";
import { withDefaults } from "../inputs/defaults";
import { containsUnknown, isPlainObject, known } from "../inputs/values";
import { type Consequence, isSame, type Property, type Props } from "../property";
import type { Properties } from "../propertySet";

/** The inputs that differ between two sets of properties, by what their change asks for. */
export type Differences = Readonly<Record<Consequence, string[]>>;

/** Two sets of properties in normal form. */
interface Both {
    readonly old: Props;
    readonly wanted: Props;
}

/**
 * Compares a state with what is wanted, by normal form, property by property. A wanted value of which anything is not known
 * yet differs from all.
 * @param want with its defaults
 */
export function differences(definition: Definition, id: string, state: Props, want: Props): Differences {
    const old = { ...definition.address(id), ...withDefaults(definition, state) };
    const both = inNormalForm(definition, old, want);
    const found: Differences = { update: [], replace: [], remember: [], momentary: [] };
    for (const [name, property] of Object.entries(definition.properties)) {
        const isOpen = containsUnknown(want[name]);
        if (!isOpen && isSame(property, both.old[name], both.wanted[name], both)) {
            continue;
        }
        const usual = definition.identity.includes(name) ? "replace" : "update";
        for (const consequence of consequencesOf(property, old[name], want[name], usual)) {
            const isUncertain = consequence === "replace" && isOpen && isKeptInDoubt(definition, state);
            found[isUncertain ? "update" : consequence].push(name);
        }
    }
    return found;
}

/**
 * What can't be made again and has its id of its inputs (a domain) is not said to be replaced for an input that nobody
 * knows yet. The engine asks so before it has replaced what the input comes from (and in a preview), and deletes at once
 * what is to be replaced with it, whether or not the input will be another. It asks again when the input is known.
 */
function isKeptInDoubt(definition: Definition, state: Props): boolean {
    return definition.irreplaceable === true && definition.id(state) !== undefined;
}

/** Whether one input is the same in two sets of properties that are known. */
export function sameInput(definition: Definition, name: string, old: Props, wanted: Props): boolean {
    const both = inNormalForm(definition, old, wanted);
    const properties: Properties = definition.properties;
    return isSame(properties[name] ?? {}, both.old[name], both.wanted[name], both);
}

function inNormalForm(definition: Definition, old: Props, wanted: Props): Both {
    return { old: definition.normal(old), wanted: definition.normal((known(wanted) ?? {}) as Props) };
}

/** What the difference of two values asks for: of an object of parts, that of those that differ. */
function consequencesOf({ consequence, parts }: Property, old: unknown, wanted: unknown, usual: Consequence) {
    if (parts === undefined) {
        return [consequence ?? usual];
    }
    const [before, after] = [partsOf(old), partsOf(wanted)];
    const differing = Object.entries(parts).filter(
        ([name, part]) =>
            typeof wanted === "string" || containsUnknown(after[name]) || !isSame(part, before[name], after[name]),
    );
    return new Set(differing.map(([, part]) => part.consequence ?? usual));
}

function partsOf(value: unknown): Props {
    return isPlainObject(value) ? value : {};
}
