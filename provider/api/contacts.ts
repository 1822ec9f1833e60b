import { z } from "zod";
import type { Client } from "./client";

/** The types by the numbers that some answers use, 0 first. */
const CONTACT_TYPES = ["individual", "company", "association", "publicbody", "reseller"] as const;

const contactTypeSchema = z.union([
    z.string(),
    z
        .number()
        .int()
        .min(0)
        .max(4)
        .transform((index) => CONTACT_TYPES[index]!),
]);

/**
 * A contact as it comes back: with keys that were never sent. Compare only what was given. Those that every contact has may
 * be missing all the same, and are unknown then.
 */
export const contactSchema = z.looseObject({
    type: contactTypeSchema.optional(),
    given: z.string().optional(),
    family: z.string().optional(),
    orgname: z.string().optional(),
    email: z.string().optional(),
    streetaddr: z.string().optional(),
    city: z.string().optional(),
    zip: z.string().optional(),
    /** ISO 3166-2, such as `FR-IDF`. */
    state: z.string().optional(),
    /** ISO 3166-1 alpha-2. */
    country: z.string().optional(),
    phone: z.string().optional(),
    mobile: z.string().optional(),
    fax: z.string().optional(),
    brand_number: z.string().optional(),
    siren: z.string().optional(),
    data_obfuscated: z.boolean().optional(),
    mail_obfuscated: z.boolean().optional(),
    extra_parameters: z.record(z.string(), z.unknown()).optional(),
    /** The owner's data serve here too; never on the owner itself. */
    same_as_owner: z.boolean().optional(),
    reachability: z.string().optional(),
    validation: z.string().optional(),
});
export type Contact = z.infer<typeof contactSchema>;

export const contactsSchema = z.object({
    owner: contactSchema.default({}),
    admin: contactSchema.default({}),
    bill: contactSchema.default({}),
    tech: contactSchema.default({}),
});
export type Contacts = z.infer<typeof contactsSchema>;

/** A contact to write. */
export interface NewContact {
    /** `reseller` only in a change of owner. */
    type: "individual" | "company" | "association" | "publicbody" | "reseller";
    given: string;
    family: string;
    /** The legal name, unless the type is `individual`. */
    orgname?: string | undefined;
    email: string;
    streetaddr: string;
    city?: string | undefined;
    zip?: string | undefined;
    /** ISO 3166-2, such as `FR-IDF`. */
    state?: string | undefined;
    /** ISO 3166-1 alpha-2. */
    country: string;
    /** Such as `+33.123456789`. */
    phone?: string | undefined;
    mobile?: string | undefined;
    fax?: string | undefined;
    /** Of letters to the contact; never read back. */
    lang?: "en" | "es" | "fr" | "ja" | "zh-hans" | "zh-hant" | undefined;
    brand_number?: string | undefined;
    siren?: string | undefined;
    jo_announce_number?: string | undefined;
    jo_announce_page?: string | undefined;
    jo_declaration_date?: string | undefined;
    jo_publication_date?: string | undefined;
    /** Default true. */
    data_obfuscated?: boolean | undefined;
    mail_obfuscated?: boolean | undefined;
    /** What single extensions ask for. */
    extra_parameters?: Record<string, unknown> | undefined;
    /**
     * Not at a domain's creation. The document: "To unlock the Email address field and make changes, set this field to true to
     * authorize the registrar, Gandi, to be the 'Designated Agent' under ICANN rules." Default false.
     */
    icann_contract_accept?: boolean | undefined;
}

/**
 * The owner's data that may change without a change of owner: neither type nor organisation; names only of the person who
 * stands for an organisation (since April 2024, by Gandi's list of changes).
 */
export type OwnerUpdate = Omit<NewContact, "type" | "given" | "family" | "orgname"> &
    Partial<Pick<NewContact, "given" | "family">>;

/** The contacts of a domain. `GET /v5/domain/domains/{domain}/contacts` */
export async function getContacts(client: Client, domain: string): Promise<Contacts> {
    const route = "GET /v5/domain/domains/{domain}/contacts";
    return (await client.request({ route, params: { domain }, schema: contactsSchema })).data;
}

/** Sets some of the contacts, each as a whole; the owner can't change here. Asynchronous. `PATCH /v5/domain/domains/{domain}/contacts` */
export async function patchContacts(
    client: Client,
    domain: string,
    contacts: Partial<Record<"admin" | "bill" | "tech", NewContact>>,
): Promise<void> {
    const route = "PATCH /v5/domain/domains/{domain}/contacts";
    await client.request({ route, params: { domain }, body: contacts, repeat: "always" });
}

/** Sets the owner's address and the like. Asynchronous. `PUT /v5/domain/domains/{domain}/contacts/owner` */
export async function putOwner(client: Client, domain: string, owner: OwnerUpdate): Promise<void> {
    const route = "PUT /v5/domain/domains/{domain}/contacts/owner";
    await client.request({ route, params: { domain }, body: owner });
}
