import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CommandFailure } from "../command";
import { writeWhole } from "../writeFile";
import type { Files } from "./program";

/**
 * Refuses a folder in which something is, before anything is asked: nothing of anybody's is overwritten.
 *
 * @throws CommandFailure that names the folder
 */
export function refuseUsed(
    folder: string,
    { shown, force }: { readonly shown: string; readonly force: boolean },
): void {
    const there = lstatSync(folder, { throwIfNoEntry: false });
    if (there === undefined) {
        return;
    }
    if (!there.isDirectory()) {
        throw new CommandFailure(`${shown} is there and is no folder: name another one with --out`);
    }
    if (readdirSync(folder).length > 0 && !force) {
        throw new CommandFailure(
            `${shown} is not empty: name another folder with --out, or write into this one with --force (files of the same names are replaced)`,
        );
    }
}

/** Writes all the files or none: a new folder is made beside its place; of one that is there, each file is looked at first. */
export function writeFolder(folder: string, files: Files, force: boolean): void {
    const target = resolve(folder);
    if (existsSync(target)) {
        for (const [path, text] of files) {
            refuseLinks(target, path);
            if (!force) refuseOther(join(target, path), text);
        }
        writeInto(target, files, force);
        return;
    }
    mkdirSync(dirname(target), { recursive: true });
    const temporary = mkdtempSync(`${target}.part-`);
    try {
        writeInto(temporary, files, false);
        renameSync(temporary, target);
    } finally {
        rmSync(temporary, { recursive: true, force: true });
    }
}

function writeInto(folder: string, files: Files, force: boolean): void {
    for (const [path, text] of files) {
        writeWhole(join(folder, path), text, { force });
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

function refuseOther(path: string, text: string): void {
    if (existsSync(path) && readFileSync(path, "utf8") !== text) {
        throw new CommandFailure(`${path} is there already, with something else in it: --force replaces it`);
    }
}
