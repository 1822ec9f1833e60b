import { DEFAULT_URL } from "../../api/baseUrl";
import type { Definition } from "../define";
import { Failure } from "../failures";
import { type Defaulted, defaultedOf, withDefaults } from "../inputs/defaults";
import { SECRET_INPUTS, type Secrets } from "../inputs/secrets";
import { isPlainObject, pick, plain, sameValue, secret } from "../inputs/values";
import { POINTER } from "../program/pointer";
import type { Props } from "../property";
import type { Settings } from "./settings";

/**
 * What we add to the outputs of every resource. None is ever an input: the engine would show it as a removed property.
 *
 * - `_v`: the version of the state's format. Also the mark by which read tells a refresh from a `get`.
 * - `_origin`: the API that it lives at, where that is not Gandi's own.
 * - `_partial`: why it is not finished; the next update goes on with it.
 * - `_defaults`: the defaults that it has for what the program did not give, as they were when it was made.
 *
 * `__secretInputs` is both: the program says it, and `read` and `delete` must know it.
 */
export interface Marks {
    _v: number;
    _origin?: string;
    _partial?: string;
    _defaults?: Defaulted;
}

/** The marks that differ from one resource of a run to the next. */
interface OwnMarks {
    readonly partial?: string | undefined;
    readonly defaulted?: Defaulted | undefined;
}

const STATE_VERSION = 1;

export function toState(
    { settings, secrets }: { readonly settings: Settings; readonly secrets: Secrets },
    inputs: Props,
    outputs: Props,
    { partial, defaulted }: OwnMarks,
): Props {
    const marks: Marks = {
        _v: STATE_VERSION,
        _origin: settings.url === DEFAULT_URL ? undefined : settings.url,
        _partial: partial && secrets.mask(partial),
        _defaults: defaulted,
    };
    const named = secrets.paths.length > 0 ? { [SECRET_INPUTS]: secrets.paths } : {};
    return plain({ ...inputs, ...asSecretAs(secrets, outputs), ...marks, ...named });
}

/**
 * The engine makes an output a secret where the input of its name is one: it can't know of a copy under another name. A
 * mark of ours may hold a value that was a secret once and that nobody knows for one any more (`_pending`).
 */
function asSecretAs(secrets: Secrets, outputs: Props): Props {
    const isSecret = (name: string, value: unknown) =>
        secrets.holds(value) || (name.startsWith("_") && secrets.paths.length > 0);
    return Object.fromEntries(
        Object.entries(outputs).map(([name, value]) => [name, isSecret(name, value) ? secret(value) : value]),
    );
}

/** The inputs that a state recorded. */
export function inputsOf(definition: Definition, state: Props): Props {
    return pick(state, Object.keys(definition.inputs.shape));
}

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

/** A state without the marks of `toState` and the pointer: inputs and outputs. */
export function unmarked(state: Props): Props {
    const { _v, _origin, _partial, _defaults, [POINTER]: _pointer, [SECRET_INPUTS]: _secrets, ...rest } = state;
    return rest;
}

/** What a state holds beside the inputs and the marks. */
export function ownOutputs(definition: Definition, state: Props): Props {
    return Object.fromEntries(Object.entries(unmarked(state)).filter(([name]) => !(name in definition.inputs.shape)));
}

export function isPartial(state: Props): boolean {
    return state._partial !== undefined;
}

/** The defaults that the resource has from earlier runs; undefined where the state does not say. */
export function defaultedIn(state: Props): Defaulted | undefined {
    return isPlainObject(state._defaults) ? state._defaults : undefined;
}

/** Without the inputs that only the operation goes by that they are given to. */
export function lasting(definition: Definition, props: Props): Props {
    return Object.fromEntries(
        Object.entries(props).filter(([name]) => definition.properties[name]?.consequence !== "momentary"),
    );
}

/** What an operation may go by that knows only the state. */
export function remembered(definition: Definition, state: Props): Props {
    return lasting(definition, withDefaults(definition, unmarked(state)));
}

/** Whether we wrote these properties: those that `X.get` passes carry no mark. */
export function isState(props: Props): boolean {
    return props._v !== undefined;
}

/** @throws Error for a state that may not be used with these settings: made by a newer version, or at another API */
export function refuseForeign(state: Props, settings: Settings): void {
    if (!isState(state)) {
        return;
    }
    if (Number(state._v) > STATE_VERSION) {
        throw new Failure(
            "state-newer",
            `this state was written by a newer version of pulumi-gandi (format ${state._v}): update the package`,
        );
    }
    const home = state._origin ?? DEFAULT_URL;
    if (home !== settings.url) {
        throw new Failure(
            "other-api",
            `this resource lives at ${home}, but the configuration points to ${settings.url}: set gandi:url (or GANDI_URL) back, or use another stack`,
        );
    }
}

/** Whether other inputs are secrets than when the state was written; one of a version that noted none is left as it is. */
export function secretsChanged(state: Props, news: Props): boolean {
    return state[SECRET_INPUTS] !== undefined && !sameValue(state[SECRET_INPUTS], news[SECRET_INPUTS]);
}

/** Whether the state was written with another pointer text than the program's. */
export function pointerChanged(state: Props, news: Props): boolean {
    return state[POINTER] !== news[POINTER];
}
