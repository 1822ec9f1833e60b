import { describeExit, type ExitStatus } from "./childProcess";

/** A plain JSON object, as the dynamic provider sees it: secrets in clear, unknowns as `UNKNOWN`. */
// biome-ignore lint/suspicious/noExplicitAny: properties are whatever a program and its provider agree on
export type PlainObject = Record<string, any>;

export interface CheckResult {
    inputs: PlainObject;
    failures: { property: string; reason: string }[];
}

export interface DiffResult {
    /** undefined: the provider does not know, the engine compares the inputs. */
    changes: boolean | undefined;
    replaces: string[];
    deleteBeforeReplace: boolean;
}

export interface ReadResult {
    /** Empty when the resource is gone. */
    id: string;
    outputs: PlainObject;
    /** undefined when the provider returned no inputs. */
    inputs: PlainObject | undefined;
}

/** The resource exists, but is not as it should be: it is saved, and the run fails. */
export class PartialFailure extends Error {
    constructor(
        message: string,
        readonly id: string,
        readonly properties: PlainObject,
        readonly reasons: string[],
    ) {
        super(message);
        this.name = "PartialFailure";
    }
}

/** The provider process ended while it was needed. */
export class ProviderProcessEnded extends Error {
    constructor(status: ExitStatus, method: string) {
        super(`the provider process ended (${describeExit(status)}) during ${method}`);
        this.name = "ProviderProcessEnded";
    }
}
