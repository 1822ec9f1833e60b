import { ProviderProcess, type ProviderProcessOptions } from "../../engine/providerProcess";

/**
 * Provider processes for the runs of a resource's life. The engine has a new one for each run, and what a process has
 * been asked to check it takes for declared in its run; three are enough to keep the runs of a test apart.
 */
export interface Runs {
    /** The run that creates. */
    readonly first: ProviderProcess;
    /** Runs after it: refreshes, updates, replacements. */
    readonly later: ProviderProcess;
    /** Runs whose program no longer declares the resource. */
    readonly destroying: ProviderProcess;
    close(): Promise<void>;
}

export async function startRuns(options: ProviderProcessOptions): Promise<Runs> {
    const [first, later, destroying] = await Promise.all([
        ProviderProcess.start(options),
        ProviderProcess.start(options),
        ProviderProcess.start(options),
    ]);
    const close = async () => {
        await Promise.all([first.close(), later.close(), destroying.close()]);
    };
    return { first, later, destroying, close };
}
