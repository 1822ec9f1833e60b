import type { Observer, Severity } from "./observer";

/** Ends a run whose reasons have been reported already. */
export class Reported extends Error {}

/** How a run goes: whether it has failed or been cancelled, and with that whether it goes on. */
export class Outcome {
    /** Something is wrong; what is independent of it may go on all the same. */
    failed = false;
    cancelled = false;
    /** Settles when no further step is to be started. */
    readonly stopped: Promise<void>;
    private stop: () => void = () => {};
    private isStopped = false;

    constructor(
        private readonly observer: Observer,
        /** What does not depend on a step that fails is done all the same. */
        readonly continues: boolean,
    ) {
        this.stopped = new Promise((resolve) => {
            this.stop = resolve;
        });
    }

    get stopping(): boolean {
        return this.isStopped;
    }

    report(severity: Severity, message: string, urn?: string): void {
        if (severity === "error") {
            this.failed = true;
        }
        this.observer.diagnostic(severity, message, urn);
    }

    /** A step failed: nothing new is begun, unless what failed has touched nothing, or the run is to go on. */
    stepFailed(urn: string, message: string, stops: boolean): void {
        this.report("error", message, urn);
        if (stops && !this.continues) {
            this.halt();
        }
    }

    /** Ends the run with an error; one that has been reported already is not reported again. */
    fail(error: unknown, urn?: string): Reported {
        this.failed = true;
        this.halt();
        if (error instanceof Reported) {
            return error;
        }
        const message = error instanceof Error ? error.message : String(error);
        this.report("error", message, urn);
        return new Reported(message);
    }

    cancel(): void {
        this.cancelled = true;
        this.halt();
    }

    private halt(): void {
        this.isStopped = true;
        this.stop();
    }
}
