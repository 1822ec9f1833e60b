import type { dynamic } from "@pulumi/pulumi";
import { shown } from "../../api/printable";
import type { AnyDefinition, Operation, Problem, Props } from "../definition";
import { messageOf, ResourceError } from "../failures";
import { checkInputs } from "../inputs/check";
import { withDefaults, withoutDefaults } from "../inputs/defaults";
import { expanded } from "../inputs/expanded";
import { SECRET_INPUTS, Secrets } from "../inputs/secrets";
import { containsUnknown, known, pick, sameValue } from "../inputs/values";
import { type Action, type Context, withContext } from "./context";
import { type Differences, differences } from "./diff";
import type { Thing } from "./keeping/book";
import { declaredBy, thingAt } from "./keeping/declared";
import type { Declared, Registration } from "./keeping/keeping";
import { asksAgain, isMeanwhile, pendingOf, underWay } from "./pending";
import { Reconciler } from "./reconciler";
import { remove, unlessKept } from "./removal";
import { Run } from "./run";
import { warnOfId } from "./secretIds";
import { type ReadKey, resolveSettings, type Settings, SettingsError } from "./settings";
import {
    defaultedIn,
    foreign,
    inputsOf,
    isPartial,
    isState,
    ownOutputs,
    pointerChanged,
    remembered,
    secretsChanged,
    toState,
    unmarked,
} from "./state";
import { wantedOf } from "./wanted";

/** Seconds that an operation may take when neither the resource nor its kind says otherwise. */
const DEFAULT_TIMEOUT = 300;
/** Between two looks at a delete of the same thing that another provider has under way, in milliseconds. */
const GOING = 100;

/**
 * Makes a definition the provider object that the SDK's dynamic-provider process drives.
 *
 * Everything that the engine or that process would trip over is dealt with here, once, for every kind.
 */
export function providerFor(definition: AnyDefinition, run: Run = new Run()): dynamic.ResourceProvider {
    return new DefinedProvider(definition, run);
}

class DefinedProvider implements dynamic.ResourceProvider {
    private readKey: ReadKey = () => undefined;
    private readonly reconciler: Reconciler;

    constructor(
        private readonly definition: AnyDefinition,
        private readonly run: Run,
    ) {
        this.reconciler = new Reconciler(definition, run);
    }

    /**
     * Only keeps the configuration. The process takes the provider for configured as soon as this is under way, and for
     * ever if it throws: so nothing is read or judged before a method needs it.
     */
    async configure(request: dynamic.ConfigureRequest): Promise<void> {
        this.readKey = (key) => request.config.get(`gandi:${key}`);
    }

    async check(olds: Props, news: Props): Promise<dynamic.CheckResult> {
        const secrets = this.secrets(news, olds);
        return this.guarded(undefined, secrets, () => this.checked(olds, news, secrets));
    }

    private async checked(olds: Props, news: Props, secrets: Secrets): Promise<dynamic.CheckResult> {
        const { given, ...expansion } = expanded(this.definition, news);
        const { inputs, filled, problems, wrong, sound } = checkInputs(this.definition, given);
        problems.push(...expansion.problems);
        const isNew = Object.keys(olds).length === 0;
        const prior = isNew ? undefined : withDefaults(this.definition, inputsOf(this.definition, olds));
        const knownInputs = (known(filled) ?? {}) as Props;
        const open = new Set([
            ...wrong,
            ...Object.keys(inputs).filter((property) => containsUnknown(inputs[property])),
        ]);
        problems.push(...(this.definition.problems?.((known(sound) ?? {}) as Props, prior, open) ?? []));
        const settings = this.settingsOrProblems(problems);
        if (settings !== undefined) {
            const declared = this.declared(settings, inputs);
            const isReplacement = this.run.keeping.checked(declared, prior !== undefined);
            if (problems.length === 0 && this.isIdentified(knownInputs)) {
                const id = this.definition.id(knownInputs);
                warnOfId(this.definition, id, secrets, this.run.log);
                const title = [this.definition.kind, id].join(" ").trim();
                for (const warning of [...expansion.warnings, ...(this.definition.warnings?.(knownInputs) ?? [])]) {
                    const line = `warning: ${title}: ${told(warning)}`;
                    this.run.log(shown(secrets.mask(line)));
                }
                if (prior === undefined && this.definition.preflight !== undefined) {
                    problems.push(...(await this.preflight(settings, knownInputs, open, secrets, isReplacement)));
                }
            }
        }
        return {
            inputs: { ...inputs, ...pick(given, [SECRET_INPUTS]) },
            failures: problems.map((problem) => asFailure(problem, secrets)),
        };
    }

