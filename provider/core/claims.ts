/** One resource, or one thing that could be one. */
export interface Thing {
    readonly kind: string;
    readonly id: string;
}

/**
 * What the program of this run still declares, by who declares it.
 *
 * The engine creates a resource that was renamed without an alias, moved, tainted or replaced first, and deletes the old
 * one then, under the same id: that delete would remove what the create has just found. So check, create and the read
 * behind `get` claim their ids, and a delete of a claimed id is skipped. A zone claims each of its RRsets too, so that an
 * RRset can move between it and a resource of its own. A process serves one provider instance in one phase of one run,
 * and `destroy` never calls check: that is exactly the life a claim should have.
 */
const claims = new Map<string, readonly string[]>();
const claimants = new Map<string, Set<string>>();

/** Claims a resource and `others` with it, in place of what it has claimed before. */
export function claim(kind: string, id: string, others: readonly Thing[] = []): void {
    const claimant = keyOf({ kind, id });
    for (const thing of claims.get(claimant) ?? []) {
        claimants.get(thing)?.delete(claimant);
    }
    const things = [claimant, ...others.map(keyOf)];
    claims.set(claimant, things);
    for (const thing of things) {
        const who = claimants.get(thing) ?? new Set();
        claimants.set(thing, who.add(claimant));
    }
}

export function isClaimed(kind: string, id: string): boolean {
    return (claimants.get(keyOf({ kind, id }))?.size ?? 0) > 0;
}

function keyOf({ kind, id }: Thing): string {
    return `${kind} ${id}`;
}

/**
 * The ids whose replacement this run has asked for. A create that looks for its own half-finished work must not take
 * the resource that it replaces for it.
 */
const replaced = new Set<string>();

export function markReplaced(kind: string, id: string): void {
    replaced.add(`${kind} ${id}`);
}

export function isReplaced(kind: string, id: string): boolean {
    return replaced.has(`${kind} ${id}`);
}
