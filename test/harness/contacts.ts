import type { BadInput } from "./badInput";

/** A natural person who may own a domain. */
export const PERSON = {
    type: "individual",
    given: "Alice",
    family: "Doe",
    email: "alice@example.org",
    streetaddr: "5 rue neuve",
    city: "Paris",
    zip: "75001",
    country: "FR",
    phone: "+33.123456789",
};

/** A legal person, with all that a contact may say but what single extensions ask for. */
export const COMPANY = { ...PERSON, type: "company", orgname: "Example Books Ltd" };

const REQUIRED = ["given", "family", "streetaddr"] as const;
const TEXTS = [
    ...["city", "zip", "state", "brandNumber", "siren"],
    ...["joAnnounceNumber", "joAnnouncePage", "joDeclarationDate", "joPublicationDate"],
];

/** Each field of a contact, wrong, in the role that holds the contact. */
export function badContacts(role: string, good: Record<string, unknown> = COMPANY): BadInput[] {
    const bad = (what: string, edit: object, message: string): BadInput => [
        `${what} of the ${role}`,
        { [role]: { ...good, ...edit } },
        new RegExp(`^${role}${message}`),
    ];
    return [
        [`a text as the ${role}`, { [role]: "Alice" }, new RegExp(`^${role}: must be an object, not `)],
        bad("an unknown type", { type: "reseller" }, '\\.type: must be "individual", "company"'),
        bad("no type", { type: undefined }, "\\.type: "),
        bad("no name of the organisation", { orgname: undefined }, "\\.orgname: is required unless"),
        bad("an empty name of the organisation", { orgname: " " }, "\\.orgname: is required unless"),
        ...REQUIRED.flatMap((field) => [
            bad(`no ${field}`, { [field]: undefined }, `\\.${field}: is required`),
            bad(`an empty ${field}`, { [field]: "" }, `\\.${field}: is empty`),
        ]),
        bad("no address", { email: undefined }, "\\.email: is required"),
        bad("an address without host", { email: "alice@" }, "\\.email: is no e-mail address"),
        bad("no country", { country: undefined }, "\\.country: is required"),
        bad("a country by its name", { country: "France" }, "\\.country: is no country code"),
        ...["phone", "mobile", "fax"].flatMap((field) => [
            bad(`a ${field} without country code`, { [field]: "0123456789" }, `\\.${field}: .*\\+33`),
            bad(`a ${field} that is no text`, { [field]: 33123456789 }, `\\.${field}: must be text, not a number`),
        ]),
        bad("a line break in the name", { family: "Doe\nRoe" }, "\\.family: holds a line break"),
        bad("a misspelled type", { type: "Company" }, "\\.type: .*did you mean company\\?"),
        bad("an unknown language", { lang: "de" }, '\\.lang: must be "en", "es"'),
        ...["dataObfuscated", "mailObfuscated"].map((field) =>
            bad(
                `a ${field} that is neither yes nor no`,
                { [field]: "yes" },
                `\\.${field}: must be true or false, not `,
            ),
        ),
        ...TEXTS.map((field) => bad(`a ${field} that is no text`, { [field]: 7 }, `\\.${field}: must be text, not `)),
        bad("a parameter in parts", { extraParameters: { birth: {} } }, "\\.extraParameters\\.birth: must be text"),
        bad("a list of parameters", { extraParameters: ["FR"] }, "\\.extraParameters: must be an object, not "),
        bad("a misspelled field", { emial: "alice@example.org" }, ': .*"emial": did you mean email'),
    ];
}
