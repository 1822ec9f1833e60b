import { type Api, apiRoot, type Call, visibleDomain } from "../access";
import { json, message } from "../answers";
import { conflict, missingSlot, notEnoughCredit } from "../errors";
import { isoDate } from "../state/clock";
import { isActive, TYPES } from "../state/mailbox";
import { slotPrice } from "../state/mailPrices";
import type { Domain, MailboxType, MailSlot } from "../state/model";
import { round } from "../state/prices";
import { bodyFields, Fields } from "../validation/fields";

const SLOTS = "/email/slots/:domain";
const SLOT = `${SLOTS}/:id` as const;

/**
 * In MB. Those of `standard` and `premium` stand in the document's examples, the others in the changelog of 2023 in GB.
 *
 * Guess: that of a free one.
 */
const CAPACITIES: Record<MailboxType, number> = {
    free: 3072,
    standard: 3072,
    premium: 51200,
    standard_2023: 10240,
    premium_2023: 51200,
};

/** Places for mailboxes: `email/slots/{domain}…`. The list has no pages. */
export function mailSlotRoutes(api: Api): void {
    api.get(SLOTS, (call) => {
        const domain = visibleDomain(call, call.req.param("domain"), "email");
        const query = new Fields(call.req.query(), "querystring");
        const onlyUsable = query.boolean("display_not_expired_and_inactive") ?? false;
        query.done("email");
        const now = call.var.world.now();
        const shown = domain.slots.filter((slot) => !onlyUsable || (!isActive(domain, slot) && slot.expiresAt > now));
        // Guess: that the filter counts for the total.
        const counts = { "total-count": String(shown.length) };
        return json(
            shown.map((slot) => view(call, domain, slot)),
            200,
            counts,
        );
    });
    api.post(SLOTS, async (call) => {
        const domain = visibleDomain(call, call.req.param("domain"), "email");
        const fields = bodyFields(await call.req.text(), "email");
        const type = fields.string("mailbox_type", { required: true, oneOf: TYPES });
        const duration = fields.integer("duration", { required: true, min: 1 });
        const autorenew = fields.boolean("autorenew") ?? false;
        fields.done("email");
        const { world, caller } = call.var;
        const price = slotPrice(type as MailboxType, duration ?? 1);
        const payer = world.state.organizations.find(({ id }) => id === caller.organization);
        // Guess: that a slot is paid when it is accepted, and how it is refused where the money is not there.
        if (payer === undefined || payer.balance < price) {
            throw notEnoughCredit("email");
        }
        payer.balance = round(payer.balance - price);
        const id = world.state.nextSlotId++;
        world.startInMail(domain.fqdn, "slotCreate", { id, type, duration, autorenew, price, payer: payer.id });
        return message("The slot is being created.", 202, `${apiRoot(call)}/email/slots/${domain.fqdn}/${id}`);
    });
    api.get(SLOT, (call) => {
        const domain = visibleDomain(call, call.req.param("domain"), "email");
        const slot = knownSlot(domain, call.req.param("id"));
        const { refund } = slot;
        // Guess: that the refund stands where there is one alone.
        const refunded = refund === undefined ? {} : { refund_amount: refund, refund_currency: "EUR" };
        return json({ ...view(call, domain, slot), ...refunded });
    });
    api.delete(SLOT, (call) => {
        const domain = visibleDomain(call, call.req.param("domain"), "email");
        const slot = knownSlot(domain, call.req.param("id"));
        const { world } = call.var;
        // Guess: with what a slot is refused that a mailbox has, or that is not paid back, and that a second refund is one.
        if (isActive(domain, slot)) {
            throw conflict("email", `Slot '${slot.id}' is in use`);
        }
        if (slot.refund === undefined || world.isAccepted(domain.fqdn, "slotDelete", ({ id }) => id === slot.id)) {
            throw conflict("email", `Slot '${slot.id}' is not refundable`);
        }
        world.startInMail(domain.fqdn, "slotDelete", { id: slot.id });
        return message("The slot is being refunded.", 202);
    });
}

function knownSlot(domain: Domain, id: string): MailSlot {
    const slot = domain.slots.find((candidate) => String(candidate.id) === id);
    if (slot === undefined) {
        throw missingSlot(id);
    }
    return slot;
}

/** Guess: `expires_at`, which the reference of the list does not name, but which its filter goes by. */
function view(call: Call, domain: Domain, slot: MailSlot) {
    return {
        status: isActive(domain, slot) ? "active" : "inactive",
        capacity: CAPACITIES[slot.type],
        mailbox_type: slot.type,
        refundable: slot.refund !== undefined,
        id: slot.id,
        href: `${apiRoot(call)}/email/slots/${domain.fqdn}/${slot.id}`,
        created_at: isoDate(slot.createdAt),
        expires_at: isoDate(slot.expiresAt),
    };
}
