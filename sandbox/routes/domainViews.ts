import { domainToUnicode } from "node:url";
import { isoDate } from "../state/clock";
import type { Contact, ContactRole, Domain, Organization, State } from "../state/model";
import { tldOf } from "../state/prices";
import { hashedNameservers } from "../state/zone";
import { ROLES, typeName, typeNumber } from "../validation/contacts";

const DAY = 86400_000;
/** Keys that answers have and bodies need not (public clients' fixtures). */
const EMPTY_EXTRA = { birth_city: "", birth_country: "", birth_date: "", birth_department: "" };

export type NameserverKind = "livedns" | "classic" | "other";

export function nameserverKind(domain: Domain): NameserverKind {
    const own = hashedNameservers(domain.fqdn).sort().join();
    if (domain.nameservers.join() === own) {
        return "livedns";
    }
    return domain.nameservers.every((name) => /^[abc]\.dns\.gandi\.net$/.test(name)) ? "classic" : "other";
}

function contactView(contact: Contact) {
    const extra = { ...EMPTY_EXTRA, ...(contact.extra_parameters as Record<string, unknown>) };
    return {
        ...contact,
        type: typeNumber(contact.type),
        extra_parameters: extra,
        reachability: "pending",
        validation: "none",
    };
}

/** The four contacts. A role that was never set, or that was set to the owner's data, is the owner. */
export function contactsView(domain: Domain) {
    const owner = contactView(domain.owner);
    const role = (name: ContactRole) => {
        const given = domain.contacts[name];
        const same = given === undefined || sameContact(given, domain.owner);
        return { ...(same ? owner : contactView(given)), same_as_owner: same };
    };
    return { ...Object.fromEntries(ROLES.map((name) => [name, role(name)])), owner };
}

function sameContact(a: Contact, b: Contact): boolean {
    const text = (contact: Contact) =>
        JSON.stringify(
            Object.entries({ ...contact, type: typeName(contact.type) }).sort(([x], [y]) => (x < y ? -1 : 1)),
        );
    return text(a) === text(b);
}

function datesView({ createdAt, updatedAt, endsAt }: Domain) {
    return {
        created_at: isoDate(createdAt),
        registry_created_at: isoDate(createdAt),
        registry_ends_at: isoDate(endsAt),
        updated_at: isoDate(updatedAt),
    };
}

function organizationOf(state: State, id: string): Organization | undefined {
    return state.organizations.find((organization) => organization.id === id);
}

/** An entry of `GET domain/domains`: `autorenew` is a boolean and `nameserver` an object here. */
export function domainListView(state: State, root: string, domain: Domain) {
    const organization = organizationOf(state, domain.organization);
    return {
        status: domain.status,
        dates: datesView(domain),
        tags: domain.tags,
        fqdn: domain.fqdn,
        id: domain.id,
        autorenew: domain.autorenew.enabled,
        tld: tldOf(domain.fqdn),
        owner: organization?.name,
        orga_owner: organization?.name,
        domain_owner: domain.owner.orgname ?? `${domain.owner.given} ${domain.owner.family}`,
        nameserver: { current: nameserverKind(domain), hosts: domain.nameservers },
        sharing_id: domain.organization,
        href: `${root}/domain/domains/${domain.fqdn}`,
        fqdn_unicode: domainToUnicode(domain.fqdn),
    };
}

/** `GET domain/domains/{domain}`: `autorenew` is an object and `nameservers` an array here. */
export function domainView(state: State, root: string, domain: Domain) {
    const { endsAt } = domain;
    const organization = organizationOf(state, domain.organization);
    const href = `${root}/domain/domains/${domain.fqdn}`;
    return {
        status: domain.status,
        dates: {
            ...datesView(domain),
            hold_begins_at: isoDate(endsAt),
            hold_ends_at: isoDate(endsAt + 45 * DAY),
            deletes_at: isoDate(endsAt + 45 * DAY),
            restore_ends_at: isoDate(endsAt + 75 * DAY),
            pending_delete_ends_at: isoDate(endsAt + 80 * DAY),
            renew_begins_at: "2012-01-01T00:00:00Z",
        },
        can_tld_lock: true,
        tags: domain.tags,
        reachability: "done",
        nameservers: domain.nameservers,
        contacts: contactsView(domain),
        fqdn: domain.fqdn,
        autorenew: {
            dates: [30, 15, 1].map((days) => isoDate(endsAt - days * DAY)),
            ...domain.autorenew,
            href: `${href}/autorenew`,
        },
        authinfo: domain.authinfo,
        sharing_id: domain.organization,
        sharing_space: {
            type: organization?.type === "individual" ? "user" : "organization",
            id: domain.organization,
            name: organization?.name,
        },
        tld: tldOf(domain.fqdn),
        services: [
            ...(nameserverKind(domain) === "livedns" ? ["gandilivedns"] : []),
            ...(domain.dnskeys.length > 0 ? ["dnssec"] : []),
        ],
        id: domain.id,
        trustee_roles: [],
        href,
        fqdn_unicode: domainToUnicode(domain.fqdn),
    };
}
