import type { Domain, State, Zone } from "../sandbox/state/model";

/** Times and ids that a sandbox makes up. */
const MADE_UP = /\d{4}-\d\d-\d\d([T ][\d:.]+Z?)?|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * What there is at Gandi, without what it makes up (ids, times, secrets) and without what only tells how it came about
 * (operations, serials): two worlds in which the same programs ran well are equal.
 */
export function shapeOf(state: State): object {
    return {
        domains: byKey([...state.domains].map(([fqdn, domain]) => [fqdn, domainShape(domain)])),
        zones: byKey([...state.zones].map(([fqdn, zone]) => [fqdn, zoneShape(zone)])),
        tsigKeys: state.tsig.size,
        orders: state.orders.map(({ fqdn, kind, step }) => `${kind} ${fqdn} ${step}`).sort(),
        balances: state.organizations.map(({ name, balance }) => `${name} ${balance}`),
    };
}

function domainShape(domain: Domain): object {
    const {
        organization,
        owner,
        contacts,
        autorenew,
        nameservers,
        hosts,
        forwards,
        webRedirections,
        mailboxes,
        slots,
        dnskeys,
        tags,
        status,
        changeOwner,
    } = domain;
    return {
        organization,
        owner,
        contacts: byKey(Object.entries(contacts)),
        autorenew,
        nameservers,
        hosts: byKey([...hosts].map(([name, ips]) => [name, [...ips].sort()])),
        forwards: byKey([...forwards].map(([source, destinations]) => [source, [...destinations].sort()])),
        webRedirections: byKey(
            [...webRedirections].map(([host, { type, url, protocol }]) => [host, { type, url, protocol }]),
        ),
        mailboxes: mailboxes.map(({ id: _, slot: __, createdAt: ___, ...mailbox }) => mailbox),
        slots: slots.map(({ id, type, autorenew }) => [type, autorenew, mailboxes.some(({ slot }) => slot === id)]),
        dnskeys: dnskeys.map(({ id: _, ...key }) => JSON.stringify(key)).sort(),
        tags: [...tags].sort(),
        status,
        changeOwner: changeOwner && { step: changeOwner.step, newOwner: changeOwner.newOwner },
    };
}

function zoneShape({ organization, automaticSnapshots, soaTtl, rrsets, snapshots, keys, slaves, tsig }: Zone): object {
    return {
        organization,
        automaticSnapshots,
        soaTtl,
        rrsets: byKey([...rrsets].map(([key, { ttl, values }]) => [key, { ttl, values: [...values].sort() }])),
        // Gandi's own come with each write, however many it takes.
        snapshots: snapshots.flatMap(({ name, automatic }) => (automatic ? [] : name.replace(MADE_UP, "…"))).sort(),
        keys: keys.map(({ flags, deleted }) => `${flags}${deleted ? " deleted" : ""}`).sort(),
        slaves: [...slaves].sort(),
        tsigKeys: tsig.length,
    };
}

function byKey<T>(entries: [string, T][]): Record<string, T> {
    return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
