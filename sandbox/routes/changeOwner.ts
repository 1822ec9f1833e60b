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
        if (domain.changeOwner?.step === "WAIT") {
            throw conflict("domain", `A change of owner is already in progress on ${domain.fqdn}`);
        }
        const now = world.now();
        domain.changeOwner = { createdAt: now, updatedAt: now, newOwner, contacts, step: "WAIT" };
        return message("The request has been accepted.", 202, `${apiRoot(call)}/domain/changeowner/${domain.fqdn}`);
    });

    api.get(CHANGE, (call) => {
        const domain = visibleDomain(call, call.req.param("domain"));
        return json(changeView(knownChange(call), String(domain.owner.email)));
    });

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

/** Guess: the answers of the owners are `W` while they are waited for; the document's example has `T`. */
function changeView(change: ChangeOwner, oldEmail: string) {
    const waiting = change.step === "WAIT";
    const answer = waiting ? "W" : "T";
    const innerStep = waiting ? "checking_foa_response" : "done";
    const newEmail = String(change.newOwner.email);
    return {
        created_at: isoDate(change.createdAt),
        updated_at: isoDate(change.updatedAt),
        inner_step: innerStep,
        step: change.step,
        step_nb: waiting ? 2 : 3,
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
