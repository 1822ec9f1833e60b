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
 * | forward of e-mail | it is not in the list of its domain, which is all that can be read; or the domain answers, and neither mail product knows it | a 404 alone; a list of the Mailbox API that has none of a domain which does not answer there |
 * | mailbox | it is not in the list of its domain; the 404 of one that the list has says that the list is old | a 404 alone |
 * | e-mail offer | a 404 while the domain answers | |
 * | Domain, LiveDNS domain, zone | never: a 404 says unknown *or not visible to this token* | `HTTPNotFound`, `Unknown` |
 *
 * A 401 or 403 never means gone, else a wrong token would plan to make a whole zone again.
 */

/**
 * What a call about a glue record, a DNSSEC key or the e-mail of a domain answers; undefined where that is gone.
 * @throws the call's error, or that of `GET /v5/domain/domains/{domain}` when it is the domain that can't be seen
 */
export function unlessGoneFromDomain<T>(client: Client, domain: string, call: Promise<T>): Promise<T | undefined> {
    return unlessGone(call, () => getDomain(client, domain));
}

/**
 * What a call about a key, slave, snapshot or TSIG association of a zone answers; undefined where that is gone.
 * @throws the call's error, or that of `GET /v5/livedns/domains/{fqdn}` when it is the zone that can't be seen
 */
export function unlessGoneFromZone<T>(client: Client, fqdn: string, call: Promise<T>): Promise<T | undefined> {
    return unlessGone(call, () => getLiveDnsDomain(client, fqdn));
}

async function unlessGone<T>(call: Promise<T>, parent: () => Promise<unknown>): Promise<T | undefined> {
    try {
        return await call;
    } catch (error) {
        if (!GandiError.is(error, "notFound", "invisible", "hostMissing")) throw error;
        await parent();
        return undefined;
    }
}
