import { constants, lstatSync, mkdirSync, openSync, type Stats } from "node:fs";

/** A folder or file that somebody else could have written. */
export class Untrusted extends Error {}

/**
 * Makes a folder that only this user can read and write, or takes one that is there and is so.
 * @throws Untrusted where it belongs to somebody else, is open to others, or is a link
 */
export function privateFolder(path: string): void {
    try {
        mkdirSync(path, { mode: 0o700 });
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
            throw error;
        }
    }
    const stats = lstatSync(path);
    if (!stats.isDirectory()) {
        throw new Untrusted(`${path} is no folder`);
    }
    refuseForeign(path, stats);
}

/** Opens a file of a private folder without following a link. */
export function openOwn(path: string, flags: number): number {
    // Windows has no such flag; there the folder is the user's own by its place.
    return openSync(path, flags | (constants.O_NOFOLLOW ?? 0), 0o600);
}

/** @throws Untrusted where others own it or may write it. Windows tells neither: there the user's own folder must do. */
export function refuseForeign(path: string, { uid, mode }: Stats): void {
    const own = process.getuid?.();
    if (own === undefined) {
        return;
    }
    if (uid !== own) {
        throw new Untrusted(`${path} belongs to another user`);
    }
    if ((mode & 0o077) !== 0) {
        throw new Untrusted(`${path} is open to other users`);
    }
}
