import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type * as pulumi from "@pulumi/pulumi";
import type { EngineEvent, OpMap, OutputMap } from "@pulumi/pulumi/automation";
import type * as gandi from "../../provider";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox";
import { type AnyStack, comparable, stepsOf } from "../engine/things";
import { stackEnv } from "../harness/stackEnv";

/** What plays the programs: the embedded engine or the Pulumi CLI. */
export interface Engine {
    open(workDir: string, envVars: Record<string, string>): Promise<AnyStack>;
}

export interface Scenario {
    readonly title: string;
    readonly sandbox?: SandboxOptions;
    /** What must never be seen in clear, beside the tokens. */
    readonly secrets?: readonly string[];
    play(stage: Stage): Promise<void>;
}

/** A Pulumi program. It runs in another process, from its own text: it sees nothing but its parameters. */
export type Program<T> = (gandi_: typeof gandi, pulumi_: typeof pulumi, given: T) => unknown;

/** What one operation did. */
export interface Run {
    readonly output: string;
    /** Steps by kind; empty for a run that failed. */
    readonly changes: OpMap;
    /** `op type::name`, one each. */
    readonly steps: string[];
    /** By resource: the inputs that an update changes. */
    readonly updated: Record<string, string[]>;
    /** What Gandi was asked, in order: `METHOD /path`. */
    readonly requests: string[];
    readonly outputs: OutputMap;
}

/** What two engines must have in common after an operation. */
export interface Observation {
    readonly operation: string;
    readonly failed: boolean;
    readonly changes: OpMap;
    readonly steps: string[];
    readonly writes: string[];
    readonly state: unknown;
}

