import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import * as keysApi from "../api/keys";
import * as api from "../api/livednsDomains";
import { camelCase } from "./camelCase";
import {
    ask,
    askOutput,
    commonArguments,
    domainArgument,
    type Lookup,
    type LookupArgs,
    type LookupInputs,
    type LookupOptions,
    type LookupOutputOptions,
    type NoArgs,
} from "./lookup";

/** A domain on LiveDNS, in a list. */
export interface LiveDnsDomainEntryInfo {
    /** In A-labels. */
    fqdn: string;
}

const domains: Lookup<LookupArgs, LiveDnsDomainEntryInfo[]> = {
    name: "getLiveDnsDomains",
    args: z.object(commonArguments),
    read: (client) => api.listLiveDnsDomains(client),
};

/**
 * The domains on LiveDNS of `sharingId`, else of the configured or the token's own organisation. `GET /v5/livedns/domains`
 *
 * @throws LookupError
 */
export function getLiveDnsDomains(args: LookupArgs = {}, opts?: LookupOptions): Promise<LiveDnsDomainEntryInfo[]> {
    return ask(domains, args, opts);
}

/** {@link getLiveDnsDomains} with Inputs. */
export function getLiveDnsDomainsOutput(
    args: LookupInputs<LookupArgs> = {},
    opts?: LookupOutputOptions,
): pulumi.Output<LiveDnsDomainEntryInfo[]> {
    return askOutput(domains, args, opts);
}

/** The arguments of {@link getLiveDnsDomain}. */
export interface GetLiveDnsDomainArgs extends LookupArgs {
    /** The domain, in any spelling. */
    fqdn: string;
}

/** A domain on LiveDNS. */
export interface LiveDnsDomainInfo {
    /** In A-labels. */
    fqdn: string;
    /** Whether each change of the zone makes a snapshot. */
    automaticSnapshots: boolean;
}

const domain: Lookup<GetLiveDnsDomainArgs, LiveDnsDomainInfo> = {
    name: "getLiveDnsDomain",
    args: z.object({ fqdn: domainArgument, ...commonArguments }),
    async read(client, { fqdn }) {
        return camelCase(await api.getLiveDnsDomain(client, fqdn));
    },
};

/**
 * A domain on LiveDNS. `GET /v5/livedns/domains/{fqdn}`
 *
 * @throws LookupError when LiveDNS does not know it or this token may not see it
 */
export function getLiveDnsDomain(args: GetLiveDnsDomainArgs, opts?: LookupOptions): Promise<LiveDnsDomainInfo> {
    return ask(domain, args, opts);
}

/** {@link getLiveDnsDomain} with Inputs. */
export function getLiveDnsDomainOutput(
    args: LookupInputs<GetLiveDnsDomainArgs>,
    opts?: LookupOutputOptions,
): pulumi.Output<LiveDnsDomainInfo> {
    return askOutput(domain, args, opts);
}

/** The arguments of {@link getLiveDnsNameservers}. */
export interface GetLiveDnsNameserversArgs extends LookupArgs {
    /** The domain, in any spelling. */
    domain: string;
    /** The three that LiveDNS has for the name, whether it holds it or not. Default: false. */
    generic?: boolean;
}

const nameservers: Lookup<GetLiveDnsNameserversArgs, string[]> = {
    name: "getLiveDnsNameservers",
    args: z.object({ domain: domainArgument, generic: z.boolean().optional(), ...commonArguments }),
    read: (client, { domain, generic }) =>
        generic ? api.getGenericNameservers(client, domain) : api.getLiveDnsNameservers(client, domain),
};

/**
 * The NS at a zone's apex, or LiveDNS's own three when there are none: `GET /v5/livedns/domains/{fqdn}/nameservers`. With
 * `generic` those to give to the registry of any name: `GET /v5/livedns/nameservers/{fqdn}`.
 *
 * @throws LookupError
 */
export function getLiveDnsNameservers(args: GetLiveDnsNameserversArgs, opts?: LookupOptions): Promise<string[]> {
    return ask(nameservers, args, opts);
}

/** {@link getLiveDnsNameservers} with Inputs. */
export function getLiveDnsNameserversOutput(
    args: LookupInputs<GetLiveDnsNameserversArgs>,
    opts?: LookupOutputOptions,
): pulumi.Output<string[]> {
    return askOutput(nameservers, args, opts);
}

const recordTypes: Lookup<NoArgs, string[]> = {
    name: "getRecordTypes",
    args: z.object({}),
    read: (client) => api.listRecordTypes(client, { shared: true }),
};

/**
 * The record types that LiveDNS takes today. Concurrent calls share one request. `GET /v5/livedns/dns/rrtypes`
 *
 * @throws LookupError
 */
export function getRecordTypes(args: NoArgs = {}, opts?: LookupOptions): Promise<string[]> {
    return ask(recordTypes, args, opts);
}

/** {@link getRecordTypes} as an Output. */
export function getRecordTypesOutput(args: NoArgs = {}, opts?: LookupOutputOptions): pulumi.Output<string[]> {
    return askOutput(recordTypes, args, opts);
}

/** The arguments of {@link getLiveDnsKeys}. */
export interface GetLiveDnsKeysArgs extends LookupArgs {
    /** The domain, in any spelling. */
    domain: string;
}

/** A DNSSEC key that LiveDNS signs a zone with. */
export interface LiveDnsKeyInfo {
    /** The API's: the last part of the id of a LiveDnsKey. */
    id: string;
    /** The zone, in A-labels. */
    fqdn?: string;
    /** 256 for a ZSK, 257 for a KSK (RFC 4034 section 2.1.1). */
    flags: number;
    /** 0 to 255, IANA's DNS Security Algorithm Numbers. */
    algorithm: number;
    /** Such as `ECDSAP256SHA256`. */
    algorithmName?: string;
    /** Removed, and still listed. */
    deleted: boolean;
    /** The DS record, with an absolute name. */
    ds?: string;
    /** Such as `active`. */
    status: string;
    /** Base64: what DnssecKey gives to the registry. */
    publicKey: string;
    /** The key tag, 0 to 65535 (RFC 4034 appendix B). */
    tag: number;
    /** The digest of the key. */
    fingerprint?: string;
}

const keys: Lookup<GetLiveDnsKeysArgs, LiveDnsKeyInfo[]> = {
    name: "getLiveDnsKeys",
    args: z.object({ domain: domainArgument, ...commonArguments }),
    async read(client, { domain }) {
        // The list lacks public key, tag and fingerprint.
        const entries = await keysApi.listKeys(client, domain);
        return camelCase(await Promise.all(entries.map(({ id }) => keysApi.getKey(client, domain, id))));
    },
};

/**
 * The keys that LiveDNS signs a zone with, removed ones too. `GET /v5/livedns/domains/{fqdn}/keys`, and `GET …/keys/{id}`
 * for each.
 *
 * @throws LookupError
 */
export function getLiveDnsKeys(args: GetLiveDnsKeysArgs, opts?: LookupOptions): Promise<LiveDnsKeyInfo[]> {
    return ask(keys, args, opts);
}

/** {@link getLiveDnsKeys} with Inputs. */
export function getLiveDnsKeysOutput(
    args: LookupInputs<GetLiveDnsKeysArgs>,
    opts?: LookupOutputOptions,
): pulumi.Output<LiveDnsKeyInfo[]> {
    return askOutput(keys, args, opts);
}
