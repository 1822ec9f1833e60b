import type { EngineEvent, OpMap, OpType } from "@pulumi/pulumi/automation";
import type { Observer, Severity } from "../deployment/observer";
import { diffProperties } from "../deployment/propertyDiff";
import { isLogical, type Step } from "../deployment/steps";
import { isDefaultProvider, isProviderType, typeOf } from "../state/urn";
import { stepEvent } from "./events";
import { Printer, type PrinterOptions } from "./printer";

export interface ReportOptions extends PrinterOptions {
    preview: boolean;
    /** A refresh is the operation itself: what it finds is counted. */
    isRefresh: boolean;
    onEvent: ((event: EngineEvent) => void) | undefined;
}

/** What is told of a run: its events to programs, its text to people, and the count of what it does. */
export class Report implements Observer {
    readonly changes: OpMap = {};
    private readonly printer: Printer;
    private readonly beginning = Date.now();
    private sequence = 0;

    constructor(private readonly options: ReportOptions) {
        this.printer = new Printer(options);
    }

    /** Everything that was printed. */
    get stdout(): string {
        return this.printer.stdout;
    }

    /** The errors alone. */
    get stderr(): string {
        return this.printer.stderr;
    }

    stepStarted(step: Step): void {
        this.emit({ resourcePreEvent: { metadata: stepEvent(step, step.op), planning: this.options.preview } });
        if (!isInternal(step) && step.op !== "same" && step.op !== "refresh") {
            this.printer.step(step);
        }
    }

    stepDone(step: Step): void {
        this.count(step);
        this.emit({
            resOutputsEvent: { metadata: stepEvent(step, this.outcome(step)), planning: this.options.preview },
        });
        this.printer.found(step);
    }

    stepFailed(step: Step): void {
        this.emit({ resOpFailedEvent: { metadata: stepEvent(step, step.op), status: 0, steps: 0 } });
    }

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
        this.printer.message(severity, text, urn);
    }

    /** A line that a process printed. */
    line(text: string, stream: "stdout" | "stderr"): void {
        this.diagnostic(stream === "stdout" ? "info" : "info#err", text);
    }

    finish(): void {
        this.printer.counts(this.changes);
        const durationSeconds = Math.max(1, Math.round((Date.now() - this.beginning) / 1000));
        this.emit({
            summaryEvent: { maybeCorrupt: false, durationSeconds, resourceChanges: this.changes, policyPacks: {} },
        });
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
