/** A seed that can't be read. */
export class SeedError extends Error {
    /** Tells it from other errors. */
    override readonly name = "SeedError";
}
