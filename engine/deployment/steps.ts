import type { OpType } from "@pulumi/pulumi/automation";
import type { ResourceState } from "../state/resourceState";
import type { PropertyChange } from "./propertyDiff";

/** One thing that a run does to one resource. */
export interface Step {
    op: OpType;
    urn: string;
    old: ResourceState | undefined;
    new: ResourceState | undefined;
    /** Properties that force a replacement. */
    replaceKeys: string[];
    /** create-replacement, read-replacement: the old resource stays until the end of the run. */
    keepOld: boolean;
    /** delete-replaced: the old resource is gone before its replacement is made, and stays in state until then. */
    pendingReplacement: boolean;
    /** same: a resource that this run may not create. Nothing is saved. */
    skipped: boolean;
    /** refresh: the result is saved as a step of its own, as the program is run in the same operation. */
    persisted: boolean;
    ignoreChanges: string[];
    /** What a refresh found: what it amounts to, and what has changed. */
    found: { op: OpType; changes: PropertyChange[] } | undefined;
}

export function step(op: OpType, states: { old?: ResourceState; new?: ResourceState }, more: Partial<Step> = {}): Step {
    const urn = states.new?.urn ?? states.old?.urn ?? "";
    return {
        op,
        urn,
        old: states.old,
        new: states.new,
        replaceKeys: [],
        keepOld: false,
        pendingReplacement: false,
        skipped: false,
        persisted: false,
        ignoreChanges: [],
        found: undefined,
        ...more,
    };
}

/** The parts of a replacement are shown, and only `replace` itself is counted, when they are not logical. */
export function isLogical({ op }: Step): boolean {
    return !["create-replacement", "delete-replaced", "discard-replaced", "read-replacement", "refresh"].includes(op);
}
