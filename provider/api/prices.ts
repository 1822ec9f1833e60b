import type { Price } from "./availability";

export const CURRENCIES = ["EUR", "USD", "GBP", "TWD", "CNY"] as const;

const EARLY_ACCESS = ["eap1", "eap2", "eap3", "eap4", "eap5", "eap6", "eap7", "eap8", "eap9"] as const;
export const TLD_PERIODS = ["sunrise", "landrush", ...EARLY_ACCESS, "golive"] as const;

/** A launch phase of an extension; `eap` is early access. */
export type TldPeriod = (typeof TLD_PERIODS)[number];

/** What an order would cost. @internal */
export interface Offer {
    /** For all the years, taxes included: never less than what is billed. */
    readonly total: number;
    /** The same without taxes. */
    readonly beforeTaxes: number;
    readonly currency: string;
    readonly years: number;
    readonly premium: boolean;
}

/**
 * The sum over the years, each at the dearest price unit that covers it (several can: with and without discount, one a
 * launch phase), so that the bill is not higher than what was compared with maxPrice. An extension that is only sold for
 * two years and more has no unit for the first: it costs what the last one does.
 *
 * Guess: each year counts with the whole cents that `GET /v5/domain/check` shows for it, so that an order costs what the
 * buyer can add up. No document says whether taxes are reckoned on each year or on the sum, which may differ by a cent.
 * @param limits years, 1 where not given, and the launch phase
 * @returns undefined where it can't be had for so many years
 * @internal
 */
export function offerOf(
    prices: readonly Price[],
    currency: string,
    limits: { duration?: number | undefined; tldPeriod?: string | undefined },
): Offer | undefined {
    const duration = limits.duration ?? 1;
    const fitting = prices.filter(
        ({ duration_unit, options }) =>
            duration_unit === "y" &&
            (limits.tldPeriod === undefined || options?.period === undefined || options.period === limits.tldPeriod),
    );
    const dearest = (year: number) =>
        fitting
            .filter(({ min_duration, max_duration }) => min_duration <= year && year <= max_duration)
            .reduce<Price | undefined>(
                (dear, unit) => (dear === undefined || unit.price_after_taxes > dear.price_after_taxes ? unit : dear),
                undefined,
            );
    const last = dearest(duration);
    if (last === undefined) {
        return undefined;
    }
    const each = Array.from({ length: duration }, (_, year) => dearest(year + 1) ?? last);
    return {
        total: sumOf(each.map((unit) => unit.price_after_taxes)),
        beforeTaxes: sumOf(each.map((unit) => unit.price_before_taxes)),
        currency,
        years: duration,
        premium: fitting.some(({ type }) => type === "premium"),
    };
}

/** What a place for a mailbox would cost. @internal */
export interface MailOffer {
    /** For all the months, taxes included: never less than what is billed. */
    readonly total: number;
    readonly currency: string;
}

/**
 * What so many months cost, in each currency that there is a price in: the dearest unit between whose bounds they lie, by the
 * month as by the year.
 *
 * Guess: a price is that of one month (or year), as in `GET /v5/domain/check`. Were it that of all of them, nothing would
 * be ordered above maxPrice all the same.
 * @internal
 */
export function mailOffersOf(prices: readonly (Price & { readonly currency: string })[], months: number): MailOffer[] {
    const offers = new Map<string, number>();
    for (const { currency, duration_unit, min_duration, max_duration, price_after_taxes } of prices) {
        const duration = duration_unit === "y" ? months / 12 : duration_unit === "m" ? months : Number.NaN;
        if (Number.isInteger(duration) && min_duration <= duration && duration <= max_duration) {
            const total = Math.round(duration * price_after_taxes * 100) / 100;
            offers.set(currency, Math.max(total, offers.get(currency) ?? 0));
        }
    }
    return [...offers].map(([currency, total]) => ({ total, currency }));
}

/** In whole cents. */
function sumOf(amounts: readonly number[]): number {
    return Math.round(amounts.reduce((sum, amount) => sum + amount) * 100) / 100;
}
