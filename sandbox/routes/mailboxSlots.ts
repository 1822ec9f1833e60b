import type { Api, Call } from "../access";
import { json, message } from "../answers";
import { notEnoughCredit, notFound } from "../errors";
import { paged } from "../paging";
import { isoDate } from "../state/clock";
import { isUsed, newMailboxSlot } from "../state/mailboxSlot";
import { MAIL_DURATIONS, MAIL_PRODUCTS, slotPrice } from "../state/mailPrices";
import type { MailboxConfigName, MailboxSlot, Organization } from "../state/model";
import { round } from "../state/prices";
import { bodyFields, Fields } from "../validation/fields";
import { isSeen } from "./mailDomains";
import { configOf } from "./mailProducts";

const SLOTS = "/mailbox/slots";
/** Guess: for how long after an order money is paid back. */
const REFUNDABLE_FOR = 14 * 86400_000;

/** Places for mailboxes of the Mailbox API, which belong to an organisation: `mailbox/slots…`, `quotas`, and what buys them. */
export function mailboxSlotRoutes(api: Api): void {
    api.get("/mailbox/quotas", (call) => {
        const slots = call.var.world.state.mailboxSlots.filter(({ organization }) => isSeen(call, organization));
        const counted = (config: string, months: number) => {
            const all = slots.filter((slot) => slot.config === config && slot.lastPaidDuration === months);
            const used = all.filter((slot) => isUsed(call.var.world.state, slot)).length;
            return { available: all.length - used, total: all.length, used };
        };
        return json(
            MAIL_PRODUCTS.map((name) => {
                const { label } = configOf(name);
                const quota = label.split(" ")[1];
                return { annually: counted(name, 12), config_name: name, label, monthly: counted(name, 1), quota };
            }),
        );
    });
    api.get(SLOTS, (call) => {
        const url = new URL(call.req.url);
        const query = new Fields(Object.fromEntries(url.searchParams), "querystring");
        const config = query.string("config_name");
        const [from, to] = ["expires_at_gte", "expires_at_lte"].map((name) => readDate(query, name));
        const months = query.integer("last_paid_duration", { oneOf: MAIL_DURATIONS });
        const refundable = query.boolean("refundable");
        query.done("email");
        const all = call.var.world.state.mailboxSlots.filter(({ organization }) => isSeen(call, organization));
        const shown = all.filter(
            (slot) =>
                (config ?? slot.config) === slot.config &&
                // A date is compared as it is shown, in whole seconds.
                Date.parse(isoDate(slot.expiresAt)) >= (from ?? -Infinity) &&
                Date.parse(isoDate(slot.expiresAt)) <= (to ?? Infinity) &&
                (months ?? slot.lastPaidDuration) === slot.lastPaidDuration &&
                (refundable ?? isRefundable(call, slot)) === isRefundable(call, slot),
        );
        // Guess: that the total of slots is of all, whatever the filter.
        const counts = { "total-count": String(all.length), "filtered-count": String(shown.length) };
        return paged(
            url,
            shown.map((slot) => view(call, slot)),
            "email",
            counts,
        );
    });
    api.get(`${SLOTS}/:id`, (call) => {
        const slot = call.var.world.state.mailboxSlots.find(({ id }) => id === call.req.param("id"));
        if (slot === undefined || !isSeen(call, slot.organization)) {
            throw notFound("email");
        }
        return json(view(call, slot));
    });
    api.post("/mailbox/products", async (call) => {
        const fields = bodyFields(await call.req.text(), "email");
        const config = fields.string("config_name", { required: true, oneOf: MAIL_PRODUCTS });
        const months = fields.integer("duration_month", { required: true, oneOf: MAIL_DURATIONS });
        // Guess: the most that are sold at once.
        const quantity = fields.integer("quantity", { required: true, min: 1, max: 100 });
        const autorenew = fields.boolean("autorenew") ?? false;
        fields.done("email");
        const order = { config, months, autorenew: autorenew ? months : undefined } as Order;
        // Guess: that slots are there as soon as they are paid, though they are answered with 202.
        buySlots(call, order, quantity!);
        return message("The mailboxes are being bought.", 202);
    });
}

interface Order {
    config: MailboxConfigName;
    months: 1 | 12;
    autorenew?: 1 | 12;
}

function buySlots(call: Call, { config, months, autorenew }: Order, quantity: number): void {
    const { world, caller } = call.var;
    const price = slotPrice(config, months);
    pay(call, price * quantity);
    for (let bought = 0; bought < quantity; bought++) {
        const start = { organization: caller.organization, config, months, price };
        world.state.mailboxSlots.push(newMailboxSlot({ ...start, ...(autorenew && { autorenew }) }, world.now()));
    }
}

/** Takes money from the organisation that the request speaks for. @throws ApiError where it has not enough */
export function pay(call: Call, price: number): Organization {
    const { world, caller } = call.var;
    const payer = world.state.organizations.find(({ id }) => id === caller.organization);
    if (payer === undefined || payer.balance < price) {
        throw notEnoughCredit("email");
    }
    payer.balance = round(payer.balance - price);
    return payer;
}

function readDate(query: Fields, name: string): number | undefined {
    const given = query.string(name);
    if (given !== undefined && Number.isNaN(Date.parse(given))) {
        return query.fail(name, `"${given}" is not a date`);
    }
    return given === undefined ? undefined : Date.parse(given);
}

/** Guess: that a slot which a mailbox is in is not paid back. */
function isRefundable(call: Call, slot: MailboxSlot): boolean {
    const { world } = call.var;
    return slot.price > 0 && world.now() < slot.createdAt + REFUNDABLE_FOR && !isUsed(world.state, slot);
}

function view(call: Call, slot: MailboxSlot) {
    const refundable = isRefundable(call, slot);
    return {
        uuid: slot.id,
        autorenew:
            slot.autorenew === undefined ? null : { duration_month: slot.autorenew, sharing_id: slot.organization },
        config: configOf(slot.config),
        expires_at: isoDate(slot.expiresAt),
        last_paid_duration: slot.lastPaidDuration,
        refund_info: refundable
            ? {
                  currency: "EUR",
                  price: slot.price,
                  refund_expires_at: isoDate(slot.createdAt + REFUNDABLE_FOR),
              }
            : false,
        refundable,
        webhosting_pack: false,
    };
}
