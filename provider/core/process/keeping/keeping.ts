import type { Declarer, Digest } from "./book";
import type { Ledger } from "./ledger";

/** What the inputs of one resource declare. */
export interface Declared {
    readonly kind: string;
    /** The inputs as one text: two of the same text are taken for the same resource. */
    readonly inputs: string;
    /** The resource itself, where its inputs say which one it is. */
    readonly own?: Digest | undefined;
    /** What stands for itself and is declared with it, such as the RRsets of a zone. */
    readonly others: readonly Digest[];
    /** What it goes by where only the API gives the id. */
    readonly marks?: Digest | undefined;
}

/** One resource of the program, from its check to its create or update. */
export interface Registration {
    readonly by: Declarer;
    declared: Declared;
    /** Whether the state has it: its check was given the old inputs. */
    readonly isKnown: boolean;
    /** The one of the state, once its diff has said which. */
    stands?: Digest;
    /** Whether it was checked again without the old inputs: the engine replaces it. */
    isReplacing: boolean;
    hasBegun: boolean;
}

/** A delete that is under way. */
export interface Deletion {
    /** Why it may not be done. */
    readonly reason: string | undefined;
    /** Whether only a later run can tell: the resource must stay in the state until then. */
    readonly isUndecided: boolean;
    /** @param isGone whether it was done */
    over(isGone: boolean): void;
}

/**
 * What the program of this run still declares, so that nothing of it is deleted.
 *
 * The engine creates what was renamed without an alias, moved, tainted, replaced or given another provider first, and
 * deletes the old one then, under the same id: that delete would remove what the create has just found. But it tells a
 * provider neither the resource's name nor why it calls. So this follows the calls (Pulumi 3.260):
 *
 * - A resource of the program: check with the old inputs, then diff with what check answered, then update or nothing. A
 *   diff of anything else is that of a refresh, or looks for dependents, and says nothing of the program.
 * - A new one: check without old inputs, create. So is one that was tainted, or given with `--replace`.
 * - A replacement, asked for by diff, `replaceOnChanges`, another provider and the like: check with the old inputs, mostly
 *   diff, check without, create; the delete of the old one comes before the create, or last.
 * - `destroy` never calls check.
 *
 * What is declared is kept; only a replacement whose create has not begun lets the one go whose place it takes. Where
 * nobody can know, it errs towards keeping: what is kept in error is left over, with a line that says so.
 */
export class Keeping {
    private readonly registrations = new Map<string, Registration[]>();
    private count = 0;

    constructor(private readonly ledger: Ledger) {}

    /** Why the other providers of this run may declare what is not to be seen here; undefined where that can't be. */
    get doubt(): string | undefined {
        return this.ledger.doubt;
    }

    /**
     * Check was called for a resource that the program declares.
     * @returns whether it is the second check of a replacement. (One that was tainted, or that `--replace` names, has only
     * the one without the old inputs: nothing tells it from a new one.)
     */
    checked(declared: Declared, isKnown: boolean): boolean {
        const replaced = isKnown
            ? undefined
            : this.of(declared).find((each) => each.isKnown && !each.isReplacing && !each.hasBegun);
        if (replaced === undefined) {
            this.declare(this.register(declared, isKnown));
            return false;
        }
        replaced.declared = declared;
        replaced.isReplacing = true;
        this.declare(replaced);
        this.ledger.write({ act: "replace", by: replaced.by, of: declared.own ?? replaced.stands });
        return true;
    }

    /** Diff was called for this id: of the program's own resource where a check has answered just these inputs. */
    diffed(declared: Declared, id: Digest, isReplaced: boolean): void {
        const registration = this.of(declared).find(
            (each) => each.isKnown && each.stands === undefined && !each.hasBegun,
        );
        if (registration === undefined) {
            return;
        }
        if (registration.isReplacing) {
            // The diff of a replacement comes before its second check: that one was a new resource's, of equal inputs.
            registration.isReplacing = false;
            this.ledger.write({ act: "begin", by: registration.by });
            this.declare(this.register(declared, false));
        }
        registration.stands = id;
        if (!isReplaced) {
            this.found(registration, id);
        }
    }

    /** Create begins: from now on nothing of it may be deleted. */
    creating(declared: Declared): Registration {
        const waiting = this.of(declared).filter(({ hasBegun }) => !hasBegun);
        const registration =
            waiting.find(({ isReplacing }) => isReplacing) ??
            waiting.find(({ isKnown }) => !isKnown) ??
            waiting[0] ??
            this.register(declared, false);
        registration.hasBegun = true;
        this.declare(registration);
        this.ledger.write({ act: "begin", by: registration.by });
        return registration;
    }

