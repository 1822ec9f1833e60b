import { z } from "zod";
import * as api from "../api/availability";
import * as orders from "../api/orders";
import { offerOf, TLD_PERIODS, type TldPeriod } from "../api/prices";
import { DeadlineError, until } from "../core/doing/poll";
import { oneLine, wholeNumber } from "../core/inputs/inputSchemas";
import { commonArguments, domainArgument, domainArguments, extensionArgument, type LookupArgs } from "./arguments";
import type { Asking } from "./asking";
import * as lookup from "./lookup";

/** The arguments of {@link checkAvailability}. */
export interface CheckAvailabilityArgs extends LookupArgs {
    /** The domain, in any spelling. */
    fqdn: string;
    /** Years that `total` is for, 1 to 10. Default: 1. */
    duration?: number;
    /**
     * What to price, one at least. The documents name `create` and `transfer`; public clients also use `renew`,
     * `restore` and `change_owner`. Default: `create`.
     */
    processes?: string[];
    /** Whose taxes apply: a country as in ISO 3166-1, two letters. Default: the account's. */
    country?: string;
    /** ISO 4217, in capitals. Default: the account's. */
    currency?: string;
    /** The rate that prices are of, `A` to `E`. Default: the account's. */
    grid?: string;
    /** The launch phase of the extension, e.g. `golive`. Default: all of them. */
    period?: TldPeriod;
    /** An extension to ask about in particular, e.g. `com`. Default: that of `fqdn`. */
    extension?: string;
    /** Of texts in the answer, e.g. `fr`. Default: Gandi's choice. */
    lang?: string;
    /** The longest duration to show prices for, in `durationUnit`s: 1 to 120. Default: no limit. */
    maxDuration?: number;
    /** Years or months. Default: Gandi's choice. */
    durationUnit?: "y" | "m";
}

/** A tax. */
export interface TaxInfo {
    /** Such as `vat`. */
    name: string;
    /** Percent. */
    rate: number;
    /** Such as `service`. */
    type: string;
}

/** What each year (or month) of an order costs that lies within these bounds. Several can cover one year. */
export interface PriceInfo {
    /** The first year (or month) at this price. */
    minDuration: number;
    /** The last year (or month) at this price. */
    maxDuration: number;
    /** `y` or `m`. */
    durationUnit: string;
    /** In the answer's currency, for one `durationUnit`. */
    priceBeforeTaxes: number;
    /** In the answer's currency, for one `durationUnit`, taxes included. */
    priceAfterTaxes: number;
    /** Whether a discount is on. */
    discount?: boolean;
    /** As `priceBeforeTaxes`, without the discount. */
    normalPriceBeforeTaxes?: number;
    /** As `priceAfterTaxes`, without the discount. */
    normalPriceAfterTaxes?: number;
    /** The launch phase that it belongs to. */
    options?: {
        /** Such as `golive`. */
        period?: string;
    };
    /** Such as `premium`. */
    type?: string;
}

/** What one process costs. */
export interface ProductInfo {
    /** The domain, or the extension. */
    name: string;
    /** `available`, `unavailable` and the like. Only tells of the process `create`. */
    status: string;
    /** `create`, `transfer`, … */
    process?: string;
    /** Of the years that it can be had for; empty where it can't. */
    prices: PriceInfo[];
    /** Those that its prices include. */
    taxes: TaxInfo[];
    /** Launch phases. */
    periods: {
        /** Such as `golive`. */
        name: string;
        /** ISO 8601, UTC. */
        startsAt?: string;
        /** ISO 8601, UTC; absent for a phase without end. */
        endsAt?: string;
    }[];
    /**
     * For all the years of `duration`, taxes included, each at the dearest price that fits: what Domain compares with
     * its `maxPrice`. Absent where no price covers `duration`.
     */
    total?: number;
}

/** Whether a domain can be had, and for how much. */
export interface AvailabilityInfo {
    /** ISO 4217. */
    currency: string;
    /** The rate that the prices are of, `A` to `E`. */
    grid?: string;
    /** One a process. */
    products: ProductInfo[];
    /** Those that the prices include. */
    taxes: TaxInfo[];
}

/** How long to wait for a registry that answers `pending`, in seconds. */
const PATIENCE = 60;

