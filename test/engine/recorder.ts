import type { EngineEvent } from "@pulumi/pulumi/automation";
import { type AnyStack, comparable, type ProgramSpec, type Project, stepsOf } from "./things";

type Operation = "preview" | "up" | "refresh" | "destroy";

/** What one operation did, for comparison between engines. */
export interface Observation {
    operation: string;
    failed: boolean;
    changes: unknown;
    steps: string[];
    calls: string[];
    state: unknown;
}

/** Plays a scenario on one engine and writes down what each operation did. */
export class Recorder {
    readonly observations: Observation[] = [];

    constructor(
        readonly project: Project,
        readonly stack: AnyStack,
    ) {}

    preview = (spec?: ProgramSpec, options?: object) => this.run("preview", spec, options);
    up = (spec?: ProgramSpec, options?: object) => this.run("up", spec, options);
    refresh = (options?: object) => this.run("refresh", undefined, options);
    destroy = (options?: object) => this.run("destroy", undefined, options);

    private async run(operation: Operation, spec?: ProgramSpec, options: object = {}): Promise<void> {
        if (spec !== undefined) {
            this.project.program(spec);
        }
        const events: EngineEvent[] = [];
        const onEvent = (event: EngineEvent) => events.push(event);
        const failed = await this.stack[operation]({ ...options, onEvent }).then(
            () => false,
            () => true,
        );
        const changes = events.find(({ summaryEvent }) => summaryEvent)?.summaryEvent?.resourceChanges;
        this.observations.push({
            operation: `${operation} ${JSON.stringify(options)}`,
            failed,
            changes: failed ? undefined : changes,
            steps: stepsOf(events).sort(),
            calls: this.project.calls().sort(),
            state: comparable(await this.stack.exportStack()),
        });
    }
}
