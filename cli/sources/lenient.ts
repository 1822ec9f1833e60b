/** Parts of files that programs in Go have written: what is empty is left out, or null. */
import { z } from "zod";

export const text = z
    .string()
    .nullish()
    .transform((value) => value ?? "");

export const flag = z
    .boolean()
    .nullish()
    .transform((value) => value === true);

export function list<T extends z.ZodType>(item: T) {
    return z
        .array(item)
        .nullish()
        .transform((value) => value ?? []);
}

/** As it is: what is in it is looked at key by key. */
export const object = z
    .unknown()
    .transform((value) => (typeof value === "object" && value !== null ? value : undefined))
    .optional();
