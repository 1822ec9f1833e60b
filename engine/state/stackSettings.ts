import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump, load } from "js-yaml";
import { asText, type Project, qualify } from "./project";
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
