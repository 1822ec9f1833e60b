import type { Definition } from "../define";
import { type Defaulted, defaultedOf, withDefaults } from "../inputs/defaults";
import { POINTER } from "../program/pointer";
import type { Props } from "../property";
import { defaultedIn, inputsOf } from "./state";

/** What the engine's inputs ask a create or update for. */
export interface Wanted {
    /** The inputs, with their defaults. */
    readonly want: Props;
    /** Those of them that are defaults. */
    readonly defaulted: Defaulted;
    readonly pointer: unknown;
}

/** @param olds the state of what is there; without it something new is asked for */
export function wantedOf(definition: Definition, news: Props, olds: Props = {}): Wanted {
    const given = inputsOf(definition, news);
    const want = withDefaults(definition, given, defaultedIn(olds));
    return { want, defaulted: defaultedOf(definition, given, want), pointer: news[POINTER] };
}
