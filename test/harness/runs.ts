import { ProviderProcess, type ProviderProcessOptions } from "../../engine/process/providerProcess";

/**
 * Provider processes for the runs of a resource's life. The engine has a new one for each run, and what a process has
 * been asked to check it takes for declared in its run; three are enough to keep the runs of a test apart. Each starts
 * when it is first needed.
 */
export interface Runs {
    /** The run that creates. */
    first(): Promise<ProviderProcess>;
    /** Runs after it: refreshes, updates, replacements. */
    later(): Promise<ProviderProcess>;
    /** Runs whose program no longer declares the resource. */
    destroying(): Promise<ProviderProcess>;
    /** A new run begins, which knows nothing of what the earlier ones declared. */
    anew(): Promise<void>;
    close(): Promise<void>;
}

export function runsOf(options: ProviderProcessOptions): Runs {
    const started = new Map<string, Promise<ProviderProcess>>();
    const lazily = (role: string) => () => {
        const process = started.get(role) ?? ProviderProcess.start(options);
        started.set(role, process);
        return process;
    };
    const close = async () => {
        const processes = [...started.values()];
        started.clear();
        await Promise.all(processes.map(async (process) => (await process).close()));
    };
    return {
        first: lazily("first"),
        later: lazily("later"),
        destroying: lazily("destroying"),
        anew: close,
        close,
    };
}
