import { createHash } from "node:crypto";
import type { Definition } from "../../define";
import { withDefaults } from "../../inputs/defaults";
import { known } from "../../inputs/values";
import type { Props } from "../../property";
import { inputsOf } from "../state";
import type { Digest } from "./book";
import type { Declared } from "./keeping";

/**
 * One resource at an API: the account does not count, as a rotated token or another provider may stand for the same one. As a
 * digest, because the ledger is a file, and ids and marks are made of inputs, of which any may be a secret.
 */
export function digestOf(origin: string, kind: string, id: string): Digest {
    return createHash("sha256").update(`${origin} ${kind} ${id}`).digest("base64url");
}

/** What the inputs of a resource declare, as far as they are sound. */
export function declaredBy(definition: Definition, origin: string, props: Props): Declared {
    const { kind } = definition;
    const inputs = inputsOf(definition, props);
    const sound = (known(withDefaults(definition, inputs)) ?? {}) as Props;
    const id = orUndefined(() => definition.id(sound));
    const others = orUndefined(() => definition.alsoDeclares(sound)) ?? [];
    return {
        kind,
        inputs: JSON.stringify(Object.entries(inputs).sort(([one], [other]) => (one < other ? -1 : 1))),
        own: id === undefined ? undefined : digestOf(origin, kind, id),
        others: others.map((other) => digestOf(origin, other.kind, other.id)),
        marks: id === undefined ? marksOf(definition, origin, sound) : undefined,
    };
}

/** What a resource of the kind goes by; where the kind has no marks, all are alike. */
export function marksOf(definition: Definition, origin: string, props: Props): Digest {
    return digestOf(origin, definition.kind, markText(orUndefined(() => definition.marks(props)) ?? ""));
}

/** Marks as a text that is no id. */
export const markText = (marks: string) => `~${marks}`;

/** Inputs that check refuses, or that are not whole, declare what can be read of them. */
function orUndefined<T>(work: () => T): T | undefined {
    try {
        return work();
    } catch {
        return undefined;
    }
}
