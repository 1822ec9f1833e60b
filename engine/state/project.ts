import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { load } from "js-yaml";

// biome-ignore lint/suspicious/noExplicitAny: YAML, of whatever shape
type Yaml = any;

/** `Pulumi.yaml`: where the program is and how it is run. */
export interface Project {
    name: string;
    /** Directory of Pulumi.yaml. */
    rootDir: string;
    /** Directory in which the program runs. */
    programDir: string;
    /** What is run there: a file, or `.` for what package.json says. */
    entryPoint: string;
    typescript: boolean;
    nodeArgs: string[];
    tsconfig: string | undefined;
    /** The project's own configuration values, by `namespace:key`; undefined where a stack must give one. */
    config: Record<string, string | undefined>;
    /** Where the stacks' files are. */
    configDir: string;
}

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml"];

export function readProject(workDir: string, projectName?: string): Project {
    const rootDir = resolve(workDir);
    const file = PROJECT_FILES.map((name) => join(rootDir, name)).find(existsSync);
    if (file === undefined) {
        throw new Error(`no Pulumi.yaml in ${rootDir}`);
    }
    const yaml: Yaml = load(readFileSync(file, "utf8")) ?? {};
    const name: string = projectName ?? yaml.name;
    if (!name) {
        throw new Error(`${file}: the project has no name`);
    }
    const runtime: string | undefined = typeof yaml.runtime === "string" ? yaml.runtime : yaml.runtime?.name;
    if (runtime !== "nodejs") {
        throw new Error(`${file}: runtime ${runtime} is not supported by the embedded engine, only nodejs`);
    }
    const options: Yaml = yaml.runtime?.options ?? {};
    const { programDir, entryPoint } = locateProgram(rootDir, yaml.main);
    return {
        name,
        rootDir,
        programDir,
        entryPoint,
        typescript: options.typescript ?? isTypeScript(programDir, entryPoint),
        nodeArgs: typeof options.nodeargs === "string" ? options.nodeargs.split(/\s+/).filter(Boolean) : [],
        tsconfig: options.tsconfig,
        config: readProjectConfig(name, yaml.config ?? {}),
        configDir: join(rootDir, yaml.stackConfigDir ?? "."),
    };
}

function locateProgram(rootDir: string, main: string | undefined): { programDir: string; entryPoint: string } {
    if (main === undefined || main === "") {
        return { programDir: rootDir, entryPoint: "." };
    }
    const path = resolve(rootDir, main);
    if (existsSync(path) && statSync(path).isDirectory()) {
        return { programDir: path, entryPoint: "." };
    }
    return { programDir: dirname(path), entryPoint: basename(path) };
}

/** ts-node is loaded only where there is TypeScript: it costs a JavaScript program half a second. */
function isTypeScript(programDir: string, entryPoint: string): boolean {
    return (
        extname(entryPoint) === ".ts" ||
        ["tsconfig.json", "index.ts"].some((name) => existsSync(join(programDir, name)))
    );
}

/** `key: value`, `key: { value }`, `key: { type, default }`; a key without namespace is the project's own. */
function readProjectConfig(project: string, config: Yaml): Record<string, string | undefined> {
    const values: Record<string, string | undefined> = {};
    for (const [key, declared] of Object.entries<Yaml>(config)) {
        const isDeclaration = typeof declared === "object" && declared !== null && !Array.isArray(declared);
        const value = isDeclaration ? (declared.value ?? declared.default) : declared;
        values[qualify(project, key)] = value === undefined || value === null ? undefined : asText(value);
    }
    return values;
}

/** Configuration reaches a program as strings; objects and lists as JSON. */
export function asText(value: unknown): string {
    return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** `key` and `project:config:key` are `project:key`. */
export function qualify(project: string, key: string): string {
    const [namespace, ...rest] = key.split(":");
    if (rest.length === 0) {
        return `${project}:${key}`;
    }
    return `${namespace}:${rest.at(-1)}`;
}
