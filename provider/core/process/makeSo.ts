import type { dynamic } from "@pulumi/pulumi";
import { undefinedOn } from "../../api/errors";
import { codeOf } from "../codes";
import type { Definition } from "../define";
import { Accepted, Failure, messageOf, NothingMade, PartialFailure, PartlyMade, Unshown } from "../failures";
import { POINTER } from "../program/pointer";
import type { Props } from "../property";
import type { Call } from "./call";
import type { Context } from "./context";
import { sameInput } from "./diff";
import type { Registration } from "./keeping/keeping";
import { acceptedState, withoutPending } from "./pending";
import { isPartial, lasting, ownOutputs, remembered, toState, type Wanted } from "./state";

/**
 * Makes a resource as it is wanted: observe, ensure, converge, return. Create and update are one flow from two starts. What
 * fails after the API has accepted the write leaves a partly made resource.
 */
export async function makeSo(
    call: Call,
    context: Context,
    { want, defaulted, pointer }: Wanted,
    prior: { id: string; state: Props } | undefined,
    registration: Registration,
): Promise<dynamic.CreateResult> {
    const { definition, secrets, run } = call;
    const { keeping } = run;
    const lastingWant = lasting(definition, want);
    const address = prior === undefined ? {} : definition.address(prior.id);
    // What it replaces under its own id is the stack's, and no stranger's to be asked for.
    const asked = keeping.replacesItself(registration) ? adopting(definition, want) : want;
    const start = {
        prior: prior && { ...address, ...remembered(definition, prior.state) },
        unfinished: prior !== undefined && isPartial(prior.state),
        isReplaced: (id: string) => registration.stands === call.digest(id) && prior === undefined,
        isGone: (id: string) => keeping.isGone(call.digest(id)),
        isTaken: (id: string) => keeping.keeps(call.digest(id), registration),
        observe: () => definition.observe(context, { ...address, ...lastingWant }),
    };
    let id = prior?.id ?? definition.id(want);
    let accepted = false;
    try {
        const asItIs = prior === undefined ? await thereAlready(call, context, want) : undefined;
        const ensured = asItIs ?? (await definition.ensure(context, asked, start));
        id = prior?.id ?? String(definition.id(want, ensured));
        if (prior === undefined && definition.id(want) === undefined) {
            if (start.isTaken(id)) {
                throw new Failure(
                    "held-by-another",
                    `${id} is another resource's of this program: one of the two must name another`,
                );
            }
            call.warnOfId(id);
        }
        accepted = true;
        keeping.found(registration, call.digest(id));
        const converged = await definition.converge(context, asked, ensured, start);
        const { inputs, outputs } = definition.describe(lastingWant, converged);
        const asWanted = withoutOthers(definition, lastingWant, inputs);
        return { id, outs: toState(call, { ...want, ...asWanted }, outputs, { defaulted }) };
    } catch (error) {
        const mayBePending = error instanceof Accepted && definition.pending !== undefined;
        const pending = mayBePending ? acceptedState(definition, lastingWant, error, prior?.state) : undefined;
        id ??= pending?.id;
        const isThere = error instanceof PartlyMade || (accepted && !(error instanceof NothingMade));
        if (!isThere || id === undefined) {
            throw error;
        }
        keeping.found(registration, call.digest(id));
        if (pending !== undefined && error instanceof Unshown) {
            context.log(`${id}: the registry has accepted it, and does not show it yet: pending`);
            return { id, outs: toState(call, { ...want, ...pending.inputs }, pending.outputs, { defaulted }) };
        }
        const seen = error instanceof PartlyMade ? error.seen : undefined;
        const have = seen === undefined ? undefined : definition.describe(lastingWant, seen);
        const before = withoutPending(prior === undefined ? {} : ownOutputs(definition, prior.state));
        const outputs = pending?.outputs ?? { ...before, ...have?.outputs };
        const partial = secrets.mask(messageOf(error));
        const state = toState(call, { ...want, ...have?.inputs }, outputs, { partial, defaulted });
        const properties = { ...state, [POINTER]: pointer };
        throw new PartialFailure(definition.kind, id, properties, partial, codeOf(error), secrets.mask(id));
    }
}

/**
 * What is there, as far as it is what was wanted. What somebody else has set since it was written is left to the next
 * refresh: in this state no diff would show it, as the engine goes by inputs, and no refresh either, as it were there before.
 */
function withoutOthers(definition: Definition, want: Props, there: Props): Props {
    const all = { ...want, ...there };
    return Object.fromEntries(
        Object.entries(there).filter(([name]) => want[name] === undefined || sameInput(definition, name, all, want)),
    );
}

/**
 * In a run that may not write, what is there already where it is as wanted: some kinds send first, and look at what is refused.
 */
async function thereAlready({ definition, settings }: Call, context: Context, want: Props): Promise<unknown> {
    const id = definition.id(want);
    if (settings.readOnly === undefined || id === undefined) {
        return undefined;
    }
    const asked = lasting(definition, want);
    const looking = definition.observe(context, { ...definition.address(id), ...asked });
    const seen = await undefinedOn(looking, "invisible", "notFound");
    const there = seen === undefined ? undefined : definition.describe(asked, seen).inputs;
    const isAsWanted =
        there && Object.keys(withoutOthers(definition, asked, there)).length === Object.keys(there).length;
    return isAsWanted ? seen : undefined;
}

/** The wanted inputs, with the word to take over what is there where the kind has one, and the program none of its own. */
function adopting(definition: Definition, want: Props): Props {
    const hasWord = definition.inputs.shape.adopt?.safeParse(true).success === true;
    return hasWord ? { ...want, adopt: want.adopt || true } : want;
}
