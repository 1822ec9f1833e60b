/**
 * The ids that the program of this run still declares.
 *
 * The engine creates a resource that was renamed without an alias, moved, tainted or replaced first, and deletes the old
 * one then, under the same id: that delete would remove what the create has just found. So check, create and the read
 * behind `get` claim their ids, and a delete of a claimed id is skipped. A process serves one provider instance in one
 * phase of one run, and `destroy` never calls check: that is exactly the life a claim should have.
 */
const claimed = new Set<string>();

export function claim(kind: string, id: string): void {
    claimed.add(`${kind} ${id}`);
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

export function isClaimed(kind: string, id: string): boolean {
    return claimed.has(`${kind} ${id}`);
}
