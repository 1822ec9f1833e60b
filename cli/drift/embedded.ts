import { copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { createOrSelectStack } from "../../engine";
import { stateDirOf } from "../../engine/face/openStack";
import { readProject } from "../../engine/state/project";
import { StateFile } from "../../engine/state/stateFile";
import type { Props } from "../../provider/core/property";
import { CommandFailure } from "../command";
import { inThrowAwayFolder } from "../throwAway";
import type { Preview, PreviewError, State, Step } from "./preview";
import type { Target } from "./pulumiCli";

/**
 * A preview by the embedded engine. It works on a copy of the state that only this user can read and that is gone in the
 * end, so that it takes no lock and writes nothing beside the stack.
 */
export async function previewEmbedded({ directory, stack, env }: Target): Promise<Preview> {
    const envVars = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value ?? ""]));
    const project = readProject(directory);
    const { stateDir, stackName } = placeOf({ directory, stack, env });
    const { path } = new StateFile(stateDir, project.name, stackName);
    if (!existsSync(path)) {
        throw new CommandFailure(`there is no stack ${stackName} in ${stateDir}`);
    }
    return inThrowAwayFolder("drift", async (copy) => {
        const copied = new StateFile(copy, project.name, stackName).path;
        mkdirSync(dirname(copied), { recursive: true });
        copyFileSync(path, copied);
        const opened = await createOrSelectStack({ stackName, workDir: directory }, { stateDir: copy, envVars });
        const steps: Step[] = [];
        const errors: PreviewError[] = [];
        const onEvent = (event: EngineEvent) => take(event, steps, errors);
        try {
            await opened.preview({ refresh: true, runProgram: true, onEvent });
        } catch (error) {
            if (errors.length === 0) throw error;
        }
        return { steps, errors };
    });
}

function take({ resourcePreEvent, diagnosticEvent }: EngineEvent, steps: Step[], errors: PreviewError[]): void {
    if (resourcePreEvent !== undefined) {
        const { op, urn, old, new: made, detailedDiff } = resourcePreEvent.metadata;
        steps.push({ op, urn, old: stateOf(old), new: stateOf(made), paths: Object.keys(detailedDiff ?? {}) });
    }
    if (diagnosticEvent?.severity === "error") {
        const { urn, message } = diagnosticEvent;
        errors.push({ urn: urn === "" ? undefined : urn, message });
    }
}

function stateOf(state: { id?: string; inputs: Props; outputs: Props } | undefined): State | undefined {
    return state && { id: state.id, inputs: state.inputs, outputs: state.outputs };
}

/** The state of a stack of the embedded engine, nothing decrypted; undefined where there is none, or several and none is named. */
export async function embeddedDeployment(target: Target): Promise<object | undefined> {
    return hasEmbeddedStack(target) ? fileOf(target).load() : undefined;
}

/** Whether there is a state that the embedded engine can read. */
export function hasEmbeddedStack(target: Target): boolean {
    try {
        return existsSync(fileOf(target).path);
    } catch {
        return false;
    }
}

function fileOf(target: Target): StateFile {
    const { stateDir, stackName } = placeOf(target);
    return new StateFile(stateDir, readProject(target.directory).name, stackName);
}

function placeOf({ directory, stack, env }: Target): { stateDir: string; stackName: string } {
    const project = readProject(directory);
    const stateDir = stateDirOf({ PULUMI_BACKEND_URL: env.PULUMI_BACKEND_URL ?? "" }, project);
    return { stateDir, stackName: stack ?? onlyStack(stateDir, project.name) };
}

function onlyStack(stateDir: string, project: string): string {
    const folder = join(stateDir, ".pulumi", "stacks", project);
    const files = existsSync(folder) ? readdirSync(folder) : [];
    const names = files.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length));
    if (names.length !== 1) {
        throw new CommandFailure(
            names.length === 0
                ? `there is no stack of ${project} in ${stateDir}`
                : `which stack? --stack ${names.join(" or ")}`,
        );
    }
    return names[0]!;
}
