import { styleText } from "node:util";
import { printable } from "../provider/api/printable";
import type { Output } from "./output";

/** A text that is shown in a colour, where colours are. */
export interface Painted {
    readonly colour: "green" | "red" | "yellow" | "bold" | "dim";
    readonly text: string;
}

/** Where a command runs, and what it says there: what it was asked for on standard output, all else on standard error. */
export interface Speech {
    readonly env: NodeJS.ProcessEnv;
    /** The directory that paths are relative to. */
    readonly directory: string;
    /** Whether `--json` was given: the answer is one JSON value then, which {@link Speech.answer} gives. */
    readonly json: boolean;
    /** One line of the answer, for people: silent with `--json`. */
    print(...line: readonly (string | Painted)[]): void;
    /** The answer as data: silent without `--json`. */
    answer(value: unknown): void;
    /** A text of the answer as it is, such as a zone file: nothing is made printable. */
    write(text: string): void;
    /** One line for whoever waits: progress, a warning. */
    note(line: string): void;
}

/** Says it all to these two streams. */
export function speechTo(
    { out, err }: { out: Output; err: Output },
    where: Pick<Speech, "env" | "directory" | "json">,
): Speech {
    const shown = (piece: string | Painted) =>
        typeof piece === "string"
            ? printable(piece)
            : out.hasColours
              ? styleText(piece.colour, printable(piece.text), { validateStream: false })
              : printable(piece.text);
    return {
        ...where,
        print: (...line) => (where.json ? undefined : out.write(`${line.map(shown).join("")}\n`)),
        answer: (value) => (where.json ? out.write(jsonText(value)) : undefined),
        write: (text) => out.write(text),
        note: (line) => err.write(`${printable(line)}\n`),
    };
}

/** JSON on several lines, of which a terminal shows every character and obeys none. */
export function jsonText(value: unknown): string {
    return `${JSON.stringify(value, null, 2).split("\n").map(printable).join("\n")}\n`;
}
