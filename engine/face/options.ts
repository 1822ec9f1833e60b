import type { DestroyOptions, PreviewOptions, RefreshOptions, UpOptions } from "@pulumi/pulumi/automation";
import { UnsupportedError } from "../deployment/unsupported";

/** Options of the CLI that make no difference here. */
const IMMATERIAL = [
    "color",
    "message",
    "userAgent",
    "debug",
    "logFlow",
    "logVerbosity",
    "logToStdErr",
    "suppressOutputs",
    "suppressProgress",
    "showSecrets",
];

const SUPPORTED = [
    "parallel",
    "continueOnError",
    "expectNoChanges",
    "refresh",
    "runProgram",
    "diff",
    "signal",
    "onOutput",
    "onError",
    "onEvent",
    "clearPendingCreates",
    "previewOnly",
];

export type AnyOptions = UpOptions & PreviewOptions & RefreshOptions & DestroyOptions;

/** @throws UnsupportedError for an option that would change what an operation does, and that is not there. */
export function refuseUnsupported(options: AnyOptions): void {
    const known = new Set([...IMMATERIAL, ...SUPPORTED]);
    for (const [name, value] of Object.entries(options)) {
        if (!known.has(name) && value !== undefined && value !== false) {
            throw new UnsupportedError(`option ${name}`);
        }
    }
}
