/**
 * Something that the Pulumi CLI can do and this engine can't.
 *
 * @experimental
 */
export class UnsupportedError extends Error {
    /** @internal */
    constructor(what: string) {
        super(`${what}: not supported by the embedded engine, use the Pulumi CLI`);
        this.name = "UnsupportedError";
    }
}
