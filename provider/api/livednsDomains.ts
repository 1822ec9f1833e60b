import { z } from "zod";
import type { Client, ListOptions } from "./client";
import { listAll, listOnce } from "./paging";
import type { NewRRset } from "./records";

export const entrySchema = z.object({ fqdn: z.string() });
export type LiveDnsDomainEntry = z.infer<typeof entrySchema>;

export const liveDnsDomainSchema = z.object({
    fqdn: z.string(),
    /** Whether each change makes a snapshot. Off is faster for a big zone. */
    automatic_snapshots: z.boolean(),
});
export type LiveDnsDomain = z.infer<typeof liveDnsDomainSchema>;

/** The zones of the payer's organisation, else of the token's own only. `GET /v5/livedns/domains` */
export function listLiveDnsDomains(client: Client, options: ListOptions = {}): Promise<LiveDnsDomainEntry[]> {
    return listAll(client, { route: "GET /v5/livedns/domains", params: {}, item: entrySchema, ...options });
}

/**
 * A zone's properties. `GET /v5/livedns/domains/{fqdn}`
 * @throws GandiError `invisible` when LiveDNS does not know it or this token may not see it
 */
export async function getLiveDnsDomain(client: Client, fqdn: string): Promise<LiveDnsDomain> {
    const route = "GET /v5/livedns/domains/{fqdn}";
    return (await client.request({ route, params: { fqdn }, schema: liveDnsDomainSchema })).data;
}

export interface NewLiveDnsDomain {
    fqdn: string;
    zone?: {
        items?: readonly NewRRset[] | undefined;
        /** Of the SOA, in seconds, 300 to 2592000; not the default of the records, and never read back. */
        ttl?: number | undefined;
    };
}

/**
 * Adds a domain to LiveDNS; the domain must be in the account. There is no call that removes it.
 * `POST /v5/livedns/domains`
 */
export async function addLiveDnsDomain(client: Client, domain: NewLiveDnsDomain): Promise<void> {
    const about = domain.fqdn;
    await client.request({ route: "POST /v5/livedns/domains", params: {}, body: domain, about });
}

/** Sets the one property that can change. `PATCH /v5/livedns/domains/{fqdn}` */
export async function setAutomaticSnapshots(client: Client, fqdn: string, automatic_snapshots: boolean): Promise<void> {
    const route = "PATCH /v5/livedns/domains/{fqdn}";
    await client.request({ route, params: { fqdn }, body: { automatic_snapshots }, repeat: "always" });
}

/** The NS at the zone's apex, or LiveDNS's own three when there are none. `GET /v5/livedns/domains/{fqdn}/nameservers` */
export function getLiveDnsNameservers(client: Client, fqdn: string): Promise<string[]> {
    const route = "GET /v5/livedns/domains/{fqdn}/nameservers";
    return listOnce(client, { route, params: { fqdn }, item: z.string() });
}

/** The three nameservers that LiveDNS has for a name, whether it holds it or not. `GET /v5/livedns/nameservers/{fqdn}` */
export function getGenericNameservers(client: Client, fqdn: string): Promise<string[]> {
    const route = "GET /v5/livedns/nameservers/{fqdn}";
    return listOnce(client, { route, params: { fqdn }, item: z.string() });
}

/** The record types that LiveDNS takes today. `GET /v5/livedns/dns/rrtypes` */
export function listRecordTypes(client: Client, options: ListOptions = {}): Promise<string[]> {
    return listOnce(client, { route: "GET /v5/livedns/dns/rrtypes", params: {}, item: z.string(), ...options });
}
