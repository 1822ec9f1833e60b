import { randomUUID } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { messageOf } from "../provider/core/failures";
import { CommandFailure } from "./command";

export interface WriteOptions {
    /** Replace a file that holds something else. */
    readonly force?: boolean | undefined;
    /** Who may read it. Default: 0666, less what the umask takes away. */
    readonly mode?: number;
}

/**
 * Writes a file, or nothing of it: under another name first, which then becomes this one. What is there already and holds
 * something else stays, unless `force` is given; a link is replaced and never followed.
 * @returns whether it was not there yet with this content
 * @throws CommandFailure
 */
export function writeWhole(path: string, content: string, { force, mode = 0o666 }: WriteOptions = {}): boolean {
    const beside = `${path}.${randomUUID().slice(0, 8)}.tmp`;
    try {
        if (existsSync(path) && readFileSync(path, "utf8") === content) {
            return false;
        }
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(beside, content, { flag: "wx", mode });
        // Unlike a rename, a link replaces nothing.
        (force ? renameSync : linkSync)(beside, path);
        return true;
    } catch (error) {
        const isThere = (error as NodeJS.ErrnoException).code === "EEXIST";
        throw new CommandFailure(
            isThere
                ? `${path} is there already, with something else in it: --force replaces it`
                : `${path} can't be written: ${messageOf(error)}`,
        );
    } finally {
        rmSync(beside, { force: true });
    }
}
