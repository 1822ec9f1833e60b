import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import * as slavesApi from "../api/slaves";
import * as api from "../api/tsig";
import { camelCase } from "./camelCase";
import {
    ask,
    askOutput,
    commonArguments,
    domainArgument,
    idArgument,
    type Lookup,
    type LookupArgs,
    type LookupInputs,
    type LookupOptions,
    type LookupOutputOptions,
} from "./lookup";

/** The arguments of {@link getTsigKeys}. */
export interface GetTsigKeysArgs extends LookupArgs {
    /** Only the keys that may transfer this zone. Default: all of the organisation's. */
    domain?: string;
}

/** A TSIG key (RFC 8945) without its secret. */
export interface TsigKeyInfo {
    /** A UUID. */
    id: string;
    /** What nameservers call it, such as `2e21af2b-….gandi.net`. */
    keyName: string;
}

const tsigKeys: Lookup<GetTsigKeysArgs, TsigKeyInfo[]> = {
    name: "getTsigKeys",
    args: z.object({ domain: domainArgument.optional(), ...commonArguments }),
    async read(client, { domain }) {
        return camelCase(
            await (domain === undefined ? api.listTsigKeys(client) : api.listAssociatedTsigKeys(client, domain)),
        );
    },
};

/**
 * The TSIG keys of the organisation, or those of one zone, without their secrets. Keys can't be deleted at Gandi: here are
 * those that no stack knows any more. `GET /v5/livedns/axfr/tsig` and `GET /v5/livedns/domains/{fqdn}/axfr/tsig`
 *
 * @throws LookupError
 */
export function getTsigKeys(args: GetTsigKeysArgs = {}, opts?: LookupOptions): Promise<TsigKeyInfo[]> {
    return ask(tsigKeys, args, opts);
}

/** {@link getTsigKeys} with Inputs. */
export function getTsigKeysOutput(
    args: LookupInputs<GetTsigKeysArgs> = {},
    opts?: LookupOutputOptions,
): pulumi.Output<TsigKeyInfo[]> {
    return askOutput(tsigKeys, args, opts);
}

/** The arguments of {@link getTsigKeyOutput}. */
export interface GetTsigKeyArgs extends LookupArgs {
    /** A UUID, as {@link getTsigKeys} and the resource TsigKey give it. */
    id: string;
}

/** A TSIG key with its secret. */
export interface TsigKeySecretInfo extends TsigKeyInfo {
    /** Base64. */
    secret: string;
}

const tsigKey: Lookup<GetTsigKeyArgs, TsigKeySecretInfo> = {
    name: "getTsigKeyOutput",
    args: z.object({ id: idArgument, ...commonArguments }),
    secret: true,
    async read(client, { id }) {
        return camelCase(await api.getTsigKey(client, id));
    },
};

/** A TSIG key with its secret: the whole is a secret. `GET /v5/livedns/axfr/tsig/{id}` */
export function getTsigKeyOutput(
    args: LookupInputs<GetTsigKeyArgs>,
    opts?: LookupOutputOptions,
): pulumi.Output<TsigKeySecretInfo> {
    return askOutput(tsigKey, args, opts);
}

/** The arguments of {@link getTsigConfigurationOutput}. */
export interface GetTsigConfigurationArgs extends LookupArgs {
    /** A UUID, as {@link getTsigKeys} and the resource TsigKey give it. */
    id: string;
    /** The nameserver that the configuration is for. */
    software: "bind" | "knot" | "nsd" | "powerdns";
}

const tsigConfiguration: Lookup<GetTsigConfigurationArgs, string> = {
    name: "getTsigConfigurationOutput",
    args: z.object({
        id: idArgument,
        software: z.enum(["bind", "knot", "nsd", "powerdns"]),
        ...commonArguments,
    }),
    secret: true,
    read: (client, { id, software }) => api.getTsigConfig(client, id, software),
};

/**
 * What a secondary nameserver's configuration must hold for a TSIG key: a secret, as the key is in it.
 * `GET /v5/livedns/axfr/tsig/{id}/config/{software}`
 */
export function getTsigConfigurationOutput(
    args: LookupInputs<GetTsigConfigurationArgs>,
    opts?: LookupOutputOptions,
): pulumi.Output<string> {
    return askOutput(tsigConfiguration, args, opts);
}

/** The arguments of {@link getSlaves}. */
export interface GetSlavesArgs extends LookupArgs {
    /** The domain, in any spelling. */
    domain: string;
}

const slaves: Lookup<GetSlavesArgs, string[]> = {
    name: "getSlaves",
    args: z.object({ domain: domainArgument, ...commonArguments }),
    read: (client, { domain }) => slavesApi.listSlaves(client, domain),
};

/**
 * The addresses that may transfer a zone, IPv6 in full length. `GET /v5/livedns/domains/{fqdn}/axfr/slaves`
 *
 * @throws LookupError
 */
export function getSlaves(args: GetSlavesArgs, opts?: LookupOptions): Promise<string[]> {
    return ask(slaves, args, opts);
}

/** {@link getSlaves} with Inputs. */
export function getSlavesOutput(
    args: LookupInputs<GetSlavesArgs>,
    opts?: LookupOutputOptions,
): pulumi.Output<string[]> {
    return askOutput(slaves, args, opts);
}
