import type { Fields } from "./fields";

/** What the provider knows of one record type. */
export interface RecordType {
    /** A value that a person can copy. */
    readonly example: string;
    /**
     * Takes the fields of a value; throws `Invalid`. What remains is refused by the caller. Two values are the same
     * exactly when this is the same text, which is a value itself, and its own normal form.
     */
    normal(fields: Fields): string;
}
