import { type ZodType, z } from "zod";

/** What an id may be: it becomes a segment of paths and a part of Pulumi's ids. */
const ID = /^[\w.-]{1,200}$/;

/** An identifier; numbers where the documents say text, and the reverse, are taken as text. */
export const idSchema = z.union([z.string().regex(ID, { error: "is no id" }), z.number().transform(String)]);

/** A number, which some servers send as text. As in every union here, the first is what is documented, and what is given. */
export const numberSchema = z.union([
    z.number(),
    z
        .string()
        .regex(/^-?\d+(\.\d+)?$/)
        .transform(Number),
]);

/** A whole number; a server that sends another is believed. */
export const integerSchema = z.union([z.number().int(), numberSchema]);

/**
 * A list, of which nothing is read after the first item that is wrong: what is said of a million wrong items would take a
 * hundred times the place of the items.
 */
export function listOf<T>(item: ZodType<T>) {
    return z.array(z.unknown()).transform((entries, { issues }): T[] => {
        const items: T[] = [];
        for (const [index, entry] of entries.entries()) {
            const { success, data, error } = item.safeParse(entry);
            if (!success) {
                for (const { path, message } of error.issues.slice(0, MOST_ISSUES)) {
                    issues.push({ code: "custom", path: [index, ...path], message, input: entry });
                }
                return z.NEVER;
            }
            items.push(data);
        }
        return items;
    });
}

/** What is said of one wrong item. */
const MOST_ISSUES = 10;

/** The last segment of a `Location`, where some creations give the only id; undefined where it is none. */
export function idFromLocation(location: string | undefined): string | undefined {
    const last = location
        ?.replace(/[?#].*$/, "")
        .replace(/\/+$/, "")
        .split("/")
        .pop();
    return last !== undefined && ID.test(last) ? last : undefined;
}
