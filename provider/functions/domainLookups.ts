import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import * as api from "../api/domains";
import { nonEmpty, oneLine, organization } from "../core/inputs/inputSchemas";
import { camelCase } from "./camelCase";
import type { ContactsInfo } from "./contactLookups";
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
    /** When the registry made it. */
    registryCreatedAt?: string;
    /** When it was changed last. */
    updatedAt?: string;
    /** When the transfer code ends. */
    authinfoExpiresAt?: string;
    /** When it came to Gandi. */
    createdAt?: string;
    /** When it is deleted, unless it is renewed. */
    deletesAt?: string;
    /** When it stops to resolve, unless it is renewed. */
    holdBeginsAt?: string;
    /** When that ends. */
    holdEndsAt?: string;
    /** When anybody can register it. */
    pendingDeleteEndsAt?: string;
    /** When the registration ends, unless it is renewed. */
    registryEndsAt?: string;
    /** From when on it can be renewed. */
    renewBeginsAt?: string;
    /** Until when it can be restored after its deletion. */
    restoreEndsAt?: string;
}

/** A domain in full. Its transfer code is a look-up of its own: {@link getDomainAuthInfoOutput}. */
export interface DomainInfo {
    /** In A-labels. */
    fqdn: string;
    /** In U-labels. */
    fqdnUnicode?: string;
    /** A UUID. */
    id?: string;
    /** The extension, e.g. `com`. */
    tld?: string;
    /** Automatic renewal. */
    autorenew: {
        /** Whether it renews by itself. */
        enabled: boolean;
        /** Years, 1 to 9. */
        duration: number;
        /** When it will be tried; ISO 8601, UTC. */
        dates?: string[];
        /** The organisation that pays for it. */
        orgId?: string;
    };
    /** Whether its registry can lock it against transfers. */
    canTldLock?: boolean;
    /** The owner and the contacts. */
    contacts: ContactsInfo;
    /** When what happens to it. */
    dates: DomainDates;
    /** At the registry, without final dots, in no order. */
    nameservers: string[];
    /** Of the owner's e-mail address: `pending`, `done`, `failed`, `deleted`, `none`. */
    reachability?: string;
    /** Gandi services attached, such as `gandilivedns`. */
    services: string[];
    /** The organisation that it belongs to. */
    sharingSpace?: {
        /** A UUID. */
        id: string;
        /** What Gandi calls it. */
        name: string;
        /** Such as `user` and `company`. */
        type?: string;
        /** Whether it resells to customers. */
        reseller?: boolean;
    };
    /** The id of that organisation, a UUID. */
    sharingId?: string;
    /** EPP statuses such as `clientTransferProhibited`. */
    status: string[];
    /** Tags at Gandi. */
    tags: string[];
}

const oneDomain = z.object({ fqdn: domainArgument, ...commonArguments });

const domain: Lookup<GetDomainArgs, DomainInfo> = {
    name: "getDomain",
    args: oneDomain,
    async read(client, { fqdn }) {
        const { authinfo: _, ...shown } = await api.getDomain(client, fqdn);
        // The types are those that the API documents: of what it leaves out all the same it has told nothing.
        return camelCase(shown) as DomainInfo;
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
    /** A name or a pattern: `example.*`, `*example.com`. Default: all. */
    fqdn?: string;
    /** The extension, e.g. `com`. Default: all. */
    tld?: string;
    /** Whose nameservers it has: Gandi's classic ones (`abc`), LiveDNS's, or others. Default: any. */
    nameserver?: "abc" | "livedns" | "other";
    /** The customer of a reseller whose domains are wanted, a UUID. Default: any. */
    reselleeId?: string;
}

/** A domain in a list, which says less than {@link DomainInfo}. */
export interface DomainEntryInfo {
    /** In A-labels. */
    fqdn: string;
    /** In U-labels. */
    fqdnUnicode?: string;
    /** A UUID. */
    id: string;
    /** The extension, e.g. `com`. */
    tld?: string;
    /** Whether it renews itself. */
    autorenew?: boolean;
    /** When what happens to it. */
    dates: DomainDates;
    /** The name of the owner. */
    domainOwner?: string;
    /** The name of the organisation that it belongs to. */
    orgaOwner?: string;
    /** The name of the account that it belongs to. */
    owner?: string;
    /** Its nameservers. */
    nameserver?: {
        /** Whose they are: `abc`, `livedns`, `other` or the like. */
        current: string;
        /** Their names. */
        hosts?: string[];
    };
    /** EPP statuses such as `clientTransferProhibited`. */
    status: string[];
    /** The organisation that it belongs to, a UUID. */
    sharingId?: string;
    /** Tags at Gandi. */
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
        const found = await api.listDomains(client, { fqdn, tld, nameserver, resellee_id: reselleeId });
        return camelCase(found) as DomainEntryInfo[];
    },
};

/**
 * All the domains that the token sees and that fit, on however many pages. `GET /v5/domain/domains`
 *
 * @throws LookupError
 */
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
