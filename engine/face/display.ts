import type { EngineEvent, OpMap, OpType } from "@pulumi/pulumi/automation";
import type { Observer, Severity } from "../deployment/observer";
import { diffProperties } from "../deployment/propertyDiff";
import { isLogical, type Step } from "../deployment/steps";
import { isDefaultProvider, isProviderType, nameOf, typeOf } from "../state/urn";
import type { PropertyMap } from "../state/values";
import { describeChanges, describeInputs, renderValue } from "./displayProperties";
import { countLines, DOING, DONE, INTENDED, SYMBOLS } from "./displayWords";
import { stepEvent } from "./events";
import { changesOf } from "./stepChanges";

export interface DisplayOptions {
    stack: string;
    /** What is going on, as a heading has it: "Previewing update". */
    title: string;
    preview: boolean;
    /** A refresh is the operation itself: what it finds is counted. */
    isRefresh: boolean;
    /** Show the properties of what is created and deleted, too. */
    diff: boolean;
    mask: (text: string) => string;
    onOutput: ((text: string) => void) | undefined;
    onEvent: ((event: EngineEvent) => void) | undefined;
}

/** The log of a run for people, its events for programs, and the count of what it does. */
export class Display implements Observer {
    /** Everything that was printed. */
    stdout = "";
    /** The errors alone. */
    stderr = "";
    readonly changes: OpMap = {};
    private readonly started = new Map<Step, number>();
    private readonly diagnostics = new Map<string, string[]>();
    private readonly beginning = Date.now();
    private sequence = 0;

    constructor(private readonly options: DisplayOptions) {
        this.print(`${options.title} (${options.stack}):`);
        this.print("");
    }

    stepStarted(step: Step): void {
        this.emit({ resourcePreEvent: { metadata: stepEvent(step, step.op), planning: this.options.preview } });
        if (!isShown(step)) {
            return;
        }
        this.started.set(step, Date.now());
        if (isInstant(step) && !this.options.preview) {
            return;
        }
        this.printStep(step, this.options.preview ? INTENDED[step.op] : DOING[step.op], retainMark(step));
        for (const line of describeChanges(step.op === "replace" ? [] : changesOf(step), step.replaceKeys)) {
            this.print(`        ${line}`);
        }
        if (this.options.diff && step.op === "create") {
            for (const line of describeInputs(step.new?.inputs ?? {})) {
                this.print(`        ${line}`);
            }
        }
    }

    stepDone(step: Step): void {
        this.count(step);
        this.emit({
            resOutputsEvent: { metadata: stepEvent(step, this.outcome(step)), planning: this.options.preview },
        });
        if (step.op === "refresh") {
            this.refreshed(step);
        } else if (isShown(step) && !this.options.preview) {
            const seconds = (Date.now() - (this.started.get(step) ?? Date.now())) / 1000;
            this.printStep(step, DONE[step.op], isInstant(step) ? "" : ` (${seconds.toFixed(2)}s)`);
        }
    }

    private refreshed(step: Step): void {
        if (step.found === undefined || step.found.op === "same") {
            return;
        }
        const isGone = step.found.op === "delete";
        this.print(
            ` ${isGone ? "- " : "~ "} ${label(step)} ${isGone ? "is gone" : "has changed outside of this program"}`,
        );
        for (const line of describeChanges(changesOf(step), [])) {
            this.print(`        ${line}`);
        }
    }

    stepFailed(step: Step): void {
        this.emit({ resOpFailedEvent: { metadata: stepEvent(step, step.op), status: 0, steps: 0 } });
        this.printStep(step, `${DOING[step.op] ?? step.op} failed`, "");
    }

    /** What a program, a provider or the engine has to say; warnings and errors are shown together at the end. */
    diagnostic(severity: Severity, message: string, urn?: string): void {
        const text = this.options.mask(message).trimEnd();
        this.emit({
            diagnosticEvent: {
                urn: urn ?? "",
                prefix: `${severity}: `,
                message: `${text}\n`,
                color: "never",
                severity,
            },
        });
        if (severity === "info" || severity === "info#err") {
            this.printLines(text, "    ");
            return;
        }
        const where = urn ? `${typeOf(urn)} (${nameOf(urn)})` : "";
        this.diagnostics.set(where, [...(this.diagnostics.get(where) ?? []), `${severity}: ${text}`]);
        if (severity === "error") {
            this.stderr += `error: ${where === "" ? "" : `${where}: `}${text}\n`;
        }
    }

