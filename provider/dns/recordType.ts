import type { Fields } from "./fields";

/**
 * What the provider knows of one record type. `parse` makes a value that is normal from the start, so that two
 * values are the same exactly when `print` gives the same text; `parse` of that text gives the value again.
 */
export interface RecordType<T> {
    /** A value that a person can copy. */
    readonly example: string;
    /** Takes the fields of a value; throws `Invalid`. What remains is refused by the caller. */
    parse(fields: Fields): T;
    /** The normal text. */
    print(value: T): string;
}
