/** What the sandbox's handle can't do. */
export class ControlError extends Error {
    override readonly name = "ControlError";
}
