import type { dynamic } from "@pulumi/pulumi";
import { type Clock, systemClock } from "../api/clock";
import { shown } from "../api/printable";
import { checkInputs } from "./check";
import { claim, isClaimed, isReplaced, markReplaced } from "./claims";
import { type Context, withContext } from "./context";
import type { AnyDefinition, Operation, Problem, Props } from "./definition";
import { differences } from "./diff";
import { messageOf, NothingMade, PartialFailure, PartlyMade, ResourceError, Unshown } from "./errors";
import { acceptedState, asksAgain, isMeanwhile, mayStillCome, pendingOf, sameInputs } from "./pending";
import { POINTER } from "./pointer";
import { remove } from "./removal";
import { Replacements } from "./replacements";
import { SECRET_INPUTS, Secrets } from "./secrets";
import { type ReadKey, resolveSettings, type Settings, SettingsError } from "./settings";
import {
    foreign,
    inputsOf,
    isPartial,
    isState,
    ownOutputs,
    pointerChanged,
    secretsChanged,
    toState,
    unmarked,
} from "./state";
import { containsUnknown, known, pick, sameValue } from "./values";

/** Seconds that an operation may take when neither the resource nor its kind says otherwise. */
const DEFAULT_TIMEOUT = 300;

/**
 * Makes a definition the provider object that the SDK's dynamic-provider process drives.
 *
 * Everything that the engine or that process would trip over is dealt with here, once, for every kind.
 */
export function providerFor(definition: AnyDefinition, clock: Clock = systemClock): dynamic.ResourceProvider {
    return new DefinedProvider(definition, clock);
}

class DefinedProvider implements dynamic.ResourceProvider {
    private readKey: ReadKey = () => undefined;
    private readonly replacements = new Replacements();

    constructor(
        private readonly definition: AnyDefinition,
        private readonly clock: Clock,
    ) {}

    /**
     * Only keeps the configuration. The process takes the provider for configured as soon as this is under way, and for
     * ever if it throws: so nothing is read or judged before a method needs it.
     */
    async configure(request: dynamic.ConfigureRequest): Promise<void> {
        this.readKey = (key) => request.config.get(`gandi:${key}`);
    }

    async check(olds: Props, news: Props): Promise<dynamic.CheckResult> {
        const { inputs, problems, wrong, sound } = checkInputs(this.definition, news);
        const secrets = this.secrets(news, olds);
        const prior = Object.keys(olds).length > 0 ? inputsOf(this.definition, olds) : undefined;
        const knownInputs = (known(inputs) ?? {}) as Props;
        const open = new Set([
            ...wrong,
            ...Object.keys(inputs).filter((property) => containsUnknown(inputs[property])),
        ]);
        problems.push(...(this.definition.problems?.((known(sound) ?? {}) as Props, prior, open) ?? []));
        const settings = this.settingsOrProblems(problems);
        if (settings !== undefined && problems.length === 0 && this.isIdentified(knownInputs)) {
            const id = this.definition.id(knownInputs);
            if (id !== undefined) {
                this.claim(id, knownInputs);
                this.warnOfId(id, secrets);
            }
            if (this.definition.preflight !== undefined && prior !== undefined) {
                this.replacements.begin(inputs);
            } else if (this.definition.preflight !== undefined) {
                const isReplacement = this.replacements.isSecond(inputs);
                problems.push(...(await this.preflight(settings, knownInputs, open, secrets, isReplacement)));
            }
        }
        return {
            inputs: { ...inputs, ...pick(news, [SECRET_INPUTS]) },
            failures: problems.map((problem) => asFailure(problem, secrets)),
        };
    }

    async diff(id: string, olds: Props, news: Props): Promise<dynamic.DiffResult> {
        return this.guarded(id, this.secrets(news, olds), async () => {
            const settings = this.settings();
            this.refuseForeign(olds, settings);
            const old = { ...this.definition.address(id), ...olds };
            const { update, replace, record } = differences(this.definition, old, news);
            if (replace.length > 0) {
                markReplaced(this.definition.kind, id);
                const deleteBeforeReplace = replace.every((field) => field === this.definition.deleteBeforeReplace);
                return { changes: true, replaces: replace, deleteBeforeReplace };
            }
            const mustRun =
                isPartial(olds) ||
                pointerChanged(olds, news) ||
                this.definition.repair?.(olds) === true ||
                asksAgain(olds, this.clock.now());
            // With `changes` left open the engine compares the inputs itself, and so honours replaceOnChanges and
            // ignoreChanges; with true it would not.
            const mustRecord = record.length > 0 || secretsChanged(olds, news);
            const changes = mustRun || mustRecord || (update.length > 0 ? undefined : false);
            if (changes !== undefined) {
                this.replacements.settle(inputsOf(this.definition, news));
            }
            return { changes };
        });
    }

