import { z } from "zod";
import type { Client } from "./client";
import { integerSchema, numberSchema } from "./wire";

const taxSchema = z.object({ name: z.string(), rate: numberSchema, type: z.string() });

/** One price unit: what each year (or month) of an order costs that lies within these bounds. */
export const priceSchema = z.object({
    min_duration: integerSchema,
    max_duration: integerSchema,
    /** `y` or `m`. */
    duration_unit: z.string(),
    price_before_taxes: numberSchema,
    price_after_taxes: numberSchema,
    discount: z.boolean().optional(),
    normal_price_before_taxes: numberSchema.optional(),
    normal_price_after_taxes: numberSchema.optional(),
    options: z.object({ period: z.string().optional() }).optional(),
    /** Such as `premium`. */
    type: z.string().optional(),
});
export type Price = z.infer<typeof priceSchema>;

export const productSchema = z.object({
    name: z.string(),
    /** Only tells of the process `create`. `pending`: ask again. Prices are only sure with `available`. */
    status: z.string(),
    /** `create`, `renew`, `transfer`, … */
    process: z.string().optional(),
    prices: z.array(priceSchema).default([]),
    taxes: z.array(taxSchema).default([]),
    periods: z
        .array(z.object({ name: z.string(), starts_at: z.string().optional(), ends_at: z.string().optional() }))
        .default([]),
});

export const availabilitySchema = z.object({
    currency: z.string(),
    /** The rate that the prices are of, `A` to `E`. */
    grid: z.string().optional(),
    products: z.array(productSchema).default([]),
    taxes: z.array(taxSchema).default([]),
});
export type Availability = z.infer<typeof availabilitySchema>;

export interface AvailabilityQuery {
    /** The domain, in A-labels. */
    name: string;
    /** ISO 3166-1 alpha-2: whose taxes apply. */
    country?: string | undefined;
    /** ISO 4217. */
    currency?: string | undefined;
    duration_unit?: string | undefined;
    extension?: string | undefined;
    grid?: string | undefined;
    lang?: string | undefined;
    max_duration?: number | undefined;
    period?: string | undefined;
    /** Default `["create"]`. */
    processes?: readonly string[] | undefined;
}

/** Whether a domain can be had, and its prices for the payer. `GET /v5/domain/check` */
export async function checkAvailability(client: Client, query: AvailabilityQuery): Promise<Availability> {
    const route = "GET /v5/domain/check";
    return (await client.request({ route, params: {}, query: { ...query }, schema: availabilitySchema })).data;
}
