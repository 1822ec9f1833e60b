import type { Input } from "@pulumi/pulumi";
import { z } from "zod";
import type { Contact as ApiContact, NewContact } from "../../api/contacts";
import { nonEmpty, oneLine } from "../../core/inputs/inputSchemas";
import { isPlainObject, pick, sameValue } from "../../core/inputs/values";
import type { Props } from "../../core/property";
import { isSame, optional, type Part, type Property, plainly, recordOf } from "../../core/property";

/** A contact of a domain: its owner, or who is asked about administration, technique or bills. */
export interface ContactArgs {
    /** Whether the contact is a person or an organisation. All but `individual` need `orgname`. */
    type: Input<"individual" | "company" | "association" | "publicbody">;
    /** First name; not empty. */
    given: Input<string>;
    /** Last name; not empty. */
    family: Input<string>;
    /** The legal name of the company, association or public body. Required unless `type` is `individual`. */
    orgname?: Input<string>;
    /** An e-mail address. */
    email: Input<string>;
    /** Street and number; not empty. */
    streetaddr: Input<string>;
    /** The city. Default: none. */
    city?: Input<string>;
    /** Postal code. Default: none. */
    zip?: Input<string>;
    /** A subdivision as in ISO 3166-2, e.g. `FR-IDF`; some countries require it. Default: none. */
    state?: Input<string>;
    /** A country as in ISO 3166-1, two letters, e.g. `FR`. */
    country: Input<string>;
    /** With country code, e.g. `+33.123456789`. Default: none. */
    phone?: Input<string>;
    /** As `phone`. Default: none. */
    mobile?: Input<string>;
    /** As `phone`. Default: none. */
    fax?: Input<string>;
    /**
     * The language of Gandi's mails to the contact. Never read back, so its drift is not seen. Default: Gandi's choice.
     */
    lang?: Input<"en" | "es" | "fr" | "ja" | "zh-hans" | "zh-hant">;
    /**
     * Hide the contact's data in whois. Default at Gandi: true. Gandi takes `false` of an individual and goes on hiding the
     * data: a warning says so, and nothing waits for it.
     */
    dataObfuscated?: Input<boolean>;
    /** Hide the contact's e-mail address in whois. Default: Gandi's choice. */
    mailObfuscated?: Input<boolean>;
    /** The number of a trademark, which single extensions ask for. Default: none. */
    brandNumber?: Input<string>;
    /** The SIREN number of a French organisation. Default: none. */
    siren?: Input<string>;
    /** Of a French association: the number of its announcement in the Journal officiel. Default: none. */
    joAnnounceNumber?: Input<string>;
    /** Of a French association: the page of its announcement in the Journal officiel. Default: none. */
    joAnnouncePage?: Input<string>;
    /** Of a French association: the date of its declaration. The documents name no format. Default: none. */
    joDeclarationDate?: Input<string>;
    /** Of a French association: the date of its publication. The documents name no format. Default: none. */
    joPublicationDate?: Input<string>;
    /**
     * What single extensions ask for, under the API's own names, e.g. `birth_city`; only those given are compared.
     * Default: none.
     */
    extraParameters?: Input<Record<string, Input<string | number | boolean>>>;
}

/** A text that is sent as it is written, and compared by a normal form; an empty one is the same to the API as none. */
function text<T extends string>(schema: z.ZodType<T>, normal = (value: string) => value.trim()): Property<T> {
    const form = (value: unknown) => filled(typeof value === "string" ? normal(value) : value);
    return { schema, same: (old, wanted) => sameValue(form(old), form(wanted)), optional: true };
}

function filled(value: unknown): unknown {
    return value === "" ? undefined : value;
}

const upperCase = (value: string) => value.trim().toUpperCase();
const lowerCase = (value: string) => value.trim().toLowerCase();
const line = optional(text(oneLine));
const phone = optional(
    text(oneLine.regex(/^(\+\d{1,3}\.?\d[\d ]{3,})?$/, { error: "must be written as +33.123456789" }), (value) =>
        value.replace(/[^\d+]/g, ""),
    ),
);
const flag = optional(plainly(z.boolean()));

/** The documents leave open what values they have. @internal */
export const extraParameters: Property<Record<string, string | number | boolean>> = {
    schema: z.record(
        oneLine,
        z.union([oneLine, z.number(), z.boolean()], { error: "must be text of one line, a number, or true or false" }),
    ),
    same(old = {}, wanted = {}) {
        const names = [...Object.keys(old), ...Object.keys(wanted)];
        return names.every((name) => sameValue(filled(old[name]), filled(wanted[name])));
    },
    optional: true,
};

/** What is special about a field of a contact. */
interface Field extends Part {
    /** Part of the owner's legal identity: another value is another owner, which is a procedure with approvals. */
    readonly isLegal?: true;
    /** Who stands for an organisation, and is no part of its identity. */
    readonly isPerson?: true;
    /** It has no meaning for another type of contact. */
    readonly isOfItsType?: true;
    /** Sent, never read back. */
    readonly isWriteOnly?: true;
}

