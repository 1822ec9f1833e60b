import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { messageOf } from "../provider/core/failures";
import { CommandFailure } from "./command";
import type { Speech } from "./speech";

/** A file that a command is given; `-` is standard input. @throws CommandFailure */
export async function readText(file: string, { directory }: Speech): Promise<string> {
    try {
        return file === "-" ? await text(process.stdin) : readFileSync(resolve(directory, file), "utf8");
    } catch (error) {
        throw new CommandFailure(`${file} can't be read: ${messageOf(error)}`);
    }
}