/** The answer once the registry has given its own; after a minute whatever there is. */
async function decided({ client, settings, log }: Asking, query: api.AvailabilityQuery): Promise<api.Availability> {
    try {
        return await until((signal) => api.checkAvailability(client.withSignal(signal), query), {
            done: ({ products }) => products.every(({ status }) => status !== "pending"),
            describe: () => `${query.name}: waiting for the registry to say whether it is available`,
            timeout: PATIENCE,
            interval: settings.pollInterval,
            log,
            clock: client.clock,
        });
    } catch (error) {
        if (error instanceof DeadlineError && error.last !== undefined) {
            return error.last;
        }
        throw error;
    }
}

/**
 * Whether a domain can be had, and what each process costs, for the account's own prices and taxes. A registry that needs
 * a moment is given a minute; the status is `pending` after that. `GET /v5/domain/check`
 * @throws LookupError
 */
export const checkAvailability = lookup.plain<CheckAvailabilityArgs, AvailabilityInfo>("checkAvailability")({
    args: {
        fqdn: domainArgument,
        duration: wholeNumber(1, 10, "years").optional(),
        processes: z
            .array(z.string().regex(/^[a-z_]+$/, 'is no process, such as "create" or "transfer"'))
            .min(1)
            .optional(),
        country: oneLine.regex(/^[a-z]{2}$/i, "is no country code of two letters, such as FR").optional(),
        currency: oneLine.regex(/^[A-Z]{3}$/, "is no currency of three capital letters, such as EUR").optional(),
        grid: oneLine.regex(/^[A-E]$/, "is none of the rates A to E").optional(),
        period: z.enum(TLD_PERIODS).optional(),
        extension: extensionArgument.optional(),
        lang: oneLine.regex(/^[a-z]{2}(-[a-z]+)?$/i, "is no language code, such as fr").optional(),
        maxDuration: wholeNumber(1, 120).optional(),
        durationUnit: z.enum(["y", "m"]).optional(),
        ...commonArguments,
    },
    answer: api.availabilitySchema.extend({
        products: z.array(api.productSchema.extend({ total: z.number().optional() })),
    }),
    async read(asking, { fqdn, duration, maxDuration, durationUnit, sharingId: _, ...query }) {
        const asked = { ...query, name: fqdn, max_duration: maxDuration, duration_unit: durationUnit };
        const { products, ...rest } = await decided(asking, asked);
        const limits = { duration, tldPeriod: query.period };
        const priced = products.map((product) => {
            const total = offerOf(product.prices, rest.currency, limits)?.total;
            return total === undefined ? product : { ...product, total };
        });
        return { ...rest, products: priced };
    },
});
/** {@link checkAvailability} with Inputs. */
export const checkAvailabilityOutput = lookup.output(checkAvailability);

/** The arguments of {@link getClaims}. */
export interface GetClaimsArgs extends LookupArgs {
    /** The domain that is to be ordered. */
    domain: string;
}

/** Somebody behind a trademark. */
export interface ClaimPartyInfo {
    /** A person. */
    name?: string;
    /** An organisation. */
    org?: string;
}

/** The trademarks that a name touches. */
export interface ClaimsInfo {
    /** In A-labels. */
    fqdn: string;
    /** Goes with the order, as `claims` of Domain. Valid for about 48 hours. */
    noticeId: string;
    /** `new` or `accepted`. */
    status: string;
    /** ISO 8601, UTC. */
    createdAt?: string;
    /** About 48 hours later. */
    expiresAt?: string;
    /** The trademarks, each with who is behind it. */
    claims: {
        /** The trademark. */
        markName?: string;
        /** What it is registered for. */
        goodsAndServices?: string;
        /** Classes of the Nice agreement, 1 to 45. */
        jurisdictionClasses: number[];
        /** Where it is registered. */
        jurisdictionCountry?: string;
        /** Who manages it for its owners. */
        contacts: ClaimPartyInfo[];
        /** Its owners. */
        holders: ClaimPartyInfo[];
    }[];
}

/**
 * The trademarks that a name touches, which its buyer must be shown in the first 90 days of an extension; undefined when
 * there are none. `GET /v5/domain/domains/{domain}/claims`
 * @throws LookupError
 */
export const getClaims = lookup.plain<GetClaimsArgs, ClaimsInfo | undefined>("getClaims")({
    args: domainArguments,
    answer: orders.claimsSchema.optional(),
    read: ({ client }, { domain }) => orders.getClaims(client, domain),
});
/** {@link getClaims} with Inputs. */
export const getClaimsOutput = lookup.output(getClaims);
