import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import * as api from "../api/contacts";
import { camelCase } from "./camelCase";
import {
    ask,
    askOutput,
    commonArguments,
    domainArgument,
    type Lookup,
    type LookupArgs,
    type LookupInputs,
    type LookupOptions,
    type LookupOutputOptions,
} from "./lookup";

/** The arguments of {@link getContacts}. */
export interface GetContactsArgs extends LookupArgs {
    /** The domain, in any spelling. */
    domain: string;
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

const contacts: Lookup<GetContactsArgs, ContactsInfo> = {
    name: "getContacts",
    args: z.object({ domain: domainArgument, ...commonArguments }),
    async read(client, { domain }) {
        // The types are those that the API documents: of what it leaves out all the same it has told nothing.
        return camelCase(await api.getContacts(client, domain)) as ContactsInfo;
    },
};

/**
 * The owner and the contacts of a domain. `GET /v5/domain/domains/{domain}/contacts`
 *
 * @throws LookupError
 */
export function getContacts(args: GetContactsArgs, opts?: LookupOptions): Promise<ContactsInfo> {
    return ask(contacts, args, opts);
}

/** {@link getContacts} with Inputs. */
export function getContactsOutput(
    args: LookupInputs<GetContactsArgs>,
    opts?: LookupOutputOptions,
): pulumi.Output<ContactsInfo> {
    return askOutput(contacts, args, opts);
}
