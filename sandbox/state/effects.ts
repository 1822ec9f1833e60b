import { ECDSAP256SHA256, newAuthinfo, newSigningKey, normalNameservers, registryKey } from "./domain";
import { setOffer } from "./emailOffer";
import { isActive, type NewMailbox, newMailbox, setMailbox } from "./mailbox";
import { renewSlot } from "./mailboxSlot";
import { addMailbox, MAIL_RECORDS, validate, writeMailRecords } from "./mailDomain";
import type {
    Contact,
    ContactRole,
    Domain,
    MailboxType,
    MailDomain,
    MailRecordsFound,
    MailSlot,
    RegistryKey,
    State,
    Zone,
} from "./model";
import { round } from "./prices";
import { pointAtRedirector, setRedirection } from "./webRedirection";
import { defaultRRsets, hashedNameservers, newZone } from "./zone";

type Payload = Record<string, unknown>;
type RegistryEffect = (domain: Domain, payload: Payload, state: State, now: number) => void;
type MailboxApiEffect = (domain: MailDomain, payload: Payload, state: State, now: number) => void;
type ZoneEffect = (zone: Zone, payload: Payload) => void;

function monthsAfter(now: number, months: number): number {
    const date = new Date(now);
    return date.setUTCMonth(date.getUTCMonth() + months);
}

/** What each asynchronous operation of the Domain API does when its time has come. */
export const REGISTRY_EFFECTS = {
    contacts(domain, payload) {
        Object.assign(domain.contacts, payload as Partial<Record<ContactRole, Contact>>);
    },
    owner(domain, payload) {
        domain.owner = { ...domain.owner, ...payload };
    },
    nameservers(domain, { nameservers }) {
        domain.nameservers = normalNameservers(nameservers as string[]);
    },
    livedns(domain, _payload, state, now) {
        domain.nameservers = normalNameservers(hashedNameservers(domain.fqdn));
        if (!state.zones.has(domain.fqdn)) {
            state.zones.set(domain.fqdn, newZone(domain.fqdn, domain.organization, defaultRRsets(), now));
        }
    },
    hostSet(domain, { name, ips }) {
        domain.hosts.set(name as string, ips as string[]);
    },
    hostDelete(domain, { name }) {
        domain.hosts.delete(name as string);
    },
    dnskeyAdd(domain, payload, state) {
        domain.dnskeys.push(registryKey(domain.fqdn, state.nextKeyId++, payload as unknown as RegistryKey));
    },
    dnskeysReplace(domain, { keys }, state) {
        domain.dnskeys = (keys as RegistryKey[]).map((key) => registryKey(domain.fqdn, state.nextKeyId++, key));
    },
    dnskeyDelete(domain, { id }) {
        domain.dnskeys = domain.dnskeys.filter((key) => key.id !== id);
    },
    /** Guess: that a renewal which was accepted is billed then, and that years are added to the day of the end. */
    renew(domain, { years }) {
        const end = new Date(domain.endsAt);
        end.setUTCFullYear(end.getUTCFullYear() + (years as number));
        domain.endsAt = end.getTime();
    },
    transferLock(domain, { locked }) {
        const others = domain.status.filter((status) => status !== "clientTransferProhibited");
        domain.status = locked === true ? [...others, "clientTransferProhibited"] : others;
    },
    /** Guess: that there is a key of LiveDNS then, and its own at the registry. */
    dnssecOn(domain, _payload, state) {
        const zone = state.zones.get(domain.fqdn);
        if (zone === undefined) {
            domain.liveDnssec = { state: "activation_error", error: "The domain is not on LiveDNS" };
            return;
        }
        const key = zone.keys.find(({ flags, deleted }) => flags === 257 && !deleted) ?? newSigningKey(257);
        zone.keys = [...zone.keys.filter(({ id }) => id !== key.id), key];
        const published = { algorithm: ECDSAP256SHA256, type: "ksk" as const, public_key: key.publicKey };
        domain.dnskeys.push(registryKey(domain.fqdn, state.nextKeyId++, published));
        domain.liveDnssec = { state: "active" };
    },
    dnssecOff(domain, _payload, state) {
        const own = new Set(state.zones.get(domain.fqdn)?.keys.map(({ publicKey }) => publicKey));
        domain.dnskeys = domain.dnskeys.filter((key) => !own.has(key.public_key));
        for (const key of state.zones.get(domain.fqdn)?.keys ?? []) {
            key.deleted = true;
        }
        domain.liveDnssec = { state: "inactive" };
    },
    authinfo(domain) {
        domain.authinfo = newAuthinfo();
    },
    domainDelete(domain, _payload, state) {
        state.domains.delete(domain.fqdn);
        state.zones.delete(domain.fqdn);
    },
} satisfies Record<string, RegistryEffect>;

/** The same for LiveDNS. */
export const ZONE_EFFECTS = {
    slaveDelete(zone, { ip }) {
        zone.slaves = zone.slaves.filter((slave) => slave !== ip);
    },
    tsigDelete(zone, { id }) {
        zone.tsig = zone.tsig.filter((key) => key !== id);
    },
    snapshotRename(zone, { id, name }) {
        const snapshot = zone.snapshots.find((candidate) => candidate.id === id);
        if (snapshot) {
            snapshot.name = name as string;
        }
    },
} satisfies Record<string, ZoneEffect>;

