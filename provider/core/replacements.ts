import type { Props } from "./definition";
import { isPlainObject } from "./values";

/**
 * Which checks belong to replacements.
 *
 * For a new resource the engine calls check without olds. For one that it replaces it calls check twice, with the olds
 * and then without them, and only the equal inputs tell that second check from that of a new resource. (A tainted one, and
 * one that `--replace` names, has only the check without olds: nothing tells it from a new one.)
 */
export class Replacements {
    /** The inputs of checks with olds whose resource may still be replaced. */
    private readonly begun = new Set<string>();

    /** A check with olds has passed. */
    begin(inputs: Props): void {
        this.begun.add(sorted(inputs));
    }

    /** The resource of these inputs is not replaced. */
    settle(inputs: Props): void {
        this.begun.delete(sorted(inputs));
    }

    /** Whether a check without olds is the second one of a replacement. */
    isSecond(inputs: Props): boolean {
        return this.begun.delete(sorted(inputs));
    }
}

/** The same text for the same values, in whatever order the wire has brought an object's keys. */
function sorted(inputs: Props): string {
    return JSON.stringify(inputs, (_key, value) =>
        isPlainObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
    );
}