    async diff(id: string, olds: Props, news: Props): Promise<dynamic.DiffResult> {
        const secrets = this.secrets(news, olds);
        return this.guarded(id, secrets, async () => {
            const settings = this.settings();
            this.refuseForeign(olds, settings);
            const { want } = wantedOf(this.definition, news, olds);
            const { update, replace, record } = this.certain(this.differences(id, olds, want), olds, want);
            this.run.keeping.diffed(this.declared(settings, news), this.thing(settings, id), replace.length > 0);
            if (replace.length > 0) {
                const deleteBeforeReplace = replace.every((field) => field === this.definition.deleteBeforeReplace);
                return { changes: true, replaces: replace, deleteBeforeReplace };
            }
            const mustRun =
                isPartial(olds) ||
                pointerChanged(olds, news) ||
                this.definition.repair?.(olds) === true ||
                asksAgain(olds, this.run.clock.wallTime(), (line) =>
                    this.run.log(shown(secrets.mask(`${id}: ${line}`))),
                );
            // With `changes` left open the engine compares the inputs itself, and so honours replaceOnChanges and
            // ignoreChanges; with true it would not.
            const mustRecord = record.length > 0 || secretsChanged(olds, news);
            return { changes: mustRun || mustRecord || (update.length > 0 ? undefined : false) };
        });
    }

    async create(inputs: Props): Promise<dynamic.CreateResult> {
        const wanted = wantedOf(this.definition, inputs);
        const { want } = wanted;
        const secrets = this.secrets(inputs);
        return this.guarded(this.definition.id(want), secrets, async () => {
            const settings = this.settings();
            const registration = this.run.keeping.creating(this.declared(settings, inputs));
            return this.within(settings, "create", { inputs: want, secrets, registration }, async (context) => {
                while (this.run.keeping.isGoing(registration)) {
                    await this.run.clock.sleep(GOING, context.signal);
                }
                return this.reconciler.makeSo(context, wanted, undefined, registration);
            });
        });
    }

    async update(id: string, olds: Props, news: Props): Promise<dynamic.UpdateResult> {
        const wanted = wantedOf(this.definition, news, olds);
        const { want, defaulted } = wanted;
        const secrets = this.secrets(news, olds);
        return this.guarded(id, secrets, async () => {
            const settings = this.settings();
            this.refuseForeign(olds, settings);
            const { update } = this.differences(id, olds, want);
            const unfinished =
                isPartial(olds) ||
                this.definition.repair?.(olds) === true ||
                asksAgain(olds, this.run.clock.wallTime());
            if (update.length === 0 && !unfinished) {
                return { outs: toState(settings, want, ownOutputs(this.definition, olds), secrets, { defaulted }) };
            }
            const registration = this.run.keeping.updating(this.declared(settings, news), this.thing(settings, id));
            const earlier = underWay(this.definition, olds, want, this.run.clock.wallTime());
            const given = { inputs: want, secrets, registration, underWay: earlier };
            const { outs } = await this.within(settings, "update", given, (context) =>
                this.reconciler.makeSo(context, wanted, { id, state: olds }, registration),
            );
            return { outs };
        });
    }

