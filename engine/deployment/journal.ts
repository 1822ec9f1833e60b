import type { OperationKind, PendingOperation, ResourceState, Snapshot } from "../state/resourceState";
import { isProviderType, isStack, qualifiedType, typeOf } from "../state/urn";
import { stripReferences } from "./dependencies";
import type { Step } from "./steps";

const OPERATIONS: Partial<Record<Step["op"], OperationKind>> = {
    create: "creating",
    "create-replacement": "creating",
    update: "updating",
    delete: "deleting",
    "delete-replaced": "deleting",
    discard: "deleting",
    "discard-replaced": "deleting",
    read: "reading",
    "read-replacement": "reading",
};

/**
 * What a run has done so far. The state to save is at any time what the run has made, and after it what it has not
 * touched yet of what was there before.
 */
export class Journal {
    private readonly made: ResourceState[] = [];
    private readonly done = new Set<ResourceState>();
    /** Found to be gone while the program was run: what still refers to them must not. */
    private readonly gone: ResourceState[] = [];
    private readonly pending = new Set<PendingOperation>();
    private running: Promise<void> | undefined;
    private next: Promise<void> | undefined;

    constructor(
        private readonly base: Snapshot,
        /** Writes a snapshot; undefined in preview. */
        private readonly write: ((snapshot: Snapshot) => Promise<void>) | undefined,
    ) {}

    /** Returns when it is on disk that this step may have had an effect. */
    async begin(step: Step): Promise<(succeeded: boolean) => Promise<void>> {
        const type = OPERATIONS[step.op];
        const resource = type === "deleting" ? step.old : step.new;
        const operation = type && resource && { type, resource };
        if (operation) {
            this.pending.add(operation);
            if (callsProvider(operation.resource)) {
                await this.save();
            }
        }
        return async (succeeded) => {
            if (operation) {
                this.pending.delete(operation);
            }
            if (succeeded) {
                this.record(step);
            }
            if (operation && callsProvider(operation.resource)) {
                await this.save();
            }
        };
    }

    private record(step: Step): void {
        switch (step.op) {
            case "same":
            case "update":
            case "read":
            case "read-replacement":
                this.replace(
                    step.op === "read-replacement" ? undefined : step.old,
                    step.skipped ? undefined : step.new,
                );
                break;
            case "create":
                this.replace(undefined, step.new);
                break;
            case "create-replacement":
                this.replace(step.old?.pendingReplacement ? step.old : undefined, step.new);
                break;
            case "delete":
            case "delete-replaced":
            case "discard":
            case "discard-replaced":
                this.replace(step.old?.pendingReplacement ? undefined : step.old, undefined);
                break;
            case "remove-pending-replace":
                this.replace(step.old, undefined);
                break;
            case "refresh":
                if (step.persisted && step.old) {
                    this.replace(step.old, step.new);
                    this.gone.push(...(step.new === undefined ? [step.old] : []));
                }
                break;
        }
    }

    private replace(old: ResourceState | undefined, made: ResourceState | undefined): void {
        if (old !== undefined) {
            this.done.add(old);
        }
        if (made !== undefined) {
            this.made.push(made);
        }
    }

    snapshot(): Snapshot {
        const left = [...this.made, ...this.base.resources].filter((resource) => !this.done.has(resource));
        const resources =
            this.gone.length === 0
                ? left
                : stripReferences(
                      left.map((each) => ({ ...each })),
                      this.gone,
                  );
        const interrupted = this.base.pendingOperations.filter(({ type }) => type === "creating");
        return rewriteAliases({ resources, pendingOperations: [...this.pending, ...interrupted] });
    }

    /** Writes the state as it is now. Calls that come while a write is under way share the next one. */
    save(): Promise<void> {
        if (this.write === undefined) {
            return Promise.resolve();
        }
        const write = this.write;
        this.next ??= (this.running ?? Promise.resolve()).then(() => {
            this.running = this.next;
            this.next = undefined;
            return write(this.snapshot());
        });
        return this.next;
    }
}

/** Nothing outside depends on a component or a provider: their own saves can wait for the next one. */
function callsProvider(resource: ResourceState): boolean {
    return resource.custom && !isProviderType(resource.type);
}

/** A resource that was found under an alias has a new URN; what refers to the old one must say the new one. */
function rewriteAliases(snapshot: Snapshot): Snapshot {
    const renamed = new Map<string, string>();
    for (const { urn, parent, aliases } of snapshot.resources) {
        for (const alias of aliases) {
            renamed.set(alias, urn);
        }
        const newParent = parent === undefined ? undefined : renamed.get(parent);
        if (newParent !== undefined && !isStack(newParent)) {
            const [stack, project, , ...name] = urn.split("::");
            const type = `${qualifiedType(newParent)}$${typeOf(urn)}`;
            renamed.set(urn, [stack, project, type, ...name].join("::"));
        }
    }
    if (renamed.size === 0) {
        return snapshot;
    }
    const now = (urn: string) => renamed.get(urn) ?? urn;
    const rewrite = (resource: ResourceState): ResourceState => {
        const at = resource.provider?.lastIndexOf("::") ?? -1;
        return {
            ...resource,
            urn: now(resource.urn),
            parent: resource.parent && now(resource.parent),
            dependencies: resource.dependencies.map(now),
            provider: resource.provider && now(resource.provider.slice(0, at)) + resource.provider.slice(at),
            propertyDependencies: Object.fromEntries(
                Object.entries(resource.propertyDependencies).map(([key, urns]) => [key, urns.map(now)]),
            ),
            deletedWith: resource.deletedWith && now(resource.deletedWith),
        };
    };
    return {
        resources: snapshot.resources.map(rewrite),
        pendingOperations: snapshot.pendingOperations.map(({ resource, type }) => ({
            resource: rewrite(resource),
            type,
        })),
    };
}
