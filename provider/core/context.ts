import { Client } from "../api/client";
import { type UntilOptions, until } from "../poll";
import { isClaimed } from "./claims";
import type { Operation, Props } from "./definition";
import type { Settings } from "./settings";
import { seconds, type Timeouts } from "./timeouts";

/** What an action of a definition works with; nothing else of the outside reaches it. */
export interface Context {
    readonly settings: Settings;
    /** The API, as the resource's own payer (`sharingId`) or the configured one. */
    readonly client: Client;
    /** Ends the operation when its time is up. */
    readonly signal: AbortSignal;
    /** Seconds left for the operation. */
    remaining(): number;
    /** A line for the person who watches the run. The engine shows it under the stack, so it should name its domain. */
    log(line: string): void;
    /** Whether a domain that answers 404 is known to be sold or lost (`gandi:goneDomains`). */
    isGoneDomain(domain: string): boolean;
    /** Whether the program of this run declares the resource, or another one that stands for it. */
    isDeclared(kind: string, id: string): boolean;
    /** Waits for an asynchronous operation within the operation's time. */
    until<T>(
        observe: (signal: AbortSignal) => Promise<T>,
        wait: Pick<UntilOptions<T>, "done" | "failed" | "describe">,
    ): Promise<T>;
}

/** The whole of an operation is given this much more than its waiting, so that the wait can end with its own words. */
const GRACE_SECONDS = 15;

/**
 * Runs one operation of a resource within its time: `timeouts` of its inputs, else `fallback` seconds.
 *
 * @throws Error that names the timeout when the time is up.
 */
export async function withContext<T>(
    settings: Settings,
    operation: Operation,
    inputs: Props,
    fallback: number,
    work: (context: Context) => Promise<T>,
): Promise<T> {
    const given = (inputs.timeouts as Timeouts | undefined)?.[operation];
    const limit = (given === undefined ? undefined : seconds(given)) ?? fallback;
    const controller = new AbortController();
    const late = new Error(`not done within ${limit} s; timeouts.${operation} gives it more time`);
    const timer = setTimeout(() => controller.abort(late), (limit + GRACE_SECONDS) * 1000);
    try {
        return await work(contextFor(settings, inputs, limit, controller.signal));
    } finally {
        clearTimeout(timer);
    }
}

function contextFor(settings: Settings, inputs: Props, limit: number, signal: AbortSignal): Context {
    const log = (line: string) => console.log(line);
    const client = new Client({
        ...settings,
        sharingId: (inputs.sharingId as string | undefined) ?? settings.sharingId,
        log,
    });
    const started = client.clock.now();
    const remaining = () => Math.max(0, limit - (client.clock.now() - started) / 1000);
    return {
        settings,
        client,
        signal,
        remaining,
        log,
        isGoneDomain: (domain) => settings.goneDomains.includes(domain.toLowerCase()),
        isDeclared: isClaimed,
        until: (observe, wait) =>
            until(observe, {
                ...wait,
                timeout: remaining(),
                interval: settings.pollInterval,
                signal,
                log,
                clock: client.clock,
            }),
    };
}