    async create(inputs: Props): Promise<dynamic.CreateResult> {
        const want = inputsOf(this.definition, inputs);
        const secrets = this.secrets(inputs);
        return this.guarded(this.definition.id(want), secrets, async () => {
            return this.within(this.settings(), "create", want, secrets, (context) =>
                this.makeSo(context, want, undefined, inputs[POINTER]),
            );
        });
    }

    async update(id: string, olds: Props, news: Props): Promise<dynamic.UpdateResult> {
        const want = inputsOf(this.definition, news);
        const secrets = this.secrets(news, olds);
        return this.guarded(id, secrets, async () => {
            const settings = this.settings();
            this.refuseForeign(olds, settings);
            this.replacements.settle(want);
            const { update } = differences(this.definition, { ...this.definition.address(id), ...olds }, want);
            const unfinished =
                isPartial(olds) || this.definition.repair?.(olds) === true || asksAgain(olds, this.clock.now());
            if (update.length === 0 && !unfinished) {
                return { outs: toState(settings, want, ownOutputs(this.definition, olds), secrets) };
            }
            const asksForOther = isPartial(olds) || !sameInputs(this.definition, olds, want);
            const unsettled = asksForOther && mayStillCome(olds, this.clock.now());
            const work = (context: Context) => this.makeSo(context, want, { id, state: olds }, news[POINTER]);
            const { outs } = await this.within(settings, "update", want, secrets, work, unsettled);
            return { outs };
        });
    }

    /** Refreshes a state, or reads for `X.get`. Only a refresh may answer "gone": for `get` that would pass as a success. */
    async read(id: string, props: Props): Promise<dynamic.ReadResult> {
        const secrets = this.secrets(props);
        return this.guarded(id, secrets, async () => {
            const settings = this.settings();
            this.refuseForeign(props, settings);
            const at = { ...this.definition.address(id), ...unmarked(props) };
            const seen = await this.within(settings, "update", at, secrets, (context) =>
                this.definition.observe(context, at),
            );
            const pending = isPartial(props) ? undefined : pendingOf(props);
            if (pending !== undefined && isMeanwhile(this.definition, at, seen, pending, this.clock.now())) {
                const [inputs, outputs] = [inputsOf(this.definition, at), ownOutputs(this.definition, props)];
                return { id, props: toState(settings, inputs, outputs, secrets) };
            }
            if (seen === undefined) {
                if (isState(props)) {
                    return {};
                }
                throw new Error(`there is no ${this.definition.kind} ${id} at Gandi`);
            }
            const { inputs: found, outputs } = this.definition.describe(at, seen);
            const state = toState(
                settings,
                { ...inputsOf(this.definition, at), ...found },
                outputs,
                secrets,
                this.definition.unfinished?.(seen),
            );
            const inputs = { ...inputsOf(this.definition, state), ...pick(state, [SECRET_INPUTS]) };
            if (isState(props)) {
                // A program may spell anew what its last `up` found equal: that spelling is in the state's inputs, which
                // we are not shown. Without drift they stay, or each refresh would set them back and call it drift.
                const drifted =
                    isPartial(props) || !sameValue(inputsOf(this.definition, state), inputsOf(this.definition, props));
                // Before a thing showed the API had given it no id.
                const settledId = pending === undefined ? id : String(this.definition.id(inputs, seen) ?? id);
                return drifted ? { id: settledId, props: state, inputs } : { id: settledId, props: state };
            }
            const canonicalId = this.definition.id(inputs, seen) ?? id;
            claim(this.definition.kind, canonicalId);
            return { id: canonicalId, props: state, inputs };
        });
    }

    async delete(id: string, props: Props): Promise<void> {
        const secrets = this.secrets(props);
        return this.guarded(id, secrets, async () => {
            const settings = this.settings();
            this.refuseForeign(props, settings);
            const have = { ...this.definition.address(id), ...unmarked(props) };
            if (isClaimed(this.definition.kind, id)) {
                const line = `${id}: still declared in the program, so it stays (renamed, moved or replaced)`;
                console.log(shown(secrets.mask(line)));
                return;
            }
            const work = (context: Context) => remove(context, this.definition, id, have);
            await this.within(settings, "delete", have, secrets, work, mayStillCome(props, this.clock.now()));
        });
    }

