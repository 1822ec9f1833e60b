import { z } from "zod";
import { type Availability, checkAvailability } from "../../api/availability";
import { CURRENCIES, type Offer, offerOf } from "../../api/prices";
import type { Code } from "../../core/codes";
import { wholeNumber } from "../../core/inputs/inputSchemas";
import type { InputsOf } from "../../core/kind";
import type { Cost } from "../../core/process/budget";
import type { Context } from "../../core/process/context";
import { momentary, type Problem } from "../../core/property";
import { priceProblem, purchaseForbidden, warnOfBalance } from "../spending";

/** What can be bought, as the API calls it. */
export type Process = "create" | "transfer" | "change_owner";

/** The inputs by which the user limits a purchase. */
export const limitProperties = {
    duration: momentary(wholeNumber(1, 10, "years").optional()),
    maxPrice: momentary(z.number().min(0).optional()),
    currency: momentary(z.enum(CURRENCIES).optional()),
};

/** What the user allows an order to be. */
export interface PurchaseLimits extends InputsOf<typeof limitProperties> {
    fqdn: string;
    /** Default: `create`. */
    process?: Process;
    /** The launch phase of the extension, e.g. `golive`. */
    tldPeriod?: string | undefined;
    /** Years that it renews for by itself. Default: it does not. */
    renews?: number | undefined;
}

/** Why a name can't be ordered, by the status of `GET /v5/domain/check`. */
const REFUSED: Readonly<Record<string, string>> = {
    available_reserved: "is reserved: it is only registered under special conditions, with people at Gandi",
    available_preorder: "can only be pre-ordered so far",
    unavailable: "is not available: somebody has registered it",
    unavailable_premium: "is a premium name that is not available",
    unavailable_restricted: "can't be registered: its registry forbids the name",
    error_invalid: "is no valid domain name for its extension",
    error_refused: "can't be checked: the registry is down for the moment. Run again later",
    error_timeout: "can't be checked: the registry did not answer in time. Run again",
    error_unknown: "can't be checked: an internal error at Gandi. Run again later",
    reserved_corporate: "is under an extension that Gandi reserves for its corporate customers",
    error_eoi: "is under an extension that only takes expressions of interest so far",
};

const SHOWN: Readonly<Record<Process, string>> = {
    create: "available",
    transfer: "the transfer",
    change_owner: "the change of owner",
};

/** What the price, or its limit, hangs on. */
const DECISIVE = ["duration", "maxPrice", "currency", "tldPeriod"];

/**
 * Looks up availability and price, and says why nothing may be bought. Reads only: part of preview, and done again just
 * before the order.
 * @param open in preview, where the price is shown: the limits that are not known yet, so that it can't be judged
 */
export async function purchaseProblems(
    ctx: Context,
    limits: PurchaseLimits,
    open?: ReadonlySet<string>,
): Promise<{ problems: Problem[]; offer: Offer | undefined }> {
    const { fqdn } = limits;
    const forbidden = purchaseForbidden(ctx, fqdn);
    if (forbidden !== undefined) {
        return { problems: [forbidden], offer: undefined };
    }
    const answer = await checked(ctx, limits);
    const wanted = limits.process ?? "create";
    const product = answer.products.find(({ process }) => process === undefined || process === wanted);
    // The status only tells of the process `create`.
    if (product === undefined || (wanted === "create" && product.status !== "available")) {
        const status = product?.status ?? "unknown to Gandi";
        return refused("not-available", `${fqdn} ${REFUSED[status] ?? `can't be ordered (${status})`}`);
    }
    const later = DECISIVE.filter((limit) => open?.has(limit));
    if (later.length > 0) {
        ctx.log(`${fqdn}: ${SHOWN[wanted]}; its price is compared once ${later.join(" and ")} can be known`);
        return { problems: [], offer: undefined };
    }
    const offer = offerOf(product.prices, answer.currency, limits);
    if (offer === undefined) {
        return refused("not-available", `${fqdn} can't be had for ${years(limits.duration ?? 1)}`);
    }
    const price = amountOf(offer, ` for ${years(offer.years)}`);
    const limit = limits.maxPrice ?? ctx.settings.maxPrice;
    if (open !== undefined) {
        const premium = offer.premium ? ", a premium name" : "";
        ctx.log(`${fqdn}: ${SHOWN[wanted]}${premium}, ${price}${limit === undefined ? "" : ` (maxPrice ${limit})`}`);
        await warnOfBalance(ctx, fqdn, offer);
    }
    // The word that starts a change of owner is `ownerChange`, and most cost nothing.
    if (wanted === "change_owner" && offer.total === 0) {
        return { problems: [], offer };
    }
    const judged = { price, limit, currency: limits.currency, where: "here, or as gandi:maxPrice" };
    const problem =
        priceProblem(fqdn, offer, judged) ??
        (open === undefined ? undefined : ctx.plan(fqdn, { ...offer, renewal: renewalOf(answer, limits) }));
    return { problems: problem === undefined ? [] : [problem], offer };
}

/** What the domain costs each time that it renews by itself; undefined where it does not, or nobody knows. */
function renewalOf({ products, currency }: Availability, { renews }: PurchaseLimits): Cost["renewal"] {
    const prices = products.find(({ process }) => process === "renew")?.prices ?? [];
    const offer = renews === undefined ? undefined : offerOf(prices, currency, { duration: renews });
    return offer && { total: offer.total, months: offer.years * 12 };
}

function refused(code: Code, reason: string, offer?: Offer): { problems: Problem[]; offer: Offer | undefined } {
    return { problems: [{ path: "", reason, code }], offer };
}

/** The registry may need a moment: the API then answers `pending`, and wants to be asked again. */
async function checked(ctx: Context, limits: PurchaseLimits): Promise<Availability> {
    const { fqdn, duration, currency, tldPeriod, process, renews } = limits;
    const processes =
        renews !== undefined ? [process ?? "create", "renew"] : process === undefined ? undefined : [process];
    const max_duration = renews === undefined ? duration : Math.max(duration ?? 1, renews);
    const query = { name: fqdn, currency, max_duration, duration_unit: "y", period: tldPeriod, processes };
    return ctx.until(() => checkAvailability(ctx.client, query), {
        done: ({ products }) => products.every(({ status }) => status !== "pending"),
        describe: () => `${fqdn}: waiting for the registry to say whether it is available`,
    });
}

function years(count: number): string {
    return count === 1 ? "1 year" : `${count} years`;
}

/** For people. Of a premium name both amounts, as its price goes with the order. */
export function amountOf({ total, beforeTaxes, currency, premium }: Offer, time = ""): string {
    const without = premium ? ` (${beforeTaxes.toFixed(2)} without)` : "";
    return `${total.toFixed(2)} ${currency}${time}, taxes included${without}`;
}
