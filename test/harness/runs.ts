import type { ProviderCalls } from "../../engine/process/providerCalls";
import { ProviderProcess, type ProviderProcessOptions } from "../../engine/process/providerProcess";

/** What the engine asks of a provider, in a process of its own or in that of the tests. */
export type Calls = Omit<ProviderCalls, "close">;

/**
 * Providers for the runs of a resource's life. The engine has new ones for each run, and what a provider has been asked
 * to check it takes for declared in its run; three are enough to keep the runs of a test apart. Each starts when it is
 * first needed.
 */
export interface Runs<Provider extends Calls = Calls> {
    /** The run that creates. */
    first(): Promise<Provider>;
    /** Runs after it: refreshes, updates, replacements. */
    later(): Promise<Provider>;
    /** Runs whose program no longer declares the resource. */
    destroying(): Promise<Provider>;
    /** A new run begins, which knows nothing of what the earlier ones declared. */
    anew(): Promise<void>;
    /** Has runs of their own look, which no count shows. Where there are none, as with real processes, nobody looks. */
    looking(look: (runs: Runs) => Promise<void>): Promise<void>;
    close(): Promise<void>;
}

export function runsOf<Provider extends Calls & { close(): Promise<void> }>(
    start: () => Promise<Provider>,
    looking: Runs["looking"] = async () => {},
): Runs<Provider> {
    const started = new Map<string, Promise<Provider>>();
    const lazily = (role: string) => () => {
        const provider = started.get(role) ?? start();
        started.set(role, provider);
        return provider;
    };
    const close = async () => {
        const providers = [...started.values()];
        started.clear();
        await Promise.all(providers.map(async (provider) => (await provider).close()));
    };
    return {
        first: lazily("first"),
        later: lazily("later"),
        destroying: lazily("destroying"),
        anew: close,
        looking,
        close,
    };
}

/** Runs whose providers are real dynamic-provider processes. Each takes longer to start than most tests to run. */
export const processesOf = (options: ProviderProcessOptions): Runs<ProviderProcess> =>
    runsOf(() => ProviderProcess.start(options));
