import { z } from "zod";
import * as delegation from "../api/delegation";
import { dnsKeySchema, listDnsKeys } from "../api/dnskeys";
import { hostSchema, listHosts } from "../api/hosts";
import { type DomainLookupArgs, domainArguments } from "./arguments";
import * as lookup from "./lookup";

/** The arguments of look-ups of what the registry holds of a domain. */
export interface DelegationArgs extends DomainLookupArgs {}

/**
 * The nameservers that the registry names for a domain: without final dots, in no order.
 * `GET /v5/domain/domains/{domain}/nameservers`
 * @throws LookupError
 */
export const getNameservers = lookup.plain<DelegationArgs, string[]>("getNameservers")({
    args: domainArguments,
    answer: z.array(z.string()),
    read: ({ client }, { domain }) => delegation.getNameservers(client, domain),
});
/** {@link getNameservers} with Inputs. */
export const getNameserversOutput = lookup.output(getNameservers);

/** A glue record. */
export interface GlueRecordInfo {
    /** Relative to the domain; the domain itself as `@`. */
    name: string;
    /** IPv6 in full length. */
    ips: string[];
    /** The domain, in A-labels. */
    fqdn?: string;
    /** The domain, in U-labels. */
    fqdnUnicode?: string;
}

/** The glue records of a domain. `GET /v5/domain/domains/{domain}/hosts` @throws LookupError */
export const getGlueRecords = lookup.plain<DelegationArgs, GlueRecordInfo[]>("getGlueRecords")({
    args: domainArguments,
    answer: z.array(hostSchema),
    read: ({ client }, { domain }) => listHosts(client, domain),
});
/** {@link getGlueRecords} with Inputs. */
export const getGlueRecordsOutput = lookup.output(getGlueRecords);

/** A DNSSEC key at the registry. */
export interface DnssecKeyInfo {
    /** The registry's: the last part of the id of a DnssecKey. */
    id: string;
    /** 0 to 255, IANA's DNS Security Algorithm Numbers. */
    algorithm: number;
    /** `zsk`, `ksk` or `none`. */
    type: string;
    /** Of the DS (RFC 4034 section 5.1), 0 to 65535. */
    keytag: number;
    /** Of the DS, in hexadecimal. */
    digest: string;
    /** Of the DS, 0 to 255: 2 is SHA-256. */
    digestType: number;
    /** Base64; not every registry shows it. */
    publicKey?: string;
}

/** The DNSSEC keys of a domain at the registry. `GET /v5/domain/domains/{domain}/dnskeys` @throws LookupError */
export const getDnssecKeys = lookup.plain<DelegationArgs, DnssecKeyInfo[]>("getDnssecKeys")({
    args: domainArguments,
    answer: z.array(dnsKeySchema),
    read: ({ client }, { domain }) => listDnsKeys(client, domain),
});
/** {@link getDnssecKeys} with Inputs. */
export const getDnssecKeysOutput = lookup.output(getDnssecKeys);
