import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type {
    DestroyOptions,
    DestroyResult,
    OutputMap,
    PreviewOptions,
    PreviewResult,
    RefreshOptions,
    RefreshResult,
    UpdateSummary,
    UpOptions,
    UpResult,
} from "@pulumi/pulumi/automation";
import { ConcurrentUpdateError, UnsupportedError } from "./errors";
import { Operation, type OperationOptions, stackOutputs } from "./operation";
import { type ConfigMap, type ConfigValue, type Project, qualify, readProject, StackSettings } from "./project";
import { PassphraseSecrets } from "./secrets";
import { StackLock } from "./stackLock";
import { DEPLOYMENT_VERSION, readDeployment, type Snapshot, saltOf, writeDeployment } from "./state";
import { StateFile } from "./stateFile";
import { reveal, Secret } from "./values";

export interface StackArgs {
    stackName: string;
    /** Directory of Pulumi.yaml. */
    workDir: string;
    /** Default: the name in Pulumi.yaml. */
    projectName?: string;
}

export interface StackOptions {
    /** Laid over the environment of this process, for the program, its providers and the passphrase. */
    envVars?: Record<string, string>;
    /** Where `.pulumi/` with the state is. Default: the directory of a `file://` PULUMI_BACKEND_URL, else `workDir`. */
    stateDir?: string;
    /** The only one there is. */
    secretsProvider?: "passphrase";
}

/** An export of a stack's state: what `pulumi stack export` prints. */
export interface Deployment {
    version: number;
    // biome-ignore lint/suspicious/noExplicitAny: Pulumi's deployment JSON, as the Automation API types it
    deployment: any;
}

/** Options of the CLI that make no difference here. */
const IMMATERIAL = [
    "color",
    "message",
    "userAgent",
    "debug",
    "logFlow",
    "logVerbosity",
    "logToStdErr",
    "suppressOutputs",
    "suppressProgress",
    "showSecrets",
];

const SUPPORTED = [
    "parallel",
    "expectNoChanges",
    "refresh",
    "runProgram",
    "diff",
    "signal",
    "onOutput",
    "onError",
    "onEvent",
    "clearPendingCreates",
    "previewOnly",
];

type AnyOptions = UpOptions & PreviewOptions & RefreshOptions & DestroyOptions;

/** Opens a stack, and creates it where it does not exist, as the Automation API's function of this name does. */
export async function createOrSelectStack(args: StackArgs, options: StackOptions = {}): Promise<Stack> {
    const provider: string | undefined = options.secretsProvider;
    if (provider !== undefined && provider !== "passphrase") {
        throw new UnsupportedError(`secrets provider ${provider}`);
    }
    const project = readProject(args.workDir, args.projectName);
    const env = options.envVars ?? {};
    const file = new StateFile(options.stateDir ?? stateDirOf(env, project), project.name, args.stackName);
    const deployment = await file.load();
    const settings = new StackSettings(project, args.stackName);
    const passphrase = passphraseOf(env);
    const salt = settings.salt ?? (deployment && saltOf(deployment));
    const secrets = await (salt === undefined
        ? PassphraseSecrets.create(passphrase)
        : PassphraseSecrets.open(passphrase, salt));
    if (settings.salt === undefined) {
        settings.salt = secrets.salt;
    }
    if (deployment === undefined) {
        await file.create(writeDeployment({ resources: [], pendingOperations: [] }, secrets));
    }
    return new Stack(args.stackName, project, settings, secrets, file, env);
}

function stateDirOf(env: Record<string, string>, project: Project): string {
    const url = env.PULUMI_BACKEND_URL ?? process.env.PULUMI_BACKEND_URL;
    if (url === undefined || url === "") {
        return project.rootDir;
    }
    if (!url.startsWith("file://")) {
        throw new UnsupportedError(`state backend ${url}`);
    }
    const path = url.slice("file://".length);
    return path.startsWith("/") ? fileURLToPath(url) : resolve(project.rootDir, path);
}

function passphraseOf(env: Record<string, string>): string {
    const merged: Record<string, string | undefined> = { ...process.env, ...env };
    if (merged.PULUMI_CONFIG_PASSPHRASE !== undefined) {
        return merged.PULUMI_CONFIG_PASSPHRASE;
    }
    if (merged.PULUMI_CONFIG_PASSPHRASE_FILE !== undefined) {
        return readFileSync(merged.PULUMI_CONFIG_PASSPHRASE_FILE, "utf8").trim();
    }
    throw new Error(
        "passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
    );
}

/** A stack of a project, with the face of the Automation API's class of this name. */
export class Stack {
    private readonly lock: StackLock;
    private running: Operation | undefined;

    /** Use {@link createOrSelectStack}. */
    constructor(
        readonly name: string,
        private readonly project: Project,
        private readonly settings: StackSettings,
        private readonly secrets: PassphraseSecrets,
        private readonly file: StateFile,
        private readonly env: Record<string, string>,
    ) {
        this.lock = new StackLock(file.stateDir, project.name, name);
    }

    /** Shows what `up` would do. Changes nothing: a refresh that goes before is done in memory. */
    async preview(options: PreviewOptions = {}): Promise<PreviewResult> {
        const { display } = await this.operate("preview", { mode: "update", preview: true }, options);
        return { stdout: display.stdout, stderr: display.stderr, changeSummary: display.changes };
    }

    /** Brings the stack to what the program says. */
    async up(options: UpOptions = {}): Promise<UpResult> {
        const { result } = await this.operate("update", { mode: "update" }, options);
        return { ...result, outputs: await this.outputs() };
    }

    /** Brings the state to what the resources are. */
    async refresh(options: RefreshOptions = {}): Promise<RefreshResult> {
        const { result } = await this.operate("refresh", { mode: "refresh", refresh: true }, options);
        return result;
    }

