#!/usr/bin/env node
import { messageOf } from "../provider/core/failures";
import { outputTo } from "./output";
import { run } from "./run";

const out = outputTo(process.stdout, process.env);
const err = outputTo(process.stderr, process.env);
run(process.argv.slice(2), { out, err, env: process.env, directory: process.cwd() }).then(
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
