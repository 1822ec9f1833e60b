import { forPeople } from "../api/printable";
import { SettingsError } from "./process/settings";

/**
 * An error as the SDK's provider process should see it. That process answers the engine with the message, which the
 * engine shows with the resource; and for check, diff, read and delete it also prints `${error}: ${error.stack}`, which
 * the engine shows with the stack. So that the reason stands once, what is printed only says whose it is.
 */
export class ResourceError extends Error {
    constructor(kind: string, id: string | undefined, message: string) {
        super(forPeople(message));
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
        shownId = id,
    ) {
        super(kind, shownId, reason);
        this.reasons = [this.message];
    }
}

/** Thrown by `converge` when waiting has shown that nothing was made after all, so that nothing is saved. */
export class NothingMade extends Error {}

/**
 * Thrown by `ensure` when the API has accepted it, or may have, but it could not be seen to the end: saved as partly made.
 * @typeParam S what `observe` sees
 */
export class PartlyMade<S = unknown> extends Error {
    /** @param seen what stands now, where that is known: its inputs are saved instead of all that was wanted */
    constructor(
        message: string,
        readonly seen?: S,
    ) {
        super(message);
    }
}

/** The API has accepted it, and looking whether it shows has failed. */
export class Accepted<S = unknown> extends PartlyMade<S> {
    /**
     * @param since when it was accepted, in milliseconds since the epoch
     * @param before what was observed just before; undefined: nothing was there
     */
    constructor(
        message: string,
        readonly since: number,
        readonly before: S | undefined,
    ) {
        super(message);
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