    /** Deletes all of the stack's resources; the stack itself stays. */
    async destroy(options: DestroyOptions = {}): Promise<DestroyResult> {
        const { result } = await this.operate("destroy", { mode: "destroy" }, options);
        return result;
    }

    private async operate(
        kind: OperationOptions["kind"],
        fixed: Pick<OperationOptions, "mode"> & Partial<OperationOptions>,
        options: AnyOptions,
    ): Promise<{ display: Operation["display"]; result: { stdout: string; stderr: string; summary: UpdateSummary } }> {
        refuseUnsupported(options);
        const startTime = new Date();
        const warnings: string[] = [];
        const unlock = await this.lock
            .acquire((warning) => warnings.push(warning))
            .catch((error) => {
                throw new ConcurrentUpdateError(error.message);
            });
        try {
            const config = this.configuration(fixed.mode === "update" || options.runProgram === true);
            const operation = new Operation(
                {
                    project: this.project,
                    stack: this.name,
                    config,
                    base: await this.load(),
                    env: this.env,
                    write: (snapshot) => this.file.save(writeDeployment(snapshot, this.secrets)),
                    warnings,
                },
                {
                    kind,
                    preview: options.previewOnly ?? false,
                    refresh: options.refresh ?? false,
                    runProgram: options.runProgram ?? false,
                    expectNoChanges: options.expectNoChanges ?? false,
                    clearPendingCreates: options.clearPendingCreates ?? false,
                    diff: options.diff ?? false,
                    parallel: options.parallel,
                    signal: options.signal,
                    onOutput: options.onOutput,
                    onError: options.onError,
                    onEvent: options.onEvent,
                    ...fixed,
                },
            );
            this.running = operation;
            await operation.run();
            const { display } = operation;
            const summary: UpdateSummary = {
                kind,
                startTime,
                endTime: new Date(),
                message: "",
                environment: {},
                config: withoutSecrets(config),
                result: "succeeded",
                version: 0,
                resourceChanges: display.changes,
            };
            return { display, result: { stdout: display.stdout, stderr: display.stderr, summary } };
        } finally {
            this.running = undefined;
            await unlock();
        }
    }

    /** Stops the operation that this object has under way, or takes away the lock that a killed process has left. */
    async cancel(): Promise<void> {
        if (this.running === undefined) {
            await this.lock.release();
        } else {
            this.running.cancel();
        }
    }

    async outputs(): Promise<OutputMap> {
        const outputs = stackOutputs(await this.load());
        return Object.fromEntries(
            Object.entries(outputs).map(([key, value]) => [
                key,
                { value: reveal(value), secret: value instanceof Secret },
            ]),
        );
    }

    /** The state, with its secrets in clear, as the Automation API gives it: take care where you put it. */
    async exportStack(): Promise<Deployment> {
        return { version: DEPLOYMENT_VERSION, deployment: writeDeployment(await this.load(), this.secrets, true) };
    }

    /** Replaces the state. Secrets are encrypted for this stack; encrypted ones must be under its passphrase. */
    async importStack({ version, deployment }: Deployment): Promise<void> {
        if (version !== DEPLOYMENT_VERSION) {
            throw new UnsupportedError(`deployment version ${version}`);
        }
        const snapshot = await this.read(deployment);
        await this.file.save(writeDeployment(snapshot, this.secrets));
    }

    async setConfig(key: string, value: ConfigValue, path = false): Promise<void> {
        refusePath(path);
        this.settings.set(key, value, this.secrets);
    }

    async setAllConfig(config: ConfigMap, path = false): Promise<void> {
        for (const [key, value] of Object.entries(config)) {
            await this.setConfig(key, value, path);
        }
    }

    /** The stack's configuration and the project's, in clear. */
    async getAllConfig(): Promise<ConfigMap> {
        return this.settings.all(this.secrets);
    }

    async getConfig(key: string): Promise<ConfigValue> {
        const value = this.settings.all(this.secrets)[qualify(this.project.name, key)];
        if (value === undefined) {
            throw new Error(`configuration key '${key}' not found for stack '${this.name}'`);
        }
        return value;
    }

    async removeConfig(key: string, path = false): Promise<void> {
        refusePath(path);
        this.settings.remove(key);
    }

    private configuration(complete: boolean): ConfigMap {
        const missing = complete ? this.settings.missing(this.secrets) : [];
        if (missing.length > 0) {
            throw new Error(`Stack '${this.name}' is missing configuration values: ${missing.join(", ")}`);
        }
        return this.settings.all(this.secrets);
    }

    private async load(): Promise<Snapshot> {
        return this.read((await this.file.load()) ?? {});
    }

    private async read(deployment: Deployment["deployment"]): Promise<Snapshot> {
        const salt = saltOf(deployment);
        const secrets =
            salt === undefined || salt === this.secrets.salt
                ? this.secrets
                : await PassphraseSecrets.open(passphraseOf(this.env), salt);
        return readDeployment(deployment, secrets);
    }
}

function refuseUnsupported(options: AnyOptions): void {
    const known = new Set([...IMMATERIAL, ...SUPPORTED]);
    for (const [name, value] of Object.entries(options)) {
        if (!known.has(name) && value !== undefined && value !== false) {
            throw new UnsupportedError(`option ${name}`);
        }
    }
}

function refusePath(path: boolean): void {
    if (path) {
        throw new UnsupportedError("configuration paths");
    }
}

function withoutSecrets(config: ConfigMap): ConfigMap {
    return Object.fromEntries(
        Object.entries(config).map(([key, { value, secret }]) => [
            key,
            secret ? { value: "[secret]", secret } : { value, secret: false },
        ]),
    );
}
