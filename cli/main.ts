#!/usr/bin/env node
import { printable } from "../provider/api/printable";
import { VERSION } from "../provider/api/version";
import { messageOf } from "../provider/core/failures";
import { runSandboxCommand } from "../sandbox";
import { type Command, CommandFailure } from "./command";
import { resendFoa, resetAuthinfo } from "./domainCommands";
import { type Output, outputTo } from "./output";
import { restoreCommand } from "./restore";

const HELP = `Usage: pulumi-gandi <command> [options]

  sandbox                    a local Gandi API on loopback, to try things without an account
  import DOMAIN...           write a program for what is at Gandi, and prove that it changes nothing
  resend-foa DOMAIN EMAIL    send the e-mail that asks for consent to a change of owner once more
  reset-authinfo DOMAIN      have the registry make a new transfer code
  restore DOMAIN SNAPSHOT    show what a snapshot of a zone would bring back; with --yes, do it

  <command> --help           tell more about one of them
  --version                  print the version

The token comes from the environment variable GANDI_PERSONAL_ACCESS_TOKEN.
`;

const ENVIRONMENT = `
The token comes from the environment variable GANDI_PERSONAL_ACCESS_TOKEN (or GANDI_KEY, an API key),
the organisation from GANDI_SHARING_ID, the API's address from GANDI_URL.
`;

const COMMANDS: Readonly<Record<string, Command>> = {
    "resend-foa": resendFoa,
    "reset-authinfo": resetAuthinfo,
    restore: restoreCommand,
};

/** It needs all the kinds of resources and the engine, for which no other command has to wait. */
const loadImport = async (): Promise<Command> => (await import("./import/importCommand.js")).importCommand;

/** Runs one command; answers the exit code: 0 done, 1 failed, 2 wrong arguments, 3 done but for what is named. */
async function main(argv: string[], out: Output, err: Output): Promise<number> {
    const [name, ...rest] = argv[0] === "help" && argv.length > 1 ? [argv[1]!, "--help"] : argv;
    if (argv.some((argument) => argument === "--version" || argument === "-V")) {
        out.write(`${VERSION}\n`);
        return 0;
    }
    if (name === "sandbox") {
        return runSandboxCommand(rest, { stdout: out, stderr: err });
    }
    if (name === undefined || name === "help" || name === "--help" || name === "-h") {
        out.write(HELP);
        return name === undefined ? 2 : 0;
    }
    const command = name === "import" ? await loadImport() : Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (command === undefined) {
        err.write(`pulumi-gandi: there is no command "${printable(name)}"\n\n${HELP}`);
        return 2;
    }
    if (rest.includes("--help") || rest.includes("-h")) {
        out.write(`Usage: pulumi-gandi ${name} ${command.usage}\n\n${command.help}${ENVIRONMENT}`);
        return 0;
    }
    try {
        await command.run(rest, (line) => out.write(`${printable(line)}\n`));
        return 0;
    } catch (error) {
        const code = error instanceof CommandFailure ? error.code : 1;
        const usage = `usage: pulumi-gandi ${name} ${command.usage}\nTry 'pulumi-gandi ${name} --help'.\n`;
        err.write(`pulumi-gandi: ${linesOf(error)}\n${code === 2 ? usage : ""}`);
        return code;
    }
}

/** A command's own failure may have several lines; what it quotes of others it has made printable. */
function linesOf(error: unknown): string {
    return error instanceof CommandFailure ? error.message.split("\n").map(printable).join("\n") : messageOf(error);
}

const out = outputTo(process.stdout);
const err = outputTo(process.stderr);
main(process.argv.slice(2), out, err).then(
    (code) => {
        process.exitCode = code;
    },
    (error) => {
        err.write(`pulumi-gandi: ${messageOf(error)}\n`);
        process.exitCode = 1;
    },
);
process.on("beforeExit", () => {
    if (out.failure !== undefined && !process.exitCode) {
        err.write(`pulumi-gandi: the output could not be written: ${out.failure.message}\n`);
        process.exitCode = 1;
    }
});
