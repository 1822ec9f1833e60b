import { type ParseArgsConfig, parseArgs } from "node:util";
import { messageOf } from "../provider/core/failures";
import { domainName } from "../provider/dns";

/** One word after `pulumi-gandi`. */
export interface Command {
    /** Its arguments, as they are written after its name. */
    readonly usage: string;
    /** What it does, on as many lines as it takes. */
    readonly help: string;
    /** Prints as it goes. @throws CommandFailure, or the error of what failed */
    run(args: string[], print: (line: string) => void): Promise<void>;
}

/** A command that can't do what it was asked: its message is for the person, its code for the shell. */
export class CommandFailure extends Error {
    constructor(
        message: string,
        /** 1: it failed; 2: it was called wrongly; 3: it was done, but for what it names. */
        readonly code: 1 | 2 | 3 = 1,
    ) {
        super(message);
    }
}

/** As many words as there are names, and the options given. @throws CommandFailure of code 2 */
export function readWords(
    args: string[],
    names: readonly string[],
    known: NonNullable<ParseArgsConfig["options"]> = {},
): { words: string[]; options: Record<string, unknown> } {
    try {
        const { values, positionals: words } = parseArgs({ args, allowPositionals: true, options: known });
        if (words.length < names.length) {
            throw new Error(`${names[words.length]} is missing`);
        }
        if (words.length > names.length) {
            throw new Error(`${JSON.stringify(words[names.length])} is one word too many`);
        }
        return { words, options: values };
    } catch (error) {
        throw new CommandFailure(messageOf(error), 2);
    }
}

/** A domain in whatever spelling, in A-labels. @throws CommandFailure of code 2 */
export function readDomain(word: string): string {
    try {
        return domainName(word);
    } catch (error) {
        throw new CommandFailure(messageOf(error), 2);
    }
}
