import { createMailSlot, listMailSlots, type MailSlot } from "../../api/mailSlots";
import { makeOne } from "../../core/doing/makeOne";
import type { Context } from "../../core/process/context";
import { amount, type SlotOrder, slotCost } from "./slotPurchase";

/** What buys or takes slots of a domain goes one at a time, so that what is new in its list is known to be one's own. */
export function inTurnOfSlots<T>(ctx: Context, domain: string, work: () => Promise<T>): Promise<T> {
    return ctx.inTurn(`email/slots ${domain}`, work);
}

/**
 * Buys a slot with one POST, which no dry run comes before. After a lost answer all the slots that were there before are
 * compared with all that are there then; where that does not tell which it is, nothing more is bought. Its caller holds the
 * turn of the domain's slots: see {@link inTurnOfSlots}.
 * @param before all the slots of the domain, as they are now
 * @param isOther whether another resource of the program has the slot of this id
 * @returns its id
 */
export async function buySlot(
    ctx: Context,
    order: SlotOrder,
    before: readonly MailSlot[],
    isOther: (id: string) => boolean,
): Promise<string> {
    const { domain, type, duration, autorenew } = order;
    const cost = await slotCost(ctx, order);
    const what = `${domain}: a slot of type ${type}`;
    return ctx.spend(what, cost, () => {
        ctx.log(`${what}: ordering it for ${amount(cost)}`);
        return makeOne<MailSlot, string>(ctx, {
            what,
            before,
            idOf: ({ id }) => String(id),
            send: () => createMailSlot(ctx.client, domain, { mailbox_type: type, duration: duration!, autorenew }),
            list: () => listMailSlots(ctx.client, domain),
            isLike: ({ id, mailbox_type }) => mailbox_type === type && !isOther(String(id)),
            take: ({ id }) => String(id),
            advice: "Look at Gandi's site which one was bought for this, and name it in adopt",
        });
    });
}
