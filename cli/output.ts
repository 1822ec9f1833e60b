import type { Writable } from "node:stream";

/** Where a command writes. */
export interface Output {
    write(text: string): void;
    /** Why nothing more could be written; undefined where all went well, or the reader went away. */
    readonly failure: Error | undefined;
}

/**
 * Writes for as long as somebody reads: `… | head -1` ends the reading and not the command, which may be in the middle of
 * something. Nothing here throws.
 */
export function outputTo(stream: Writable): Output {
    let isOpen = true;
    let failure: Error | undefined;
    stream.on("error", (error: NodeJS.ErrnoException) => {
        isOpen = false;
        failure ??= error.code === "EPIPE" ? undefined : error;
    });
    return {
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
