import { spawnSync } from "node:child_process";
import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    realpathSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ROOT = join(__dirname, "..", "..");

/** A user's project into which the packed tarball is installed, with no more than what its package.json declares. */
export interface Installed {
    /** The files of the tarball. */
    readonly files: string[];
    readonly directory: string;
    readonly package: PackageJson;
    /** Writes a file of the project; answers its path. */
    write(name: string, text: string): string;
    /** Runs Node in the project. */
    node(...args: string[]): { status: number | null; stdout: string; stderr: string };
    remove(): void;
}

export interface PackageJson {
    bin: Record<string, string>;
    dependencies: Record<string, string>;
    peerDependencies: Record<string, string>;
    exports: Record<string, unknown>;
}

/** What a user's own project brings: the compiler that Pulumi runs TypeScript with, and Node's types. */
const OF_THE_USER = ["typescript", "@types/node"];

/** `only`: the packages beside it, in place of all that it declares and what a project brings. */
export function install(only?: readonly string[]): Installed {
    if (!existsSync(join(ROOT, "dist", "provider", "index.js"))) {
        throw new Error("dist/ is not built: run `npm run setup` first");
    }
    const directory = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-gandi-package-")));
    const packed = npmPack(directory);
    const target = join(directory, "node_modules", "pulumi-gandi");
    mkdirSync(target, { recursive: true });
    run("tar", ["-xzf", join(directory, packed.filename), "-C", target, "--strip-components=1"], directory);
    const manifest: PackageJson = JSON.parse(readFileSync(join(target, "package.json"), "utf8"));
    const declared = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)];
    for (const name of only ?? [...declared, ...OF_THE_USER]) {
        const link = join(directory, "node_modules", name);
        mkdirSync(dirname(link), { recursive: true });
        symlinkSync(join(ROOT, "node_modules", name), link, "junction");
    }
    return {
        files: packed.files.map(({ path }) => path),
        directory,
        package: manifest,
        write(name, text) {
            const path = join(directory, name);
            writeFileSync(path, text);
            return path;
        },
        node: (...args) => spawnSync(process.execPath, args, { cwd: directory, encoding: "utf8" }),
        remove: () => rmSync(directory, { recursive: true, force: true }),
    };
}

function npmPack(destination: string): { filename: string; files: { path: string }[] } {
    const answer = JSON.parse(
        run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", destination], ROOT),
    );
    // npm 12 answers with an object by package name, its predecessors with a list.
    const [packed] = Object.values<{ filename: string; files: { path: string }[] }>(answer);
    return packed!;
}

function run(command: string, args: string[], cwd: string): string {
    const { status, stdout, stderr, error } = spawnSync(command, args, {
        cwd,
        encoding: "utf8",
        shell: process.platform === "win32",
    });
    if (status !== 0) {
        throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? stderr}`);
    }
    return stdout;
}