    /** Observe, ensure, converge, return. What fails after the API has accepted the write leaves a partly made resource. */
    private async makeSo(
        context: Context,
        want: Props,
        prior: { id: string; state: Props } | undefined,
        pointer: unknown,
    ): Promise<dynamic.CreateResult> {
        const address = prior === undefined ? {} : this.definition.address(prior.id);
        const change = {
            want,
            prior: prior && { ...address, ...prior.state },
            unfinished: prior !== undefined && isPartial(prior.state),
            isReplaced: (id: string) => isReplaced(this.definition.kind, id),
            see: () => this.definition.observe(context, { ...address, ...want }),
        };
        let id = prior?.id ?? this.definition.id(want);
        let accepted = false;
        try {
            const ensured = await this.definition.ensure(context, change);
            accepted = true;
            id = prior?.id ?? String(this.definition.id(want, ensured));
            this.claim(id, want);
            if (prior === undefined && this.definition.id(want) === undefined) {
                this.warnOfId(id, context.secrets);
            }
            const converged = (await this.definition.converge?.(context, change, ensured)) ?? ensured;
            const { inputs, outputs } = this.definition.describe(want, converged);
            return { id, outs: toState(context.settings, { ...want, ...inputs }, outputs, context.secrets) };
        } catch (error) {
            if (error instanceof Unshown && this.definition.pending !== undefined) {
                const expected = acceptedState(this.definition, want, error, prior?.state);
                const pendingId = prior?.id ?? expected.id;
                this.claim(pendingId, want);
                context.log(`${pendingId}: the registry has accepted it, and does not show it yet: pending`);
                return {
                    id: pendingId,
                    outs: toState(context.settings, { ...want, ...expected.inputs }, expected.outputs, context.secrets),
                };
            }
            const isThere = error instanceof PartlyMade || (accepted && !(error instanceof NothingMade));
            if (!isThere || id === undefined) {
                throw error;
            }
            this.claim(id, want);
            const seen = error instanceof PartlyMade ? error.seen : undefined;
            const have = seen === undefined ? {} : this.definition.describe(want, seen).inputs;
            const outputs = prior === undefined ? {} : ownOutputs(this.definition, prior.state);
            const reason = context.secrets.mask(messageOf(error));
            const state = toState(context.settings, { ...want, ...have }, outputs, context.secrets, reason);
            throw new PartialFailure(
                this.definition.kind,
                id,
                { ...state, [POINTER]: pointer },
                reason,
                context.secrets.mask(id),
            );
        }
    }

    /** An id can't be a secret: the engine has no mark for one. */
    private warnOfId(id: string, secrets: Secrets): void {
        if (secrets.holds(id)) {
            const names = this.definition.identity.filter((property) => secrets.has(property)).join(" and ");
            console.log(
                `warning: ${this.definition.kind}: ${names} is given as a secret, but is part of the resource's id, which ` +
                    "Pulumi keeps in the state and shows in clear",
            );
        }
    }

    private claim(id: string, inputs: Props): void {
        claim(this.definition.kind, id, this.definition.claims?.(inputs));
    }

    private within<T>(
        settings: Settings,
        operation: Operation,
        inputs: Props,
        secrets: Secrets,
        work: (context: Context) => Promise<T>,
        unsettled = false,
    ): Promise<T> {
        const fallback = this.definition.timeouts?.[operation] ?? DEFAULT_TIMEOUT;
        const run = { operation, inputs, secrets, fallback, clock: this.clock, unsettled };
        return withContext(settings, run, work);
    }

    private settings(): Settings {
        return resolveSettings(this.readKey, process.env);
    }

    private settingsOrProblems(problems: Problem[]): Settings | undefined {
        try {
            return this.settings();
        } catch (error) {
            if (!(error instanceof SettingsError)) {
                throw error;
            }
            problems.push(...error.problems.map((reason) => ({ path: "", reason })));
            return undefined;
        }
    }

    /** Somebody waits for a preview: it is not given the time that a kind gives its creation by default. */
    private async preflight(
        settings: Settings,
        inputs: Props,
        open: ReadonlySet<string>,
        secrets: Secrets,
        isReplacement: boolean,
    ): Promise<Problem[]> {
        const run = { operation: "create", inputs, secrets, fallback: DEFAULT_TIMEOUT, clock: this.clock } as const;
        try {
            return await withContext(settings, run, async (context) => {
                return (await this.definition.preflight?.(context, inputs, open, isReplacement)) ?? [];
            });
        } catch (error) {
            return [{ path: "", reason: messageOf(error) }];
        }
    }

    private refuseForeign(state: Props, settings: Settings): void {
        const reason = foreign(state, settings);
        if (reason !== undefined) {
            throw new Error(reason);
        }
    }

    private isIdentified(knownInputs: Props): boolean {
        return this.definition.identity.every((property) => knownInputs[property] !== undefined);
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
                : new ResourceError(this.definition.kind, id && secrets.mask(id), secrets.mask(messageOf(error)));
        }
    }
}

/** Property "" because the CLI prints the whole value of a named one in clear, secret or not. */
function asFailure({ path, reason }: Problem, secrets: Secrets): dynamic.CheckFailure {
    return { property: "", reason: shown(secrets.mask(path === "" ? reason : `${path}: ${reason}`)) };
}
