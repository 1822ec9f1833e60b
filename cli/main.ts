#!/usr/bin/env node
import { messageOf } from "../provider/core/errors";
import { runSandboxCommand } from "../sandbox";
import { resendFoa, resetAuthinfo } from "./domainCommands";
import { restore } from "./restore";
import { CommandFailure } from "./session";

const HELP = `Usage: pulumi-gandi <command> [options]

  sandbox                    a local Gandi API on loopback, to try things without an account (sandbox --help)
  resend-foa DOMAIN EMAIL    send the e-mail that asks for consent to a change of owner once more
  reset-authinfo DOMAIN      have the registry make a new transfer code
  restore DOMAIN SNAPSHOT    show what a snapshot of a zone would bring back; with --yes, do it

The token comes from the environment variable GANDI_PERSONAL_ACCESS_TOKEN.
`;

/** Each command prints as it goes, and throws when it fails. */
const COMMANDS: Readonly<Record<string, (args: string[], print: (line: string) => void) => Promise<void>>> = {
    "resend-foa": resendFoa,
    "reset-authinfo": resetAuthinfo,
    restore,
};

/** Runs one command; answers the exit code: 0 done, 1 failed, 2 wrong arguments. */
async function main([command, ...rest]: string[]): Promise<number> {
    if (command === "sandbox") {
        return runSandboxCommand(rest);
    }
    if (command === undefined || command === "help" || command === "--help" || command === "-h") {
        process.stdout.write(HELP);
        return command === undefined ? 2 : 0;
    }
    const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
    if (run === undefined) {
        process.stderr.write(`pulumi-gandi: there is no command "${command}"\n\n${HELP}`);
        return 2;
    }
    await run(rest, (line) => process.stdout.write(`${line}\n`));
    return 0;
}

main(process.argv.slice(2)).then(
    (code) => {
        process.exitCode = code;
    },
    (error) => {
        process.stderr.write(`pulumi-gandi: ${messageOf(error)}\n`);
        process.exitCode = error instanceof CommandFailure ? error.code : 1;
    },
);
