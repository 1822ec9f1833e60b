import { createReadStream, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { messageOf } from "../provider/core/failures";
import { CommandFailure } from "./command";
import type { Speech } from "./speech";

/** Octets that a file may have: ten times what a state of 10,000 records takes. */
const MOST = 100_000_000;

/** What Windows' PowerShell writes with `>`: UTF-16, which begins so. */
const UTF_16 = [0xff, 0xfe];

/**
 * A text file that a command is given; `-` is standard input.
 * @throws CommandFailure that names the file, also for one of more than 100 MB
 */
export async function readText(file: string, { directory }: Pick<Speech, "directory">): Promise<string> {
    try {
        const octets = await octetsOf(file === "-" ? process.stdin : opened(resolve(directory, file), file), file);
        const encoding = UTF_16.every((octet, at) => octets[at] === octet) ? "utf-16le" : "utf-8";
        return new TextDecoder(encoding).decode(octets);
    } catch (error) {
        if (error instanceof CommandFailure) throw error;
        throw new CommandFailure(`${file} can't be read: ${messageOf(error)}`);
    }
}

function opened(path: string, file: string): Readable {
    const there = statSync(path);
    if (there.isDirectory()) {
        throw new CommandFailure(`${file} is a folder: name a file`);
    }
    refuseLarge(there.size, file);
    return createReadStream(path);
}

function refuseLarge(size: number, file: string): void {
    if (size > MOST) {
        throw new CommandFailure(`${file === "-" ? "standard input" : file} is larger than ${MOST / 1e6} MB`);
    }
}

/** What is no plain file, such as a pipe, only tells its size by and by. */
async function octetsOf(stream: Readable, file: string): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of stream) {
        size += chunk.length;
        refuseLarge(size, file);
        chunks.push(Buffer.from(chunk));
    }
    return Buffer.concat(chunks);
}
