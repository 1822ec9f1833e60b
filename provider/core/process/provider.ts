import type { dynamic } from "@pulumi/pulumi";
import { forPeople } from "../../api/printable";
import { codeOf, withCode } from "../codes";
import type { Definition } from "../define";
import { Failure, messageOf, ResourceError } from "../failures";
import { withDefaults, withoutDefaults } from "../inputs/defaults";
import { SECRET_INPUTS, Secrets } from "../inputs/secrets";
import { pick, sameValue } from "../inputs/values";
import type { Problem, Props } from "../property";
import { Call } from "./call";
import { judge, textOf } from "./checking";
import { differences } from "./diff";
import { makeSo } from "./makeSo";
import { asksAgain, isMeanwhile, pendingOf, underWay } from "./pending";
import { remove, unlessKept } from "./removal";
import { Run } from "./run";
import { type ReadKey, resolveSettings, SettingsError } from "./settings";
import {
    defaultedIn,
    inputsOf,
    isPartial,
    isState,
    ownOutputs,
    pointerChanged,
    refuseForeign,
    remembered,
    secretsChanged,
    toState,
    unmarked,
    wantedOf,
} from "./state";

/** Between two looks at a delete of the same resource that another provider has under way, in milliseconds. */
const GOING = 100;

/**
 * Makes a definition the provider object that the SDK's dynamic-provider process drives.
 *
 * Everything that the engine or that process would trip over is dealt with here, once, for every kind.
 */
export function providerFor(definition: Definition, run: Run = new Run()): dynamic.ResourceProvider {
    return new DefinedProvider(definition, run);
}

class DefinedProvider implements dynamic.ResourceProvider {
    private readKey: ReadKey = () => undefined;

    constructor(
        private readonly definition: Definition,
        private readonly run: Run,
    ) {}

    /**
     * Only keeps the configuration. The process takes the provider for configured as soon as this is under way, and for
     * ever if it throws: so nothing is read or judged before a method needs it.
     */
    async configure(request: dynamic.ConfigureRequest): Promise<void> {
        this.readKey = (key) => request.config.get(`gandi:${key}`);
    }

    async check(olds: Props, news: Props): Promise<dynamic.CheckResult> {
        const secrets = this.secrets(news, olds);
        return this.guarded(undefined, secrets, async () => {
            const { inputs, problems } = await judge(this.definition, olds, news, this.callOrProblems(secrets));
            return {
                inputs,
                failures: problems.map((problem) => asFailure(problem, secrets)),
            };
        });
    }

    async diff(id: string, olds: Props, news: Props): Promise<dynamic.DiffResult> {
        return this.called(id, news, olds, async (call) => {
            const { definition, run } = this;
            const { want } = wantedOf(definition, news, olds);
            const { update, replace, remember } = differences(definition, id, olds, want);
            run.keeping.diffed(call.declared(news), call.digest(id), replace.length > 0);
            if (replace.length > 0) {
                const deleteBeforeReplace = replace.every((name) => name === definition.deleteBeforeReplace);
                return { changes: true, replaces: replace, deleteBeforeReplace };
            }
            const mustRun =
                this.isUnfinished(olds, (line) => call.log(`${id}: ${line}`)) ||
                pointerChanged(olds, news) ||
                remember.length > 0 ||
                secretsChanged(olds, news);
            // With `changes` left open the engine compares the inputs itself, and so honours replaceOnChanges and
            // ignoreChanges; with true it would not.
            return { changes: mustRun || (update.length > 0 ? undefined : false) };
        });
    }

    async create(inputs: Props): Promise<dynamic.CreateResult> {
        const wanted = wantedOf(this.definition, inputs);
        return this.called(this.definition.id(wanted.want), inputs, undefined, async (call) => {
            const { keeping, clock } = this.run;
            const registration = keeping.creating(call.declared(inputs));
            return call.within("create", { inputs: wanted.want, registration }, async (context) => {
                while (keeping.isGoing(registration)) {
                    await clock.sleep(GOING, context.signal);
                }
                return makeSo(call, context, wanted, undefined, registration);
            });
        });
    }

    async update(id: string, olds: Props, news: Props): Promise<dynamic.UpdateResult> {
        const wanted = wantedOf(this.definition, news, olds);
        return this.called(id, news, olds, async (call) => {
            const { definition, run } = this;
            const { want, defaulted } = wanted;
            if (differences(definition, id, olds, want).update.length === 0 && !this.isUnfinished(olds)) {
                return { outs: toState(call, want, ownOutputs(definition, olds), { defaulted }) };
            }
            const registration = run.keeping.updating(call.declared(news), call.digest(id));
            const earlier = underWay(definition, olds, want, run.clock.wallTime());
            const given = { inputs: want, registration, underWay: earlier };
            const { outs } = await call.within("update", given, (context) =>
                makeSo(call, context, wanted, { id, state: olds }, registration),
            );
            return { outs };
        });
    }

