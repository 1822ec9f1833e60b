import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import * as billingApi from "../api/billing";
import * as api from "../api/organizations";
import { camelCase } from "./camelCase";
import {
    ask,
    askOutput,
    commonArguments,
    type Lookup,
    type LookupArgs,
    type LookupInputs,
    type LookupOptions,
    type LookupOutputOptions,
    type NoArgs,
} from "./lookup";

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

const organizations: Lookup<NoArgs, OrganizationInfo[]> = {
    name: "getOrganizations",
    args: z.object({}),
    async read(client) {
        return camelCase(await api.listOrganizations(client, { shared: true }));
    },
};

/**
 * The organisations that the token belongs to. Concurrent calls share one request. `GET /v5/organization/organizations`
 *
 * @throws LookupError
 *
 * @example
 * const acme = (await gandi.getOrganizations()).find(({ name }) => name === "ACME");
 */
export function getOrganizations(args: NoArgs = {}, opts?: LookupOptions): Promise<OrganizationInfo[]> {
    return ask(organizations, args, opts);
}

/** {@link getOrganizations} as an Output. */
export function getOrganizationsOutput(
    args: NoArgs = {},
    opts?: LookupOutputOptions,
): pulumi.Output<OrganizationInfo[]> {
    return askOutput(organizations, args, opts);
}

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

const billing: Lookup<LookupArgs, BillingInfo> = {
    name: "getBilling",
    args: z.object(commonArguments),
    async read(client) {
        return camelCase(await billingApi.getBilling(client));
    },
};

/**
 * The prepaid account of `sharingId`, else of the configured payer, else of the token's own organisation.
 * `GET /v5/billing/info` and `GET /v5/billing/info/{sharing_id}`
 *
 * @throws LookupError
 */
export function getBilling(args: LookupArgs = {}, opts?: LookupOptions): Promise<BillingInfo> {
    return ask(billing, args, opts);
}

/** {@link getBilling} with Inputs. */
export function getBillingOutput(
    args: LookupInputs<LookupArgs> = {},
    opts?: LookupOutputOptions,
): pulumi.Output<BillingInfo> {
    return askOutput(billing, args, opts);
}
