import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { type Sandbox, startSandbox } from "../../sandbox";
import { look } from "../../scripts/stateOutcome";
import type { AnyStack } from "../engine/things";
import { stackEnv } from "../harness/stackEnv";
import type { Engine } from "../scenarios/stage";

const ROOT = join(__dirname, "..", "..");
/** Stands in a fixture for the address of its sandbox. */
const ORIGIN = "http://127.0.0.1:8053";

/** Every domain of the sandbox with what was managed of it. */
export type Outcome = ReturnType<typeof look>;

/** What the version that wrote a fixture made of it itself. */
export type Outcomes = Record<"recorded" | "finished" | "changed" | "destroyed", Outcome>;

/** A resource of a state, as far as the tests look at it. */
interface Resource {
    urn: string;
    initErrors?: string[];
    outputs?: Record<string, unknown>;
}

type Operation = "preview" | "up" | "refresh" | "destroy";

/** A stack that a released version has left, the sandbox that it was left with, and this version's code. */
export class RecordedStack {
    private constructor(
        private readonly dir: string,
        readonly sandbox: Sandbox,
        private readonly stack: AnyStack,
        /** What had not come to its end when it was recorded, and so is looked at again by each run; `Kind::name`. */
        readonly unfinished: readonly string[],
    ) {}

    static async open(engine: Engine, version: string): Promise<RecordedStack> {
        const fixture = join(__dirname, version);
        const dir = mkdtempSync(join(tmpdir(), "pulumi-gandi-state-"));
        const stateFile = join(dir, "sandbox.json");
        cpSync(join(fixture, "sandbox.json"), stateFile);
        const sandbox = await startSandbox({ stateFile, delays: { order: null, operation: null, changeOwner: null } });

        const read = (name: string) =>
            readFileSync(join(fixture, name), "utf8")
                .replaceAll(ORIGIN, sandbox.url)
                // What is pending is so for two days, from now on.
                .replaceAll(/("pendingSince": )"[^"]+"/g, `$1"${new Date().toISOString()}"`);
        const stateDir = join(dir, "state", ".pulumi");
        mkdirSync(join(stateDir, "stacks", "states"), { recursive: true });
        writeFileSync(join(stateDir, "meta.yaml"), "version: 1\n");
        writeFileSync(join(stateDir, "stacks", "states", "dev.json"), read("stack.json"));
        for (const name of ["Pulumi.yaml", "Pulumi.dev.yaml", "index.js"]) {
            writeFileSync(join(dir, name), read(name));
        }
        writeFileSync(join(dir, "package.json"), '{ "private": true }\n');
        symlinkSync(join(ROOT, "node_modules"), join(dir, "node_modules"), "junction");

        const env = { ...stackEnv(), PULUMI_BACKEND_URL: `file://${join(dir, "state")}` };
        const stack = await engine.open(dir, env);
        return new RecordedStack(dir, sandbox, stack, resourcesOf(version).filter(isUnfinished).map(nameOf));
    }

    async close(): Promise<void> {
        await this.sandbox.close();
        rmSync(this.dir, { recursive: true, force: true });
    }

    /** Gives the program another part to play. */
    stage(name: string): Promise<void> {
        return this.stack.setConfig("stage", { value: name });
    }

    /**
     * Runs an operation.
     *
     * @returns what it did, or would do, to each resource of ours that it did not find the same; as `op Kind::name`
     */
    async run(operation: Operation, options: object = {}): Promise<string[]> {
        const events: EngineEvent[] = [];
        await this.stack[operation]({ ...options, onEvent: (event: EngineEvent) => events.push(event) });
        // A refresh says with the outputs alone what it has found.
        const steps = events
            .map(({ resourcePreEvent, resOutputsEvent }) => (resOutputsEvent ?? resourcePreEvent)?.metadata)
            .filter((step) => step !== undefined && isOurs(step))
            .map((step) => `${step!.op} ${nameOf(step!)}`)
            .filter((step) => !/^(same|refresh|read) /.test(step));
        return [...new Set(steps)].sort();
    }

    /** What Gandi holds, out of band. */
    look(): Outcome {
        return look(this.sandbox);
    }

    writes(): string[] {
        return this.sandbox
            .requests()
            .filter(({ method }) => method !== "GET")
            .map(({ method, path }) => `${method} ${path}`);
    }
}

export function outcomesOf(version: string): Outcomes {
    return JSON.parse(readFileSync(join(__dirname, version, "outcome.json"), "utf8"));
}

/** The kinds of resource that stand in a fixture. */
export function kindsOf(version: string): string[] {
    return resourcesOf(version).map((resource) => nameOf(resource).split("::")[0]!);
}

/** The resources of ours in a fixture's state. */
function resourcesOf(version: string): Resource[] {
    const state = JSON.parse(readFileSync(join(__dirname, version, "stack.json"), "utf8"));
    return state.checkpoint.latest.resources.filter(isOurs);
}

function isOurs({ urn }: { urn: string }): boolean {
    return urn.includes("dynamic/gandi:");
}

function isUnfinished({ initErrors = [], outputs = {} }: Resource): boolean {
    return initErrors.length > 0 || outputs.ownerChangePending === true || outputs.transferPending === true;
}

function nameOf({ urn }: { urn: string }): string {
    return urn.slice(urn.lastIndexOf(":", urn.lastIndexOf("::") - 1) + 1);
}
