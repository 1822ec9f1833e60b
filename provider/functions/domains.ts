import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import * as api from "../api/domains";
import { nonEmpty, oneLine, organization } from "../core/inputSchemas";
import { camelCase } from "./camelCase";
import type { ContactsInfo } from "./contacts";
import {
    ask,
    askOutput,
    commonArguments,
    domainArgument,
    extensionArgument,
    type Lookup,
    type LookupArgs,
    type LookupInputs,
    type LookupOptions,
    type LookupOutputOptions,
} from "./lookup";

/** The arguments of {@link getDomain} and {@link getDomainAuthInfoOutput}. */
export interface GetDomainArgs extends LookupArgs {
    /** The domain, in any spelling, e.g. `example.com` or `bücher.example`. */
    fqdn: string;
}

/** Life-cycle dates of a domain, ISO 8601 in UTC. */
export interface DomainDates {
    registryCreatedAt?: string;
    updatedAt?: string;
    authinfoExpiresAt?: string;
    createdAt?: string;
    deletesAt?: string;
    holdBeginsAt?: string;
    holdEndsAt?: string;
    pendingDeleteEndsAt?: string;
    /** When the registration ends, unless it is renewed. */
    registryEndsAt?: string;
    renewBeginsAt?: string;
    restoreEndsAt?: string;
}

/** A domain in full. Its transfer code is a look-up of its own: {@link getDomainAuthInfoOutput}. */
export interface DomainInfo {
    /** In A-labels. */
    fqdn: string;
    fqdnUnicode?: string;
    id?: string;
    tld?: string;
    autorenew: {
        enabled: boolean;
        /** Years. */
        duration: number;
        /** When it will be tried. */
        dates?: string[];
        /** The organisation that pays for it. */
        orgId?: string;
    };
    canTldLock?: boolean;
    contacts: ContactsInfo;
    dates: DomainDates;
    /** At the registry, without final dots, in no order. */
    nameservers: string[];
    /** Of the owner's e-mail address: `pending`, `done`, `failed`, `deleted`, `none`. */
    reachability?: string;
    /** Gandi services attached, such as `gandilivedns`. */
    services: string[];
    /** The organisation that it belongs to. */
    sharingSpace?: { id: string; name: string; type?: string; reseller?: boolean };
    sharingId?: string;
    /** EPP statuses such as `clientTransferProhibited`. */
    status: string[];
    tags: string[];
}

const oneDomain = z.object({ fqdn: domainArgument, ...commonArguments });

const domain: Lookup<GetDomainArgs, DomainInfo> = {
    name: "getDomain",
    args: oneDomain,
    async read(client, { fqdn }) {
        const { authinfo: _, ...shown } = await api.getDomain(client, fqdn);
        return camelCase(shown);
    },
};

/**
 * A domain of the account. `GET /v5/domain/domains/{domain}`
 *
 * @throws LookupError when Gandi does not know it *or this token may not see it*: the two look the same
 */
export function getDomain(args: GetDomainArgs, opts?: LookupOptions): Promise<DomainInfo> {
    return ask(domain, args, opts);
}

/** {@link getDomain} with Inputs. */
export function getDomainOutput(
    args: LookupInputs<GetDomainArgs>,
    opts?: LookupOutputOptions,
): pulumi.Output<DomainInfo> {
    return askOutput(domain, args, opts);
}

/** The arguments of {@link getDomains}: what each domain must fit. */
export interface GetDomainsArgs extends LookupArgs {
    /** A name or a pattern: `example.*`, `*example.com`. */
    fqdn?: string;
    /** The extension, e.g. `com`. */
    tld?: string;
    /** Whose nameservers it has: Gandi's classic ones (`abc`), LiveDNS's, or others. */
    nameserver?: "abc" | "livedns" | "other";
    /** The customer of a reseller whose domains are wanted. */
    reselleeId?: string;
}

/** A domain in a list, which says less than {@link DomainInfo}. */
export interface DomainEntryInfo {
    /** In A-labels. */
    fqdn: string;
    fqdnUnicode?: string;
    id: string;
    tld?: string;
    /** Whether it renews itself. */
    autorenew?: boolean;
    dates: DomainDates;
    domainOwner?: string;
    orgaOwner?: string;
    owner?: string;
    /** `current` says whose they are: `abc`, `livedns`, `other` or the like. */
    nameserver?: { current: string; hosts?: string[] };
    /** EPP statuses such as `clientTransferProhibited`. */
    status: string[];
    sharingId?: string;
    tags: string[];
}

const domains: Lookup<GetDomainsArgs, DomainEntryInfo[]> = {
    name: "getDomains",
    args: z.object({
        fqdn: nonEmpty(oneLine).optional(),
        tld: extensionArgument.optional(),
        nameserver: z.enum(["abc", "livedns", "other"]).optional(),
        reselleeId: organization.optional(),
        ...commonArguments,
    }),
    async read(client, { fqdn, tld, nameserver, reselleeId }) {
        return camelCase(await api.listDomains(client, { fqdn, tld, nameserver, resellee_id: reselleeId }));
    },
};

/** All the domains that the token sees and that fit, on however many pages. `GET /v5/domain/domains` */
export function getDomains(args: GetDomainsArgs = {}, opts?: LookupOptions): Promise<DomainEntryInfo[]> {
    return ask(domains, args, opts);
}

/** {@link getDomains} with Inputs. */
export function getDomainsOutput(
    args: LookupInputs<GetDomainsArgs> = {},
    opts?: LookupOutputOptions,
): pulumi.Output<DomainEntryInfo[]> {
    return askOutput(domains, args, opts);
}

const authInfo: Lookup<GetDomainArgs, string> = {
    name: "getDomainAuthInfoOutput",
    args: oneDomain,
    secret: true,
    async read(client, { fqdn }) {
        const { authinfo } = await api.getDomain(client, fqdn);
        if (authinfo === undefined || authinfo === "") {
            throw new Error(
                `${fqdn}: Gandi shows no transfer code. \`npx pulumi-gandi reset-authinfo ${fqdn}\` asks for a new one, where the registry has any`,
            );
        }
        return authinfo;
    },
};

/**
 * The transfer code (authinfo) of a domain: a secret. Whoever has it can move the domain to another registrar, so it is
 * no output of Domain. `GET /v5/domain/domains/{domain}`
 *
 * @throws LookupError as {@link getDomain}, and when the domain has no transfer code now
 */
export function getDomainAuthInfoOutput(
    args: LookupInputs<GetDomainArgs>,
    opts?: LookupOutputOptions,
): pulumi.Output<string> {
    return askOutput(authInfo, args, opts);
}
