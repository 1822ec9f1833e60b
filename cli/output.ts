import type { Writable } from "node:stream";

/** Where a command writes. */
export interface Output {
    write(text: string): void;
    /** Whether a person reads it who sees colours: a terminal has them, and neither `NO_COLOR` nor `TERM` says no. */
    readonly hasColours: boolean;
    /** Why nothing more could be written; undefined where all went well, or the reader went away. */
    readonly failure: Error | undefined;
}

/**
 * Writes for as long as somebody reads: `… | head -1` ends the reading and not the command, which may be in the middle of
 * something. Nothing here throws.
 */
export function outputTo(stream: Writable & { isTTY?: boolean }, env: NodeJS.ProcessEnv): Output {
    let isOpen = true;
    let failure: Error | undefined;
    stream.on("error", (error: NodeJS.ErrnoException) => {
        isOpen = false;
        failure ??= error.code === "EPIPE" ? undefined : error;
    });
    return {
        hasColours: stream.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb",
        write(text) {
            if (isOpen) {
                stream.write(text);
            }
        },
        get failure() {
            return failure;
        },
    };
}
