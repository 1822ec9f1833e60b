import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, posix } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "..", "..");
const FILES = ["provider", "engine", "sandbox", "cli", "contract"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
        .filter((path) => /\.[jt]s$/.test(path))
        .map((path) => posix.join(folder, path.replaceAll("\\", "/"))),
);
const IMPORTS = new Map(FILES.map((file) => [file, importsOf(file)]));

/** The files of ours that a file imports, for their types or their values. */
function importsOf(file: string): string[] {
    const { importedFiles } = ts.preProcessFile(readFileSync(join(ROOT, file), "utf8"), true, true);
    return importedFiles
        .filter(({ fileName }) => fileName.startsWith("."))
        .map(({ fileName }) => found(file, fileName));
}

function found(file: string, name: string): string {
    const path = posix.join(posix.dirname(file), name);
    // An import that is only done when it is needed names the compiled file.
    const source = path.replace(/\.js$/, ".ts");
    const candidates = [`${path}.ts`, `${path}/index.ts`, path, `${path}.js`, source];
    const there = candidates.find((each) => /\.\w+$/.test(each) && existsSync(join(ROOT, each)));
    if (there === undefined) {
        throw new Error(`${file} imports ${name}, which is not there`);
    }
    return there;
}

/** Each way along imports that comes back to where it began: of those that share files only one. */
function circles(): string[] {
    const done = new Set<string>();
    const found: string[] = [];
    const follow = (file: string, way: string[]): void => {
        if (way.includes(file)) {
            found.push([...way.slice(way.indexOf(file)), file].join(" → "));
        } else if (!done.has(file)) {
            for (const next of IMPORTS.get(file) ?? []) {
                follow(next, [...way, file]);
            }
            done.add(file);
        }
    };
    for (const file of FILES) {
        follow(file, []);
    }
    return found;
}

test("no file imports itself in a circle, be it only for types", () => {
    expect(circles()).toEqual([]);
});

/** Which folders' files those of a folder may import beside their own. */
const ARROWS: Record<string, string[]> = {
    "provider/dns": [],
    "provider/api": [],
    "provider/core": ["provider/api", "provider/dns"],
    "provider/resources": ["provider/core", "provider/api", "provider/dns"],
    "provider/functions": ["provider/account", "provider/core", "provider/api", "provider/dns"],
    sandbox: [],
    contract: [],
    "engine/state": [],
    "engine/process": ["engine/state"],
    "engine/deployment": ["engine/process", "engine/state"],
    "engine/inProcess": ["engine/face", "engine/deployment", "engine/process", "engine/state"],
    "engine/face": ["engine/deployment", "engine/process", "engine/state"],
};

test.each(Object.entries(ARROWS))("%s imports of ours nothing but its own and %j", (folder, below) => {
    const isIn = (file: string, one: string) => file.startsWith(`${one}/`) || file === `${one}.ts`;
    const wrong = FILES.filter((file) => isIn(file, folder)).flatMap((file) =>
        (IMPORTS.get(file) ?? [])
            .filter((other) => ![folder, ...below].some((allowed) => isIn(other, allowed)))
            .map((other) => `${file} → ${other}`),
    );
    expect(wrong).toEqual([]);
});

test("a file of provider/ has a name that no other has, so that it can be told by it", () => {
    const files = FILES.filter((file) => file.startsWith("provider/") && basename(file) !== "index.ts");
    const shared = files.filter((file) => files.some((other) => other !== file && basename(other) === basename(file)));
    expect(shared).toEqual([]);
});
