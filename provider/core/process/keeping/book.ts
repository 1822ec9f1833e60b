/** One thing at an API, as one text that is only ever compared: see `thingAt`. */
export type Thing = string;

/** Who declares something: one registration of one process, as no other process of the run calls its own. */
export type Declarer = string;

/**
 * What happened, in the order in which it did. Entries are only ever added: a process writes them before the engine gets
 * the answer that they belong to.
 *
 * - `keep`: the program declares these things, in place of what this declarer has kept before.
 * - `replace`: its own thing `of` is going to be replaced. Until the replacement's create has begun, a delete of it is meant.
 * - `begin`: that create has begun.
 * - `seek`: it declares one that goes by these marks, and whose id only the API can give.
 * - `find`: it has that id now (a `keep` of its own says which), or never will.
 * - `delete`, `deleted`: a delete of this thing is under way, and over; `isGone` where it was done.
 */
export type Entry =
    | { readonly act: "keep"; readonly by: Declarer; readonly things: readonly Thing[] }
    | { readonly act: "replace"; readonly by: Declarer; readonly of?: Thing | undefined }
    | { readonly act: "begin"; readonly by: Declarer }
    | { readonly act: "seek"; readonly by: Declarer; readonly marks: Thing }
    | { readonly act: "find"; readonly by: Declarer }
    | { readonly act: "delete"; readonly by: Declarer; readonly thing: Thing }
    | { readonly act: "deleted"; readonly by: Declarer; readonly thing: Thing; readonly isGone: boolean };

/** What the entries of one process add up to. */
export class Book {
    private readonly kept = new Map<Declarer, readonly Thing[]>();
    private readonly keepers = new Map<Thing, Set<Declarer>>();
    private readonly replacing = new Map<Declarer, Thing | undefined>();
    private readonly sought = new Map<Declarer, Thing>();
    private readonly deletions = new Map<Thing, Set<Declarer>>();
    private readonly gone = new Set<Thing>();

    add(entry: Entry): void {
        switch (entry.act) {
            case "keep":
                this.keep(entry.by, entry.things);
                return;
            case "replace":
                this.replacing.set(entry.by, entry.of);
                return;
            case "begin":
                this.replacing.delete(entry.by);
                return;
            case "seek":
                this.sought.set(entry.by, entry.marks);
                return;
            case "find":
                this.sought.delete(entry.by);
                return;
            case "delete":
                this.deletions.set(entry.thing, (this.deletions.get(entry.thing) ?? new Set()).add(entry.by));
                return;
            case "deleted":
                this.deletions.get(entry.thing)?.delete(entry.by);
                if (entry.isGone) {
                    this.gone.add(entry.thing);
                }
        }
    }

    /** Whether somebody but `except` still declares the thing, and not only as what is about to be replaced. */
    keeps(thing: Thing, except?: Declarer): boolean {
        return [...(this.keepers.get(thing) ?? [])].some(
            (by) => by !== except && !(this.replacing.has(by) && this.replacing.get(by) === thing),
        );
    }

    /** Whether somebody declares the thing, be it as what is about to be replaced. */
    declares(thing: Thing): boolean {
        return (this.keepers.get(thing)?.size ?? 0) > 0;
    }

    /** Whether somebody declares a thing of these marks, and it is not known which one that is. */
    seeks(marks: Thing): boolean {
        return [...this.sought].some(([by, sought]) => sought === marks && !this.replacing.has(by));
    }

    isDeleting(thing: Thing): boolean {
        return (this.deletions.get(thing)?.size ?? 0) > 0;
    }

    /** Whether it was deleted in this run. */
    isGone(thing: Thing): boolean {
        return this.gone.has(thing);
    }

    private keep(by: Declarer, things: readonly Thing[]): void {
        for (const thing of this.kept.get(by) ?? []) {
            this.keepers.get(thing)?.delete(by);
        }
        this.kept.set(by, things);
        for (const thing of things) {
            this.keepers.set(thing, (this.keepers.get(thing) ?? new Set()).add(by));
        }
    }
}
