import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { didYouMean } from "./knownKeys";
import { isLoopbackHost } from "./loopback";
import { parseSeed, type Seed } from "./seed";
import { SeedError } from "./seedError";
import { type Sandbox, type SandboxOptions, startSandbox } from "./server";
import { StateFileError } from "./stateFile";
import { readZoneFile, ZoneFileError } from "./zoneFile";

export interface CommandIo {
    stdout: { write(text: string): unknown };
    stderr: { write(text: string): unknown };
    /** Ends the command. Default: SIGINT or SIGTERM. */
    signal?: AbortSignal;
}

const HELP = `Usage: pulumi-gandi sandbox [options]

Runs a local Gandi: the Domain and LiveDNS APIs, on loopback, until Ctrl-C. It begins with one
domain, example.com, whose zone holds the records that Gandi gives a new one.

Options:
  --port PORT        port to listen on, 0 for any free one (default 8053)
  --host ADDRESS     loopback address to listen on (default 127.0.0.1)
  --latency MS       milliseconds that each answer takes (default 0)
  --rate-limit N     requests in any 60 seconds before 429 (default: no limit)
  --seed FILE        begin with this instead: a zone file (its $ORIGIN, or a name like
                     example.com.zone, names the domain) or a JSON seed (*.json); may be
                     given more than once
  --empty            begin without a domain
  --state FILE       keep the state in this file from one run to the next; what is in it
                     already is what the sandbox begins with
  --json             print address, tokens and the rest as one JSON value instead
  --help             show this text
  --version          print the version
`;

/** What there is where nobody says: enough for a first stack. */
const FIRST_SEED: Seed = { domains: [{ fqdn: "example.com" }] };

class UsageError extends Error {}

/**
 * `pulumi-gandi sandbox`.
 *
 * @param argv the arguments after `sandbox`.
 * @returns the exit code, once the sandbox has ended: 0, 1 where it could not start, 2 for bad arguments.
 */
export async function runSandboxCommand(argv: string[], io: CommandIo = process): Promise<number> {
    let options: (SandboxOptions & { json?: boolean }) | "help";
    try {
        options = readArguments(argv);
    } catch (error) {
        io.stderr.write(`pulumi-gandi sandbox: ${(error as Error).message}\nTry 'pulumi-gandi sandbox --help'.\n`);
        return 2;
    }
    if (options === "help") {
        io.stdout.write(HELP);
        return 0;
    }
    let sandbox: Sandbox;
    try {
        const { json: _json, ...rest } = options;
        sandbox = await startSandbox(rest);
    } catch (error) {
        io.stderr.write(`pulumi-gandi sandbox: ${startProblem(error, options)}\n`);
        return 1;
    }
    const ended = untilEnd(io.signal);
    io.stdout.write(options.json ? `${JSON.stringify(described(sandbox))}\n` : greeting(sandbox));
    await ended;
    try {
        await sandbox.close();
    } catch (error) {
        io.stderr.write(`pulumi-gandi sandbox: ${startProblem(error, options)}\n`);
        return 1;
    }
    return 0;
}

const OPTIONS = {
    port: { type: "string", default: "8053" },
    host: { type: "string", default: "127.0.0.1" },
    latency: { type: "string", default: "0" },
    "rate-limit": { type: "string" },
    seed: { type: "string", multiple: true, default: [] as string[] },
    empty: { type: "boolean", default: false },
    state: { type: "string" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
} as const;

function readArguments(argv: string[]): (SandboxOptions & { json?: boolean }) | "help" {
    const { tokens } = parseArgs({ args: argv, options: OPTIONS, strict: false, tokens: true });
    for (const token of tokens) {
        if (token.kind === "option" && !Object.hasOwn(OPTIONS, token.name)) {
            throw new UsageError(`there is no option ${token.rawName}${didYouMean(token.name, Object.keys(OPTIONS))}`);
        }
    }
    const { values } = parseArgs({ args: argv, options: OPTIONS });
    if (values.help) {
        return "help";
    }
    if (!isLoopbackHost(values.host)) {
        throw new UsageError(`--host must be a loopback address, not ${values.host}`);
    }
    if (values.empty && values.seed.length > 0) {
        throw new UsageError("--empty and --seed exclude each other");
    }
    const isBare = values.seed.length === 0 && !values.empty && !existsSync(values.state ?? "");
    const rateLimit = values["rate-limit"];
    return {
        port: wholeNumber("--port", values.port, 0, 65535),
        host: values.host,
        latency: wholeNumber("--latency", values.latency, 0, 600_000),
        rateLimit: rateLimit === undefined ? undefined : wholeNumber("--rate-limit", rateLimit, 1, 1_000_000),
        seed: isBare ? FIRST_SEED : together(values.seed.map(readSeedFile)),
        stateFile: values.state,
        json: values.json,
    };
}

function wholeNumber(option: string, text: string, min: number, max: number): number {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < min || number > max) {
        throw new UsageError(`${option} must be a whole number from ${min} to ${max}, not ${JSON.stringify(text)}`);
    }
    return number;
}

