import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { NoAccess } from "./account";
import { realWait, type Wait } from "./client";
import { isLoopback, isPlayground } from "./playground";
import { inMarkdown } from "./report";
import { run } from "./run";

export interface CommandIo {
    stdout: { write(text: string): unknown };
    stderr: { write(text: string): unknown };
    env: Record<string, string | undefined>;
    /** Ends the run, after what it has written is cleaned up. */
    signal: AbortSignal;
    /** Default: the time that it takes. */
    wait?: Wait;
    /** Of this package. */
    version: string;
}

const HELP = `Usage: npm run contract -- --url URL [options]

Tries what the sandbox takes for granted of Gandi's API at an address of your choice, and prints
a report that can be pasted into an issue: each fact with its source, and whether it holds. Of
your account the report shows nothing: domains, names, addresses, ids and the token are masked.

The token is read from GANDI_PERSONAL_ACCESS_TOKEN. Without --write and --money nothing is sent
but GET.

Options:
  --url URL        https://api.gandi.net, https://api.sandbox.gandi.net, or a sandbox on
                   loopback (npx pulumi-gandi sandbox)
  --write DOMAIN   also write records and forwards of this domain, all below a random name
                   _contract-…; a snapshot of the zone is made first, and what was written is
                   removed at the end, also after Ctrl-C. LiveDNS takes its automatic
                   snapshots meanwhile, which may push out older ones, and some 70 changes of
                   forwards count towards Gandi's limit of a week
  --money          also order domains, change them at the registry and ask until the rate limit
                   is met: only at https://api.sandbox.gandi.net, where orders cost nothing, or
                   at a sandbox on loopback. What is ordered stays there
  --json FILE      write the report to this file as JSON, too
  --help           show this text

Exit codes: 0 where all that was tried holds, 1 where something differs, was interrupted or is
left behind, 2 where the command can't be run so.
`;

class UsageError extends Error {}

interface Arguments {
    origin: string;
    token: string;
    write: string | undefined;
    money: boolean;
    json: string | undefined;
}

/** `npm run contract`. @param argv its arguments. @returns the exit code */
export async function runContractCommand(argv: string[], io: CommandIo): Promise<number> {
    const { stdout, stderr } = io;
    let given: Arguments | "help";
    try {
        given = await readArguments(argv, io.env);
    } catch (error) {
        stderr.write(`contract: ${(error as Error).message}\nTry 'npm run contract -- --help'.\n`);
        return 2;
    }
    if (given === "help") {
        stdout.write(HELP);
        return 0;
    }
    const { origin, json } = given;
    try {
        const say = (line: string) => void stderr.write(`${line}\n`);
        const { rows, masked, isFine } = await run({ ...given, wait: io.wait ?? realWait, signal: io.signal, say });
        const versions = `pulumi-gandi ${io.version}, Node ${process.version}`;
        const heading = { address: origin, versions, date: new Date().toISOString().slice(0, 10), masked };
        stdout.write(inMarkdown(heading, rows));
        if (json !== undefined) {
            writeFileSync(json, `${JSON.stringify({ ...heading, facts: rows }, undefined, 2)}\n`);
        }
        return isFine ? 0 : 1;
    } catch (error) {
        // An error of the system or of HTTP: the address can't be reached, or the file of --json not be written.
        if (error instanceof NoAccess || (error as NodeJS.ErrnoException).code !== undefined) {
            stderr.write(`contract: ${(error as Error).message}\n`);
            return 1;
        }
        throw error;
    }
}

async function readArguments(argv: string[], env: CommandIo["env"]): Promise<Arguments | "help"> {
    const { values } = parseArgs({
        args: argv,
        options: {
            url: { type: "string" },
            write: { type: "string" },
            money: { type: "boolean", default: false },
            json: { type: "string" },
            help: { type: "boolean", short: "h", default: false },
        },
    });
    if (values.help) {
        return "help";
    }
    const origin = readOrigin(values.url);
    const token = env.GANDI_PERSONAL_ACCESS_TOKEN;
    if (token === undefined || token === "") {
        throw new UsageError("GANDI_PERSONAL_ACCESS_TOKEN is not set: a token is no argument, which others could see");
    }
    const write = values.write?.toLowerCase().replace(/\.$/, "");
    if (write !== undefined && !/^([a-z0-9_-]+\.)+[a-z0-9-]+$/.test(write)) {
        throw new UsageError(`--write takes a domain, not ${JSON.stringify(values.write)}`);
    }
    if (values.money && !(await isPlayground(origin))) {
        throw new UsageError(
            `--money is refused at ${origin}: it orders domains, at https://api.sandbox.gandi.net or a sandbox on loopback only`,
        );
    }
    return { origin, token, write, money: values.money, json: values.json };
}

function readOrigin(given: string | undefined): string {
    if (given === undefined) {
        throw new UsageError("--url is missing");
    }
    const url = URL.canParse(given) ? new URL(given) : undefined;
    if (url === undefined || url.username !== "" || url.password !== "" || `${url.origin}/` !== url.href) {
        throw new UsageError(`--url takes an address without a path, like https://api.gandi.net, not ${given}`);
    }
    if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url))) {
        throw new UsageError(`${given} would send the token in clear: only an address on loopback may be http`);
    }
    return url.origin;
}
