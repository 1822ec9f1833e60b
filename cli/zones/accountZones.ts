import type { Client } from "../../provider/api/client";
import { GandiError, undefinedOn } from "../../provider/api/errors";
import { listLiveDnsDomains } from "../../provider/api/livednsDomains";
import { listOrganizations } from "../../provider/api/organizations";
import { DnsNameError, domainName } from "../../provider/dns";

/** One organisation of an account. */
export interface AccountPart {
    /** What `sharing_id` takes; undefined as the name is. */
    readonly id: string | undefined;
    /** Its name; undefined for the one that the token belongs to, where it may not be told which. */
    readonly name: string | undefined;
    /** The API as this organisation. */
    readonly client: Client;
}

/** A zone on LiveDNS, with the client that sees it: another organisation's needs its `sharing_id`. */
export interface AccountZone extends AccountPart {
    /** In A-labels. */
    readonly fqdn: string;
}

/** The organisations that the token reaches; only the one that the environment names, where it names one. */
export async function organizationsOf(client: Client): Promise<AccountPart[]> {
    const all = await undefinedOn(listOrganizations(client), "forbidden");
    if (client.sharingId !== undefined || all === undefined || all.length === 0) {
        const { sharingId } = client;
        return [{ id: sharingId, name: all?.find(({ id }) => id === sharingId)?.name, client }];
    }
    return all.map(({ id, name }) => ({ id, name, client: client.withSharingId(id) }));
}

/**
 * All the zones that the token sees, by name.
 * @param note told of an organisation that the token belongs to and may not list
 */
export async function zonesOfAccount(client: Client, note: (line: string) => void): Promise<AccountZone[]> {
    const parts = await organizationsOf(client);
    const found = await Promise.all(parts.map((part) => zonesOf(part, { isOnlyOne: parts.length === 1, note })));
    const byName = new Map(found.flat().map((zone) => [zone.fqdn, zone] as const));
    return [...byName.values()].sort((a, b) => (a.fqdn < b.fqdn ? -1 : 1));
}

async function zonesOf(
    part: AccountPart,
    { isOnlyOne, note }: { isOnlyOne: boolean; note: (line: string) => void },
): Promise<AccountZone[]> {
    try {
        const names = (await listLiveDnsDomains(part.client)).map(({ fqdn }) => fqdn);
        for (const name of names.filter((one) => nameIn(one) === undefined)) {
            note(`${name} is left out, as it is no domain name`);
        }
        return names.map(nameIn).flatMap((fqdn) => (fqdn === undefined ? [] : [{ ...part, fqdn }]));
    } catch (error) {
        if (isOnlyOne || !GandiError.is(error, "forbidden")) throw error;
        note(`the organisation ${part.name} is left out, as the token may not list its zones`);
        return [];
    }
}

/** In A-labels; whatever the API answers, there is nothing else in it: names become those of files. Undefined where it is no domain. */
export function nameIn(fqdn: string): string | undefined {
    try {
        return domainName(fqdn);
    } catch (error) {
        if (error instanceof DnsNameError) return undefined;
        throw error;
    }
}
