import type { ResourceState, Snapshot } from "../state/resourceState";

/** What became of a resource that the program has registered or read. */
export type Handled = "read" | "create" | "same" | "update" | "replace" | "refresh";

/**
 * What a run knows of its resources: what was there, what the program has said, what has been decided and done. The parts
 * of the run read it and write into it; it knows none of them.
 */
export class Ledger {
    /** What was there, by URN, without what waits for its deletion. */
    readonly olds = new Map<string, ResourceState>();
    /** What is there now, by URN: what `getResource` looks up. */
    readonly current = new Map<string, ResourceState>();
    /** URNs that the program has registered or read. */
    readonly registered = new Set<string>();
    /** Old URNs of resources that have been registered under another one, and that other one. */
    readonly renamed = new Map<string, string>();
    /** URNs that have got their steps, and those steps' kind. */
    readonly handled = new Map<string, Handled>();
    /** Resources that this run may not create, or has failed to, and what depends on them. */
    readonly skipped = new Set<string>();
    /** URNs that this run deletes; those that turn out to be replaced leave it again. */
    readonly deleted = new Set<string>();
    /** Deleted before their replacement, so that the end of the run need not. */
    readonly deletedEarly = new Set<ResourceState>();
    /** destroy with the program: registered resources, to be deleted at the end. */
    readonly toDelete: ResourceState[] = [];

    constructor(
        /** The state that the run has begun with; a refresh before the program replaces its resources. */
        readonly base: Snapshot,
    ) {
        this.indexOlds();
    }

    /** From here on these are the resources that were there. */
    refreshed(resources: ResourceState[]): void {
        this.base.resources = resources;
        this.indexOlds();
    }

    private indexOlds(): void {
        this.olds.clear();
        for (const resource of this.base.resources) {
            if (!resource.delete) {
                this.olds.set(resource.urn, resource);
            }
        }
    }
}
