import { Client } from "../provider/api/client";
import { resolveSettings } from "../provider/core/settings";

/** A command that can't do what it was asked: its message is for the person, its code for the shell. */
export class CommandFailure extends Error {
    constructor(
        message: string,
        /** 1: it failed; 2: it was called wrongly. */
        readonly code: 1 | 2 = 1,
    ) {
        super(message);
    }
}

/**
 * The API as the environment configures it (`GANDI_PERSONAL_ACCESS_TOKEN`, `GANDI_URL`, `GANDI_SHARING_ID`): commands have
 * no stack, and a token on a command line would be in the shell's history.
 */
export function clientOfEnvironment(log: (line: string) => void): Client {
    return new Client({ ...resolveSettings(() => undefined, process.env), log });
}
