import { z } from "zod";
import { contactSchema, getContacts as getContactsOf } from "../api/contacts";
import * as api from "../api/domains";
import { Failure } from "../core/failures";
import { nonEmpty, oneLine, organization } from "../core/inputs/inputSchemas";
import {
    commonArguments,
    type DomainLookupArgs,
    domainArgument,
    extensionArgument,
    type LookupArgs,
} from "./arguments";
import * as lookup from "./lookup";

/** The arguments of {@link getDomain} and {@link getDomainAuthInfoOutput}. */
export interface GetDomainArgs extends LookupArgs {
    /** The domain, in any spelling, e.g. `example.com` or `bücher.example`. */
    fqdn: string;
}

/** A contact as Gandi holds it. */
export interface ContactInfo {
    /** `individual`, `company`, `association`, `publicbody` or `reseller`. */
    type: string;
    /** First name. */
    given?: string;
    /** Last name. */
    family?: string;
    /** The legal name, unless the type is `individual`. */
    orgname?: string;
    /** An e-mail address. */
    email: string;
    /** Street and number. */
    streetaddr: string;
    /** The city. */
    city?: string;
    /** Postal code. */
    zip?: string;
    /** ISO 3166-2, such as `FR-IDF`. */
    state?: string;
    /** ISO 3166-1 alpha-2. */
    country: string;
    /** With country code, e.g. `+33.123456789`. */
    phone?: string;
    /** As `phone`. */
    mobile?: string;
    /** As `phone`. */
    fax?: string;
    /** The number of a trademark. */
    brandNumber?: string;
    /** The SIREN number of a French organisation. */
    siren?: string;
    /** Whether the contact's data are hidden in whois. */
    dataObfuscated?: boolean;
    /** Whether the e-mail address is hidden in whois. */
    mailObfuscated?: boolean;
    /** What single extensions ask for, under the API's own names, e.g. `birth_city`. */
    extraParameters?: Record<string, unknown>;
    /** The owner's data serve here too; never on the owner itself. */
    sameAsOwner?: boolean;
    /** Of the e-mail address: `pending`, `done`, `failed`, `deleted`, `none`. */
    reachability?: string;
    /** Of the contact's data: `pending`, `done`, `failed`, `deleted`, `none`. */
    validation?: string;
}

/** The four contacts of a domain. */
export interface ContactsInfo {
    /** Who owns the domain. */
    owner: ContactInfo;
    /** Who is asked about administration. */
    admin: ContactInfo;
    /** Who is asked about bills. */
    bill: ContactInfo;
    /** Who is asked about technique. */
    tech: ContactInfo;
}

/** Life-cycle dates of a domain, ISO 8601 in UTC. */
export interface DomainDates {
    /** When the registry made it. */
    registryCreatedAt?: string;
    /** When it was changed last. */
    updatedAt?: string;
    /** When the transfer code ends. */
    authinfoExpiresAt?: string;
    /** When it came to Gandi. */
    createdAt?: string;
    /** When it is deleted, unless it is renewed. */
    deletesAt?: string;
    /** When it stops to resolve, unless it is renewed. */
    holdBeginsAt?: string;
    /** When that ends. */
    holdEndsAt?: string;
    /** When anybody can register it. */
    pendingDeleteEndsAt?: string;
    /** When the registration ends, unless it is renewed. */
    registryEndsAt?: string;
    /** From when on it can be renewed. */
    renewBeginsAt?: string;
    /** Until when it can be restored after its deletion. */
    restoreEndsAt?: string;
}

/** A domain in full. Its transfer code is a look-up of its own: {@link getDomainAuthInfoOutput}. */
export interface DomainInfo {
    /** In A-labels. */
    fqdn: string;
    /** In U-labels. */
    fqdnUnicode?: string;
    /** A UUID. */
    id?: string;
    /** The extension, e.g. `com`. */
    tld?: string;
    /** Automatic renewal. */
    autorenew: {
        /** Whether it renews by itself. */
        enabled: boolean;
        /** Years, 1 to 9. */
        duration: number;
        /** When it will be tried; ISO 8601, UTC. */
        dates?: string[];
        /** The organisation that pays for it. */
        orgId?: string;
    };
    /** Whether its registry can lock it against transfers. */
    canTldLock?: boolean;
    /** The owner and the contacts. */
    contacts: ContactsInfo;
    /** When what happens to it. */
    dates: DomainDates;
    /** At the registry, without final dots, in no order. */
    nameservers: string[];
    /** Of the owner's e-mail address: `pending`, `done`, `failed`, `deleted`, `none`. */
    reachability?: string;
    /** Gandi services attached, such as `gandilivedns`. */
    services: string[];
    /** The organisation that it belongs to. */
    sharingSpace?: {
        /** A UUID. */
        id: string;
        /** What Gandi calls it. */
        name: string;
        /** Such as `user` and `company`. */
        type?: string;
        /** Whether it resells to customers. */
        reseller?: boolean;
    };
    /** The id of the organisation that it belongs to, a UUID. */
    sharingId?: string;
    /** EPP statuses such as `clientTransferProhibited`. */
    status: string[];
    /** Tags at Gandi. */
    tags: string[];
}

