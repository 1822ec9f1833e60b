import { type Clock, systemClock } from "../../api/clock";
import { Origins } from "../../api/origin";
import { OF_A_STACK, type Remedies } from "../../api/remedies";
import { Turns } from "../doing/turns";
import { Failure } from "../failures";
import { Budget } from "./budget";
import { onEnd } from "./engineLink";
import { Keeping } from "./keeping/keeping";
import { type Ledger, OwnLedger } from "./keeping/ledger";
import { SharedLedger } from "./keeping/sharedLedger";

/** What a run is given from outside; each has a default. */
interface RunOptions {
    readonly ledger?: Ledger;
    readonly clock?: Clock;
    /** Told each line for the people who watch. Default: standard output, which the engine shows under the stack. */
    readonly log?: (line: string) => void;
    /** Ends every operation that is under way, and its waiting. Default: never. */
    readonly cancelled?: AbortSignal;
    /** What can be done about a failure, in the words of where the settings stand. Default: of a stack. */
    readonly remedies?: Remedies;
    /** What `GANDI_…` variables are read from. Default: the environment of this process. */
    readonly environment?: NodeJS.ProcessEnv;
}

/**
 * One operation of the engine, as a provider process takes part in it: what all the resources of the process share. Nothing
 * in core lives longer, or beside it.
 */
export class Run {
    readonly keeping: Keeping;
    /** What its orders cost together. */
    readonly budget: Budget;
    readonly clock: Clock;
    readonly log: (line: string) => void;
    readonly cancelled: AbortSignal;
    readonly environment: NodeJS.ProcessEnv;
    readonly remedies: Remedies;
    /** What its clients share. */
    readonly origins = new Origins();
    /** What may not be done side by side. */
    readonly turns = new Turns();
    private hasEnded = false;
    private inFlight = 0;
    private whenQuiet: () => void = () => {};

    constructor(options: RunOptions = {}) {
        const { ledger = new OwnLedger(), clock = systemClock, log = (line) => console.log(line) } = options;
        this.keeping = new Keeping(ledger);
        this.budget = new Budget(ledger);
        this.clock = clock;
        this.log = log;
        this.cancelled = options.cancelled ?? new AbortController().signal;
        this.environment = options.environment ?? process.env;
        this.remedies = options.remedies ?? OF_A_STACK;
    }

    /**
     * Lets a request to the API begin.
     * @returns what to call when it is over
     * @throws Error when the run has ended: nobody would save what it does
     */
    readonly admit = (): (() => void) => {
        if (this.hasEnded) {
            throw new Failure("run-ended", "the Pulumi run has ended, so nothing more is asked of Gandi");
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
    const run = new Run({ ledger });
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
