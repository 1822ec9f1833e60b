import type { OpMap } from "@pulumi/pulumi/automation";
import type { Severity } from "../deployment/observer";
import type { Step } from "../deployment/steps";
import { nameOf, typeOf } from "../state/urn";
import { describeChanges, describeInputs } from "./propertyText";
import { changesOf } from "./stepChanges";

export interface PrinterOptions {
    /** Show the properties of what is created, too. */
    diff: boolean;
    mask: (text: string) => string;
    onOutput: ((text: string) => void) | undefined;
}

/** The text of a run, for people: a line for each step and message, and for each property that changes. */
export class Printer {
    /** Everything that was printed. */
    stdout = "";
    /** The errors alone. */
    stderr = "";

    constructor(private readonly options: PrinterOptions) {}

    step(step: Step): void {
        const { op, urn, old, new: made, replaceKeys } = step;
        const retained = op.startsWith("delete") && old?.retainOnDelete ? " [retain]" : "";
        this.print(`${op} ${typeOf(urn)} ${nameOf(urn)}${retained}`);
        // The two halves of a replacement say what has changed.
        this.printProperties(op === "replace" ? [] : describeChanges(changesOf(step), replaceKeys));
        if (this.options.diff && op === "create") {
            this.printProperties(describeInputs(made?.inputs ?? {}));
        }
    }

    /** What a refresh has found, if it is anything new. */
    found(step: Step): void {
        const { urn, found } = step;
        if (found === undefined || found.op === "same") {
            return;
        }
        const what = found.op === "delete" ? "is gone" : "has changed outside of this program";
        this.print(`${typeOf(urn)} ${nameOf(urn)} ${what}`);
        this.printProperties(describeChanges(changesOf(step), []));
    }

    message(severity: Severity, text: string, urn: string | undefined): void {
        if (severity === "info" || severity === "info#err") {
            this.print(text);
            return;
        }
        const where = urn ? `${typeOf(urn)} (${nameOf(urn)}): ` : "";
        const line = this.print(`${severity}: ${where}${text}`);
        if (severity === "error") {
            this.stderr += line;
        }
    }

    /** `1 create, 2 same`. */
    counts(changes: OpMap): void {
        const counts = Object.entries(changes).map(([op, count]) => `${count} ${op}`);
        this.print(counts.join(", ") || "nothing to do");
    }

    private printProperties(lines: string[]): void {
        for (const line of lines) {
            this.print(`    ${line}`);
        }
    }

    private print(line: string): string {
        const text = `${this.options.mask(line)}\n`;
        this.stdout += text;
        this.options.onOutput?.(text);
        return text;
    }
}
