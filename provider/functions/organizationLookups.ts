import { z } from "zod";
import * as billing from "../api/billing";
import * as api from "../api/organizations";
import { commonArguments, type LookupArgs, type NoArgs } from "./arguments";
import * as lookup from "./lookup";

/** An organisation. */
export interface OrganizationInfo {
    /** What `sharingId` takes: a UUID. */
    id: string;
    /** What Gandi calls it. */
    name: string;
    /** `individual`, `company`, … */
    type: string;
    /** Its legal name. */
    orgname?: string;
    /** Of the person, where it is one. */
    firstname?: string;
    /** Of the person, where it is one. */
    lastname?: string;
    /** An e-mail address. */
    email?: string;
    /** Its VAT number. */
    vatNumber?: string;
    /** Whether it resells to customers. */
    reseller?: boolean;
    /** Whether it is a corporate customer. */
    corporate?: boolean;
}

/**
 * The organisations that the token belongs to. Concurrent calls share one request. `GET /v5/organization/organizations`
 * @throws LookupError
 * @example
 * const acme = (await gandi.getOrganizations()).find(({ name }) => name === "ACME");
 */
export const getOrganizations = lookup.plain<NoArgs, OrganizationInfo[]>("getOrganizations")({
    args: {},
    answer: z.array(api.organizationSchema),
    read: ({ client }) => api.listOrganizations(client, { shared: true }),
});
/** {@link getOrganizations} as an Output. */
export const getOrganizationsOutput = lookup.output(getOrganizations);

/** A prepaid account. */
export interface BillingInfo {
    /** The rate of prices, `A` to `E`. */
    grid?: string;
    /** The prepaid account, where there is one. */
    prepaid?: {
        /** What is left on it, in `currency`. */
        amount?: number;
        /** ISO 4217. */
        currency?: string;
    };
}

/**
 * The prepaid account of `sharingId`, else of the configured payer, else of the token's own organisation.
 * `GET /v5/billing/info` and `GET /v5/billing/info/{sharing_id}`
 * @throws LookupError
 */
export const getBilling = lookup.plain<LookupArgs, BillingInfo>("getBilling")({
    args: commonArguments,
    answer: billing.billingSchema,
    read: ({ client }) => billing.getBilling(client),
});
/** {@link getBilling} with Inputs. */
export const getBillingOutput = lookup.output(getBilling);