    /** Refreshes a state, or reads for `X.get`. Only a refresh may answer "gone": for `get` that would pass as a success. */
    async read(id: string, props: Props): Promise<dynamic.ReadResult> {
        return this.called(id, props, undefined, async (call) => {
            const { definition, run } = this;
            // What `X.get` was told has no defaults: it says what to look for.
            const told = isState(props) ? remembered(definition, props) : unmarked(props);
            const at = { ...definition.address(id), ...told };
            const seen = await call.within("update", { inputs: at }, (context) => definition.observe(context, at));
            const defaulted = defaultedIn(props);
            // Of what is only read, the state has no defaults either.
            const recorded = inputsOf(definition, { ...(isState(props) ? definition.address(id) : at), ...props });
            const pending = pendingOf(props);
            if (pending !== undefined && isMeanwhile(definition, at, seen, pending, run.clock.wallTime())) {
                const own = { partial: props._partial as string | undefined, defaulted };
                return { id, props: toState(call, recorded, ownOutputs(definition, props), own) };
            }
            if (seen === undefined) {
                if (isState(props)) {
                    return {};
                }
                throw new Failure("not-found", `there is no ${definition.kind} ${id} at Gandi`);
            }
            const { inputs: found, outputs } = definition.describe(at, seen);
            const partial = definition.unfinished?.(seen);
            const state = toState(call, { ...recorded, ...found }, outputs, { partial, defaulted });
            const now = inputsOf(definition, state);
            const inputs = { ...now, ...pick(state, [SECRET_INPUTS]) };
            if (isState(props)) {
                // A program may spell anew what its last `up` found equal: that spelling is in the state's inputs, which
                // we are not shown. Without drift they stay, or each refresh would set them back and call it drift.
                const [old, found] = [recorded, now].map((some) => withDefaults(definition, some));
                // Of what was pending once the id may still be one of ours: before it showed the API had given it none.
                const settledId = definition.pending === undefined ? id : String(definition.id(inputs, seen) ?? id);
                return isPartial(props) || !sameValue(old, found)
                    ? { id: settledId, props: state, inputs: withoutDefaults(definition, inputs, defaulted) }
                    : { id: settledId, props: state };
            }
            const canonicalId = definition.id(inputs, seen) ?? id;
            run.keeping.reads(definition.kind, call.digest(canonicalId));
            return { id: canonicalId, props: state, inputs };
        });
    }

    async delete(id: string, props: Props): Promise<void> {
        return this.called(id, props, undefined, async (call) => {
            const { definition, run } = this;
            const have = { ...definition.address(id), ...remembered(definition, props) };
            const earlier = underWay(definition, props, undefined, run.clock.wallTime());
            await unlessKept(call, id, have, () =>
                call.within("delete", { inputs: have, underWay: earlier }, (context) =>
                    remove(context, definition, id, have),
                ),
            );
        });
    }

    /** @param say told why, where a plan shows no other sign of it */
    private isUnfinished(state: Props, say?: (line: string) => void): boolean {
        const asks = () => asksAgain(state, this.run.clock.wallTime(), say);
        return isPartial(state) || this.definition.repair?.(state) === true || asks();
    }

    private async called<T>(
        id: string | undefined,
        now: Props,
        state: Props | undefined,
        work: (call: Call) => Promise<T>,
    ): Promise<T> {
        const secrets = this.secrets(now, state);
        return this.guarded(id, secrets, async () => {
            const call = this.callWith(secrets);
            refuseForeign(state ?? now, call.settings);
            return work(call);
        });
    }

    private callWith(secrets: Secrets): Call {
        const settings = resolveSettings(this.readKey, this.run.environment);
        return new Call(this.definition, this.run, settings, secrets);
    }

    private callOrProblems(secrets: Secrets): Call | Problem[] {
        try {
            return this.callWith(secrets);
        } catch (error) {
            if (!(error instanceof SettingsError)) {
                throw error;
            }
            return error.problems.map((reason) => ({ path: "", reason, code: error.trouble }));
        }
    }

    private secrets(now: Props, before?: Props): Secrets {
        return new Secrets(this.definition.inputs, now, before);
    }

    /** Whatever fails is told with the resource before it, and without its secrets. */
    private async guarded<T>(id: string | undefined, secrets: Secrets, work: () => Promise<T>): Promise<T> {
        try {
            return await work();
        } catch (error) {
            throw error instanceof ResourceError
                ? error
                : new ResourceError(
                      this.definition.kind,
                      id && secrets.mask(id),
                      secrets.mask(messageOf(error)),
                      codeOf(error),
                  );
        }
    }
}

/** Property "" because the CLI prints the whole value of a named one in clear, secret or not. */
function asFailure(problem: Problem, secrets: Secrets): dynamic.CheckFailure {
    return {
        property: "",
        reason: withCode(forPeople(secrets.mask(textOf(problem))), problem.code ?? "invalid-input"),
    };
}