function together(seeds: readonly Seed[]): Seed {
    return {
        domains: seeds.flatMap(({ domains = [] }) => domains),
        mailDomains: seeds.flatMap(({ mailDomains = [] }) => mailDomains),
    };
}

function readSeedFile(file: string): Seed {
    let text: string;
    try {
        text = readFileSync(file, "utf8");
    } catch (error) {
        throw new UsageError(`${file} can't be read: ${(error as Error).message}`);
    }
    try {
        if (file.endsWith(".json")) {
            return parseSeed(text);
        }
        const named = /^\s*\$ORIGIN\s/im.test(text) ? undefined : zoneOfFileName(basename(file));
        const { origin, rrsets } = readZoneFile(text, named);
        return { domains: [{ fqdn: origin, records: rrsets }] };
    } catch (error) {
        if (error instanceof SeedError || error instanceof ZoneFileError) {
            throw new UsageError(`${file}: ${error.message}`);
        }
        throw error;
    }
}

/** `example.com.zone` and `db.example.com` name their domain; `zone.txt` does not. */
function zoneOfFileName(name: string): string | undefined {
    const domain = name.replace(/^db\./, "").replace(/\.(zone|txt|db|bind)$/, "");
    return domain.includes(".") ? domain : undefined;
}

function startProblem(error: unknown, { port, host }: SandboxOptions): string {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") {
        return `port ${port} of ${host} is in use; choose another with --port, or --port 0 for any free one`;
    }
    if (error instanceof SeedError || error instanceof StateFileError || code !== undefined) {
        return message;
    }
    throw error;
}

/** For programs: all that the greeting says. */
function described({ url, token, tokens, organizations, controlToken, state }: Sandbox): object {
    return { url, token, tokens, organizations, control: `${url}/_sandbox/`, controlToken, domains: state.domains() };
}

/** The first line is for programs: they read the URL and the token from it. */
function greeting({ url, token, tokens, organizations, controlToken, state }: Sandbox): string {
    const domains = state.domains();
    return `Gandi sandbox: ${url} token ${token}

Organisations
  first   ${organizations.first}  token ${tokens.first}
                                                or the deprecated API key ${tokens.apiKey}
  second  ${organizations.second}  token ${tokens.second}
  client  ${organizations.client}  a customer of first: use its token with sharing_id
An expired token: ${tokens.expired}
Domains: ${domains.length > 0 ? domains.join(", ") : "none yet"}

In a Pulumi stack:
  pulumi config set gandi:url ${url}
  pulumi config set --secret gandi:personalAccessToken ${token}
By hand:
  curl -H 'Authorization: Bearer ${token}' ${url}/v5/domain/domains
Faults, time and hand-made changes, under ${url}/_sandbox/:
  curl -H 'X-Sandbox-Token: ${controlToken}' ${url}/_sandbox/requests

Press Ctrl-C to stop.
`;
}

function untilEnd(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
        if (signal) {
            signal.addEventListener("abort", () => resolve(), { once: true });
            return;
        }
        const end = () => {
            process.off("SIGINT", end);
            process.off("SIGTERM", end);
            resolve();
        };
        process.on("SIGINT", end);
        process.on("SIGTERM", end);
    });
}
