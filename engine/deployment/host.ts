import type { ExitStatus } from "../process/childProcess";
import type { ProviderCalls } from "../process/providerCalls";
import type { PropertyMap } from "../state/values";
import type { ResourceMonitor } from "./monitor";

/** A program that has been started. */
export interface RunningProgram {
    /** Settles when it has ended. Never rejects. */
    readonly exited: Promise<ExitStatus>;
    /** Ends it at once. */
    kill(): Promise<ExitStatus>;
    /** Ends it after its run has failed: it is given the time to end on its own. */
    stop(): Promise<ExitStatus>;
}

/** Where the program and the providers of one operation run. */
export interface Host {
    /** Starts the program, which registers its resources with the monitor. */
    startProgram(monitor: ResourceMonitor): Promise<RunningProgram>;
    /** Starts a provider with these inputs. */
    startProvider(inputs: PropertyMap): Promise<ProviderCalls>;
    /** Ends what is left of it. The providers have been closed. */
    close(): Promise<void>;
}
