import { onEnd } from "./engineLink";
import { Keeping } from "./keeping/keeping";
import { type Ledger, OwnLedger } from "./keeping/ledger";
import { SharedLedger } from "./keeping/sharedLedger";

/** One operation of the engine, as a provider process takes part in it: what all the resources of the process share. */
export class Run {
    readonly keeping: Keeping;
    private hasEnded = false;
    private inFlight = 0;
    private whenQuiet: () => void = () => {};

    constructor(ledger: Ledger = new OwnLedger()) {
        this.keeping = new Keeping(ledger);
    }

    /**
     * Lets a request to the API begin.
     *
     * @returns what to call when it is over
     * @throws Error when the run has ended: nobody would save what it does
     */
    readonly admit = (): (() => void) => {
        if (this.hasEnded) {
            throw new Error("the Pulumi run has ended, so nothing more is asked of Gandi");
        }
        this.inFlight++;
        return () => {
            this.inFlight--;
            this.exitWhenQuiet();
        };
    };

    /** No further request begins; `quiet` is called when those under way are over. */
    end(quiet: () => void): void {
        this.hasEnded = true;
        this.whenQuiet = quiet;
        this.exitWhenQuiet();
    }

    private exitWhenQuiet(): void {
        if (this.hasEnded && this.inFlight === 0) {
            this.whenQuiet();
        }
    }
}

/**
 * The run of this process. One that an engine has started takes part in the engine's operation: it shares the ledger with
 * the other providers of it, and ends when the engine does, also where that was killed. Pulumi does not end it then.
 */
export function runOfThisProcess(): Run {
    const address = engineAddress(process.argv);
    if (address === undefined) {
        return new Run();
    }
    const ledger = SharedLedger.open(address, (line) => console.log(line));
    const run = new Run(ledger);
    onEnd(address, () =>
        run.end(() => {
            ledger.close();
            process.exit(0);
        }),
    );
    return run;
}

/** `node …/cmd/dynamic-provider ADDRESS`: how the SDK's provider process is started; undefined in any other process. */
function engineAddress([, script = "", address = ""]: readonly string[]): string | undefined {
    const isProvider = /[\\/]cmd[\\/]dynamic-provider([\\/]index(\.js)?)?$/.test(script);
    return isProvider && /^[^:]+:[1-9]\d*$/.test(address) ? address : undefined;
}
