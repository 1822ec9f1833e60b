import type { MailboxType } from "./model";
import { round, withTaxes } from "./prices";

/** What a mailbox can be bought as: the types of `/v5/email` are those of 2023 by another name, or an older one. */
export const MAIL_PRODUCTS = ["standard", "premium"] as const;
export type MailProduct = (typeof MAIL_PRODUCTS)[number];

/** Months for which one can be bought. */
export const MAIL_DURATIONS = [1, 12] as const;

/** Before taxes, in EUR, for each month of an order of so many: docs/sandbox.md has a table. */
const MONTHLY: Record<MailProduct, Record<(typeof MAIL_DURATIONS)[number], number>> = {
    standard: { 1: 1, 12: 0.8 },
    premium: { 1: 4, 12: 3.2 },
};

/** The price units of a product. Guess: that a price is that of one month, as `domain/check` has it of one year. */
export function mailPrices(product: MailProduct) {
    return MAIL_DURATIONS.map((months) => ({
        currency: "EUR",
        duration_unit: "m",
        min_duration: months,
        max_duration: months,
        price_before_taxes: round(MONTHLY[product][months]),
        price_after_taxes: withTaxes(MONTHLY[product][months]),
    }));
}

/** What a slot costs, taxes included, in whole cents a month; one of any other duration is paid by the month. */
export function slotPrice(type: MailboxType, months: number): number {
    const product = MAIL_PRODUCTS.find((name) => type.startsWith(name)) ?? "standard";
    return round(months * withTaxes(MONTHLY[product][months === 12 ? 12 : 1]));
}
