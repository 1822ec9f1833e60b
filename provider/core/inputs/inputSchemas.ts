import { z } from "zod";

/** Inputs of which several kinds have one. */

/** A whole number; the reason says its range. */
export function wholeNumber(min: number, max: number, unit = ""): z.ZodNumber {
    const range = `must be a whole number${unit && ` of ${unit}`} from ${min} to ${max}`;
    const error = ({ input }: { input?: unknown }) => (input === undefined ? "is required" : range);
    return z.number({ error }).int(range).min(min, range).max(max, range);
}

/** Text of one line, maybe an empty one. */
export const oneLine = z.string().regex(/^\P{Cc}*$/u, { error: "holds a line break or another control character" });

/** Text that says something. */
export const nonEmpty = <T extends z.ZodString>(text: T) =>
    text.refine((given) => given.trim() !== "", { error: "is empty" });

/** An organisation, which the documents say is a UUID. */
export const organization = z.string().regex(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, {
    error: "is no id of an organisation, which is a UUID: getOrganizations lists them",
});
