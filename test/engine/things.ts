import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent, OpMap, OutputMap } from "@pulumi/pulumi/automation";
import { stackEnv } from "../harness/stackEnv";

// biome-ignore lint/suspicious/noExplicitAny: JSON for the fixture program
type Json = any;

/** One resource of the fixture program `programs/things`. */
export type ThingSpec =
    | { name: string; args?: Json; opts?: Json }
    | { name: string; get: Json; opts?: Json }
    | { name: string; custom: string; opts?: Json }
    | { group: string; label?: Json; opts?: Json }
    | { provider: string; args?: Json; opts?: Json };

export interface ProgramSpec {
    resources: ThingSpec[];
    outputs?: Json;
    /** Printed, and warned about. */
    log?: string;
    /** Thrown after all the registrations. */
    throws?: string;
    /** The program kills itself when this thing is there. */
    dies?: string;
}

/** What the embedded engine's Stack and the Automation API's have in common. */
export interface AnyStack {
    preview(options?: Json): Promise<{ stdout: string; changeSummary: OpMap }>;
    up(options?: Json): Promise<{ stdout: string; outputs: OutputMap; summary: { resourceChanges?: OpMap } }>;
    refresh(options?: Json): Promise<{ stdout: string; summary: { resourceChanges?: OpMap } }>;
    destroy(options?: Json): Promise<{ stdout: string; summary: { resourceChanges?: OpMap } }>;
    exportStack(): Promise<{ version: number; deployment: Json }>;
    importStack(deployment: Json): Promise<void>;
    setConfig(key: string, value: { value: string; secret?: boolean }): Promise<void>;
    outputs(): Promise<OutputMap>;
}

const ROOT = join(__dirname, "..", "..");

/** A project directory with the fixture program, its cloud, and room for its state. */
export class Project {
    readonly dir = mkdtempSync(join(tmpdir(), "pulumi-gandi-engine-"));
    readonly cloud = join(this.dir, "cloud");
    readonly state = join(this.dir, "state");

    constructor(name = "things") {
        mkdirSync(this.cloud);
        mkdirSync(this.state);
        symlinkSync(join(ROOT, "node_modules"), join(this.dir, "node_modules"), "junction");
        this.write("Pulumi.yaml", `name: ${name}\nruntime: nodejs\n`);
        this.write("package.json", '{ "private": true }\n');
        this.write("index.js", `module.exports = require(${JSON.stringify(join(__dirname, "programs", "things"))});\n`);
    }

    write(name: string, text: string): void {
        writeFileSync(join(this.dir, name), text);
    }

    get env(): Record<string, string> {
        return { ...stackEnv(), CLOUD: this.cloud };
    }

    program(spec: ProgramSpec): void {
        this.write("spec.json", JSON.stringify(spec));
    }

    /** `{ "create a": "partial" }`: throw, partial, exit, wait. */
    faults(faults: Record<string, string>): void {
        writeFileSync(join(this.cloud, "faults.json"), JSON.stringify(faults));
    }

    /** Edits a thing behind the program's back; undefined removes it. */
    edit(id: string, change: Json): void {
        const file = join(this.cloud, `${id}.json`);
        if (change === undefined) {
            rmSync(file);
        } else {
            writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), ...change }));
        }
    }

    /** The state as if the engine had been killed while it created this resource. */
    interruptCreation(name: string): void {
        const file = join(this.state, ".pulumi", "stacks", "things", "dev.json");
        const state = JSON.parse(readFileSync(file, "utf8"));
        const { latest } = state.checkpoint;
        const at = latest.resources.findIndex(({ urn }: { urn: string }) => urn.endsWith(`::${name}`));
        const [{ id, outputs, ...resource }] = latest.resources.splice(at, 1);
        latest.pending_operations = [{ resource, type: "creating" }];
        writeFileSync(file, JSON.stringify(state));
    }

    /** The calls that reached the provider since they were last asked for. */
    calls(): string[] {
        const file = join(this.cloud, "calls");
        appendFileSync(file, "");
        const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
        writeFileSync(file, "");
        return lines;
    }

    remove(): void {
        rmSync(this.dir, { recursive: true, force: true });
    }
}

/**
 * The steps of a run as `op urn`, each once. What a refresh finds comes with the outputs of a resource; of components and
 * providers it says nothing.
 */
export function stepsOf(events: EngineEvent[]): string[] {
    const steps = events.flatMap(({ resourcePreEvent, resOutputsEvent, resOpFailedEvent }) => {
        const found = resOutputsEvent?.metadata.urn.includes("dynamic/test:Thing") ? resOutputsEvent : undefined;
        const event = resourcePreEvent ?? found ?? resOpFailedEvent;
        return event === undefined
            ? []
            : [`${event.metadata.op} ${event.metadata.urn.split("::").slice(2).join("::")}`];
    });
    return [...new Set(steps)];
}

const VOLATILE = new Set(["created", "modified", "manifest"]);

/** A state without times, order and uuids, to compare two engines' by. */
export function comparable(exported: { deployment: Json }): Json {
    const ids = new Map<string, string>();
    const resources: Json[] = exported.deployment.resources ?? [];
    for (const { type, urn, id } of resources) {
        if (type.startsWith("pulumi:providers:")) {
            ids.set(id, `id of ${urn.split("::").at(-1)}`);
        }
    }
    const strip = (value: Json, key?: string): Json => {
        if (Array.isArray(value)) {
            const items = value.map((item) => strip(item));
            return key === "dependencies" || key === "property" ? items.sort() : items;
        }
        if (value !== null && typeof value === "object") {
            const entries = Object.entries(value).filter(([name]) => !VOLATILE.has(name));
            return Object.fromEntries(
                entries.map(([name, item]) => [name, strip(item, key === "propertyDependencies" ? "property" : name)]),
            );
        }
        return typeof value === "string"
            ? [...ids].reduce((text, [id, name]) => text.replaceAll(id, name), value)
            : value;
    };
    const sortKey = (resource: Json) => `${resource.urn} ${resource.delete ?? false} ${resource.id}`;
    return {
        resources: strip(resources).sort((a: Json, b: Json) => sortKey(a).localeCompare(sortKey(b))),
        pending: strip(exported.deployment.pending_operations ?? []),
    };
}
