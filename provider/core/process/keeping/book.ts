/** One resource at an API, as one text that is only ever compared: see `digestOf`. */
export type Digest = string;

/** Who declares something: one registration of one process, as no other process of the run calls its own. */
export type Declarer = string;

/**
 * What happened, in the order in which it did. Entries are only ever added: a process writes them before the engine gets
 * the answer that they belong to.
 *
 * - `keep`: the program declares these resources, in place of what this declarer has kept before.
 * - `replace`: its own resource `of` is going to be replaced. Until the replacement's create has begun, a delete of it is meant.
 * - `begin`: that create has begun.
 * - `seek`: it declares one that goes by these marks, and whose id only the API can give; `isNew` where the state has none.
 * - `find`: it has that id now (a `keep` of its own says which), or never will.
 * - `plan`, `spend`: an order, in cents with taxes: planned in check, and really sent. What turned out not to be is negative.
 * - `delete`, `deleted`: a delete of this resource is under way, and over; `isGone` where it was done.
 */
export type Entry =
    | { readonly act: "keep"; readonly by: Declarer; readonly resources: readonly Digest[] }
    | { readonly act: "replace"; readonly by: Declarer; readonly of?: Digest | undefined }
    | { readonly act: "begin"; readonly by: Declarer }
    | { readonly act: "seek"; readonly by: Declarer; readonly marks: Digest; readonly isNew: boolean }
    | { readonly act: "find"; readonly by: Declarer }
    | Spending
    | { readonly act: "delete"; readonly by: Declarer; readonly resource: Digest }
    | { readonly act: "deleted"; readonly by: Declarer; readonly resource: Digest; readonly isGone: boolean };

interface Spending {
    readonly act: "plan" | "spend";
    /** ISO 4217. */
    readonly currency: string;
    readonly cents: number;
    /** What it costs again by itself, each so many months. */
    readonly renews?: { readonly cents: number; readonly months: number } | undefined;
}

/** What several orders come to. */
export class Amounts {
    readonly byCurrency = new Map<string, number>();
    /** By currency and months: `EUR 12`. */
    readonly renewals = new Map<string, number>();
    count = 0;

    add({ currency, cents, renews }: Spending): void {
        this.count += Math.sign(cents);
        this.byCurrency.set(currency, (this.byCurrency.get(currency) ?? 0) + cents);
        if (renews !== undefined) {
            const key = `${currency} ${renews.months}`;
            this.renewals.set(key, (this.renewals.get(key) ?? 0) + renews.cents);
        }
    }
}

/** What the entries of one process add up to. */
export class Book {
    private readonly kept = new Map<Declarer, readonly Digest[]>();
    private readonly keepers = new Map<Digest, Set<Declarer>>();
    private readonly replacing = new Map<Declarer, Digest | undefined>();
    private readonly sought = new Map<Declarer, { readonly marks: Digest; readonly isNew: boolean }>();
    private readonly deletions = new Map<Digest, Set<Declarer>>();
    private readonly gone = new Set<Digest>();
    /** The orders that its checks have let pass. */
    readonly planned = new Amounts();
    /** The orders that it has sent. */
    readonly spent = new Amounts();

    add(entry: Entry): void {
        switch (entry.act) {
            case "keep":
                this.keep(entry.by, entry.resources);
                return;
            case "replace":
                this.replacing.set(entry.by, entry.of);
                return;
            case "begin":
                this.replacing.delete(entry.by);
                return;
            case "seek":
                this.sought.set(entry.by, entry);
                return;
            case "find":
                this.sought.delete(entry.by);
                return;
            case "plan":
                this.planned.add(entry);
                return;
            case "spend":
                this.spent.add(entry);
                return;
            case "delete":
                this.deletions.set(entry.resource, (this.deletions.get(entry.resource) ?? new Set()).add(entry.by));
                return;
            case "deleted":
                this.deletions.get(entry.resource)?.delete(entry.by);
                if (entry.isGone) {
                    this.gone.add(entry.resource);
                }
        }
    }

    /** Whether somebody but `except` still declares the resource, and not only as what is about to be replaced. */
    keeps(resource: Digest, except?: Declarer): boolean {
        return [...(this.keepers.get(resource) ?? [])].some(
            (by) => by !== except && !(this.replacing.has(by) && this.replacing.get(by) === resource),
        );
    }

    /** Whether somebody declares the resource, be it as what is about to be replaced. */
    declares(resource: Digest): boolean {
        return (this.keepers.get(resource)?.size ?? 0) > 0;
    }

    /** Whether somebody declares a resource of these marks, and it is not known which one that is. */
    seeks(marks: Digest): boolean {
        return [...this.sought].some(([by, sought]) => sought.marks === marks && !this.replacing.has(by));
    }

    /** Whether such a one is new: its create has failed, or was never tried. */
    lacks(marks: Digest): boolean {
        return [...this.sought.values()].some((sought) => sought.marks === marks && sought.isNew);
    }

    isDeleting(resource: Digest): boolean {
        return (this.deletions.get(resource)?.size ?? 0) > 0;
    }

    /** Whether it was deleted in this run. */
    isGone(resource: Digest): boolean {
        return this.gone.has(resource);
    }

    private keep(by: Declarer, resources: readonly Digest[]): void {
        for (const resource of this.kept.get(by) ?? []) {
            this.keepers.get(resource)?.delete(by);
        }
        this.kept.set(by, resources);
        for (const resource of resources) {
            this.keepers.set(resource, (this.keepers.get(resource) ?? new Set()).add(by));
        }
    }
}
