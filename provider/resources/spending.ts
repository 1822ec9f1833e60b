import { getBilling } from "../api/billing";
import { undefinedOn } from "../api/errors";
import type { Cost } from "../core/process/budget";
import type { Context } from "../core/process/context";
import type { Problem } from "../core/property";

/** Why nothing is bought, whatever it costs. */
export const FORBIDDEN = 'purchases are "forbid" (gandi:purchases, or GANDI_PURCHASES)';

/** Why nothing is ordered at all, whatever it costs. */
export function purchaseForbidden({ settings }: Context, what: string): Problem | undefined {
    const reason = `${what}: ${FORBIDDEN}, so nothing is ordered`;
    return settings.purchases === "forbid" ? { path: "", reason, code: "purchases-forbidden" } : undefined;
}

/** What a program allows an order to cost. */
export interface PriceLimit {
    /** What it costs, in words. */
    readonly price: string;
    readonly limit: number | undefined;
    /** The only currency that it may be priced in, where the program says one. */
    readonly currency: string | undefined;
    /** Where the limit may stand. */
    readonly where: string;
}

/** Why it may not be ordered at this price. */
export function priceProblem(
    what: string,
    { total, currency: priced }: Cost,
    { price, limit, currency, where }: PriceLimit,
): Problem | undefined {
    if (currency !== undefined && currency !== priced) {
        const reason = `${what} is priced in ${priced}, not in ${currency}: set currency`;
        return { path: "", reason, code: "currency-differs" };
    }
    if (limit === undefined) {
        const reason = `${what} costs ${price}. To order it, set maxPrice: ${total.toFixed(2)} (${where})`;
        return { path: "", reason, code: "no-price-limit" };
    }
    const reason = `${what} costs ${price}, which is more than maxPrice ${limit}: nothing is ordered`;
    return total > limit ? { path: "", reason, code: "price-above-limit" } : undefined;
}

/**
 * Says in preview where the payer's prepaid account has less than an order costs. No refusal: there are other ways to pay,
 * which the API does not show, and a token that may order may still not see the account.
 */
export async function warnOfBalance(ctx: Context, what: string, { total, currency }: Cost): Promise<void> {
    if (total === 0) {
        return;
    }
    const billing = await undefinedOn(getBilling(ctx.client), "forbidden", "notFound", "invisible");
    const { amount, currency: held } = billing?.prepaid ?? {};
    if (amount !== undefined && held === currency && amount < total) {
        ctx.log(
            `warning: ${what}: the prepaid account of the payer has ${amount.toFixed(2)} ${currency}, which is less than ` +
                `${total.toFixed(2)} ${currency}: unless there is another way to pay, Gandi refuses the order`,
        );
    }
}
