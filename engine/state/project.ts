import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { dump, load } from "js-yaml";
import type { PassphraseSecrets } from "./secrets";

/**
 * A configuration value in clear, as the Automation API's `ConfigValue`.
 *
 * @experimental
 */
export interface ConfigValue {
    /** The value, in clear. */
    value: string;
    /** Whether it is encrypted where it is kept. Default false. */
    secret?: boolean;
}

/**
 * Configuration values by key, such as `gandi:url`.
 *
 * @experimental
 */
export type ConfigMap = Record<string, ConfigValue>;

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
function asText(value: unknown): string {
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

/** `Pulumi.<stack>.yaml`: the stack's configuration and the salt of its secrets. */
export class StackSettings {
    readonly path: string;
    private yaml: Yaml;

    constructor(
        private readonly project: Project,
        stack: string,
    ) {
        this.path = join(project.configDir, `Pulumi.${stack}.yaml`);
        this.yaml = existsSync(this.path) ? (load(readFileSync(this.path, "utf8")) ?? {}) : {};
        if (this.yaml.secretsprovider !== undefined && this.yaml.secretsprovider !== "passphrase") {
            throw new Error(
                `${this.path}: secrets provider ${this.yaml.secretsprovider} is not supported by the embedded engine`,
            );
        }
        if (this.yaml.environment !== undefined) {
            throw new Error(`${this.path}: environments (Pulumi ESC) are not supported by the embedded engine`);
        }
    }

    get salt(): string | undefined {
        return this.yaml.encryptionsalt;
    }

    setSalt(salt: string): void {
        this.yaml = { encryptionsalt: salt, ...this.yaml };
        this.save();
    }

    set(key: string, value: ConfigValue, secrets: PassphraseSecrets): void {
        const written = value.secret ? { secure: secrets.encrypt(value.value) } : value.value;
        const config = this.withoutKey(key);
        this.yaml = { ...this.yaml, config: { ...config, [qualify(this.project.name, key)]: written } };
        this.save();
    }

    remove(key: string): void {
        this.yaml = { ...this.yaml, config: this.withoutKey(key) };
        this.save();
    }

    /** The stack's own values over the project's. */
    all(secrets: PassphraseSecrets): ConfigMap {
        const values: ConfigMap = {};
        for (const [key, value] of Object.entries(this.project.config)) {
            if (value !== undefined) {
                values[key] = { value, secret: false };
            }
        }
        for (const [key, value] of Object.entries<Yaml>(this.yaml.config ?? {})) {
            values[qualify(this.project.name, key)] = decryptConfig(value, secrets);
        }
        return values;
    }

    /** Keys that Pulumi.yaml declares without a value and the stack does not set. */
    missing(secrets: PassphraseSecrets): string[] {
        const values = this.all(secrets);
        return Object.keys(this.project.config).filter((key) => values[key] === undefined);
    }

    private withoutKey(key: string): Record<string, Yaml> {
        const name = qualify(this.project.name, key);
        return Object.fromEntries(
            Object.entries(this.yaml.config ?? {}).filter(([other]) => qualify(this.project.name, other) !== name),
        );
    }

    private save(): void {
        writeFileSync(this.path, dump(this.yaml, { lineWidth: -1 }));
    }
}

/** A value is secret when it is `{ secure }`, and so is an object that holds one. */
function decryptConfig(value: Yaml, secrets: PassphraseSecrets): ConfigValue {
    let secret = false;
    const decrypt = (part: Yaml): Yaml => {
        if (Array.isArray(part)) {
            return part.map(decrypt);
        }
        if (typeof part !== "object" || part === null) {
            return part;
        }
        if (typeof part.secure === "string" && Object.keys(part).length === 1) {
            secret = true;
            return secrets.decrypt(part.secure);
        }
        return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, decrypt(item)]));
    };
    const text = asText(decrypt(value));
    return { value: text, secret };
}
