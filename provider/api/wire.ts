import { z } from "zod";

/** An identifier; numbers where the documents say text, and the reverse, are taken as text. */
export const idSchema = z.union([z.string(), z.number()]).transform(String);

/** A number of the lists that comes as text from some servers, such as a price or a balance. */
export const numberSchema = z.union([
    z.number(),
    z
        .string()
        .regex(/^-?\d+(\.\d+)?$/)
        .transform(Number),
]);

/** The last segment of a `Location`: where some creations give the only id. */
export function idFromLocation(location: string | undefined): string | undefined {
    const last = location
        ?.replace(/[?#].*$/, "")
        .replace(/\/+$/, "")
        .split("/")
        .pop();
    return last === undefined || last === "" ? undefined : decodeURIComponent(last);
}
