import type { dynamic } from "@pulumi/pulumi";
import type { AnyDefinition, Props } from "../definition";
import { Accepted, messageOf, NothingMade, PartialFailure, PartlyMade, Unshown } from "../failures";
import { POINTER } from "../program/pointer";
import type { Context } from "./context";
import { thingAt } from "./keeping/declared";
import type { Registration } from "./keeping/keeping";
import { acceptedState, withoutPending } from "./pending";
import type { Run } from "./run";
import { warnOfId } from "./secretIds";
import { isPartial, lasting, ownOutputs, remembered, toState } from "./state";
import type { Wanted } from "./wanted";

/** Makes resources of a kind as they are wanted: create and update are one flow from two starts. */
export class Reconciler {
    constructor(
        private readonly definition: AnyDefinition,
        private readonly run: Run,
    ) {}

    /** Observe, ensure, converge, return. What fails after the API has accepted the write leaves a partly made resource. */
    async makeSo(
        context: Context,
        { want, defaulted, pointer }: Wanted,
        prior: { id: string; state: Props } | undefined,
        registration: Registration,
    ): Promise<dynamic.CreateResult> {
        const { definition, run } = this;
        const { keeping } = run;
        const { settings } = context;
        const thing = (id: string) => thingAt(settings.url, definition.kind, id);
        const lastingWant = lasting(definition, want);
        const address = prior === undefined ? {} : definition.address(prior.id);
        const change = {
            // What it replaces under its own id is the stack's, and no stranger's to be asked for.
            want: keeping.replacesItself(registration) ? adopting(definition, want) : want,
            prior: prior && { ...address, ...remembered(definition, prior.state) },
            unfinished: prior !== undefined && isPartial(prior.state),
            isReplaced: (id: string) => registration.stands === thing(id) && prior === undefined,
            isGone: (id: string) => keeping.isGone(thing(id)),
            isTaken: (id: string) => keeping.keeps(thing(id), registration),
            see: () => definition.observe(context, { ...address, ...lastingWant }),
        };
        let id = prior?.id ?? definition.id(want);
        let accepted = false;
        try {
            const ensured = await definition.ensure(context, change);
            id = prior?.id ?? String(definition.id(want, ensured));
            if (prior === undefined && definition.id(want) === undefined) {
                if (change.isTaken(id)) {
                    throw new Error(`${id} is another resource's of this program: one of the two must name another`);
                }
                warnOfId(definition, id, context.secrets, run.log);
            }
            accepted = true;
            keeping.found(registration, thing(id));
            const converged = (await definition.converge?.(context, change, ensured)) ?? ensured;
            const { inputs, outputs } = definition.describe(lastingWant, converged);
            return { id, outs: toState(settings, { ...want, ...inputs }, outputs, context.secrets, { defaulted }) };
        } catch (error) {
            const mayBePending = error instanceof Accepted && definition.pending !== undefined;
            const pending = mayBePending ? acceptedState(definition, lastingWant, error, prior?.state) : undefined;
            id ??= pending?.id;
            const isThere = error instanceof PartlyMade || (accepted && !(error instanceof NothingMade));
            if (!isThere || id === undefined) {
                throw error;
            }
            keeping.found(registration, thing(id));
            if (pending !== undefined && error instanceof Unshown) {
                context.log(`${id}: the registry has accepted it, and does not show it yet: pending`);
                const inputs = { ...want, ...pending.inputs };
                return { id, outs: toState(settings, inputs, pending.outputs, context.secrets, { defaulted }) };
            }
            const seen = error instanceof PartlyMade ? error.seen : undefined;
            const have = seen === undefined ? {} : definition.describe(lastingWant, seen).inputs;
            const outputs =
                pending?.outputs ?? withoutPending(prior === undefined ? {} : ownOutputs(definition, prior.state));
            const reason = context.secrets.mask(messageOf(error));
            const own = { partial: reason, defaulted };
            const state = toState(settings, { ...want, ...have }, outputs, context.secrets, own);
            throw new PartialFailure(
                definition.kind,
                id,
                { ...state, [POINTER]: pointer },
                reason,
                context.secrets.mask(id),
            );
        }
    }
}

/** The wanted inputs, with the word to take over what is there where the kind has one. */
function adopting(definition: AnyDefinition, want: Props): Props {
    return definition.inputs.shape.adopt?.safeParse(true).success === true ? { ...want, adopt: true } : want;
}