/** What a sandbox makes up: times, ids, a secret of TSIG, a key with its tag and its DS. */
const MADE_UP: readonly [made: RegExp, mask: string][] = [
    [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>"],
    [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<id>"],
    [/[A-Za-z0-9+/]{86}==/g, "<key>"],
    [/[A-Za-z0-9+/]{43}=/g, "<secret>"],
    [/"keyTag":\d+/g, '"keyTag":"<tag>"'],
    [/\d+ 13 2 [0-9a-f]{64}/g, "<DS>"],
];

type Operation = "preview" | "up" | "refresh" | "destroy";

const ROOT = join(__dirname, "..", "..");
const QUICKSTART = join(ROOT, "examples", "quickstart");

/** A sandbox, a project, and its stack on one engine. */
export class Stage {
    readonly observations: Observation[] = [];
    private readonly secrets: string[];
    private opened: Promise<AnyStack> | undefined;

    private constructor(
        private readonly engine: Engine,
        readonly sandbox: Sandbox,
        readonly dir: string,
        secrets: readonly string[],
    ) {
        this.secrets = [...Object.values(sandbox.tokens), ...secrets];
    }

    static async open(engine: Engine, { sandbox: options = {}, secrets = [] }: Scenario): Promise<Stage> {
        const sandbox = await startSandbox({
            zones: { "example.com": "" },
            ...options,
            delays: { order: 0, operation: 0, ...options.delays },
        });
        const dir = mkdtempSync(join(tmpdir(), "pulumi-gandi-scenario-"));
        const stage = new Stage(engine, sandbox, dir, secrets);
        mkdirSync(stage.stateDir);
        symlinkSync(join(ROOT, "node_modules"), join(dir, "node_modules"), "junction");
        stage.write("package.json", '{ "private": true }\n');
        stage.write(
            "Pulumi.yaml",
            `name: scenario\nruntime: nodejs\nconfig:\n  gandi:url: { value: "${sandbox.url}" }\n  gandi:pollInterval: { value: 0.02 }\n`,
        );
        return stage;
    }

    async close(): Promise<void> {
        await this.sandbox.close();
        rmSync(this.dir, { recursive: true, force: true });
    }

    program<T>(program: Program<T>, given: T): void {
        this.write(
            "index.js",
            `module.exports = (${program})(require("pulumi-gandi"), require("@pulumi/pulumi"), ${JSON.stringify(given)});\n`,
        );
    }

    /** The program of examples/quickstart, as it is. */
    quickstart(): void {
        cpSync(QUICKSTART, this.dir, { recursive: true });
    }

    async config(key: string, value: string, secret = false): Promise<void> {
        await (await this.stack()).setConfig(key, { value, secret });
    }

    async exportStack(): ReturnType<AnyStack["exportStack"]> {
        return (await this.stack()).exportStack();
    }

    async importStack(deployment: Parameters<AnyStack["importStack"]>[0]): Promise<void> {
        await (await this.stack()).importStack(deployment);
    }

    /** Has a resource replaced by the next update, as `pulumi state taint` does. */
    async taint(name: string): Promise<void> {
        const exported = await this.exportStack();
        const resource = exported.deployment.resources.find(({ urn }: { urn: string }) => urn.endsWith(`::${name}`));
        resource.taint = true;
        await this.importStack(exported);
    }

    preview = (options?: object) => this.succeeds("preview", options);
    up = (options?: object) => this.succeeds("up", options);
    refresh = (options?: object) => this.succeeds("refresh", options);
    destroy = (options?: object) => this.succeeds("destroy", options);

    async succeeds(operation: Operation, options: object = {}): Promise<Run> {
        const { run, error } = await this.attempt(operation, options);
        if (error !== undefined) {
            throw error;
        }
        return run;
    }

    async fails(operation: Operation, options: object = {}): Promise<Run> {
        const { run, error } = await this.attempt(operation, options);
        if (error === undefined) {
            throw new Error(`${operation} should have failed, but said:\n${run.output}`);
        }
        return run;
    }

    /** The next preview has nothing to do, and finds that out without asking Gandi (promises 3 and 11). */
    async hasNothingToDo(): Promise<void> {
        expect((await this.preview({ expectNoChanges: true })).requests).toEqual([]);
    }

    /** A zone as it is in the sandbox: `name type` to values, without what the apex always has. */
    zone(fqdn = "example.com"): Record<string, string[]> {
        const rrsets = this.sandbox.state.zone(fqdn)?.rrsets ?? [];
        const own = rrsets.filter(({ name, type }) => name !== "@" || (type !== "NS" && type !== "SOA"));
        return Object.fromEntries(own.map(({ name, type, values }) => [`${name} ${type}`, values]));
    }

    async attempt(operation: Operation, options: object = {}): Promise<{ run: Run; error?: Error }> {
        const stack = await this.stack();
        this.sandbox.clearRequests();
        const events: EngineEvent[] = [];
        const onEvent = (event: EngineEvent) => events.push(event);
        let error: Error | undefined;
        let output = "";
        let outputs: OutputMap = {};
        try {
            const result = await stack[operation]({ ...options, onEvent, color: "never" });
            output = result.stdout;
            outputs = (result as { outputs?: OutputMap }).outputs ?? {};
        } catch (failure) {
            error = failure as Error;
            output = error.message;
        }
        const asked = this.sandbox.requests().map(({ method, path }) => `${method} ${path.replace("/v5", "")}`);
        const summary = events.find(({ summaryEvent }) => summaryEvent)?.summaryEvent?.resourceChanges ?? {};
        const run: Run = {
            output,
            outputs,
            changes: error === undefined ? summary : {},
            steps: stepsOf(events),
            updated: updatedBy(events),
            requests: asked,
        };
        const state = comparable(await stack.exportStack());
        this.observations.push({
            operation: `${operation} ${JSON.stringify(options)}`,
            failed: error !== undefined,
            changes: run.changes,
            steps: [...run.steps].sort(),
            writes: this.masked(asked.filter((request) => !request.startsWith("GET")).sort()),
            state: this.masked(state),
        });
        if (operation === "preview") {
            expect(asked.filter((request) => !request.startsWith("GET"))).toEqual([]);
        }
        // The SDK's own debug messages show each resource whole, and the CLI passes them on to `--debug` and event logs.
        const shown = events.filter(({ diagnosticEvent }) => (diagnosticEvent?.severity as string) !== "debug");
        this.expectNoSecretIn(output, ...shown.map((event) => JSON.stringify(event)), ...this.stateFiles());
        return error === undefined ? { run } : { run, error };
    }

    /** Opened when it is first needed: an engine may judge the project by the program that is there then. */
    private stack(): Promise<AnyStack> {
        this.opened ??= this.engine.open(this.dir, this.env);
        return this.opened;
    }

    /** The environment of the engine. */
    get env(): Record<string, string> {
        return {
            ...stackEnv(this.sandbox.token),
            PULUMI_BACKEND_URL: `file://${this.stateDir}`,
            // The types of the examples are checked on their own.
            PULUMI_NODEJS_TRANSPILE_ONLY: "true",
        };
    }

    /** Promise 7, after every operation of every scenario. */
    private expectNoSecretIn(...texts: string[]): void {
        for (const secret of this.secrets) {
            expect(texts.filter((text) => text.includes(secret))).toEqual([]);
        }
    }

    private get stateDir(): string {
        return join(this.dir, "state");
    }

    private stateFiles(): string[] {
        return readdirSync(this.stateDir, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
    }

    /** Without what differs between two sandboxes and two moments. */
    private masked<T>(value: T): T {
        const text = JSON.stringify(value).replaceAll(this.sandbox.url, "<sandbox>");
        return JSON.parse(MADE_UP.reduce((masked, [made, mask]) => masked.replaceAll(made, mask), text));
    }

    private write(name: string, text: string): void {
        writeFileSync(join(this.dir, name), text);
    }
}

function updatedBy(events: EngineEvent[]): Record<string, string[]> {
    const updated: Record<string, string[]> = {};
    for (const { resourcePreEvent } of events) {
        const { op, urn, old, new: wanted } = resourcePreEvent?.metadata ?? {};
        if (op === "update") {
            const before = old?.inputs ?? {};
            const after = wanted?.inputs ?? {};
            const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
            updated[urn?.split("::").at(-1) ?? ""] = keys.filter((key) => !isDeepStrictEqual(before[key], after[key]));
        }
    }
    return updated;
}
