import { type Api, apiRoot, type Call, visibleDomain } from "../access";
import { json, message } from "../answers";
import { conflict, notFound } from "../errors";
import { isoDate } from "../state/clock";
import type { ChangeOwner } from "../state/model";
import { readContact, readRoles } from "../validation/contacts";
import { bodyFields } from "../validation/fields";
import { dryRun } from "./orders";

const CHANGE = "/domain/changeowner/:domain";

/** A change of owner: both owners must agree by e-mail, which takes days, or the control routes. */
export function changeOwnerRoutes(api: Api): void {
    api.post(CHANGE, async (call) => {
        const { world } = call.var;
        const domain = visibleDomain(call, call.req.param("domain"));
        const fields = bodyFields(await call.req.text(), "domain");
        const owner = fields.nested("owner", { required: true });
        const newOwner = owner ? readContact(owner, { reseller: true }) : {};
        const contacts = readRoles(fields, { reseller: true });
        if (call.req.header("dry-run") === "1") {
            return dryRun(fields);
        }
        fields.done("domain");
        if (domain.changeOwner?.step === "WAIT" || domain.changeOwner?.step === "SUPPORT") {
            throw conflict("domain", `A change of owner is already in progress on ${domain.fqdn}`);
        }
        const now = world.now();
        const oldEmail = String(domain.owner.email);
        // Guess: the lock of the e-mail address holds here, too, as the document has its words at this contact.
        const keepsEmail = owner?.raw().icann_contract_accept !== true;
        domain.changeOwner = { createdAt: now, updatedAt: now, oldEmail, newOwner, keepsEmail, contacts, step: "WAIT" };
        return message("The request has been accepted.", 202, `${apiRoot(call)}/domain/changeowner/${domain.fqdn}`);
    });

    api.get(CHANGE, (call) => json(changeView(knownChange(call))));

    api.post(`${CHANGE}/foa`, async (call) => {
        const change = knownChange(call);
        const fields = bodyFields(await call.req.text(), "domain");
        fields.string("email", { required: true });
        fields.done("domain");
        change.updatedAt = call.var.world.now();
        return message("The request has been accepted.", 202);
    });
}

/** Guess: a domain whose owner was never changed has no follow-up: 404. */
function knownChange(call: Call): ChangeOwner {
    const { changeOwner } = visibleDomain(call, call.req.param("domain") ?? "");
    if (!changeOwner) {
        throw notFound("domain");
    }
    return changeOwner;
}

/** Guess: the owners' answers are `W` while they are waited for and `F` for a refusal; the document's example has `T`. */
const ANSWERS: Record<ChangeOwner["step"], string> = { WAIT: "W", SUPPORT: "W", DONE: "T", ERROR: "F" };

function changeView(change: ChangeOwner) {
    const { oldEmail } = change;
    const answer = ANSWERS[change.step];
    const innerStep = change.step === "DONE" ? "done" : "checking_foa_response";
    const newEmail = String(change.newOwner.email);
    return {
        created_at: isoDate(change.createdAt),
        updated_at: isoDate(change.updatedAt),
        inner_step: innerStep,
        step: change.step,
        step_nb: change.step === "DONE" ? 3 : 2,
        foa: [oldEmail, newEmail].map((email) => ({ email, answer })),
        params: {
            answer_new_owner: answer,
            answer_old_owner: answer,
            inner_step: innerStep,
            new_owner_email: newEmail,
            old_owner_email: oldEmail,
        },
        ...(change.step === "ERROR" ? { errortype: "FOA_REFUSED", errortype_label: "An owner refused" } : {}),
    };
}
