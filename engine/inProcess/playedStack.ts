import type { EngineEvent, OpMap } from "@pulumi/pulumi/automation";
import type { Mode } from "../deployment/run";
import { Operation, type OperationOptions, stackOutputs } from "../face/operation";
import { readDeployment, writeDeployment } from "../state/checkpoint";
import type { Project } from "../state/project";
import type { Snapshot } from "../state/resourceState";
import { PassphraseSecrets } from "../state/secrets";
import type { ConfigMap } from "../state/stackSettings";
import { reveal } from "../state/values";
import type { Program } from "./functionProgram";
import { InProcessHost, type StartProvider } from "./inProcessHost";

/** One key for all: to derive one takes longer than many operations. */
let sealing: Promise<PassphraseSecrets> | undefined;

/** How one operation is played. */
export type PlayOptions = Saving &
    Partial<
        Pick<
            OperationOptions,
            | "refresh"
            | "runProgram"
            | "expectNoChanges"
            | "parallel"
            | "continueOnError"
            | "onEvent"
            | "clearPendingCreates"
        >
    >;

interface Saving {
    /** Saves once, at the end: a kill would lose all. For stacks so large that to save at each step takes most of the time. */
    readonly savesOnce?: boolean;
}

/** What one operation did. */
export interface Played {
    /** Why it failed; undefined where it has not. */
    readonly error: Error | undefined;
    /** The engine was killed: nobody heard the rest. */
    readonly killed: boolean;
    /** Steps by kind. */
    readonly changes: OpMap;
    readonly output: string;
    readonly events: readonly EngineEvent[];
}

/**
 * A stack whose state is in memory, of which every operation runs in this process: the same engine, the SDK and the
 * program's own classes, between which no byte crosses a socket. The operation that is under way can be killed.
 */
export class PlayedStack {
    /** The deployment as it was last saved: what Pulumi would have on disk. */
    deployment: object;
    private playing: { kill(): void; killProgram(): void } | undefined;

    private constructor(
        readonly name: string,
        private readonly config: ConfigMap,
        private readonly start: StartProvider,
        private readonly secrets: PassphraseSecrets,
    ) {
        this.deployment = writeDeployment({ resources: [], pendingOperations: [] }, secrets);
    }

    static async create(name: string, config: ConfigMap, start: StartProvider): Promise<PlayedStack> {
        sealing ??= PassphraseSecrets.create("played");
        return new PlayedStack(name, config, start, await sealing);
    }

    preview(program: Program, options: PlayOptions = {}): Promise<Played> {
        return this.operate("preview", "update", program, { ...options, preview: true });
    }

    up(program: Program, options: PlayOptions = {}): Promise<Played> {
        return this.operate("update", "update", program, options);
    }

    refresh(program: Program = () => {}, options: PlayOptions = {}): Promise<Played> {
        return this.operate("refresh", "refresh", program, { ...options, refresh: true });
    }

    destroy(program: Program = () => {}, options: PlayOptions = {}): Promise<Played> {
        return this.operate("destroy", "destroy", program, options);
    }

    /** Kills the engine and the program of the operation under way, between two instructions. Providers go on. */
    kill(): void {
        this.playing?.kill();
    }

    /** Kills the program of the operation under way; the engine lives on, and sees it end. */
    killProgram(): void {
        this.playing?.killProgram();
    }

    /** What the stack holds, secrets in clear. */
    resources(): { urn: string; type: string; id: string; inputs: object; outputs: object }[] {
        const { resources } = this.load();
        return resources.map(({ urn, type, id, inputs, outputs }) => ({
            urn,
            type,
            id: id ?? "",
            inputs: reveal(inputs) as object,
            outputs: reveal(outputs) as object,
        }));
    }

    outputs(): Record<string, unknown> {
        return reveal(stackOutputs(this.load())) as Record<string, unknown>;
    }

    private load() {
        return readDeployment(JSON.parse(JSON.stringify(this.deployment)), this.secrets);
    }

    private async operate(
        kind: OperationOptions["kind"],
        mode: Mode,
        program: Program,
        { savesOnce = false, ...options }: PlayOptions & { preview?: boolean },
    ): Promise<Played> {
        const events: EngineEvent[] = [];
        let host: InProcessHost | undefined;
        let isKilled = false;
        let last: Snapshot | undefined;
        const operation = new Operation(
            {
                project: projectNamed("played"),
                stack: this.name,
                config: this.config,
                base: this.load(),
                env: {},
                write: async (snapshot) => {
                    last = snapshot;
                    if (!isKilled && !savesOnce) this.deployment = writeDeployment(snapshot, this.secrets);
                },
                warnings: [],
                host: ({ preview, parallel, log }) => {
                    const given = { project: "played", stack: this.name, config: this.config, preview, parallel };
                    host = new InProcessHost(program, this.start, given, log);
                    return host;
                },
            },
            {
                kind,
                mode,
                preview: false,
                refresh: false,
                runProgram: false,
                expectNoChanges: false,
                continueOnError: false,
                clearPendingCreates: false,
                diff: false,
                parallel: 16,
                signal: undefined,
                onOutput: undefined,
                onError: undefined,
                ...options,
                onEvent: (event) => events.push(event),
            },
        );
        const killed = new Promise<"killed">((resolve) => {
            this.playing = {
                kill() {
                    isKilled = true;
                    host?.kill();
                    resolve("killed");
                },
                killProgram: () => host?.killProgram(),
            };
        });
        const ended = operation.run().then(
            () => undefined,
            (error: Error) => error,
        );
        const outcome = await Promise.race([killed, ended]);
        this.playing = undefined;
        if (savesOnce && last !== undefined) {
            this.deployment = writeDeployment(last, this.secrets);
        }
        const { report } = operation;
        const error = outcome === "killed" ? undefined : outcome;
        return { error, killed: outcome === "killed", changes: report.changes, output: report.stdout, events };
    }
}

function projectNamed(name: string): Project {
    const here = process.cwd();
    return {
        name,
        rootDir: here,
        programDir: here,
        entryPoint: ".",
        typescript: false,
        nodeArgs: [],
        tsconfig: undefined,
        config: {},
        configDir: here,
    };
}
