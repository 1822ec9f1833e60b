import { setMaxListeners } from "node:events";
import { Client } from "../../api/client";
import { forPeople } from "../../api/printable";
import { type UntilOptions, until } from "../doing/poll";
import { Failure } from "../failures";
import { MASK } from "../inputs/masking";
import type { SecretPath, Secrets } from "../inputs/secrets";
import type { Operation } from "../inputs/timeouts";
import { seconds, type Timeouts } from "../inputs/timeouts";
import type { Problem, Props } from "../property";
import type { Cost } from "./budget";
import type { Run } from "./run";
import type { Settings } from "./settings";

/** A change that the registry has accepted and that does not show yet. */
export interface UnderWay {
    /** When it was accepted, in milliseconds since the epoch. */
    readonly since: number;
    /**
     * Whether it is just what is wanted now: then it is only waited for. Where it is not, what shows now proves nothing until
     * the registry has accepted what is wanted.
     */
    readonly isWanted: boolean;
}

/** What an action of a definition works with; nothing else of the outside reaches it. */
export interface Context {
    readonly settings: Settings;
    /** The API, as the resource's own payer (`sharingId`) or the configured one. */
    readonly client: Client;
    /** Ends the operation when its time is up, and with it all that `client` does. */
    readonly signal: AbortSignal;
    /** A change of this resource that an earlier run saw accepted, and that may still come. */
    readonly underWay?: UnderWay | undefined;
    /** Seconds left for the operation. */
    remaining(): number;
    /** The inputs that are secrets: no text shows them. */
    readonly secrets: Secrets;
    /**
     * A text about what Gandi has in place of an input, such as the values of an RRset that is to be taken over: for people,
     * unless the program gave that input as a secret, which what is there may be another one of.
     */
    unlessSecret(path: SecretPath, text: string): string;
    /** A line for the person who watches the run. The engine shows it under the stack, so it should name its domain. */
    log(line: string): void;
    /** Whether a domain that answers 404 is known to be sold or lost (`gandi:goneDomains`). */
    isGoneDomain(domain: string): boolean;
    /** Whether the program of this run declares the resource, or another one that stands for it. */
    isDeclared(kind: string, id: string): boolean;
    /** Whether the program of this run declares one of these marks that is still to be made: see `Kind.marks`. */
    isSought(kind: string, marks: string): boolean;
    /** Part of preview: one more order of the run. @returns why it may not be. See {@link Budget.plan} */
    plan(what: string, cost: Cost): Problem | undefined;
    /** Orders, as far as the run's orders may cost together. See {@link Budget.spend} */
    spend<T>(what: string, cost: Cost, order: () => Promise<T>): Promise<T>;
    /** Runs `work` when the run's earlier work of this key at this API has ended, or has let others pass. */
    inTurn<T>(key: string, work: (letOthersPass: () => void) => Promise<T>): Promise<T>;
    /** Waits for an asynchronous operation within the operation's time. */
    until<T>(observe: () => Promise<T>, wait: Pick<UntilOptions<T>, "done" | "failed" | "describe">): Promise<T>;
}

/** Why what is still under way when an operation ends is ended too. Nobody is left to hear it. */
const OVER = new Failure("time-limit", "the operation is over");

/** The whole of an operation is given this much more than its waiting, so that the wait can end with its own words. */
const GRACE_SECONDS = 15;

/** One operation of a resource, what limits it, and the run that it is part of. */
export interface Action {
    readonly operation: Operation;
    readonly inputs: Props;
    readonly secrets: Secrets;
    /** Seconds that it may take where `timeouts` of the inputs does not say. */
    readonly fallback: number;
    readonly run: Run;
    /** `Context.underWay`. */
    readonly underWay?: UnderWay | undefined;
    /** Whether another resource of the run declares it. */
    isDeclared(kind: string, id: string): boolean;
    /** Whether the run declares one of these marks that is still to be made. Default: none. */
    isSought?(kind: string, marks: string): boolean;
}

/**
 * Runs one operation of a resource within its time.
 * @throws Error that names the timeout when the time is up; the run's reason where that is cancelled
 */
export async function withContext<T>(
    settings: Settings,
    action: Action,
    work: (context: Context) => Promise<T>,
): Promise<T> {
    const given = (action.inputs.timeouts as Timeouts | undefined)?.[action.operation];
    const limit = (given === undefined ? undefined : seconds(given)) ?? action.fallback;
    const controller = new AbortController();
    const late = new Failure("time-limit", `not done within ${limit} s; ${moreTime(action)}`);
    const { clock, cancelled } = action.run;
    const cancelAlarm = clock.alarm((limit + GRACE_SECONDS) * 1000, () => controller.abort(late));
    const signal = AbortSignal.any([controller.signal, cancelled]);
    // A list of a kind asks for hundreds of domains at a time, each of which listens.
    setMaxListeners(0, signal);
    try {
        return await work(contextFor(settings, action, limit, signal));
    } finally {
        cancelAlarm();
        // What a wait has left behind, such as a look that came too late, goes no further: it may end in a write.
        controller.abort(OVER);
    }
}

function moreTime({ operation }: Action): string {
    return `timeouts.${operation} gives it more time`;
}

function contextFor(settings: Settings, action: Action, limit: number, signal: AbortSignal): Context {
    const { run, secrets } = action;
    const { clock } = run;
    const log = (line: string) => run.log(forPeople(secrets.mask(line)));
    const rules = { maxTotal: settings.maxTotal, log };
    const client = new Client({
        ...settings,
        sharingId: (action.inputs.sharingId as string | undefined) ?? settings.sharingId,
        log,
        clock,
        signal,
        origins: run.origins,
        remedies: run.remedies,
        admit: run.admit,
    });
    const started = clock.now();
    const remaining = () => Math.max(0, limit - (clock.now() - started) / 1000);
    return {
        settings,
        client,
        signal,
        secrets,
        unlessSecret: (path, text) => (secrets.has(...path) ? MASK : text),
        underWay: action.underWay,
        remaining,
        log,
        isGoneDomain: (domain) => settings.goneDomains.includes(domain.toLowerCase()),
        isDeclared: action.isDeclared,
        isSought: (kind, marks) => action.isSought?.(kind, marks) ?? false,
        plan: (what, cost) => run.budget.plan(what, cost, rules),
        spend: (what, cost, order) => run.budget.spend(what, cost, rules, order),
        inTurn: (key, work) => run.turns.take(`${client.origin} ${key}`, signal, work),
        until: (observe, wait) =>
            until(observe, {
                ...wait,
                timeout: remaining(),
                interval: settings.pollInterval,
                hint: moreTime(action),
                signal,
                log,
                clock,
            }),
    };
}