    /** Refreshes a state, or reads for `X.get`. Only a refresh may answer "gone": for `get` that would pass as a success. */
    async read(id: string, props: Props): Promise<dynamic.ReadResult> {
        const secrets = this.secrets(props);
        return this.guarded(id, secrets, async () => {
            const settings = this.settings();
            this.refuseForeign(props, settings);
            // What `X.get` was told has no defaults: it says what to look for.
            const told = isState(props) ? remembered(this.definition, props) : unmarked(props);
            const at = { ...this.definition.address(id), ...told };
            const seen = await this.within(settings, "update", { inputs: at, secrets }, (context) =>
                this.definition.observe(context, at),
            );
            const defaulted = defaultedIn(props);
            const recorded = inputsOf(this.definition, { ...at, ...props });
            const pending = pendingOf(props);
            if (pending !== undefined && isMeanwhile(this.definition, at, seen, pending, this.run.clock.wallTime())) {
                const own = { partial: props._partial as string | undefined, defaulted };
                return { id, props: toState(settings, recorded, ownOutputs(this.definition, props), secrets, own) };
            }
            if (seen === undefined) {
                if (isState(props)) {
                    return {};
                }
                throw new Error(`there is no ${this.definition.kind} ${id} at Gandi`);
            }
            const { inputs: found, outputs } = this.definition.describe(at, seen);
            const partial = this.definition.unfinished?.(seen);
            const state = toState(settings, { ...recorded, ...found }, outputs, secrets, { partial, defaulted });
            const now = inputsOf(this.definition, state);
            const inputs = { ...now, ...pick(state, [SECRET_INPUTS]) };
            if (isState(props)) {
                // A program may spell anew what its last `up` found equal: that spelling is in the state's inputs, which
                // we are not shown. Without drift they stay, or each refresh would set them back and call it drift.
                const [old, found] = [recorded, now].map((some) => withDefaults(this.definition, some));
                // Of what was pending once the id may still be one of ours: before it showed the API had given it none.
                const settledId =
                    this.definition.pending === undefined ? id : String(this.definition.id(inputs, seen) ?? id);
                return isPartial(props) || !sameValue(old, found)
                    ? { id: settledId, props: state, inputs: withoutDefaults(this.definition, inputs, defaulted) }
                    : { id: settledId, props: state };
            }
            const canonicalId = this.definition.id(inputs, seen) ?? id;
            this.run.keeping.reads(this.definition.kind, this.thing(settings, canonicalId));
            return { id: canonicalId, props: state, inputs };
        });
    }

    async delete(id: string, props: Props): Promise<void> {
        const secrets = this.secrets(props);
        return this.guarded(id, secrets, async () => {
            const settings = this.settings();
            this.refuseForeign(props, settings);
            const have = { ...this.definition.address(id), ...remembered(this.definition, props) };
            const earlier = underWay(this.definition, props, undefined, this.run.clock.wallTime());
            await unlessKept(this.definition, this.run, { id, have, url: settings.url, secrets }, () =>
                this.within(settings, "delete", { inputs: have, secrets, underWay: earlier }, (context) =>
                    remove(context, this.definition, id, have),
                ),
            );
        });
    }

    private differences(id: string, olds: Props, want: Props) {
        const old = { ...this.definition.address(id), ...withDefaults(this.definition, olds) };
        return differences(this.definition, old, want);
    }

    /**
     * What can't be made again and has its id of its inputs (a domain) is not said to be replaced for an input that nobody
     * knows yet. The engine asks so before it has replaced what the input comes from (and in a preview), and deletes at
     * once what is to be replaced with it, whether or not the input will be another. It asks again when the input is known.
     */
    private certain(found: Differences, olds: Props, want: Props): Differences {
        if (this.definition.irreplaceable !== true || this.definition.id(olds) === undefined) {
            return found;
        }
        const isOpen = (property: string) => containsUnknown(want[property]);
        return {
            ...found,
            replace: found.replace.filter((property) => !isOpen(property)),
            update: [...found.update, ...found.replace.filter(isOpen)],
        };
    }

    private declared(settings: Settings, inputs: Props): Declared {
        return declaredBy(this.definition, settings.url, inputs);
    }

    private thing(settings: Settings, id: string): Thing {
        return thingAt(settings.url, this.definition.kind, id);
    }

    private within<T>(
        settings: Settings,
        operation: Operation,
        { registration, ...given }: Pick<Action, "inputs" | "secrets" | "underWay"> & { registration?: Registration },
        work: (context: Context) => Promise<T>,
    ): Promise<T> {
        const fallback = this.definition.timeouts?.[operation] ?? DEFAULT_TIMEOUT;
        return withContext(settings, this.action(settings, { operation, fallback, ...given }, registration), work);
    }

    private action(
        settings: Settings,
        limits: Pick<Action, "operation" | "inputs" | "secrets" | "fallback" | "underWay">,
        registration?: Registration,
    ): Action {
        return {
            ...limits,
            run: this.run,
            isDeclared: (kind, id) => this.run.keeping.keeps(thingAt(settings.url, kind, id), registration),
        };
    }

    private settings(): Settings {
        return resolveSettings(this.readKey, this.run.environment);
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
        const action = this.action(settings, {
            operation: "create",
            inputs,
            secrets,
            fallback: DEFAULT_TIMEOUT,
        });
        try {
            return await withContext(settings, action, async (context) => {
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
function asFailure(problem: Problem, secrets: Secrets): dynamic.CheckFailure {
    return { property: "", reason: shown(secrets.mask(told(problem))) };
}

function told({ path, reason }: Problem): string {
    return path === "" ? reason : `${path}: ${reason}`;
}
