import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    readlinkSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "../../sandbox";
import type { ActiveFault } from "../../sandbox/faults";
import { seedEveryKind } from "../../test/harness/everyKind";
import { shareSalt, stackEnv } from "../../test/harness/stackEnv";
import type { Args } from "../kinds";
import type { Findings } from "../laws";
import { shapeOf } from "../shape";
import type { Interference } from "../world";
import { type Asked, type Done, EngineProcess } from "./engineProcess";

/** One resource of a program that is a file. */
export interface Declared {
    readonly kind: string;
    readonly name: string;
    readonly args: Args;
}

/** It declares what stands beside it. */
const PROGRAM = `
const gandi = require("pulumi-gandi");
for (const { kind, name, args } of require("./declared.json")) new gandi[kind](name, args);
`;

/** A Gandi in real time, and a stack whose engine, program and providers are processes of their own. */
export class ProcessWorld {
    /** Is asked about each request, before anything is done. */
    interfere: ((request: string) => Interference | undefined) | undefined;
    /** Since they were last cleared. */
    requests: string[] = [];
    private readonly texts: string[] = [];
    private readonly engine: EngineProcess;

    private constructor(
        readonly sandbox: Sandbox,
        private readonly dir: string,
    ) {
        this.engine = new EngineProcess(dir, {
            ...stackEnv(sandbox.token),
            PULUMI_BACKEND_URL: `file://${join(dir, "state")}`,
        });
        Object.defineProperty(sandbox.faults, "take", {
            value: (method: string, path: string): ActiveFault | undefined => {
                const request = `${method} ${path}`;
                this.requests.push(request);
                const fault = this.interfere?.(request);
                return fault && { ...fault, kind: fault.kind ?? "status", id: 0 };
            },
        });
    }

    static async open(): Promise<ProcessWorld> {
        const root = process.cwd();
        if (!existsSync(join(root, "dist", "provider", "runtime.js"))) {
            throw new Error("the processes run what is built: npm run build first");
        }
        const sandbox = await startSandbox({ delays: { order: 60, operation: 20, showing: 0, changeOwner: null } });
        seedEveryKind(sandbox);
        const dir = mkdtempSync(join(tmpdir(), "pulumi-gandi-soak-"));
        mkdirSync(join(dir, "state"));
        symlinkSync(join(root, "node_modules"), join(dir, "node_modules"), "junction");
        writeFileSync(join(dir, "package.json"), '{ "private": true }\n');
        writeFileSync(join(dir, "index.js"), PROGRAM);
        const settings = { "gandi:url": sandbox.url, "gandi:pollInterval": "0.02", "gandi:timeout": "2" };
        const config = Object.entries(settings).map(([key, value]) => `  ${key}: { value: "${value}" }\n`);
        writeFileSync(join(dir, "Pulumi.yaml"), `name: soak\nruntime: nodejs\nconfig:\n${config.join("")}`);
        shareSalt(dir);
        return new ProcessWorld(sandbox, dir);
    }

    declare(declared: readonly Declared[]): void {
        writeFileSync(join(this.dir, "declared.json"), JSON.stringify(declared));
    }

    /** Runs an operation. Undefined: the engine was killed. */
    async run(operation: Asked["operation"], options?: object): Promise<Done | undefined> {
        const done = await this.engine.ask({ operation, ...(options ? { options } : {}) });
        this.texts.push(done?.output ?? "");
        return done;
    }

    /** What goes wrong where nothing should. */
    async works(operation: Asked["operation"], options?: object): Promise<Findings> {
        const done = await this.run(operation, options);
        const failed = done === undefined ? "it was killed" : done.error;
        return failed === undefined
            ? []
            : [`${operation} ${JSON.stringify(options ?? {})}: ${failed.replaceAll("\n", " | ")}`];
    }

    /** Kills one of the three. */
    kill(victim: "engine" | "provider" | "program"): void {
        if (victim === "engine") {
            this.engine.kill();
            return;
        }
        const script = victim === "provider" ? "cmd/dynamic-provider" : "cmd/run";
        for (const pid of this.pids().filter((each) => commandOf(each).includes(script))) {
            process.kill(pid, "SIGKILL");
        }
    }

    /** The processes that run in the project's folder: program and providers. */
    pids(): number[] {
        const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
        return all.filter((pid) => cwdOf(pid) === this.dir).map(Number);
    }

    shape(): object {
        return shapeOf(this.sandbox.world.state);
    }

    /** Outputs, and all that is on disk. */
    visible(): string {
        const files = readdirSync(join(this.dir, "state"), { recursive: true, withFileTypes: true }).filter((each) =>
            each.isFile(),
        );
        return [...this.texts, ...files.map((each) => readFileSync(join(each.parentPath, each.name), "utf8"))].join(
            "\n",
        );
    }

    async close(): Promise<void> {
        await this.engine.close();
        await this.sandbox.close();
        rmSync(this.dir, { recursive: true, force: true });
    }
}

function cwdOf(pid: string): string {
    try {
        return readlinkSync(`/proc/${pid}/cwd`);
    } catch {
        return "";
    }
}

function commandOf(pid: number): string {
    try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8");
    } catch {
        return "";
    }
}
