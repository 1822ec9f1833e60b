import { forPeople } from "../api/printable";
import { type Code, withCode } from "./codes";
import { SettingsError } from "./process/settings";

/**
 * An error as the SDK's provider process should see it. That process answers the engine with the message, which the
 * engine shows with the resource; and for check, diff, read and delete it also prints `${error}: ${error.stack}`, which
 * the engine shows with the stack. So that the reason stands once, what is printed only says whose it is.
 */
export class ResourceError extends Error {
    constructor(
        kind: string,
        id: string | undefined,
        message: string,
        readonly trouble: Code,
    ) {
        super(withCode(forPeople(message), trouble));
        this.name = forPeople(id ? `${kind} ${id}` : kind);
        this.stack = "failed, for the reason that stands with the resource";
    }

    override toString(): string {
        return this.name;
    }
}

/**
 * The resource exists but is not finished: the engine saves it under its id, fails the run, and updates it on the next.
 * The SDK looks for these three properties by name.
 */
export class PartialFailure extends ResourceError {
    readonly reasons: string[];

    constructor(
        kind: string,
        readonly id: string,
        readonly properties: Record<string, unknown>,
        reason: string,
        trouble: Code,
        shownId = id,
    ) {
        super(kind, shownId, reason, trouble);
        this.reasons = [this.message];
    }
}

/** Whatever ends an operation and is no answer of the API: its code says what a person can do about it. */
export class Failure extends Error {
    constructor(
        readonly trouble: Code,
        message: string,
        options?: ErrorOptions,
    ) {
        super(message, options);
    }

    /** For all that is wrong at once: the code is the first one's. */
    static of(problems: readonly { readonly reason: string; readonly code?: Code }[]): Failure {
        return new Failure(problems[0]?.code ?? "invalid-input", problems.map(({ reason }) => reason).join("; "));
    }
}

/** Thrown by `converge` when waiting has shown that nothing was made after all, so that nothing is saved. */
export class NothingMade extends Failure {}

/**
 * Thrown by `ensure` when the API has accepted it, or may have, but it could not be seen to the end: saved as partly made.
 * @typeParam S what `observe` sees
 */
export class PartlyMade<S = unknown> extends Failure {
    /** @param seen what stands now, where that is known: its inputs are saved instead of all that was wanted, and its outputs */
    constructor(
        trouble: Code,
        message: string,
        readonly seen?: S,
    ) {
        super(trouble, message);
    }
}

/** The API has accepted it, and looking whether it shows has failed. */
export class Accepted<S = unknown> extends PartlyMade<S> {
    /**
     * @param since when it was accepted, in milliseconds since the epoch
     * @param before what was observed just before; undefined: nothing was there
     */
    constructor(
        trouble: Code,
        message: string,
        readonly since: number,
        readonly before: S | undefined,
    ) {
        super(trouble, message);
    }
}

/** The API has accepted it, and it did not show within the operation's time. */
export class Unshown<S = unknown> extends Accepted<S> {}

/** What to tell the person, whatever was thrown: one line that a terminal shows as it is, of at most 2,000 characters. */
export function messageOf(error: unknown): string {
    if (error instanceof SettingsError) {
        return forPeople(error.problems.join("; "));
    }
    return forPeople(error instanceof Error && error.message !== "" ? error.message : String(error));
}
