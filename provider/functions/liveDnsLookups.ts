import { z } from "zod";
import { getKey, keySchema, listKeys } from "../api/keys";
import * as api from "../api/livednsDomains";
import {
    commonArguments,
    type DomainLookupArgs,
    domainArgument,
    domainArguments,
    type LookupArgs,
    type NoArgs,
} from "./arguments";
import * as lookup from "./lookup";

/** A domain on LiveDNS, in a list. */
export interface LiveDnsDomainEntryInfo {
    /** In A-labels. */
    fqdn: string;
}

/**
 * The domains on LiveDNS of `sharingId`, else of the configured or the token's own organisation. `GET /v5/livedns/domains`
 * @throws LookupError
 */
export const getLiveDnsDomains = lookup.plain<LookupArgs, LiveDnsDomainEntryInfo[]>("getLiveDnsDomains")({
    args: commonArguments,
    answer: z.array(api.entrySchema),
    read: ({ client }) => api.listLiveDnsDomains(client),
});
/** {@link getLiveDnsDomains} with Inputs. */
export const getLiveDnsDomainsOutput = lookup.output(getLiveDnsDomains);

/** The arguments of {@link getLiveDnsDomain}. */
export interface GetLiveDnsDomainArgs extends LookupArgs {
    /** The domain, in any spelling. */
    fqdn: string;
}

/** A domain on LiveDNS. */
export interface LiveDnsDomainInfo extends LiveDnsDomainEntryInfo {
    /** Whether each change of the zone makes a snapshot. */
    automaticSnapshots: boolean;
}

/**
 * A domain on LiveDNS. `GET /v5/livedns/domains/{fqdn}`
 * @throws LookupError when LiveDNS does not know it or this token may not see it
 */
export const getLiveDnsDomain = lookup.plain<GetLiveDnsDomainArgs, LiveDnsDomainInfo>("getLiveDnsDomain")({
    args: { fqdn: domainArgument, ...commonArguments },
    answer: api.liveDnsDomainSchema,
    read: ({ client }, { fqdn }) => api.getLiveDnsDomain(client, fqdn),
});
/** {@link getLiveDnsDomain} with Inputs. */
export const getLiveDnsDomainOutput = lookup.output(getLiveDnsDomain);

/** The arguments of {@link getLiveDnsNameservers}. */
export interface GetLiveDnsNameserversArgs extends DomainLookupArgs {
    /** The three that LiveDNS has for the name, whether it holds it or not. Default: false. */
    generic?: boolean;
}

/**
 * The NS at a zone's apex, or LiveDNS's own three when there are none: `GET /v5/livedns/domains/{fqdn}/nameservers`. With
 * `generic` those to give to the registry of any name: `GET /v5/livedns/nameservers/{fqdn}`.
 * @throws LookupError
 */
export const getLiveDnsNameservers = lookup.plain<GetLiveDnsNameserversArgs, string[]>("getLiveDnsNameservers")({
    args: { domain: domainArgument, generic: z.boolean().optional(), ...commonArguments },
    answer: z.array(z.string()),
    read: ({ client }, { domain, generic }) =>
        generic ? api.getGenericNameservers(client, domain) : api.getLiveDnsNameservers(client, domain),
});
/** {@link getLiveDnsNameservers} with Inputs. */
export const getLiveDnsNameserversOutput = lookup.output(getLiveDnsNameservers);

/**
 * The record types that LiveDNS takes today. Concurrent calls share one request. `GET /v5/livedns/dns/rrtypes`
 * @throws LookupError
 */
export const getRecordTypes = lookup.plain<NoArgs, string[]>("getRecordTypes")({
    args: {},
    answer: z.array(z.string()),
    read: ({ client }) => api.listRecordTypes(client, { shared: true }),
});
/** {@link getRecordTypes} as an Output. */
export const getRecordTypesOutput = lookup.output(getRecordTypes);

/** The arguments of {@link getLiveDnsKeys}. */
export interface GetLiveDnsKeysArgs extends DomainLookupArgs {}

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

/**
 * The keys that LiveDNS signs a zone with, removed ones too. `GET /v5/livedns/domains/{fqdn}/keys`, and `GET …/keys/{id}`
 * for each.
 * @throws LookupError
 */
export const getLiveDnsKeys = lookup.plain<GetLiveDnsKeysArgs, LiveDnsKeyInfo[]>("getLiveDnsKeys")({
    args: domainArguments,
    answer: z.array(keySchema),
    async read({ client }, { domain }) {
        // The list lacks public key, tag and fingerprint.
        const entries = await listKeys(client, domain);
        return Promise.all(entries.map(({ id }) => getKey(client, domain, id)));
    },
});
/** {@link getLiveDnsKeys} with Inputs. */
export const getLiveDnsKeysOutput = lookup.output(getLiveDnsKeys);
