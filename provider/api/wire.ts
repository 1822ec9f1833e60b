import { z } from "zod";

/** An identifier; numbers where the documents say text, and the reverse, are taken as text. */
export const idSchema = z.union([z.string(), z.number()]).transform(String);

/** A number, which some servers send as text. */
export const numberSchema = z.union([
    z.number(),
    z
        .string()
        .regex(/^-?\d+(\.\d+)?$/)
        .transform(Number),
]);

/** The last segment of a `Location`, where some creations give the only id; undefined where it is none. */
export function idFromLocation(location: string | undefined): string | undefined {
    const last = location
        ?.replace(/[?#].*$/, "")
        .replace(/\/+$/, "")
        .split("/")
        .pop();
    return last !== undefined && /^[\w.-]+$/.test(last) ? last : undefined;
}