/** The same for e-mail. */
export const MAIL_EFFECTS = {
    forwardSet(domain, { source, destinations }) {
        domain.forwards.set(source as string, destinations as string[]);
    },
    forwardDelete(domain, { source }) {
        domain.forwards.delete(source as string);
    },
    /** Guess: all of its price is paid back, for as long as no mailbox has it. */
    slotCreate(domain, { id, type, duration, autorenew, price, payer }, _state, now) {
        const months = duration as number;
        const expiresAt = monthsAfter(now, months);
        const slot: MailSlot = { id: id as number, type: type as MailboxType, createdAt: now, expiresAt };
        Object.assign(slot, { refund: price, payer });
        domain.slots.push(autorenew ? { ...slot, autorenew: months } : slot);
    },
    slotDelete(domain, { id }, state) {
        const slot = domain.slots.find((candidate) => candidate.id === id);
        if (slot === undefined || isActive(domain, slot)) {
            return;
        }
        domain.slots = domain.slots.filter((other) => other !== slot);
        const payer = state.organizations.find((one) => one.id === (slot.payer ?? domain.organization));
        if (payer !== undefined) {
            payer.balance = round(payer.balance + (slot.refund ?? 0));
        }
    },
    mailboxCreate(domain, { id, login, slot, passwordDigest, aliases }, _state, now) {
        const given = { id, aliases, antispam: domain.emailOffer?.antispam !== "inactive", passwordDigest };
        domain.mailboxes.push(newMailbox(login as string, slot as number, given as NewMailbox, now));
    },
    mailboxSet(domain, { id, ...set }) {
        setMailbox(domain, id as string, set);
    },
    mailboxDelete(domain, { id }) {
        domain.mailboxes = domain.mailboxes.filter((mailbox) => mailbox.id !== id);
    },
    mailboxPurge(domain, { id }) {
        setMailbox(domain, id as string, { quotaUsed: 0 });
    },
    offerSet(domain, set, state, now) {
        setOffer(domain, set, state, now);
    },
} satisfies Record<string, RegistryEffect>;

/** The same for the mail of domains at the Mailbox API. */
export const MAILBOX_API_EFFECTS = {
    mailForwardSet(domain, { source, destinations }) {
        domain.forwards.set(source as string, destinations as string[]);
    },
    standaloneMailboxCreate(domain, { address, aliases, passwordDigest, mailboxSlot }, state, now) {
        const isFirst = domain.mailboxes.size === 0;
        const given = { address, aliases, passwordDigest, slot: mailboxSlot } as Parameters<typeof addMailbox>[1];
        addMailbox(domain, given, now);
        if (isFirst) {
            writeMailRecords(state, domain, now);
            validate(state, domain, MAIL_RECORDS, now);
        }
    },
    slotRenewal(domain, { address, months }, state, now) {
        const { slot } = domain.mailboxes.get(address as string) ?? {};
        const found = state.mailboxSlots.find(({ id }) => id === slot);
        if (found !== undefined) {
            renewSlot(found, months as 1 | 12, now);
        }
    },
    validation(domain, { what }, state, now) {
        validate(state, domain, what as (keyof MailRecordsFound)[], now);
    },
} satisfies Record<string, MailboxApiEffect>;

/** The same for web redirections, which write DNS. */
export const WEB_EFFECTS = {
    webRedirectionSet(domain, { host, overrides, ...set }, state, now) {
        setRedirection(domain, host as string, set, now);
        if (overrides === true) {
            pointAtRedirector(state, domain.fqdn, host as string, now);
        }
    },
    /** Guess: the DNS record stays, as nothing says that it goes. */
    webRedirectionDelete(domain, { host }) {
        domain.webRedirections.delete(host as string);
    },
} satisfies Record<string, RegistryEffect>;

export type RegistryEffectName = keyof typeof REGISTRY_EFFECTS;
export type ZoneEffectName = keyof typeof ZONE_EFFECTS;
export type MailEffectName = keyof typeof MAIL_EFFECTS;
export type MailboxApiEffectName = keyof typeof MAILBOX_API_EFFECTS;
export type WebEffectName = keyof typeof WEB_EFFECTS;

/** Runs the effect of an operation. A domain or zone that has gone in the meantime makes it nothing. */
export function runEffect(state: State, fqdn: string, effect: string, payload: Payload, now: number): void {
    const domain = state.domains.get(fqdn);
    const zone = state.zones.get(fqdn);
    const mailDomain = state.mailDomains.get(fqdn);
    if (effect in MAILBOX_API_EFFECTS && mailDomain) {
        (MAILBOX_API_EFFECTS[effect as MailboxApiEffectName] as MailboxApiEffect)(mailDomain, payload, state, now);
    } else if (effect in ZONE_EFFECTS && zone) {
        ZONE_EFFECTS[effect as ZoneEffectName](zone, payload);
    } else if (effect in MAIL_EFFECTS && domain) {
        (MAIL_EFFECTS[effect as MailEffectName] as RegistryEffect)(domain, payload, state, now);
    } else if (effect in WEB_EFFECTS && domain) {
        (WEB_EFFECTS[effect as WebEffectName] as RegistryEffect)(domain, payload, state, now);
    } else if (effect in REGISTRY_EFFECTS && domain) {
        (REGISTRY_EFFECTS[effect as RegistryEffectName] as RegistryEffect)(domain, payload, state, now);
        domain.updatedAt = now;
    }
}
