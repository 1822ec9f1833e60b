import type { Contact as ApiContact, NewContact, OwnerUpdate } from "../../api/contacts";
import { isPlainObject, sameValue } from "../../core/inputs/values";
import type { Problem, Props } from "../../core/property";
import {
    type Contact,
    type Contacts,
    contactFields,
    isShownInVain,
    LEGAL,
    ROLES,
    sameEmail,
    snake,
    toApi,
} from "./contact";
import type { DomainInputs } from "./domainArgs";

/** What the program may say about each change of a contact. */
export type ContactConsent = Pick<DomainInputs, "acceptIcannContract">;

/**
 * A contact to write in place of another one. The API takes a contact as a whole, and what a body leaves out it empties, or
 * sets back to its default: so what the program does not manage is sent as it was read.
 */
export function contactUpdate(given: Contact, there: ApiContact, consent: ContactConsent): NewContact {
    const kept = isAnother(given, there) ? {} : unmanaged(given, there);
    const update = { ...kept, ...toApi(given), ...accepted(consent) };
    const parameters = { ...(kept.extra_parameters as Props | undefined), ...given.extraParameters };
    return Object.keys(parameters).length === 0 ? update : { ...update, extra_parameters: parameters };
}

/** The same for the owner, without what only a change of owner may change. */
export function ownerUpdate(given: Contact, there: ApiContact, consent: ContactConsent): OwnerUpdate {
    const { type, orgname, given: firstName, family, ...rest } = contactUpdate(given, there, consent);
    return type === "individual" ? rest : { ...rest, given: firstName, family };
}

/** The word that goes with a changed contact, where the program gives it. */
export function accepted({ acceptIcannContract }: ContactConsent): Pick<NewContact, "icann_contract_accept"> {
    return acceptIcannContract === true ? { icann_contract_accept: true } : {};
}

/** A contact that has only been the owner's copy has nothing of its own, unless it goes on being that person. */
function isAnother(given: Contact, there: ApiContact): boolean {
    return there.same_as_owner === true && LEGAL.some((key) => !sameValue(given[key], there[key] || undefined));
}

/** What stands in a contact beside the fields that the program gives; empty fields say nothing. */
function unmanaged(given: Contact, there: ApiContact): Props {
    const fields = Object.entries(contactFields).filter(([, field]) => given.type === there.type || !field.isOfItsType);
    const names = fields.map(([key]) => snake(key));
    const said = (props: Props) => Object.entries(props).filter(([, value]) => (value ?? "") !== "");
    const { extra_parameters: parameters, ...rest } = Object.fromEntries(
        said(there).filter(([name]) => names.includes(name)),
    );
    const extra = isPlainObject(parameters) ? Object.fromEntries(said(parameters)) : {};
    return Object.keys(extra).length === 0 ? rest : { ...rest, extra_parameters: extra };
}

/** Why the owner's e-mail address can't become this one; undefined where it may, or is it already. */
export function lockedEmail(
    wanted: Partial<Contact> | undefined,
    there: { email?: string | undefined } | undefined,
    { acceptIcannContract }: ContactConsent,
): string | undefined {
    return acceptIcannContract === true || sameEmail(wanted?.email, there?.email)
        ? undefined
        : "is another than the owner's e-mail address at Gandi, which is locked. To change it, set acceptIcannContract: true, which " +
              'authorizes Gandi to be the "Designated Agent" under ICANN\'s rules; or declare the address that is registered';
}

/** The contacts as an order takes them. */
export function orderedContacts({ owner, admin, tech, bill }: Contacts) {
    return {
        owner: toApi(owner),
        admin: admin && toApi(admin),
        tech: tech && toApi(tech),
        bill: bill && toApi(bill),
    };
}

/** What Gandi accepts of contacts and does not carry out. */
export function contactWarnings(contacts: Partial<Contacts>): Problem[] {
    const reason = "false has no effect for an individual: Gandi takes it, and goes on hiding the data";
    const inVain = (["owner", ...ROLES] as const).filter((role) => isShownInVain(contacts[role] ?? {}));
    return inVain.map((role) => ({ path: `${role}.dataObfuscated`, reason }));
}
