import { ProviderProcess, type ProviderProcessOptions } from "../../engine/providerProcess";

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
    close(): Promise<void>;
}

export function runsOf(options: ProviderProcessOptions): Runs {
    const started: Promise<ProviderProcess>[] = [];
    const lazily = () => {
        let process: Promise<ProviderProcess> | undefined;
        return () => {
            if (process === undefined) {
                process = ProviderProcess.start(options);
                started.push(process);
            }
            return process;
        };
    };
    const close = async () => {
        await Promise.all(started.map(async (process) => (await process).close()));
    };
    return { first: lazily(), later: lazily(), destroying: lazily(), close };
}
