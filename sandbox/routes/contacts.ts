import { type Api, visibleDomain } from "../access";
import { json, message } from "../answers";
import type { Contact } from "../state/model";
import { IDENTITY, readAddress, readPerson, readRoles, typeName } from "../validation/contacts";
import { bodyFields } from "../validation/fields";
import { contactsView } from "./domainViews";
import { dryRun } from "./orders";

const CONTACTS = "/domain/domains/:domain/contacts";
const ACCEPTED = "The request has been accepted.";

/** The routes `domain/domains/{domain}/contacts…`. */
export function contactRoutes(api: Api): void {
    api.get(CONTACTS, (call) => json(contactsView(visibleDomain(call, call.req.param("domain")))));

    api.patch(CONTACTS, async (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const fields = bodyFields(await call.req.text(), "domain");
        const roles = readRoles(fields);
        // Guess: the schema takes an `owner`, the prose says that it can't be changed here; it is checked and left alone.
        const owner = fields.nested("owner");
        if (owner) {
            readAddress(owner);
        }
        fields.done("domain");
        call.var.world.startAtRegistry(domain.fqdn, "contacts", roles);
        return message(ACCEPTED, 202);
    });

    api.put(`${CONTACTS}/owner`, async (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        const fields = bodyFields(await call.req.text(), "domain");
        const address = readAddress(fields);
        // Since April 2024 the person who stands for an organisation may change here (Gandi's list of changes, of companies).
        const isPerson = typeName(domain.owner.type) === "individual";
        const locked = isPerson ? IDENTITY : ["type", "orgname"];
        for (const name of locked) {
            const given = fields.raw()[name] ?? undefined;
            if (given !== undefined && typeName(given) !== typeName(domain.owner[name])) {
                // Guess: the wording of a change that needs a change of owner; "you can't change information that could
                // trigger a full change of ownership".
                fields.fail(name, "This can only be changed by a change of owner");
            }
        }
        const person = isPerson ? {} : readPerson(fields);
        if (call.req.header("dry-run") === "1") {
            return dryRun(fields);
        }
        fields.done("domain");
        // Guess: what the body leaves out stays as it is; the FAQ's example gives three fields only.
        const given = Object.entries(address).filter(([name]) => fields.raw()[name] !== undefined);
        const owner: Contact = { ...Object.fromEntries(given), ...person };
        if (isPerson && owner.data_obfuscated !== undefined) {
            owner.data_obfuscated = true;
        }
        if (fields.raw().icann_contract_accept !== true) {
            // "To unlock the Email address field and make changes, set this field to true". Guess: what is locked is taken,
            // and left as it is.
            delete owner.email;
        }
        call.var.world.startAtRegistry(domain.fqdn, "owner", owner);
        return message(ACCEPTED, 202);
    });
}
