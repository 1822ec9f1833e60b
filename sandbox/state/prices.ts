/**
 * What a domain costs in the sandbox and which names are special: docs/sandbox.md has a table. All amounts are before
 * taxes, in EUR, per year.
 */

export interface PriceRange {
    min: number;
    max: number;
    price: number;
    /** The price without the present discount. */
    normal?: number;
}

export type Process = "create" | "transfer" | "renew" | "restore" | "change_owner";

const yearly = (price: number, max = 10): PriceRange[] => [{ min: 1, max, price }];

/** `net` has the duration ranges and the discount of the documents' example. */
const CREATE_PRICES: Record<string, PriceRange[]> = {
    app: yearly(16.5),
    be: yearly(9, 1),
    ch: yearly(11, 1),
    "co.uk": yearly(8),
    com: yearly(12),
    de: yearly(10, 1),
    dev: yearly(14.5),
    eu: yearly(11),
    fr: yearly(12.5),
    info: yearly(18),
    io: yearly(39, 5),
    net: [
        { min: 1, max: 2, price: 4.6, normal: 9.2 },
        { min: 3, max: 10, price: 3.91, normal: 7.82 },
    ],
    nl: yearly(9.5, 1),
    org: yearly(13),
    "org.uk": yearly(8),
    shop: [
        { min: 1, max: 1, price: 2.5, normal: 30 },
        { min: 2, max: 10, price: 30 },
    ],
    uk: yearly(8),
    xyz: yearly(11.5),
};

/** Any other TLD costs this. */
const OTHER_TLD = yearly(20);
const PREMIUM = yearly(732.03);
const TRANSFER = 6;
const RESTORE = 80;

export const VAT_PERCENT = 20;
export const CURRENCIES: Record<string, number> = { EUR: 1, USD: 1.1, GBP: 0.85, TWD: 35, CNY: 7.8 };

const STATUS_BY_PREFIX: readonly (readonly [prefix: string, status: string])[] = [
    ["taken-premium-", "unavailable_premium"],
    ["taken-", "unavailable"],
    ["reserved-", "available_reserved"],
    ["preorder-", "available_preorder"],
    ["restricted-", "unavailable_restricted"],
    ["corporate-", "reserved_corporate"],
    ["eoi-", "error_eoi"],
    ["refused-", "error_refused"],
    ["timeout-", "error_timeout"],
    ["unknown-", "error_unknown"],
];

/** The availability that a name's pattern gives it: `available` where there is none. */
export function patternStatus(fqdn: string): string {
    return STATUS_BY_PREFIX.find(([prefix]) => fqdn.startsWith(prefix))?.[1] ?? "available";
}

export const isPremium = (fqdn: string) => fqdn.startsWith("premium-");
export const isInClaimsPeriod = (fqdn: string) => fqdn.startsWith("claims-");
export const isPendingFirst = (fqdn: string) => fqdn.startsWith("pending-");
export const endsInError = (fqdn: string) => fqdn.startsWith("error-");
export const endsInSupport = (fqdn: string) => fqdn.startsWith("support-");

/** The longest known extension of a name, else its last label. */
export function tldOf(fqdn: string): string {
    const labels = fqdn.split(".");
    const lastTwo = labels.slice(-2).join(".");
    return lastTwo in CREATE_PRICES && labels.length > 2 ? lastTwo : (labels.at(-1) ?? "");
}

/** True for one label and an extension; `.invalid` is nobody's (RFC 2606). */
export function isRegistrable(fqdn: string): boolean {
    const tld = tldOf(fqdn);
    const label = fqdn.slice(0, -tld.length - 1);
    return (
        /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label) &&
        /^[a-z][a-z0-9-]*(\.[a-z]+)?$/.test(tld) &&
        tld !== "invalid"
    );
}

export function priceRanges(fqdn: string, process: Process): PriceRange[] {
    const tld = tldOf(fqdn);
    const known = Object.hasOwn(CREATE_PRICES, tld) ? CREATE_PRICES[tld] : undefined;
    switch (process) {
        case "create":
            return isPremium(fqdn) ? PREMIUM : (known ?? OTHER_TLD);
        case "renew":
            return (known ?? OTHER_TLD).map(({ min, max, price, normal }) => ({ min, max, price: normal ?? price }));
        case "transfer":
            return yearly(TRANSFER, 1);
        case "restore":
            return yearly(RESTORE, 1);
        case "change_owner":
            return yearly(0, 1);
    }
}

export function round(amount: number): number {
    return Math.round(amount * 100) / 100;
}

export function withTaxes(amount: number): number {
    return round(amount * (1 + VAT_PERCENT / 100));
}

export interface OrderPrice {
    beforeTaxes: number;
    afterTaxes: number;
}

/**
 * What an order of so many years costs, or undefined where the extension has no such duration.
 *
 * Guess: each year costs the unit whose range it lies in, in the whole cents that `check` shows, with taxes and without:
 * no document says whether taxes are reckoned on each year or on the sum.
 *
 * @param rate of the currency
 */
export function orderPrice(fqdn: string, process: Process, years: number, rate = 1): OrderPrice | undefined {
    const ranges = priceRanges(fqdn, process);
    const sum = { beforeTaxes: 0, afterTaxes: 0 };
    for (let year = 1; year <= years; year += 1) {
        const range = ranges.find(({ min, max }) => min <= year && year <= max);
        if (!range) {
            return undefined;
        }
        sum.beforeTaxes = round(sum.beforeTaxes + round(range.price * rate));
        sum.afterTaxes = round(sum.afterTaxes + withTaxes(range.price * rate));
    }
    return sum;
}
