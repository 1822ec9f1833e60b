import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { getZoneText } from "../api/records";
import { getSnapshotText } from "../api/snapshots";
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

/** The arguments of {@link getZoneFile}. */
export interface GetZoneFileArgs extends LookupArgs {
    /** The domain, in any spelling. */
    domain: string;
    /**
     * A snapshot, by its id or by that of the resource Snapshot, for the zone as it was then. Default: the zone as it
     * is.
     */
    snapshot?: string;
}

const zoneFile: Lookup<GetZoneFileArgs, string> = {
    name: "getZoneFile",
    args: z.object({ domain: domainArgument, snapshot: idArgument.optional(), ...commonArguments }),
    async read(client, { domain, snapshot }) {
        const text =
            snapshot === undefined
                ? await getZoneText(client, domain)
                : await getSnapshotText(client, domain, snapshot);
        return withoutDoubt(text, domain);
    },
};

/**
 * Each record is a line that starts with its owner (recordings), which is relative: one that ends with the zone's name
 * looks as if it lacked its final dot, and is written absolute.
 */
function withoutDoubt(text: string, zone: string): string {
    return text.replace(/^[^\s;"]+/gm, (owner) =>
        `.${owner.toLowerCase()}`.endsWith(`.${zone}`) ? `${owner}.${zone}.` : owner,
    );
}

/**
 * A zone, or a snapshot of it, as a master file (RFC 1035 section 5): names relative to the zone, but for those that end
 * with the zone's own, without `$ORIGIN`. A LiveDnsZone takes it as its `zoneFile`.
 * `GET /v5/livedns/domains/{fqdn}/records` and `GET /v5/livedns/domains/{fqdn}/snapshots/{id}`, as text/plain
 *
 * @throws LookupError
 */
export function getZoneFile(args: GetZoneFileArgs, opts?: LookupOptions): Promise<string> {
    return ask(zoneFile, args, opts);
}

/** {@link getZoneFile} with Inputs. */
export function getZoneFileOutput(
    args: LookupInputs<GetZoneFileArgs>,
    opts?: LookupOutputOptions,
): pulumi.Output<string> {
    return askOutput(zoneFile, args, opts);
}