    /** A line that a process printed. */
    line(text: string, stream: "stdout" | "stderr"): void {
        this.diagnostic(stream === "stdout" ? "info" : "info#err", text);
    }

    /** Outputs that have changed, what was counted, and how long it took. */
    finish(outputs: { before: PropertyMap; now: PropertyMap }): void {
        this.printDiagnostics();
        this.printOutputs(outputs);
        this.print("");
        this.print("Resources:");
        for (const line of countLines(this.changes, this.options.preview)) {
            this.print(`    ${line}`);
        }
        this.print("");
        const durationSeconds = Math.max(1, Math.round((Date.now() - this.beginning) / 1000));
        this.print(`Duration: ${durationSeconds}s`);
        this.emit({
            summaryEvent: { maybeCorrupt: false, durationSeconds, resourceChanges: this.changes, policyPacks: {} },
        });
    }

    private printDiagnostics(): void {
        if (this.diagnostics.size === 0) {
            return;
        }
        this.print("");
        this.print("Diagnostics:");
        for (const [where, messages] of this.diagnostics) {
            if (where !== "") {
                this.print(`  ${where}:`);
            }
            for (const message of messages) {
                this.printLines(message, "    ");
            }
        }
    }

    private printOutputs({ before, now }: { before: PropertyMap; now: PropertyMap }): void {
        const lines = Object.keys({ ...before, ...now })
            .sort()
            .map((key) => outputLine(key, before[key], now[key]));
        if (lines.length > 0) {
            this.print("");
            this.print("Outputs:");
        }
        for (const line of lines) {
            this.print(`    ${line}`);
        }
    }

    private printStep(step: Step, what: string | undefined, more: string): void {
        this.print(` ${SYMBOLS[step.op] ?? "  "} ${label(step)} ${what ?? step.op}${more}`);
    }

    private printLines(text: string, indent: string): void {
        for (const line of text.split("\n")) {
            this.print(indent + line);
        }
    }

    private print(line: string): void {
        const text = `${this.options.mask(line)}\n`;
        this.stdout += text;
        this.options.onOutput?.(text);
    }

    private emit(event: Omit<EngineEvent, "sequence" | "timestamp">): void {
        this.options.onEvent?.({ sequence: this.sequence++, timestamp: Math.floor(Date.now() / 1000), ...event });
    }

    private count(step: Step): void {
        const counted = step.op === "refresh" ? this.options.isRefresh : isLogical(step) && readsSomethingNew(step);
        if (counted && !isInternal(step)) {
            const op = this.outcome(step);
            this.changes[op] = (this.changes[op] ?? 0) + 1;
        }
    }

    /** Where a refresh is the operation itself, what it found is what it has done. */
    private outcome({ op, found }: Step): OpType {
        return op === "refresh" && this.options.isRefresh ? (found?.op ?? "same") : op;
    }
}

/** Reading the same again is no change. */
function readsSomethingNew({ op, old, new: made }: Step): boolean {
    return (
        op !== "read" ||
        (old !== undefined && made !== undefined && diffProperties(old.outputs, made.outputs).length > 0)
    );
}

/** Default providers are the engine's own affair; so is a refresh that can't find anything before a step of its own. */
function isInternal({ op, urn, old, persisted }: Step): boolean {
    const findsNothing = op === "refresh" && persisted && (!old?.custom || isProviderType(typeOf(urn)));
    return op === "remove-pending-replace" || isDefaultProvider(urn) || findsNothing;
}

/** Components and providers are made by saying so: one line is enough. */
function isInstant({ urn, old, new: made }: Step): boolean {
    return !(made ?? old)?.custom || isProviderType(typeOf(urn));
}

function isShown(step: Step): boolean {
    return !isInternal(step) && step.op !== "same" && step.op !== "refresh";
}

function label({ urn }: Step): string {
    return `${typeOf(urn)} ${nameOf(urn)}`;
}

function retainMark({ op, old }: Step): string {
    return op.startsWith("delete") && old?.retainOnDelete ? " [retain]" : "";
}

function outputLine(
    key: string,
    before: PropertyMap[string] | undefined,
    now: PropertyMap[string] | undefined,
): string {
    if (before === undefined || now === undefined) {
        return `${now === undefined ? "-" : "+"} ${key}: ${renderValue(now ?? before)}`;
    }
    const [from, to] = [renderValue(before), renderValue(now)];
    return from === to ? `  ${key}: ${to}` : `~ ${key}: ${from} => ${to}`;
}
