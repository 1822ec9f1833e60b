/**
 * A run that failed, with all that it printed; the shape of the Automation API's `CommandError`.
 *
 * @experimental
 */
export class CommandError extends Error {
    /** With all that was printed, and the errors alone. */
    constructor(
        reason: string,
        /** Everything that was printed. */
        readonly stdout: string,
        /** The errors alone. */
        readonly stderr: string,
    ) {
        super(`${reason}\n stdout: ${stdout}\n stderr: ${stderr}`);
        this.name = "CommandError";
    }
}

/**
 * Another process is at work on the stack.
 *
 * @experimental
 */
export class ConcurrentUpdateError extends CommandError {
    /** @internal */
    constructor(reason: string) {
        super(reason, "", reason);
        this.name = "ConcurrentUpdateError";
    }
}
