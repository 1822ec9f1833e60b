import type { Price } from "../../provider/api/availability";
import { mailOffersOf, offerOf } from "../../provider/api/prices";

const unit = (min_duration: number, max_duration: number, price: number, more: Partial<Price> = {}): Price => ({
    min_duration,
    max_duration,
    duration_unit: "y",
    price_before_taxes: price / 1.2,
    price_after_taxes: price,
    ...more,
});

describe("the price of an order", () => {
    it.each<[string, Price[], number, number | undefined]>([
        ["one year at the one unit", [unit(1, 10, 12)], 1, 12],
        ["the sum of the years", [unit(1, 10, 12.345)], 3, 37.04],
        ["each year at the unit that covers it", [unit(1, 1, 3), unit(2, 10, 36)], 2, 39],
        ["the dearest of several units that cover a year", [unit(1, 1, 3), unit(1, 10, 36)], 2, 72],
        ["an extension that is sold for two years and more", [unit(2, 10, 80)], 2, 160],
        ["no price for fewer years than it is sold for", [unit(2, 10, 80)], 1, undefined],
        ["no price for more years than it is sold for", [unit(1, 1, 12)], 2, undefined],
        ["no price by the month", [unit(1, 12, 1, { duration_unit: "m" })], 1, undefined],
        ["no price at all", [], 1, undefined],
    ])("is %s", (_what, prices, duration, total) => {
        expect(offerOf(prices, "EUR", { duration })?.total).toBe(total);
    });

    // 732.03 EUR and 20 % of taxes: 878.436 a year, of which check shows 878.44. Guess: the years count as they are shown.
    it("counts each year in the cents that are shown, with taxes and without", () => {
        const premium = unit(1, 10, 878.44, { price_before_taxes: 732.03, type: "premium" });
        expect(offerOf([premium], "EUR", { duration: 3 })).toMatchObject({ total: 2635.32, beforeTaxes: 2196.09 });
    });

    it("is that of the launch phase, where one is asked for", () => {
        const prices = [
            unit(1, 1, 500, { options: { period: "eap1" } }),
            unit(1, 1, 20, { options: { period: "golive" } }),
        ];
        expect(offerOf(prices, "EUR", { tldPeriod: "golive" })?.total).toBe(20);
        expect(offerOf(prices, "EUR", {})?.total).toBe(500);
    });
});

describe("the price of a place for a mailbox", () => {
    const month = (min: number, max: number, price: number, more: Partial<Price & { currency: string }> = {}) => ({
        ...unit(min, max, price, { duration_unit: "m", ...more }),
        currency: more.currency ?? "EUR",
    });

    it.each<[string, ReturnType<typeof month>[], number, number | undefined]>([
        ["that of one month", [month(1, 1, 1.2), month(12, 12, 0.96)], 1, 1.2],
        ["twelve times that of a month of a year", [month(1, 1, 1.2), month(12, 12, 0.96)], 12, 11.52],
        ["the dearest of several that fit", [month(1, 12, 1), month(1, 12, 1.2)], 12, 14.4],
        [
            "the dearest, by the month or by the year",
            [month(12, 12, 1), month(1, 1, 15, { duration_unit: "y" })],
            12,
            15,
        ],
        ["none for less than a year, of a price by the year", [month(1, 1, 15, { duration_unit: "y" })], 1, undefined],
        ["none for months that no unit has", [month(1, 1, 1.2)], 12, undefined],
        ["none of a unit that nobody knows", [month(1, 12, 1, { duration_unit: "w" })], 12, undefined],
        ["none where there are none", [], 12, undefined],
    ])("is %s", (_what, prices, months, total) => {
        expect(mailOffersOf(prices, months)).toEqual(total === undefined ? [] : [{ total, currency: "EUR" }]);
    });

    it("is one in each currency", () => {
        const prices = [month(1, 1, 1.2), month(1, 1, 1.4, { currency: "USD" })];
        expect(mailOffersOf(prices, 1)).toEqual([
            { total: 1.2, currency: "EUR" },
            { total: 1.4, currency: "USD" },
        ]);
    });
});
