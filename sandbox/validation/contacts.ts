import type { Contact, ContactRole } from "../state/model";
import type { Fields } from "./fields";

const TYPES = ["individual", "company", "association", "publicbody", "reseller"] as const;
const LANGUAGES = ["en", "es", "fr", "ja", "zh-hans", "zh-hant"];
const OPTIONAL_STRINGS = [
    "brand_number",
    "city",
    "fax",
    "jo_announce_number",
    "jo_announce_page",
    "jo_declaration_date",
    "jo_publication_date",
    "mobile",
    "orgname",
    "siren",
    "state",
    "zip",
];
/** What only a change of owner may change. */
export const IDENTITY = ["family", "given", "type", "orgname"];
export const ROLES: readonly ContactRole[] = ["admin", "bill", "tech"];

/** The whole contact of an order, of a change of owner, or of a role. `reseller` is a type only in a change of owner. */
export function readContact(fields: Fields, { reseller = false } = {}): Contact {
    const contact = readAddress(fields);
    contact.family = fields.string("family", { required: true });
    contact.given = fields.string("given", { required: true });
    contact.type = readType(fields, reseller);
    if (contact.type !== undefined && typeName(contact.type) !== "individual" && !contact.orgname) {
        // Guess: the wording for a company without `orgname`; the document says what `orgname` is for.
        fields.fail("orgname", "Required");
    }
    return hidden(defined(contact));
}

/** What an individual hides: `data_obfuscated: false` is accepted and never carried out (tried in Gandi's test environment). */
export function hidden(contact: Contact): Contact {
    return typeName(contact.type) === "individual" ? { ...contact, data_obfuscated: true } : contact;
}

/** The person who stands for an organisation, as far as given. */
export function readPerson(fields: Fields): Contact {
    return defined({ family: fields.string("family"), given: fields.string("given") });
}

/** The part of the owner's data that can be edited without a change of owner. */
export function readAddress(fields: Fields): Contact {
    const contact: Contact = {
        country: fields.string("country", {
            required: true,
            pattern: /^[A-Z]{2}$/,
            expected: "a country code of two capital letters",
        }),
        email: fields.string("email", {
            required: true,
            pattern: /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
            expected: "a valid email address",
        }),
        streetaddr: fields.string("streetaddr", { required: true }),
        // Guess: the form of a telephone number, after the document's examples.
        phone: fields.string("phone", {
            pattern: /^\+\d{1,3}\.\d{3,}$/,
            expected: "a phone number like +33.123456789",
        }),
        data_obfuscated: fields.boolean("data_obfuscated") ?? true,
        mail_obfuscated: fields.boolean("mail_obfuscated") ?? true,
        extra_parameters: fields.nested("extra_parameters")?.raw() ?? {},
    };
    for (const name of OPTIONAL_STRINGS) {
        contact[name] = fields.string(name);
    }
    fields.boolean("icann_contract_accept");
    fields.string("lang", { oneOf: LANGUAGES });
    return defined(contact);
}

/** The roles of a body that are given. */
export function readRoles(fields: Fields, rules: { reseller?: boolean } = {}): Partial<Record<ContactRole, Contact>> {
    const roles: Partial<Record<ContactRole, Contact>> = {};
    for (const role of ROLES) {
        const contact = fields.nested(role);
        if (contact) {
            roles[role] = readContact(contact, rules);
        }
    }
    return roles;
}

/**
 * The type is a word, as in the document, or its number, as the Go client sends it.
 */
function readType(fields: Fields, reseller: boolean): string | number | undefined {
    const allowed = reseller ? TYPES : TYPES.slice(0, 4);
    const given = fields.raw().type;
    if (typeof given !== "number") {
        return fields.string("type", { required: true, oneOf: allowed });
    }
    return allowed[given] === undefined ? fields.fail("type", `"${given}" is not one of ${allowed.join(", ")}`) : given;
}

/** The number for a type that may be a word: answers have numbers (recorded), though the document has words. */
export function typeNumber(type: unknown): unknown {
    const number = (TYPES as readonly unknown[]).indexOf(type);
    return number < 0 ? type : number;
}

/** The word for a type that may be a number. */
export function typeName(type: unknown): unknown {
    return typeof type === "number" ? TYPES[type] : type;
}

function defined(contact: Contact): Contact {
    return Object.fromEntries(Object.entries(contact).filter(([, value]) => value !== undefined));
}