/** Those that are required every contact has: where an answer lacks one, it is unknown and not empty. */
const declaredFields = {
    type: { ...text(z.enum(["individual", "company", "association", "publicbody"])), isLegal: true },
    given: { ...text(nonEmpty(oneLine)), isLegal: true, isPerson: true },
    family: { ...text(nonEmpty(oneLine)), isLegal: true, isPerson: true },
    orgname: { ...line, isLegal: true, isOfItsType: true },
    email: text(oneLine.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, { error: "is no e-mail address" }), lowerCase),
    // An address may have several lines.
    streetaddr: text(nonEmpty(z.string())),
    city: line,
    zip: line,
    state: optional(text(oneLine, upperCase)),
    country: text(
        oneLine.regex(/^[A-Za-z]{2}$/, { error: "is no country code of two letters, such as FR" }),
        upperCase,
    ),
    phone,
    mobile: phone,
    fax: phone,
    lang: { ...optional(text(z.enum(["en", "es", "fr", "ja", "zh-hans", "zh-hant"]))), isWriteOnly: true },
    dataObfuscated: flag,
    mailObfuscated: flag,
    brandNumber: { ...line, isOfItsType: true },
    siren: { ...line, isOfItsType: true },
    joAnnounceNumber: { ...line, isOfItsType: true },
    joAnnouncePage: { ...line, isOfItsType: true },
    joDeclarationDate: line,
    joPublicationDate: line,
    extraParameters: optional(extraParameters),
} satisfies Record<string, Field>;

/** @internal */
export const contactFields: Readonly<Record<string, Field>> = declaredFields;

const record = recordOf(declaredFields);
/** @internal */
export type Contact = z.output<typeof record.schema>;

/** The contacts beside the owner. @internal */
export const ROLES = ["admin", "tech", "bill"] as const;
/** The contacts of a domain. @internal */
export type Contacts = { owner: Contact } & { [R in (typeof ROLES)[number]]?: Contact | undefined };

/** It has no normal form, as it is sent as the user writes it. @internal */
export const contactProperty: Property<Contact> = {
    ...record,
    schema: record.schema.refine(({ type, orgname = "" }) => type === "individual" || orgname.trim() !== "", {
        path: ["orgname"],
        error: "is required unless the type is individual",
    }),
};

/** The fields of the legal identity. @internal */
export const LEGAL = Object.keys(contactFields).filter(
    (key) => contactFields[key]?.isLegal,
) as readonly (keyof Contact)[];

const same = (key: string, a: unknown, b: unknown) => isSame(contactFields[key] ?? {}, a, b);

/** Whether an answer tells nothing of a field; of a contact that it leaves out it tells nothing at all. */
function isUnseen(key: string, seen: ApiContact): boolean {
    const field = contactFields[key];
    const isEverywhere = field?.schema.safeParse(undefined).success === false;
    const isMissing = seen[snake(key)] === undefined;
    return field?.isWriteOnly === true || (isMissing && (isEverywhere || Object.keys(seen).length === 0));
}

/** The contact as the API takes it. @internal */
export function toApi(contact: Contact): NewContact {
    const renamed = Object.entries(contact).map(([key, value]) => [snake(key), value]);
    return Object.fromEntries(renamed);
}

/**
 * What the API holds of the fields that the user gave; those of which it tells nothing are as given. The API answers with
 * many more (`same_as_owner`, `validation`, empty `birth_*` …): they are nobody's business.
 * @internal
 */
export function seenOf(given: Contact, seen: ApiContact): Contact {
    const entries = Object.entries(given).map(([key, value]) => {
        const isUnknown = isUnseen(key, seen) || (key === "dataObfuscated" && isShownInVain(given));
        return [key, isUnknown ? value : ofGiven(value, (seen as Props)[snake(key)])] as const;
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

type SomeFields = { readonly [K in keyof Contact]?: unknown };

/** The fields of the legal identity in which two contacts differ, of those that both give. @internal */
export function legalDifferences(a: SomeFields, b: SomeFields): (keyof Contact)[] {
    const areOrganizations = [a, b].every(({ type }) => type !== undefined && type !== "individual");
    return LEGAL.filter(
        (key) =>
            !(areOrganizations && contactFields[key]?.isPerson) &&
            a[key] !== undefined &&
            b[key] !== undefined &&
            !same(key, a[key], b[key]),
    );
}

/** Whether two e-mail addresses are one, of those that are known. @internal */
export function sameEmail(a: string | undefined, b: string | undefined): boolean {
    return a === undefined || b === undefined || same("email", a, b);
}

/** Whether the API holds all that the user gave. @internal */
export function holds(given: Contact | undefined, seen: ApiContact): boolean {
    return given === undefined || isSame(contactProperty, given, seenOf(given, seen));
}

/** Whether a field that the API does not read back is to be another than it was. @internal */
export function differsUnseen(
    old: Partial<Contact> | undefined,
    wanted: Contact | undefined,
    seen: ApiContact,
): boolean {
    const [before, after] = [old ?? {}, wanted ?? {}] as [Props, Props];
    return Object.keys(after).some((key) => isUnseen(key, seen) && !same(key, before[key], after[key]));
}

/** The API's name of a field. @internal */
export function snake(key: string): string {
    return key.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}