    updating(declared: Declared, id: Digest): Registration {
        const registration = this.of(declared).find(({ stands }) => stands === id) ?? this.register(declared, true);
        registration.hasBegun = true;
        registration.stands = id;
        this.found(registration, id);
        return registration;
    }

    /** It is this one. */
    found(registration: Registration, id: Digest): void {
        this.ledger.write({ act: "keep", by: registration.by, resources: [id, ...registration.declared.others] });
        this.ledger.write({ act: "find", by: registration.by });
    }

    /** The program reads it and does not manage it: it goes by what it reads all the same. */
    reads(kind: string, id: Digest): void {
        this.found(this.register({ kind, inputs: id, own: id, others: [] }, true), id);
    }

    /** Whether this is the stack's own resource that the registration replaces under the same id: it may be overwritten. */
    replacesItself({ isReplacing, stands, declared }: Registration): boolean {
        return isReplacing && stands !== undefined && stands === declared.own;
    }

    /** Whether the program declares it; `but` does not count. */
    keeps(resource: Digest, but?: Registration): boolean {
        return this.ledger.books().some((book) => book.keeps(resource, but?.by));
    }

    /** Whether the program declares one of these marks that is still to be made. */
    seeks(marks: Digest): boolean {
        return this.ledger.books().some((book) => book.seeks(marks));
    }

    /** Whether this run has deleted it, however long lists go on to show it. */
    isGone(resource: Digest): boolean {
        return this.ledger.books().some((book) => book.isGone(resource));
    }

    /** Whether a delete of something that the registration declares is under way: it must be over before a create looks. */
    isGoing({ declared }: Registration): boolean {
        const books = this.ledger.living();
        return resourcesOf(declared).some((resource) => books.some((book) => book.isDeleting(resource)));
    }

    /**
     * A delete begins. It is written down before the others are asked, as a create does it the other way round: whichever
     * comes first, one of the two sees the other.
     * @param staysReplaced whether a replacement under the same id, too, goes on with what is there
     */
    deleting(resource: Digest, marks: Digest | undefined, staysReplaced: boolean): Deletion {
        const by = this.nextDeclarer();
        this.ledger.write({ act: "delete", by, resource });
        return {
            ...this.reasonToKeep(resource, marks, staysReplaced),
            over: (isGone) => this.ledger.write({ act: "deleted", by, resource, isGone }),
        };
    }

    private reasonToKeep(resource: Digest, marks: Digest | undefined, staysReplaced: boolean): Omit<Deletion, "over"> {
        const books = this.ledger.books();
        if (books.some((book) => (staysReplaced ? book.declares(resource) : book.keeps(resource)))) {
            const reason = "still declared in the program, so it stays (renamed, moved or replaced)";
            return { reason, isUndecided: false };
        }
        if (marks !== undefined && books.some((book) => book.seeks(marks))) {
            // A policy that changes what check has answered hides what became of it: of what the state has, for good.
            const isUndecided = books.some((book) => book.lacks(marks));
            const reason =
                "it may be the one that this program declares and could not make in this run: the next run decides";
            return { reason: `${isUndecided ? "not deleted" : "kept"}, as ${reason}`, isUndecided };
        }
        return { reason: undefined, isUndecided: false };
    }

    private declare({ by, declared, isKnown }: Registration): void {
        const { own, marks } = declared;
        this.ledger.write({ act: "keep", by, resources: resourcesOf(declared) });
        if (own === undefined && marks !== undefined) {
            this.ledger.write({ act: "seek", by, marks, isNew: !isKnown });
        }
    }

    private register(declared: Declared, isKnown: boolean): Registration {
        const registration = { by: this.nextDeclarer(), declared, isKnown, isReplacing: false, hasBegun: false };
        this.registrations.set(keyOf(declared), [...this.of(declared), registration]);
        return registration;
    }

    private of(declared: Declared): readonly Registration[] {
        return this.registrations.get(keyOf(declared)) ?? [];
    }

    private nextDeclarer(): Declarer {
        return `${this.ledger.writer}/${++this.count}`;
    }
}

/** All that is declared, as far as its ids are known. */
function resourcesOf({ own, others }: Declared): readonly Digest[] {
    return own === undefined ? others : [own, ...others];
}

/** With ignored changes the second check of a replacement answers other inputs than the first: the id tells it, where it can. */
function keyOf({ kind, own, inputs }: Declared): string {
    return `${kind} ${own ?? inputs}`;
}
