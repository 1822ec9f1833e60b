import type { Step } from "./steps";

export type Severity = "info" | "info#err" | "warning" | "error";

/** Is told what a run does, while it does it. */
export interface Observer {
    stepStarted(step: Step): void;
    stepDone(step: Step): void;
    stepFailed(step: Step): void;
    /** What a program, a provider or the engine has to say. */
    diagnostic(severity: Severity, message: string, urn?: string): void;
}
