import type { Ending } from "../runsOfOperation";
import type { Failure } from "./failures";

/** What may be otherwise than without a failure, and why. */
interface Exception {
    readonly kinds: readonly string[];
    readonly failures: readonly Failure[];
    readonly finding: RegExp;
    readonly reason: string;
}

export const EXCEPTIONS: readonly Exception[] = [
    {
        kinds: ["TsigKey"],
        failures: ["killed"],
        finding: /\/tsigKeys: /,
        reason: "a key has no name of ours, and no call removes one: what a killed run has made is listed by `getTsigKeys`",
    },
];

export function isKnown(kind: string, failure: Failure, finding: string): boolean {
    return EXCEPTIONS.some(
        ({ kinds, failures, finding: known }) =>
            kinds.includes(kind) && failures.includes(failure) && known.test(finding),
    );
}

/** What only the API tells apart: one that a provider makes beside the next run is not known for its own. */
export const endingsOf = (kind: string): readonly Ending[] =>
    ["TsigKey", "LiveDnsKey", "Snapshot"].includes(kind) ? ["ends", "cut"] : ["ends", "cut", "zombie"];
