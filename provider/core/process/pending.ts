import type { Definition } from "../define";
import type { Accepted } from "../failures";
import { Failure } from "../failures";
import { pick, sameValue } from "../inputs/values";
import type { Props } from "../property";
import type { UnderWay } from "./context";
import { sameInput } from "./diff";
import { inputsOf } from "./state";

/**
 * A registry accepts some changes (202) hours before the API shows them: nameservers after 12 to 24, by one account. Such
 * a change is waited for within the operation's time, and the resource is *pending* then, which is a success:
 *
 * - The state holds what was declared, `pending: true`, since when, and what the API may show meanwhile.
 * - A preview shows no change, as nothing differs from what was asked for, and nothing is asked for twice.
 * - A refresh looks. What the API may show meanwhile is no drift, what was asked for ends it, anything else is drift.
 * - Other inputs supersede it, and a removal too: see `Context.underWay`.
 * - What does not show within `PENDING_HOURS` is overdue: a refresh fails, and the next `up` looks and asks again.
 *
 * A kind says which of its inputs may be pending (`Kind.pending`); they compare as its properties say.
 */
const PENDING_HOURS = 48;

/** The outputs of each kind that may be pending; absent where it is not. Beside them stands the mark `_pending`. */
export const PENDING_OUTPUTS = ["pending", "pendingSince"] as const;

/** A change that was accepted and does not show yet. What was asked for are the state's inputs. */
interface Pending {
    /** When it was accepted, ISO 8601 in UTC. */
    readonly since: string;
    /** What the API may show until then, as inputs; an empty object where there is nothing yet. */
    readonly meanwhile: readonly Props[];
}

export function pendingOf({ pending, pendingSince, _pending }: Props): Pending | undefined {
    if (pending !== true || typeof pendingSince !== "string") {
        return undefined;
    }
    return { since: pendingSince, meanwhile: (_pending as Pick<Pending, "meanwhile"> | undefined)?.meanwhile ?? [] };
}

/** A change that was accepted and does not show yet, as the state will hold it: by what the API is expected to show. */
export function acceptedState(
    definition: Definition,
    want: Props,
    { since, before }: Accepted,
    prior: Props | undefined,
): { id: string; inputs: Props; outputs: Props } {
    const expected = definition.pending?.expected(want);
    const { inputs, outputs } = definition.describe(want, expected);
    const earlier = prior === undefined ? undefined : pendingOf(prior);
    const isEarlier = earlier !== undefined && Date.parse(earlier.since) === since;
    const meanwhile = [
        ...(isEarlier ? [] : [view(definition, want, before)]),
        // What was asked for before this may show up in between.
        ...(earlier === undefined ? [] : [...earlier.meanwhile, pendingInputs(definition, prior!)]),
    ];
    const marks = {
        pending: true,
        pendingSince: new Date(since).toISOString(),
        _pending: { meanwhile: meanwhile.filter((one, at) => meanwhile.findIndex((it) => sameValue(one, it)) === at) },
    };
    return { id: String(definition.id(want, expected)), inputs: { ...inputs }, outputs: { ...outputs, ...marks } };
}

/**
 * Whether a state waits for a change that is overdue: the next `up` looks, and asks again.
 * @param say told why, as a plan shows no other sign of it
 */
export function asksAgain(state: Props, now: number, say: (line: string) => void = () => {}): boolean {
    const pending = pendingOf(state);
    if (pending === undefined || !isOverdue(pending, now)) {
        return false;
    }
    say(
        `pending since ${pending.since}, for more than ${PENDING_HOURS} hours: up looks again, and asks again if need be`,
    );
    return true;
}

/**
 * The change that a state waits for, where it may still come.
 * @param want the inputs that are wanted now; undefined where the resource is to go
 */
export function underWay(
    definition: Definition,
    state: Props,
    want: Props | undefined,
    now: number,
): UnderWay | undefined {
    const pending = pendingOf(state);
    return pending === undefined || isOverdue(pending, now)
        ? undefined
        : { since: Date.parse(pending.since), isWanted: want !== undefined && sameInputs(definition, state, want) };
}

/**
 * Whether a refresh sees what the API may show meanwhile: neither what was asked for nor anybody else's doing.
 * @throws Error with what to do, where that has lasted too long
 */
export function isMeanwhile(
    definition: Definition,
    state: Props,
    seen: unknown,
    pending: Pending,
    now: number,
): boolean {
    const shown = view(definition, inputsOf(definition, state), seen);
    if (sameInputs(definition, shown, state) || !pending.meanwhile.some((old) => sameInputs(definition, shown, old))) {
        return false;
    }
    if (isOverdue(pending, now)) {
        throw new Failure(
            "not-shown-yet",
            `the registry accepted a change on ${pending.since} and has not shown it within ${PENDING_HOURS} hours: it has most ` +
                "likely failed there, for which Gandi's site or support can name the reason. " +
                "`pulumi up` (without --refresh) looks again and asks for it once more",
        );
    }
    return true;
}

/** Whether two sets of inputs ask for the same of what may be pending. */
function sameInputs(definition: Definition, one: Props, other: Props): boolean {
    return (definition.pending?.inputs ?? []).every((property) => sameInput(definition, property, one, other));
}

/** Outputs without the marks of a pending change. */
export function withoutPending({ pending, pendingSince, _pending, ...outputs }: Props): Props {
    return outputs;
}

function isOverdue({ since }: Pending, now: number): boolean {
    return now - Date.parse(since) > PENDING_HOURS * 3_600_000;
}

function pendingInputs(definition: Definition, inputs: Props): Props {
    return pick(inputs, definition.pending?.inputs ?? []);
}

/** An observation as inputs, as far as they may be pending. */
function view(definition: Definition, inputs: Props, seen: unknown): Props {
    return seen === undefined
        ? {}
        : pendingInputs(definition, { ...inputs, ...definition.describe(inputs, seen).inputs });
}
