import { z } from "zod";
import { isSold, mailOffersFor } from "../../api/mailProducts";
import { CURRENCIES, type MailOffer } from "../../api/prices";
import { Failure } from "../../core/failures";
import type { Cost } from "../../core/process/budget";
import type { Context } from "../../core/process/context";
import { momentary, type Problem } from "../../core/property";
import { priceProblem, purchaseForbidden, warnOfBalance } from "../spending";

/** The inputs by which the user says what slot may be bought. */
export const slotLimits = {
    duration: momentary(z.union([z.literal(1), z.literal(12)], { error: "must be 1 or 12, in months" }).optional()),
    maxPrice: momentary(z.number().min(0).optional()),
    currency: momentary(z.enum(CURRENCIES).optional()),
};

/** The order of a slot, and what the program allows it to be. */
export interface SlotOrder {
    /** In A-labels. */
    readonly domain: string;
    readonly type: string;
    /** Months. */
    readonly duration?: 1 | 12 | undefined;
    readonly autorenew?: boolean | undefined;
    /** Taxes included. */
    readonly maxPrice?: number | undefined;
    readonly currency?: string | undefined;
}

/** What the price, or its limit, hangs on. */
const DECISIVE = ["type", "duration", "maxPrice", "currency", "autorenew"];

/**
 * Looks up what a slot costs, and says why none may be bought: where no price can be read nothing is. Reads only: part of
 * preview, and done again just before the order.
 * @param open in preview, where the price is shown: the inputs that are not known yet, so that it can't be judged
 */
export async function slotPurchaseProblems(
    ctx: Context,
    order: SlotOrder,
    open?: ReadonlySet<string>,
): Promise<{ problems: Problem[]; cost?: Cost }> {
    const { domain, type, duration, autorenew, maxPrice, currency } = order;
    const forbidden = purchaseForbidden(ctx, `${domain}: a slot for a mailbox`);
    if (forbidden !== undefined) {
        return { problems: [forbidden] };
    }
    const later = DECISIVE.filter((name) => open?.has(name));
    if (later.length > 0) {
        ctx.log(`${domain}: a slot is bought; its price is compared once ${later.join(" and ")} can be known`);
        return { problems: [] };
    }
    if (duration === undefined) {
        return { problems: [{ path: "duration", reason: "is required to buy a slot: 1 or 12 months" }] };
    }
    const what = `${domain}: a slot of type ${type}`;
    const offers = await mailOffersFor(ctx.client, type, duration);
    const offer = offers.find((one) => currency === undefined || one.currency === currency) ?? offers[0];
    if (offer === undefined) {
        const reason = `${what} has no price for ${months(duration)} in GET /v5/mailbox/products, so none is bought`;
        return { problems: [{ path: "", reason: `${reason}${hint(type)}`, code: "no-price" }] };
    }
    if (currency === undefined && offers.length > 1) {
        const listed = offers.map((one) => one.currency).join(", ");
        const reason = `is required: ${what} is priced in ${listed}`;
        return { problems: [{ path: "currency", reason, code: "currency-differs" }] };
    }
    const cost: Cost = { ...offer, renewal: autorenew ? { total: offer.total, months: duration } : undefined };
    const price = `${amount(offer)} for ${months(duration)}, taxes included`;
    if (open !== undefined) {
        const renews = autorenew ? ", and again each time that it renews by itself" : "";
        ctx.log(`${what}, ${price}${renews}${maxPrice === undefined ? "" : ` (maxPrice ${maxPrice})`}`);
        await warnOfBalance(ctx, what, cost);
    }
    const problem =
        priceProblem(what, cost, { price, limit: maxPrice, currency, where: "here: gandi:maxPrice is for domains" }) ??
        (open === undefined ? undefined : ctx.plan(what, cost));
    return { problems: problem === undefined ? [] : [problem], cost };
}

/** {@link slotPurchaseProblems}, just before the order. @throws Failure */
export async function slotCost(ctx: Context, order: SlotOrder): Promise<Cost> {
    const { problems, cost } = await slotPurchaseProblems(ctx, order);
    if (cost === undefined || problems.length > 0) {
        throw Failure.of(problems);
    }
    return cost;
}

function hint(type: string): string {
    const present = `${type}_2023`;
    return isSold(present) ? `. What is sold today is ${present}` : "";
}

export function amount({ total, currency }: MailOffer): string {
    return `${total.toFixed(2)} ${currency}`;
}

function months(count: number): string {
    return count === 1 ? "1 month" : `${count} months`;
}
