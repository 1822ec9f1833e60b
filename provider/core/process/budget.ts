import { GandiError } from "../../api/errors";
import { Failure } from "../failures";
import type { Problem } from "../property";
import type { Amounts } from "./keeping/book";
import type { Ledger } from "./keeping/ledger";

/** What an order costs. */
export interface Cost {
    /** Taxes included. */
    readonly total: number;
    /** ISO 4217. */
    readonly currency: string;
    /** What it will go on to cost by itself, without another word. */
    readonly renewal?: { readonly total: number; readonly months: number } | undefined;
}

/** What limits all the orders of a run together, and who is told of them. */
export interface BudgetRules {
    /** The most that they may cost, taxes included, in the one currency of all; undefined: no limit. */
    readonly maxTotal: number | undefined;
    readonly log: (line: string) => void;
}

/**
 * What the orders of a run cost together, those of its other providers included. What is planned in check and what is
 * really ordered are two sums: a run that orders has planned it before.
 */
export class Budget {
    constructor(private readonly ledger: Ledger) {}

    /**
     * Part of preview: one more order is planned. The sum is told with each order but the first that does not renew by itself.
     * @returns why it may not be
     */
    plan(what: string, cost: Cost, { maxTotal, log }: BudgetRules): Problem | undefined {
        this.write("plan", cost, cost.total);
        const { sums, renewals, count } = this.sum("planned");
        const more = renewals.size === 0 ? "" : `; what renews by itself costs ${shownRenewals(renewals)}`;
        if (count > 1 || renewals.size > 0) {
            log(`orders of this run so far: ${count}, for ${shown(sums)}, taxes included${more}`);
        }
        const reason = problemOf(what, sums, maxTotal);
        return reason === undefined ? undefined : { path: "", reason, code: "total-above-limit" };
    }

    /**
     * Orders: what it costs is written down before it is sent, and taken back only where it is certain that nothing was
     * ordered. Whoever orders at the same time sees it.
     * @throws Failure where all the orders of the run would cost more than they may
     */
    async spend<T>(what: string, cost: Cost, { maxTotal }: BudgetRules, order: () => Promise<T>): Promise<T> {
        this.write("spend", cost, cost.total);
        const reason = problemOf(what, this.sum("spent").sums, maxTotal);
        try {
            if (reason !== undefined) {
                throw new Failure("total-above-limit", reason);
            }
            return await order();
        } catch (error) {
            if (reason !== undefined || isRefusal(error)) {
                this.write("spend", cost, -cost.total);
            }
            throw error;
        }
    }

    private write(act: "plan" | "spend", { currency, renewal }: Cost, total: number): void {
        const renews = renewal && { cents: cents(renewal.total), months: renewal.months };
        this.ledger.write({ act, currency, cents: cents(total), renews: act === "plan" ? renews : undefined });
    }

    private sum(which: "planned" | "spent"): {
        sums: Map<string, number>;
        renewals: Map<string, number>;
        count: number;
    } {
        const sums = new Map<string, number>();
        const renewals = new Map<string, number>();
        let count = 0;
        for (const book of this.ledger.books()) {
            const amounts: Amounts = book[which];
            count += amounts.count;
            addUp(sums, amounts.byCurrency);
            addUp(renewals, amounts.renewals);
        }
        return { sums, renewals, count };
    }
}

function addUp(sums: Map<string, number>, more: ReadonlyMap<string, number>): void {
    for (const [key, value] of more) {
        sums.set(key, (sums.get(key) ?? 0) + value);
    }
}

/** Amounts of two currencies make no sum: which limit holds then, nobody has said. */
function problemOf(what: string, sums: ReadonlyMap<string, number>, maxTotal: number | undefined): string | undefined {
    if (maxTotal === undefined) {
        return undefined;
    }
    const spent = [...sums.values()].filter((sum) => sum > 0);
    if (spent.length > 1) {
        return `${what}: the orders of this run are in several currencies (${shown(sums)}), of which gandi:maxTotal limits one alone: nothing more is ordered`;
    }
    return (spent[0] ?? 0) > cents(maxTotal)
        ? `${what}: with it the orders of this run cost ${shown(sums)}, taxes included, which is more than gandi:maxTotal ${maxTotal}: it is not ordered`
        : undefined;
}

/** The API has said that it did nothing. */
function isRefusal(error: unknown): boolean {
    return GandiError.is(error) && error.status !== undefined && !GandiError.mayHaveWorked(error);
}

function cents(amount: number): number {
    return Math.round(amount * 100);
}

function shown(sums: ReadonlyMap<string, number>): string {
    return [...sums].map(([currency, sum]) => `${(sum / 100).toFixed(2)} ${currency}`).join(" and ");
}

/** By `EUR 12`. */
function shownRenewals(renewals: ReadonlyMap<string, number>): string {
    return [...renewals]
        .map(([key, sum]) => ({ sum, currency: key.split(" ")[0], months: Number(key.split(" ")[1]) }))
        .sort((one, other) => one.months - other.months)
        .map(({ sum, currency, months }) => {
            const often = months === 1 ? "a month" : months === 12 ? "a year" : `every ${months / 12} years`;
            return `${(sum / 100).toFixed(2)} ${currency} ${often}`;
        })
        .join(" and ");
}
