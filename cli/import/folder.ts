import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CommandFailure } from "../command";
import type { Files } from "./program";

/**
 * Refuses a folder in which something is, before anything is asked: nothing of anybody's is overwritten.
 *
 * @throws CommandFailure that names the folder
 */
export function refuseUsed(folder: string, force: boolean): void {
    const there = lstatSync(folder, { throwIfNoEntry: false });
    if (there === undefined) {
        return;
    }
    if (!there.isDirectory()) {
        throw new CommandFailure(`${folder} is there and is no folder: name another one with --out`);
    }
    if (readdirSync(folder).length > 0 && !force) {
        throw new CommandFailure(
            `${folder} is not empty: name another folder with --out, or write into this one with --force (files of the same names are replaced)`,
        );
    }
}

/** Writes all the files or, where one can't be written, none: they are made beside the folder, and then moved into it. */
export function writeFolder(folder: string, files: Files): void {
    const target = resolve(folder);
    mkdirSync(dirname(target), { recursive: true });
    const temporary = mkdtempSync(`${target}.part-`);
    try {
        for (const [path, text] of files) {
            mkdirSync(dirname(join(temporary, path)), { recursive: true });
            writeFileSync(join(temporary, path), text, { flag: "wx" });
        }
        if (!existsSync(target)) {
            renameSync(temporary, target);
            return;
        }
        for (const path of files.keys()) {
            const place = join(target, path);
            refuseLinks(target, path);
            mkdirSync(dirname(place), { recursive: true });
            renameSync(join(temporary, path), place);
        }
    } finally {
        rmSync(temporary, { recursive: true, force: true });
    }
}

/** A link in the folder would lead what is written out of it. */
function refuseLinks(folder: string, path: string): void {
    for (let inner = path; inner !== "."; inner = dirname(inner)) {
        if (lstatSync(join(folder, inner), { throwIfNoEntry: false })?.isSymbolicLink()) {
            throw new CommandFailure(`${join(folder, inner)} is a link: nothing is written through it`);
        }
    }
}