const oneDomain = { fqdn: domainArgument, ...commonArguments };

// As documented: of what the API leaves out all the same it has told nothing.
const contact = contactSchema.required({ type: true, email: true, streetaddr: true, country: true });
const contacts = z.object({ owner: contact, admin: contact, bill: contact, tech: contact });
const domain = api.domainSchema.omit({ authinfo: true }).required({ fqdn: true }).extend({ contacts });
const entry = api.domainEntrySchema.required({ id: true });

/**
 * A domain of the account. `GET /v5/domain/domains/{domain}`
 * @throws LookupError when Gandi does not know it *or this token may not see it*: the two look the same
 */
export const getDomain = lookup.plain<GetDomainArgs, DomainInfo>("getDomain")({
    args: oneDomain,
    answer: domain,
    async read({ client }, { fqdn }) {
        const { authinfo: _, ...shown } = await api.getDomain(client, fqdn);
        return shown as z.output<typeof domain>;
    },
});
/** {@link getDomain} with Inputs. */
export const getDomainOutput = lookup.output(getDomain);

/** The arguments of {@link getDomains}: what each domain must fit. */
export interface GetDomainsArgs extends LookupArgs {
    /** A name or a pattern: `example.*`, `*example.com`. Default: all. */
    fqdn?: string;
    /** The extension, e.g. `com`. Default: all. */
    tld?: string;
    /** Whose nameservers it has: Gandi's classic ones (`abc`), LiveDNS's, or others. Default: any. */
    nameserver?: "abc" | "livedns" | "other";
    /** The customer of a reseller whose domains are wanted, a UUID. Default: any. */
    reselleeId?: string;
}

/** A domain in a list, which says less than {@link DomainInfo}. */
export interface DomainEntryInfo
    extends Pick<DomainInfo, "fqdn" | "fqdnUnicode" | "tld" | "dates" | "status" | "sharingId" | "tags"> {
    /** A UUID. */
    id: string;
    /** Whether it renews itself. */
    autorenew?: boolean;
    /** The name of the owner. */
    domainOwner?: string;
    /** The name of the organisation that it belongs to. */
    orgaOwner?: string;
    /** The name of the account that it belongs to. */
    owner?: string;
    /** Its nameservers. */
    nameserver?: {
        /** Whose they are: `abc`, `livedns`, `other` or the like. */
        current: string;
        /** Their names. */
        hosts?: string[];
    };
}

/** All the domains that the token sees and that fit, on however many pages. `GET /v5/domain/domains` @throws LookupError */
export const getDomains = lookup.plain<GetDomainsArgs, DomainEntryInfo[]>("getDomains")({
    args: {
        fqdn: nonEmpty(oneLine).optional(),
        tld: extensionArgument.optional(),
        nameserver: z.enum(["abc", "livedns", "other"]).optional(),
        reselleeId: organization.optional(),
        ...commonArguments,
    },
    answer: z.array(entry),
    async read({ client }, { fqdn, tld, nameserver, reselleeId }) {
        const found = await api.listDomains(client, { fqdn, tld, nameserver, resellee_id: reselleeId });
        return found as z.output<typeof entry>[];
    },
});
/** {@link getDomains} with Inputs. */
export const getDomainsOutput = lookup.output(getDomains);

/**
 * The transfer code (authinfo) of a domain: a secret. Whoever has it can move the domain to another registrar, so it is
 * no output of Domain. `GET /v5/domain/domains/{domain}`
 * @throws LookupError as {@link getDomain}, and when the domain has no transfer code now
 */
export const getDomainAuthInfoOutput = lookup.secret<GetDomainArgs, string>("getDomainAuthInfoOutput")({
    args: oneDomain,
    answer: z.string(),
    async read({ client }, { fqdn }) {
        const { authinfo } = await api.getDomain(client, fqdn);
        if (authinfo === undefined || authinfo === "") {
            throw new Failure(
                "not-found",
                `${fqdn}: Gandi shows no transfer code. \`npx pulumi-gandi reset-authinfo ${fqdn}\` asks for a new one, where the registry has any`,
            );
        }
        return authinfo;
    },
});

/** The arguments of {@link getContacts}. */
export interface GetContactsArgs extends DomainLookupArgs {}

/** The owner and the contacts of a domain. `GET /v5/domain/domains/{domain}/contacts` @throws LookupError */
export const getContacts = lookup.plain<GetContactsArgs, ContactsInfo>("getContacts")({
    args: { domain: domainArgument, ...commonArguments },
    answer: contacts,
    read: ({ client }, { domain }) => getContactsOf(client, domain) as Promise<z.output<typeof contacts>>,
});
/** {@link getContacts} with Inputs. */
export const getContactsOutput = lookup.output(getContacts);
