import { join } from "node:path";
import { readSource, type SourceOption } from "../../../cli/sources/readSource";
import type { Source } from "../../../cli/sources/source";
import type { Speech } from "../../../cli/speech";

/** A source as lines that a test compares. */
export interface Summary {
    /** `LiveDnsRecord shop.example/www/A as www`, with `?` where it may be missing. */
    things: string[];
    untranslated: string[];
    remarks: string[];
    /** For all that it declares. */
    handsOff: readonly string[];
}

export const NOTHING: Summary = { things: [], untranslated: [], remarks: [], handsOff: [] };

/** Reads a file or folder as `import` does, relative to this folder. */
export function read(option: SourceOption, file: string, directory = __dirname): Promise<Source> {
    return readSource({ option, file }, { directory } as Speech);
}

/** What a sample comes to. */
export async function summary(option: SourceOption, folder: string, file: string): Promise<Summary> {
    const { entries, untranslated, remarks, handsOff } = await read(option, file, join(__dirname, folder));
    return {
        things: entries.map(({ kind, id, name, isOptional }) =>
            [`${kind} ${id}`, name === undefined ? "" : ` as ${name}`, isOptional ? "?" : ""].join(""),
        ),
        untranslated: untranslated.map(({ name, why }) => `${name}: ${why}`),
        remarks: [...remarks],
        handsOff: handsOff(entries),
    };
}
