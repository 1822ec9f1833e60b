import { z } from "zod";
import { listSlaves } from "../api/slaves";
import * as tsig from "../api/tsig";
import {
    commonArguments,
    type DomainLookupArgs,
    domainArgument,
    domainArguments,
    idArgument,
    type LookupArgs,
} from "./arguments";
import * as lookup from "./lookup";

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

/**
 * The TSIG keys of the organisation, or those of one zone, without their secrets. Keys can't be deleted at Gandi: here are
 * those that no stack knows any more. `GET /v5/livedns/axfr/tsig` and `GET /v5/livedns/domains/{fqdn}/axfr/tsig`
 * @throws LookupError
 */
export const getTsigKeys = lookup.plain<GetTsigKeysArgs, TsigKeyInfo[]>("getTsigKeys")({
    args: { domain: domainArgument.optional(), ...commonArguments },
    answer: z.array(tsig.entrySchema),
    read: ({ client }, { domain }) =>
        domain === undefined ? tsig.listTsigKeys(client) : tsig.listAssociatedTsigKeys(client, domain),
});
/** {@link getTsigKeys} with Inputs. */
export const getTsigKeysOutput = lookup.output(getTsigKeys);

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

/** A TSIG key with its secret: the whole is a secret. `GET /v5/livedns/axfr/tsig/{id}` */
export const getTsigKeyOutput = lookup.secret<GetTsigKeyArgs, TsigKeySecretInfo>("getTsigKeyOutput")({
    args: { id: idArgument, ...commonArguments },
    answer: tsig.tsigKeySchema,
    read: ({ client }, { id }) => tsig.getTsigKey(client, id),
});

/** The arguments of {@link getTsigConfigurationOutput}. */
export interface GetTsigConfigurationArgs extends GetTsigKeyArgs {
    /** The nameserver that the configuration is for. */
    software: "bind" | "knot" | "nsd" | "powerdns";
}

/**
 * What a secondary nameserver's configuration must hold for a TSIG key: a secret, as the key is in it.
 * `GET /v5/livedns/axfr/tsig/{id}/config/{software}`
 */
export const getTsigConfigurationOutput = lookup.secret<GetTsigConfigurationArgs, string>("getTsigConfigurationOutput")(
    {
        args: { id: idArgument, software: z.enum(["bind", "knot", "nsd", "powerdns"]), ...commonArguments },
        answer: z.string(),
        read: ({ client }, { id, software }) => tsig.getTsigConfig(client, id, software),
    },
);

/** The arguments of {@link getSlaves}. */
export interface GetSlavesArgs extends DomainLookupArgs {}

/**
 * The addresses that may transfer a zone, IPv6 in full length. `GET /v5/livedns/domains/{fqdn}/axfr/slaves`
 * @throws LookupError
 */
export const getSlaves = lookup.plain<GetSlavesArgs, string[]>("getSlaves")({
    args: domainArguments,
    answer: z.array(z.string()),
    read: ({ client }, { domain }) => listSlaves(client, domain),
});
/** {@link getSlaves} with Inputs. */
export const getSlavesOutput = lookup.output(getSlaves);
