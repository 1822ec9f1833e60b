import { domainToASCII } from "node:url";
import { z } from "zod";
import type { Client, ListOptions } from "./client";
import { contactsSchema } from "./contacts";
import { listAll } from "./paging";
import { idSchema, integerSchema } from "./wire";

/** Life-cycle dates, ISO 8601 in UTC. */
const datesSchema = z.object({
    registry_created_at: z.string().optional(),
    updated_at: z.string().optional(),
    authinfo_expires_at: z.string().optional(),
    created_at: z.string().optional(),
    deletes_at: z.string().optional(),
    hold_begins_at: z.string().optional(),
    hold_ends_at: z.string().optional(),
    pending_delete_ends_at: z.string().optional(),
    registry_ends_at: z.string().optional(),
    renew_begins_at: z.string().optional(),
    restore_ends_at: z.string().optional(),
});

/** A domain in the list, which says less, and some of it otherwise, than {@link domainSchema}. */
export const domainEntrySchema = z.object({
    /** In A-labels. */
    fqdn: z.string(),
    fqdn_unicode: z.string().optional(),
    id: idSchema.optional(),
    tld: z.string().optional(),
    /** Whether it renews itself; an object in the details. */
    autorenew: z.boolean().optional(),
    dates: datesSchema.default({}),
    domain_owner: z.string().optional(),
    orga_owner: z.string().optional(),
    owner: z.string().optional(),
    /** An array `nameservers` in the details. */
    nameserver: z
        .object({ current: z.string(), hosts: z.array(z.string()).optional() })
        .optional()
        .catch(undefined),
    /** EPP statuses such as `clientTransferProhibited`. */
    status: z.array(z.string()).default([]),
    sharing_id: z.string().optional(),
    tags: z.array(z.string()).default([]),
});
export type DomainEntry = z.infer<typeof domainEntrySchema>;

/** Off where nothing is said, as documented: a domain that never renewed itself has no record of it. */
const autorenewSchema = z.object({
    enabled: z.boolean().default(false),
    /** Years. */
    duration: integerSchema.default(1),
    dates: z.array(z.string()).optional(),
    /** The organisation that pays for it. */
    org_id: z.string().optional(),
});

/**
 * A domain in full. What is missing of it, though documented, is empty or unknown: one key that the API leaves out must not
 * stop the reads of every domain.
 */
export const domainSchema = z.object({
    /** In A-labels. */
    fqdn: z.string().optional(),
    fqdn_unicode: z.string().optional(),
    id: idSchema.optional(),
    tld: z.string().optional(),
    autorenew: autorenewSchema.prefault({}),
    can_tld_lock: z.boolean().optional(),
    contacts: contactsSchema.prefault({}),
    dates: datesSchema.default({}),
    /** Without final dots, in an order of the server's. */
    nameservers: z.array(z.string()).default([]),
    /** Of the owner's address: `pending`, `done`, `failed`, `deleted`, `none`. */
    reachability: z.string().optional(),
    /** Gandi services attached, such as `gandilivedns`. */
    services: z.array(z.string()).default([]),
    sharing_space: z
        .object({
            id: z.string(),
            name: z.string(),
            type: z.string().optional(),
            reseller: z.boolean().optional(),
        })
        .optional()
        .catch(undefined),
    /** EPP statuses such as `clientTransferProhibited`. */
    status: z.array(z.string()).default([]),
    /** The transfer code: a secret. */
    authinfo: z.string().optional(),
    sharing_id: z.string().optional(),
    tags: z.array(z.string()).default([]),
});
export type Domain = z.infer<typeof domainSchema> & { fqdn: string };

/** Of an answer that names no domain, or another one, nobody can say that it shows this one: it is no sign that it is here. */
const schemaOf = (domain: string) =>
    domainSchema.refine(
        ({ fqdn, fqdn_unicode, id }) =>
            fqdn === undefined ? (fqdn_unicode ?? id) !== undefined : domainToASCII(fqdn) === domain.toLowerCase(),
        { error: "names another domain, or none", path: ["fqdn"] },
    );

export interface ListDomainsOptions extends ListOptions {
    /** A name or a pattern: `example.*`, `*example.com`. */
    fqdn?: string | undefined;
    tld?: string | undefined;
    nameserver?: "abc" | "livedns" | "other" | undefined;
    resellee_id?: string | undefined;
}

/** The domains that the token sees, of the payer's organisation if one is set. `GET /v5/domain/domains` */
export function listDomains(client: Client, options: ListDomainsOptions = {}): Promise<DomainEntry[]> {
    const { fqdn, tld, nameserver, resellee_id, ...rest } = options;
    const query = { fqdn, tld, nameserver, resellee_id };
    return listAll(client, { route: "GET /v5/domain/domains", params: {}, query, item: domainEntrySchema, ...rest });
}

/**
 * A domain in full, transfer code and all. `GET /v5/domain/domains/{domain}`
 * @throws GandiError `invisible` when Gandi does not know it *or this token may not see it*: the two look the same
 */
