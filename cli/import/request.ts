import { existsSync } from "node:fs";
import { join } from "node:path";
import { CommandFailure, type Given, type Options, readDomain, UsageError } from "../command";
import { SOURCE_OPTIONS, type SourcePlace, styleOf } from "../sources/readSource";
import type { Speech } from "../speech";
import type { PlanOptions } from "./plan";
import type { Language } from "./program";

/** The module that `--missing` writes. */
export const PART = "gandi-missing";

export const IMPORT_OPTIONS = {
    list: { type: "boolean", help: "show the domains of the account, and write nothing" },
    all: { type: "boolean", help: "every domain of the account" },
    match: { type: "string", value: "PATTERN", help: "those whose names fit, such as '*.fr'" },
    "from-tfstate": {
        type: "string",
        value: "FILE",
        help: "what a state of Terraform or OpenTofu declares (go-gandi/gandi), and no more,\nas `terraform state pull` prints it; - is standard input. Names come from it,\nvalues from Gandi, and the order of the move is printed",
    },
    "from-pulumi": {
        type: "string",
        value: "FILE",
        help: "the same of a stack of @pulumiverse/gandi, as `pulumi stack export` prints it",
    },
    "from-dnscontrol": {
        type: "string",
        value: "FILE",
        help: "the same of dnscontrol, as `dnscontrol print-ir` prints it;\na dnsconfig.js is not run",
    },
    "from-octodns": {
        type: "string",
        value: "DIR",
        help: "the same of a folder of octoDNS's YAML, without !include and other tags",
    },
    missing: {
        type: "boolean",
        help: `what the program in this folder lacks, of all domains or of those named:\nas a module ${PART} beside it`,
    },
    stack: {
        type: "string",
        short: "s",
        value: "NAME",
        help: "with --missing: which stack; default: the selected one",
    },
    out: {
        type: "string",
        short: "o",
        value: "DIR",
        help: "where the program goes; nothing there is overwritten. Default: gandi",
    },
    force: { type: "boolean", help: "write into a folder that is not empty; files of the same names are replaced" },
    style: {
        type: "string",
        value: "STYLE",
        oneOf: ["zone", "records"],
        help: "zone (default): a zone file and a shared LiveDnsZone for each domain;\nrecords (default of --from-tfstate and --from-pulumi): a LiveDnsRecord each",
    },
    exclusive: { type: "boolean", help: "zones are all the program's: what others add shows as drift, and goes" },
    domains: {
        type: "string",
        value: "HOW",
        oneOf: ["adopt", "skip"],
        help: "adopt (default) the registrations, or skip them; none is ever ordered",
    },
    "with-defaults": { type: "boolean", help: "write what is as by default, too, such as TTLs of 10800 s" },
    language: {
        type: "string",
        value: "NAME",
        oneOf: ["typescript", "javascript"],
        help: "typescript (default) or javascript",
    },
    "stack-import": {
        type: "string",
        value: "FILE",
        help: "write a file for `pulumi import --file`, too; secrets of TSIG keys are in it",
    },
    "token-from": {
        type: "string",
        value: "VARIABLE",
        multiple: true,
        help: "an environment variable with the token of another account, which is read, too",
    },
    "no-proof": { type: "boolean", help: "write without the proof" },
} as const satisfies Options;

type ImportOptions = Given<typeof IMPORT_OPTIONS>["options"];

/** What was asked for. */
export interface Request extends Pick<PlanOptions, "style" | "domains" | "isExclusive" | "withDefaults"> {
    readonly mode: "list" | "project" | "part";
    /** The domains that were named, in A-labels; none stands for all. */
    readonly words: readonly string[];
    readonly match: RegExp | undefined;
    /** Environment variables with further tokens. */
    readonly variables: readonly string[];
    readonly stack: string | undefined;
    /** The folder, as it was given. */
    readonly out: string;
    readonly force: boolean;
    readonly language: Language;
    readonly stackImport: string | undefined;
    readonly isProved: boolean;
    /** What another tool declares; undefined where it is the account alone that is asked for. */
    readonly source: SourcePlace | undefined;
}

/** @throws UsageError where the options do not go together */
export function requestOf(
    words: readonly string[],
    options: ImportOptions,
    { directory }: Pick<Speech, "directory">,
): Request {
    const mode = options.list ? "list" : options.missing ? "part" : "project";
    const chosen = [words.length > 0, options.all === true || options.match !== undefined].filter(Boolean).length;
    const source = sourceIn(options);
    if (source !== undefined && (mode !== "project" || options.all)) {
        throw new UsageError(`--${source.option} is for what it declares: not with --all, --missing or --list`);
    }
    const hasNone = mode === "project" && chosen === 0 && source === undefined;
    if (chosen > 1 || (options.list && options.missing) || hasNone) {
        throw new UsageError("name domains, or give --all, --match, --missing or --list");
    }
    const style = options.style ?? (source === undefined ? "zone" : styleOf(source.option));
    if (options.exclusive && style === "records") {
        throw new UsageError("--exclusive is for zones: not with --style records");
    }
    if (options.stack !== undefined && mode !== "part") {
        throw new UsageError("--stack is for --missing");
    }
    if (options["stack-import"] !== undefined && options["no-proof"]) {
        throw new UsageError("--stack-import is made of the proof: not with --no-proof");
    }
    return {
        mode,
        words: [...new Set(words.map(readDomain))],
        match: options.match === undefined ? undefined : patternOf(options.match),
        variables: options["token-from"] ?? [],
        stack: options.stack,
        out: options.out ?? (mode === "part" ? "." : "gandi"),
        force: options.force === true,
        style,
        isExclusive: options.exclusive === true,
        domains: options.domains ?? "adopt",
        withDefaults: options["with-defaults"] === true,
        language: options.language ?? (mode === "part" ? languageIn(directory) : "typescript"),
        stackImport: options["stack-import"],
        isProved: options["no-proof"] !== true,
        source,
    };
}

function sourceIn(options: ImportOptions): SourcePlace | undefined {
    const given = SOURCE_OPTIONS.filter((option) => options[option] !== undefined);
    if (given.length > 1) {
        throw new UsageError(`--${given.join(" and --")}: import from one tool at a time`);
    }
    const [option] = given;
    return option && { option, file: options[option]! };
}

/** `*` stands for any characters. */
function patternOf(text: string): RegExp {
    const source = text
        .toLowerCase()
        .split("*")
        .map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&"));
    return new RegExp(`^${source.join(".*")}$`);
}

/** What the program of a folder is written in. */
function languageIn(directory: string): Language {
    return existsSync(join(directory, "tsconfig.json")) || existsSync(join(directory, "index.ts"))
        ? "typescript"
        : "javascript";
}

/** @throws CommandFailure where a domain that was named is not there, or none is meant */
export function chosen<P extends { readonly fqdn: string }>(
    places: readonly P[],
    { words, match }: Request,
): readonly P[] {
    const known = new Set(places.map(({ fqdn }) => fqdn));
    const absent = words.filter((word) => !known.has(word));
    if (absent.length > 0) {
        throw new CommandFailure(
            `${absent.join(", ")}: not in this account, in what this token sees. It has ${known.size} domains: \`pulumi-gandi import --list\` shows them`,
        );
    }
    const meant =
        words.length > 0
            ? places.filter(({ fqdn }) => words.includes(fqdn))
            : places.filter(({ fqdn }) => match === undefined || match.test(fqdn));
    if (meant.length === 0) {
        throw new CommandFailure("no domain of this account is meant: `pulumi-gandi import --list` shows them");
    }
    return meant;
}
