import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import * as dnskeys from "../api/dnskeys";
import * as hosts from "../api/hosts";
import * as nameserversApi from "../api/nameservers";
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
} from "./lookup";

/** The arguments of look-ups of what the registry holds of a domain. */
export interface DelegationArgs extends LookupArgs {
    /** The domain, in any spelling. */
    domain: string;
}

const args = z.object({ domain: domainArgument, ...commonArguments });

const nameservers: Lookup<DelegationArgs, string[]> = {
    name: "getNameservers",
    args,
    read: (client, { domain }) => nameserversApi.getNameservers(client, domain),
};

/**
 * The nameservers that the registry names for a domain: without final dots, in no order.
 * `GET /v5/domain/domains/{domain}/nameservers`
 *
 * @throws LookupError
 */
export function getNameservers(args: DelegationArgs, opts?: LookupOptions): Promise<string[]> {
    return ask(nameservers, args, opts);
}

/** {@link getNameservers} with Inputs. */
export function getNameserversOutput(
    args: LookupInputs<DelegationArgs>,
    opts?: LookupOutputOptions,
): pulumi.Output<string[]> {
    return askOutput(nameservers, args, opts);
}

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

const glueRecords: Lookup<DelegationArgs, GlueRecordInfo[]> = {
    name: "getGlueRecords",
    args,
    async read(client, { domain }) {
        return camelCase(await hosts.listHosts(client, domain));
    },
};

/**
 * The glue records of a domain. `GET /v5/domain/domains/{domain}/hosts`
 *
 * @throws LookupError
 */
export function getGlueRecords(args: DelegationArgs, opts?: LookupOptions): Promise<GlueRecordInfo[]> {
    return ask(glueRecords, args, opts);
}

/** {@link getGlueRecords} with Inputs. */
export function getGlueRecordsOutput(
    args: LookupInputs<DelegationArgs>,
    opts?: LookupOutputOptions,
): pulumi.Output<GlueRecordInfo[]> {
    return askOutput(glueRecords, args, opts);
}

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

const dnssecKeys: Lookup<DelegationArgs, DnssecKeyInfo[]> = {
    name: "getDnssecKeys",
    args,
    async read(client, { domain }) {
        return camelCase(await dnskeys.listDnsKeys(client, domain));
    },
};

/**
 * The DNSSEC keys of a domain at the registry. `GET /v5/domain/domains/{domain}/dnskeys`
 *
 * @throws LookupError
 */
export function getDnssecKeys(args: DelegationArgs, opts?: LookupOptions): Promise<DnssecKeyInfo[]> {
    return ask(dnssecKeys, args, opts);
}

/** {@link getDnssecKeys} with Inputs. */
export function getDnssecKeysOutput(
    args: LookupInputs<DelegationArgs>,
    opts?: LookupOutputOptions,
): pulumi.Output<DnssecKeyInfo[]> {
    return askOutput(dnssecKeys, args, opts);
}
