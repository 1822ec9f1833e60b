import { printable } from "../provider/api/printable";
import { VERSION } from "../provider/api/version";
import { codeOf, withCode } from "../provider/core/codes";
import { messageOf } from "../provider/core/failures";
import { runSandboxCommand } from "../sandbox";
import { type Command, CommandFailure, EXIT, meant, type Options, readArguments, UsageError } from "./command";
import type { Output } from "./output";
import { speechTo } from "./speech";

/** One word after `pulumi-gandi`. */
interface Entry {
    /** The words that it takes: see {@link readArguments}. */
    readonly words: readonly string[];
    readonly summary: string;
    /** Each is loaded when it is called: some need all the kinds of resources and the engine. */
    load(): Promise<Command>;
}

/** In the order in which `--help` lists them. */
const COMMANDS: Readonly<Record<string, Entry>> = {
    import: {
        words: ["[DOMAIN…]"],
        summary: "write a program for what is at Gandi, and prove that it changes nothing",
        load: async () => (await import("./import/importCommand.js")).importCommand,
    },
    check: {
        words: ["[DOMAIN…]"],
        summary: "check token, versions and domains, a line each",
        load: async () => (await import("./check/checkCommand.js")).check,
    },
    drift: {
        words: [],
        summary: "tell what was changed outside of a Pulumi program",
        load: async () => (await import("./drift/driftCommand.js")).drift,
    },
    renewals: {
        words: [],
        summary: "list what ends soon: a reminder, with an exit code for a cron job",
        load: async () => (await import("./renewals/renewals.js")).renewals,
    },
    renew: {
        words: ["DOMAIN"],
        summary: "show what a renewal costs; with --yes, renew",
        load: async () => (await import("./renewals/renew.js")).renew,
    },
    export: {
        words: ["[DOMAIN…]"],
        summary: "write zones as zone files: a backup that restore and LiveDnsZone read",
        load: async () => (await import("./zones/export.js")).exportZones,
    },
    snapshots: {
        words: ["DOMAIN"],
        summary: "list the snapshots of a zone, which restore takes",
        load: async () => (await import("./zones/snapshots.js")).snapshots,
    },
    restore: {
        words: ["DOMAIN", "[SNAPSHOT]"],
        summary: "show what a snapshot or a zone file would bring back; with --yes, do it",
        load: async () => (await import("./zones/restore.js")).restore,
    },
    "resend-foa": {
        words: ["DOMAIN", "EMAIL"],
        summary: "send the e-mail that asks for consent to a change of owner once more",
        load: async () => (await import("./domainCommands.js")).resendFoa,
    },
    "reset-authinfo": {
        words: ["DOMAIN"],
        summary: "have the registry make a new transfer code",
        load: async () => (await import("./domainCommands.js")).resetAuthinfo,
    },
};

/** What every command takes beside its own. */
const COMMON: Options = {
    json: { type: "boolean", help: "give the answer as JSON; messages are text on standard error all the same" },
    help: { type: "boolean", short: "h", help: "show this text" },
    version: { type: "boolean", short: "V", help: "print the version" },
};

const ENVIRONMENT = `The token comes from the environment variable GANDI_PERSONAL_ACCESS_TOKEN (or GANDI_KEY, an API key),
the organisation from GANDI_SHARING_ID, the API's address from GANDI_URL. GANDI_READ_ONLY=true
sends nothing that would write.
`;

/** Where a command runs. */
export interface World {
    readonly out: Output;
    readonly err: Output;
    readonly env: NodeJS.ProcessEnv;
    readonly directory: string;
}

/** Runs one command, and answers its exit code: see {@link EXIT}. */
export async function run(argv: readonly string[], world: World): Promise<number> {
    const { out, err, env, directory } = world;
    const [name, ...rest] = argv[0] === "help" && argv.length > 1 ? [argv[1]!, "--help"] : argv;
    if (argv.some((argument) => argument === "--version" || argument === "-V")) {
        out.write(`${VERSION}\n`);
        return EXIT.done;
    }
    if (name === "sandbox") {
        return runSandboxCommand(rest, { stdout: out, stderr: err });
    }
    if (name === undefined || name === "help" || name === "--help" || name === "-h") {
        out.write(help());
        return name === undefined ? EXIT.calledWrongly : EXIT.done;
    }
    const known = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (known === undefined) {
        const near = meant(name, ["sandbox", ...Object.keys(COMMANDS)]);
        err.write(`pulumi-gandi: there is no command "${printable(name)}"${near}\n\n${help()}`);
        return EXIT.calledWrongly;
    }
    const command = await known.load();
    if (rest.includes("--help") || rest.includes("-h")) {
        out.write(helpOf(name, known.words, command));
        return EXIT.done;
    }
    try {
        const given = readArguments(rest, known.words, { ...command.options, ...COMMON });
        return await command.run(given, speechTo(world, { env, directory, json: "json" in given.options }));
    } catch (error) {
        const usage = `usage: ${usageOf(name, known.words, command.options)}\nTry 'pulumi-gandi ${name} --help'.\n`;
        err.write(`pulumi-gandi: ${linesOf(error)}\n${error instanceof UsageError ? usage : ""}`);
        return error instanceof CommandFailure ? error.code : EXIT.failed;
    }
}

/** A command's own failure may have several lines. */
function linesOf(error: unknown): string {
    return error instanceof CommandFailure
        ? error.message.split("\n").map(printable).join("\n")
        : withCode(messageOf(error), codeOf(error));
}

function help(): string {
    const commands = [
        ["sandbox", "a local Gandi API on loopback, to try things without an account"] as const,
        ...Object.entries(COMMANDS).map(([name, { words, summary }]) => [[name, ...words].join(" "), summary] as const),
    ];
    return `Usage: pulumi-gandi <command> [options]

${columns([...commands, ["", ""], ["<command> --help", "tell more about one of them"], ["--version", "print the version"]])}

${ENVIRONMENT}`;
}

function usageOf(name: string, words: readonly string[], options: Options): string {
    const flags = Object.entries(options).map(([option, { value, multiple }]) => {
        const flag = value === undefined ? `--${option}` : `--${option} ${value}`;
        return `[${flag}]${multiple ? "…" : ""}`;
    });
    return ["pulumi-gandi", name, ...words, ...(flags.length > 4 ? ["[options]"] : flags)].join(" ");
}

function helpOf(name: string, words: readonly string[], { options, help, exits }: Command): string {
    const flags = Object.entries({ ...options, ...COMMON }).map(([option, { short, value, help }]) => {
        const flag = short === undefined ? `    --${option}` : `-${short}, --${option}`;
        return [value === undefined ? flag : `${flag} ${value}`, help] as const;
    });
    const codes = Object.entries({
        [EXIT.done]: "done",
        [EXIT.failed]: "it failed, and the message says why",
        [EXIT.calledWrongly]: "it was called wrongly",
        ...exits,
    });
    return `Usage: ${usageOf(name, words, options)}

${help.trim()}

Options:
${columns(flags)}

Exit codes:
${columns(codes)}

${ENVIRONMENT}`;
}

/** Two columns, the second below itself where it has several lines. */
function columns(rows: readonly (readonly [string, string])[]): string {
    const width = Math.max(...rows.map(([first]) => first.length));
    return rows
        .map(([first, second]) => {
            const [line = "", ...more] = second.split("\n");
            return [`  ${first.padEnd(width)}  ${line}`, ...more.map((each) => " ".repeat(width + 4) + each)]
                .map((each) => each.trimEnd())
                .join("\n");
        })
        .join("\n");
}
