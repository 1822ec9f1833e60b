import { parseArgs } from "node:util";
import { messageOf } from "../provider/core/failures";
import { nearest } from "../provider/core/inputs/nearest";
import { domainName } from "../provider/dns";
import type { Speech } from "./speech";

/** What commands end with, for the shell. Part of what scripts rely on: a number never gets another meaning. */
export const EXIT = {
    done: 0,
    failed: 1,
    calledWrongly: 2,
    /** Done, but not for all that it was asked for. */
    incomplete: 3,
    /** Something ends soon that does not renew by itself. */
    ends: 4,
    /** What it looked at is not as declared: the number with which the README's job ends, too. */
    differs: 7,
} as const;

/** One option of a command, as `parseArgs` takes it and as its help shows it. */
export interface Option {
    readonly type: "boolean" | "string";
    readonly short?: string;
    /** It may be given more than once. */
    readonly multiple?: boolean;
    /** What stands for its value in the help, such as `FILE`. */
    readonly value?: string;
    /** The values that it may have. Default: any text. */
    readonly oneOf?: readonly string[];
    readonly help: string;
}

export type Options = Readonly<Record<string, Option>>;

type ValueOf<O extends Option> = O["type"] extends "boolean"
    ? true
    : O["oneOf"] extends readonly (infer T)[]
      ? T
      : O["multiple"] extends true
        ? string[]
        : string;

/** What a command was called with. */
export interface Given<O extends Options = Options> {
    /** What is no option, in order. */
    readonly words: readonly string[];
    readonly options: { readonly [K in keyof O]?: ValueOf<O[K]> };
}

/** One word after `pulumi-gandi`. */
export interface Command<O extends Options = Options> {
    readonly options: O;
    /** What it does, on as many lines as it takes. */
    readonly help: string;
    /** What its exit codes mean beside 0, 1 and 2. */
    readonly exits?: Readonly<Record<number, string>>;
    /**
     * @returns the exit code
     * @throws CommandFailure, or the error of what failed
     */
    run(given: Given<O>, speech: Speech): Promise<number>;
}

/** A command, of which the compiler knows the options that `run` is given. */
export function command<const O extends Options>(definition: Command<O>): Command {
    return definition as unknown as Command;
}

/** A command that can't do what it was asked: its message is for the person, its code for the shell. */
export class CommandFailure extends Error {
    constructor(
        message: string,
        readonly code: (typeof EXIT)[keyof typeof EXIT] = EXIT.failed,
    ) {
        super(message);
    }
}

/** Called wrongly: the message is followed by how it is called. */
export class UsageError extends CommandFailure {
    constructor(message: string) {
        super(message, EXIT.calledWrongly);
    }
}

/**
 * The words and options of a command.
 * @param names the words that it takes: `DOMAIN`, `[DOMAIN]` where it may be left out, `[DOMAIN…]` for any number
 * @throws UsageError
 */
export function readArguments(args: readonly string[], names: readonly string[], options: Options): Given {
    const config = { args: [...args], allowPositionals: true as const, options: options as Record<string, Option> };
    const loose = parseArgs({ ...config, strict: false, tokens: true });
    for (const token of loose.tokens) {
        if (token.kind === "option" && !Object.hasOwn(options, token.name)) {
            throw new UsageError(`there is no option ${token.rawName}${meant(token.name, Object.keys(options), "--")}`);
        }
        if (token.kind === "option" && options[token.name]?.type === "string" && (token.value ?? "") === "") {
            throw new UsageError(`${token.rawName} needs a value: ${token.rawName} ${options[token.name]?.value}`);
        }
    }
    const { values, positionals: words } = parsed(config);
    const most = names.some((name) => name.includes("…")) ? Number.POSITIVE_INFINITY : names.length;
    const least = names.filter((name) => !name.startsWith("[")).length;
    if (words.length < least) {
        throw new UsageError(`${names[words.length]} is missing`);
    }
    if (words.length > most) {
        throw new UsageError(`${JSON.stringify(words[most])} is one word too many`);
    }
    for (const [name, { oneOf }] of Object.entries(options)) {
        const value = values[name];
        if (oneOf !== undefined && typeof value === "string" && !oneOf.includes(value)) {
            throw new UsageError(`--${name} must be one of ${oneOf.join(", ")}${meant(value, oneOf)}`);
        }
    }
    return { words, options: values as Given["options"] };
}

function parsed(config: { args: string[]; allowPositionals: true; options: Record<string, Option> }) {
    try {
        return parseArgs(config);
    } catch (error) {
        throw new UsageError(messageOf(error));
    }
}

/** `; did you mean --force?`, where one of the names is near; else nothing. */
export function meant(word: string, names: readonly string[], before = ""): string {
    const name = nearest(word, names);
    return name === undefined ? "" : `; did you mean ${before}${name}?`;
}

/** A domain in whatever spelling, in A-labels. @throws UsageError */
export function readDomain(word: string): string {
    try {
        return domainName(word);
    } catch (error) {
        throw new UsageError(messageOf(error));
    }
}
