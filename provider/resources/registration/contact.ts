import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Contact as ApiContact, NewContact } from "../../api/contacts";
import type { Props } from "../../core/definition";
import { nonEmpty, oneLine } from "../../core/inputs/inputSchemas";
import { isPlainObject, pick, sameValue } from "../../core/inputs/values";

/** A contact of a domain: its owner, or who is asked about administration, technique or bills. */
export interface ContactArgs {
    /** Whether the contact is a person or an organisation. All but `individual` need `orgname`. */
    type: pulumi.Input<"individual" | "company" | "association" | "publicbody">;
    /** First name; not empty. */
    given: pulumi.Input<string>;
    /** Last name; not empty. */
    family: pulumi.Input<string>;
    /** The legal name of the company, association or public body. Required unless `type` is `individual`. */
    orgname?: pulumi.Input<string>;
    /** An e-mail address. */
    email: pulumi.Input<string>;
    /** Street and number; not empty. */
    streetaddr: pulumi.Input<string>;
    /** The city. Default: none. */
    city?: pulumi.Input<string>;
    /** Postal code. Default: none. */
    zip?: pulumi.Input<string>;
    /** A subdivision as in ISO 3166-2, e.g. `FR-IDF`; some countries require it. Default: none. */
    state?: pulumi.Input<string>;
    /** A country as in ISO 3166-1, two letters, e.g. `FR`. */
    country: pulumi.Input<string>;
    /** With country code, e.g. `+33.123456789`. Default: none. */
    phone?: pulumi.Input<string>;
    /** As `phone`. Default: none. */
    mobile?: pulumi.Input<string>;
    /** As `phone`. Default: none. */
    fax?: pulumi.Input<string>;
    /**
     * The language of Gandi's mails to the contact. Never read back, so its drift is not seen. Default: Gandi's choice.
     */
    lang?: pulumi.Input<"en" | "es" | "fr" | "ja" | "zh-hans" | "zh-hant">;
    /**
     * Hide the contact's data in whois. Default at Gandi: true. Gandi takes `false` of an individual and goes on hiding the
     * data: a warning says so, and nothing waits for it.
     */
    dataObfuscated?: pulumi.Input<boolean>;
    /** Hide the contact's e-mail address in whois. Default: Gandi's choice. */
    mailObfuscated?: pulumi.Input<boolean>;
    /** The number of a trademark, which single extensions ask for. Default: none. */
    brandNumber?: pulumi.Input<string>;
    /** The SIREN number of a French organisation. Default: none. */
    siren?: pulumi.Input<string>;
    /** Of a French association: the number of its announcement in the Journal officiel. Default: none. */
    joAnnounceNumber?: pulumi.Input<string>;
    /** Of a French association: the page of its announcement in the Journal officiel. Default: none. */
    joAnnouncePage?: pulumi.Input<string>;
    /** Of a French association: the date of its declaration. The documents name no format. Default: none. */
    joDeclarationDate?: pulumi.Input<string>;
    /** Of a French association: the date of its publication. The documents name no format. Default: none. */
    joPublicationDate?: pulumi.Input<string>;
    /**
     * What single extensions ask for, under the API's own names, e.g. `birth_city`; only those given are compared.
     * Default: none.
     */
    extraParameters?: pulumi.Input<Record<string, pulumi.Input<string | number | boolean>>>;
}

const phone = oneLine.regex(/^(\+\d{1,3}\.?\d[\d ]{3,})?$/, { error: "must be written as +33.123456789" });
/** The documents leave open what values they have. @internal */
export const extraParameters = z.record(
    oneLine,
    z.union([oneLine, z.number(), z.boolean()], { error: "must be text of one line, a number, or true or false" }),
);

/** @internal */
export const contactFields = {
    type: z.enum(["individual", "company", "association", "publicbody"]),
    given: nonEmpty(oneLine),
    family: nonEmpty(oneLine),
    orgname: oneLine.optional(),
    email: oneLine.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, { error: "is no e-mail address" }),
    // An address may have several lines.
    streetaddr: nonEmpty(z.string()),
    city: oneLine.optional(),
    zip: oneLine.optional(),
    state: oneLine.optional(),
    country: oneLine.regex(/^[A-Za-z]{2}$/, { error: "is no country code of two letters, such as FR" }),
    phone: phone.optional(),
    mobile: phone.optional(),
    fax: phone.optional(),
    lang: z.enum(["en", "es", "fr", "ja", "zh-hans", "zh-hant"]).optional(),
    dataObfuscated: z.boolean().optional(),
    mailObfuscated: z.boolean().optional(),
    brandNumber: oneLine.optional(),
    siren: oneLine.optional(),
    joAnnounceNumber: oneLine.optional(),
    joAnnouncePage: oneLine.optional(),
    joDeclarationDate: oneLine.optional(),
    joPublicationDate: oneLine.optional(),
    extraParameters: extraParameters.optional(),
};

/** @internal */
export const contactSchema = z
    .strictObject(contactFields)
    .refine((contact) => contact.type === "individual" || (contact.orgname ?? "").trim() !== "", {
        path: ["orgname"],
        error: "is required unless the type is individual",
    });

