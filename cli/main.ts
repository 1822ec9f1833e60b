#!/usr/bin/env node
import { runSandboxCommand } from "../sandbox";

const HELP = `Usage: pulumi-gandi <command> [options]

  sandbox   a local Gandi API on loopback, to try things without an account (pulumi-gandi sandbox --help)
`;

/** Runs one command; answers the exit code: 0 done, 1 failed, 2 wrong arguments. */
async function main([command, ...rest]: string[]): Promise<number> {
    switch (command) {
        case "sandbox":
            return runSandboxCommand(rest);
        case undefined:
        case "help":
        case "--help":
        case "-h":
            process.stdout.write(HELP);
            return command === undefined ? 2 : 0;
        default:
            process.stderr.write(`pulumi-gandi: there is no command "${command}"\n\n${HELP}`);
            return 2;
    }
}

main(process.argv.slice(2)).then(
    (code) => {
        process.exitCode = code;
    },
    (error) => {
        process.stderr.write(`pulumi-gandi: ${error instanceof Error ? error.message : error}\n`);
        process.exitCode = 1;
    },
);
