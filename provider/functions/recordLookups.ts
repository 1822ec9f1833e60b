import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Client } from "../api/client";
import { getRRset, listRecords, listRecordsNamed, type RRset } from "../api/records";
import { isRecordType, ownerName, type RecordTypeInput, recordTypes } from "../dns";
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

/** The arguments of {@link getRecords}. */
export interface GetRecordsArgs extends LookupArgs {
    /** The domain, in any spelling. */
    domain: string;
    /** Only RRsets of this owner name, in any case: relative to the zone, `@` for the apex. Default: all. */
    name?: string;
    /** Only RRsets of this type, in any case: `SOA`, or one of `gandi.dns.recordTypes`. Default: all. */
    type?: RecordTypeInput;
}

/** An RRset, in the words of LiveDnsRecord and LiveDnsZone. */
export interface RRsetInfo {
    /** Relative to the zone, `@` for the apex, in the case that it was made with. */
    name: string;
    /** In upper case. */
    type: string;
    /** Seconds, 300 to 2592000. */
    ttl?: number;
    /** Presentation form; TXT is quoted. */
    values: string[];
}

/** An RRset of the API's in our words. @internal */
export function rrsetInfo({
    rrset_name: name,
    rrset_type: type,
    rrset_ttl: ttl,
    rrset_values: values,
}: RRset): RRsetInfo {
    return { name, type, ...(ttl === undefined ? {} : { ttl }), values };
}

const records: Lookup<GetRecordsArgs, RRsetInfo[]> = {
    name: "getRecords",
    args: z.object({
        domain: domainArgument,
        name: z.string().optional(),
        type: z
            .string()
            .transform((type) => type.toUpperCase())
            .refine((type) => type === "SOA" || isRecordType(type), { error: `is none of ${recordTypes.join(", ")}` })
            .optional(),
        ...commonArguments,
    }),
    async read(client, { domain, name, type }) {
        const found =
            name === undefined
                ? await listRecords(client, domain, { rrset_type: type })
                : await named(client, domain, ownerName(name, domain), type);
        return found.map(rrsetInfo);
    },
};

/** The routes of a name are about one spelling of it, the list finds it in any case (RFC 4343). */
async function named(client: Client, domain: string, name: string, type: string | undefined): Promise<RRset[]> {
    const found =
        type === undefined
            ? await listRecordsNamed(client, domain, name)
            : [(await getRRset(client, domain, name, type)) ?? []].flat();
    if (found.length > 0) {
        return found;
    }
    const zone = await listRecords(client, domain, { rrset_type: type });
    return zone.filter((rrset) => rrset.rrset_name.toLowerCase() === name);
}

/**
 * The RRsets of a zone, on however many pages. Neither the SOA nor the NS of the apex are listed: ask for those by name
 * (`@`) and type. `GET /v5/livedns/domains/{fqdn}/records`, `…/records/{rrset_name}`, `…/records/{rrset_name}/{rrset_type}`
 *
 * @throws LookupError
 */
export function getRecords(args: GetRecordsArgs, opts?: LookupOptions): Promise<RRsetInfo[]> {
    return ask(records, args, opts);
}

/** {@link getRecords} with Inputs. */
export function getRecordsOutput(
    args: LookupInputs<GetRecordsArgs>,
    opts?: LookupOutputOptions,
): pulumi.Output<RRsetInfo[]> {
    return askOutput(records, args, opts);
}
