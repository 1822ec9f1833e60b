import type { Client } from "./client";
import { getDomain } from "./domains";
import { GandiError } from "./errors";
import { getLiveDnsDomain } from "./livednsDomains";

/*
 * What means that something is gone, so that a read may drop it and a delete may call it done:
 *
 * | thing | gone | not gone |
 * |---|---|---|
 * | RRset | 404 with object `dns-record` | any other 404: then it is the zone that can't be seen |
 * | glue record | cause `CAUSE_NOTFOUND` (a 400) or a 404, while the domain answers | that cause alone: it is an unknown domain's as well |
 * | DNSSEC key, LiveDNS key, slave, snapshot, TSIG association | a 404 while the parent domain answers | |
 * | Domain, LiveDNS domain, zone | never: a 404 says unknown *or not visible to this token* | `HTTPNotFound`, `Unknown` |
 *
 * A 401 or 403 never means gone, else a wrong token would plan to make a whole zone again.
 */

/**
 * Whether `error`, of a call about one glue record, says that it is gone.
 *
 * @throws the error of `GET /v5/domain/domains/{domain}` when it is the domain that can't be seen
 */
export function isHostGone(error: unknown, client: Client, domain: string): Promise<boolean> {
    return isGoneFromDomain(error, client, domain);
}

/**
 * Whether `error`, of a call about one DNSSEC key of a domain, says that it is gone.
 *
 * @throws the error of `GET /v5/domain/domains/{domain}` when it is the domain that can't be seen
 */
export function isDnsKeyGone(error: unknown, client: Client, domain: string): Promise<boolean> {
    return isGoneFromDomain(error, client, domain);
}

/**
 * Whether `error`, of a call about one key, slave, snapshot or TSIG association of a zone, says that it is gone.
 *
 * @throws the error of `GET /v5/livedns/domains/{fqdn}` when it is the zone that can't be seen
 */
export async function isGoneFromZone(error: unknown, client: Client, fqdn: string): Promise<boolean> {
    if (!isNotFound(error)) return false;
    await getLiveDnsDomain(client, fqdn);
    return true;
}

/**
 * Ends well when what a zone holds (a key, a snapshot, a secondary) is being removed and is gone already.
 *
 * @throws the error of the removal, or that of `GET /v5/livedns/domains/{fqdn}` when it is the zone that can't be seen
 */
export async function unlessGoneFromZone(client: Client, fqdn: string, removal: Promise<void>): Promise<void> {
    try {
        await removal;
    } catch (error) {
        if (!(await isGoneFromZone(error, client, fqdn))) throw error;
    }
}

async function isGoneFromDomain(error: unknown, client: Client, domain: string): Promise<boolean> {
    if (!isNotFound(error)) return false;
    await getDomain(client, domain);
    return true;
}

function isNotFound(error: unknown): boolean {
    return GandiError.is(error, "notFound", "invisible", "hostMissing");
}