export async function getDomain(client: Client, domain: string): Promise<Domain> {
    const route = "GET /v5/domain/domains/{domain}";
    const { data } = await client.request({ route, params: { domain }, schema: schemaOf(domain) });
    return { ...data, fqdn: data.fqdn ?? domain };
}

/**
 * Gives a domain up, which can't be taken back. A restricted feature: few accounts may. Asynchronous.
 * `DELETE /v5/domain/domains/{domain}`
 */
export async function deleteDomain(client: Client, domain: string): Promise<void> {
    await client.request({ route: "DELETE /v5/domain/domains/{domain}", params: { domain } });
}

export interface Autorenew {
    enabled: boolean;
    /** Years, 1 to 9. Default 1. */
    duration?: number | undefined;
    /** The organisation that pays. */
    org_id?: string | undefined;
}

/** Sets the automatic renewal of a domain that exists. `PATCH /v5/domain/domains/{domain}/autorenew` */
export async function setAutorenew(client: Client, domain: string, autorenew: Autorenew): Promise<void> {
    const route = "PATCH /v5/domain/domains/{domain}/autorenew";
    await client.request({ route, params: { domain }, body: autorenew, repeat: "always" });
}

/**
 * Locks a domain against its transfer to another registrar, or unlocks it. Asynchronous; not every extension has the lock.
 * `PATCH /v5/domain/domains/{domain}/status`
 */
export async function setTransferLock(
    client: Client,
    domain: string,
    clientTransferProhibited: boolean,
): Promise<void> {
    const route = "PATCH /v5/domain/domains/{domain}/status";
    await client.request({ route, params: { domain }, body: { clientTransferProhibited }, repeat: "always" });
}

const dnssecSchema = z.object({
    /** `activating`, `active`, `activation_error`, `deactivating`, `deactivation_error`, `inactive`. */
    state: z.string(),
    error: z.string().optional(),
});
export type LiveDnsDnssec = z.infer<typeof dnssecSchema>;

/** How it stands with Gandi's own signing of a zone on LiveDNS. `GET /v5/domain/domains/{domain}/livedns/dnssec` */
export async function getLiveDnsDnssec(client: Client, domain: string): Promise<LiveDnsDnssec> {
    const route = "GET /v5/domain/domains/{domain}/livedns/dnssec";
    return (await client.request({ route, params: { domain }, schema: dnssecSchema })).data;
}

/**
 * Has LiveDNS sign the zone and tell the registry its key. Asynchronous. `POST /v5/domain/domains/{domain}/livedns/dnssec`
 */
export async function activateDnssec(client: Client, domain: string): Promise<void> {
    const route = "POST /v5/domain/domains/{domain}/livedns/dnssec";
    await client.request({ route, params: { domain }, repeat: "always" });
}

/** Takes the key from the registry and ends the signing. Asynchronous. `DELETE /v5/domain/domains/{domain}/livedns/dnssec` */
export async function deactivateDnssec(client: Client, domain: string): Promise<void> {
    await client.request({ route: "DELETE /v5/domain/domains/{domain}/livedns/dnssec", params: { domain } });
}

/**
 * Sets the tags of a domain. `PUT /v5/domain/domains/{domain}/tags`, in no document at hand: as public clients use it.
 */
export async function putTags(client: Client, domain: string, tags: readonly string[]): Promise<void> {
    await client.request({
        route: "PUT /v5/domain/domains/{domain}/tags",
        params: { domain },
        body: { tags },
    });
}

/**
 * Starts a reset of the transfer code; the new one is in {@link getDomain} later. Some registries refuse (400).
 * `PUT /v5/domain/domains/{domain}/authinfo`
 */
export async function resetAuthInfo(client: Client, domain: string): Promise<void> {
    await client.request({ route: "PUT /v5/domain/domains/{domain}/authinfo", params: { domain } });
}

const liveDnsStatusSchema = z.object({
    /** `livedns`, `classic`, `premium_dns`, or `other` for nameservers of one's own. */
    current: z.string(),
    nameservers: z.array(z.string()),
    dnssec_available: z.boolean().optional(),
    livednssec_available: z.boolean().optional(),
});
export type LiveDnsStatus = z.infer<typeof liveDnsStatusSchema>;

/** Whose nameservers the domain uses. `GET /v5/domain/domains/{domain}/livedns` */
export async function getLiveDnsStatus(client: Client, domain: string): Promise<LiveDnsStatus> {
    const route = "GET /v5/domain/domains/{domain}/livedns";
    return (await client.request({ route, params: { domain }, schema: liveDnsStatusSchema })).data;
}

/**
 * Sets LiveDNS's nameservers, and copies the records of Gandi's classic DNS if the domain was there. Asynchronous.
 * `POST /v5/domain/domains/{domain}/livedns`
 */
export async function enableLiveDns(client: Client, domain: string): Promise<void> {
    const route = "POST /v5/domain/domains/{domain}/livedns";
    await client.request({ route, params: { domain }, repeat: "always" });
}