/** @internal */
export type Contact = z.infer<typeof contactSchema>;

/** What makes up the owner's legal identity: another value is another owner, which is a procedure with approvals. */
const LEGAL = ["type", "given", "family", "orgname"] as const;
/** Of an organisation, who stands for it is no part of it. */
const PERSON: readonly string[] = ["given", "family"];
/** Sent, never read back. */
const WRITE_ONLY: readonly string[] = ["lang"];
/** What every contact has: where an answer lacks it, it is unknown and not empty. */
const ALWAYS: readonly string[] = ["type", "given", "family", "email", "streetaddr", "country"];

/** Whether an answer tells nothing of a field; of a contact that it leaves out it tells nothing at all. */
function isUnseen(key: string, seen: ApiContact): boolean {
    const isMissing = seen[snake(key)] === undefined;
    return WRITE_ONLY.includes(key) || (isMissing && (ALWAYS.includes(key) || Object.keys(seen).length === 0));
}

/** The contact as the API takes it. @internal */
export function toApi(contact: Contact): NewContact;
/** @internal */
export function toApi(contact: Contact | undefined): NewContact | undefined;
/** @internal */
export function toApi(contact: Contact | undefined): NewContact | undefined {
    if (contact === undefined) {
        return undefined;
    }
    return Object.fromEntries(
        Object.entries(contact).map(([key, value]) => [snake(key), value]),
    ) as unknown as NewContact;
}

/**
 * What the API holds of the fields that the user gave, each in the user's spelling where it is equal. The API answers
 * with many more (`same_as_owner`, `validation`, empty `birth_*` …): they are nobody's business.
 * @internal
 */
export function asGiven(given: Contact, seen: ApiContact): Contact {
    const entries = Object.entries(given).map(([key, value]) => {
        const isUnknown = isUnseen(key, seen) || (key === "dataObfuscated" && isShownInVain(given));
        const there = isUnknown ? value : ofGiven(value, (seen as Props)[snake(key)]);
        return [key, sameField(key, value, there) ? value : there] as const;
    });
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null)) as Contact;
}

/** Gandi takes `data_obfuscated: false` of an individual, and never carries it out (tried in its test environment). @internal */
export function isShownInVain({ type, dataObfuscated }: Partial<Contact>): boolean {
    return type === "individual" && dataObfuscated === false;
}

/** Of parameters those that the user gave: the API answers with empty ones for all that it knows. */
function ofGiven(given: unknown, there: unknown): unknown {
    return isPlainObject(given) && isPlainObject(there) ? pick(there, Object.keys(given)) : there;
}

/** Whether two contacts say the same in every field that either gives. @internal */
export function sameContact(a: unknown, b: unknown): boolean {
    if (!isPlainObject(a) || !isPlainObject(b)) {
        return sameValue(a, b);
    }
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => sameField(key, a[key], b[key]));
}

/** The fields of the legal identity in which two contacts differ, of those that both give. @internal */
export function legalDifferences(a: Partial<Contact>, b: Partial<Contact>): string[] {
    const areOrganizations = [a, b].every(({ type }) => type !== undefined && type !== "individual");
    return LEGAL.filter(
        (key) =>
            !(areOrganizations && PERSON.includes(key)) &&
            a[key] !== undefined &&
            b[key] !== undefined &&
            !sameField(key, a[key], b[key]),
    );
}

/** Whether two e-mail addresses are one, of those that are known. @internal */
export function sameEmail(a: string | undefined, b: string | undefined): boolean {
    return a === undefined || b === undefined || sameField("email", a, b);
}

/** Whether the API holds all that the user gave. @internal */
export function holds(given: Contact | undefined, seen: ApiContact): boolean {
    return given === undefined || sameContact(given, asGiven(given, seen));
}

/** Whether a field that the API does not read back is to be another than it was. @internal */
export function differsUnseen(
    old: Partial<Contact> | undefined,
    wanted: Contact | undefined,
    seen: ApiContact,
): boolean {
    const [before, after] = [old ?? {}, wanted ?? {}] as [Props, Props];
    return Object.keys(after).some((key) => isUnseen(key, seen) && !sameField(key, before[key], after[key]));
}

function sameField(key: string, a: unknown, b: unknown): boolean {
    if (isPlainObject(a) || isPlainObject(b)) {
        const [one, other] = [a ?? {}, b ?? {}] as [Props, Props];
        const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
        return names.every((name) => sameValue(filled(one[name]), filled(other[name])));
    }
    return sameValue(normal(key, a), normal(key, b));
}

function normal(key: string, value: unknown): unknown {
    if (typeof value !== "string") {
        return value;
    }
    switch (key) {
        case "phone":
        case "mobile":
        case "fax":
            return filled(value.replace(/[^\d+]/g, ""));
        case "country":
        case "state":
            return filled(value.trim().toUpperCase());
        case "email":
            return filled(value.trim().toLowerCase());
        default:
            return filled(value.trim());
    }
}

/** An empty text and an absent one are the same to the API. */
function filled(value: unknown): unknown {
    return value === "" ? undefined : value;
}

/** The API's name of a field. @internal */
export function snake(key: string): string {
    return key.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}
