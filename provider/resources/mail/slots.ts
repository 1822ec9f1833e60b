import { listMailSlots } from "../../api/mailSlots";
import { Failure } from "../../core/failures";
import type { Context } from "../../core/process/context";
import { normalOf, type Problem } from "../../core/property";
import { buySlot, inTurnOfSlots } from "./buySlot";
import { typeProperty } from "./mailboxInputs";
import { type SlotOrder, slotPurchaseProblems } from "./slotPurchase";

/** What a mailbox needs a slot for, and whether one may be bought where none is free. */
export interface SlotNeed extends SlotOrder {
    readonly slot?: "require" | "buy" | undefined;
}

/**
 * Why a mailbox of this type can't be had of what is paid already; undefined where a slot of the type is free.
 * `GET /v5/email/slots/{domain}`
 */
async function withoutSlot({ client }: Context, domain: string, type: string): Promise<string | undefined> {
    const slots = await listMailSlots(client, domain);
    const now = client.clock.wallTime();
    const free = slots
        .filter(({ status, expires_at }) => status === "inactive" && !(Date.parse(expires_at ?? "") <= now))
        .map(({ mailbox_type }) => mailbox_type);
    if (free.some((other) => normalOf(typeProperty, other as never) === type)) {
        return undefined;
    }
    const others = [...new Set(free)].join(", ");
    return (
        `${domain} has no free slot for a mailbox of type ${type}${others && ` (only for ${others})`}: a mailbox needs one, ` +
        "which costs money. Buy a slot at Gandi, declare a MailSlot that this depends on, or say how much it may cost with " +
        'slot: "buy" and maxPrice; or delete a mailbox of this type that nobody needs'
    );
}

/** Part of preview: why there will be no slot for it, which is fine where the program declares one that is still to be bought. */
export async function slotProblems(ctx: Context, need: SlotNeed, open: ReadonlySet<string>): Promise<Problem[]> {
    const { domain, type, slot } = need;
    const reason = await withoutSlot(ctx, domain, type);
    if (reason === undefined || open.has("slot") || ctx.isSought("MailSlot", `${domain} ${type}`)) {
        return [];
    }
    return slot === "buy"
        ? (await slotPurchaseProblems(ctx, need, open)).problems
        : [{ path: "type", reason, code: "no-free-slot" }];
}

/** How a slot is taken. */
interface Taking<T> {
    /** What takes it may have been done by an earlier run, which may have bought a slot for it: none is bought then. */
    readonly isAgain: boolean;
    /** @throws where it has one already, as what showed it as missing may be older than the slots */
    refuseTaken(): Promise<void>;
    take(): Promise<T>;
    /** Waits until it shows that the slot is taken: the next one must not count it as free. */
    show(taken: T): Promise<void>;
}

/**
 * Takes a slot that is free, or buys one. A slot that was bought by a run which was killed before it was taken is free, so
 * that the next run takes it, and buys none. One at a time in each domain.
 */
export function inSlot<T>(ctx: Context, need: SlotNeed, taking: Taking<T>): Promise<T> {
    const { domain, type, slot } = need;
    return inTurnOfSlots(ctx, domain, async () => {
        const reason = await withoutSlot(ctx, domain, type);
        if (reason !== undefined) {
            if (slot !== "buy") {
                throw new Failure("no-free-slot", reason);
            }
            if (taking.isAgain) {
                const doubt = "an earlier run may have bought a slot for this, so none is bought now. Run again later";
                throw new Failure("no-free-slot", `${reason}. But ${doubt}`);
            }
            await taking.refuseTaken();
            await bought(ctx, need);
        }
        const taken = await taking.take();
        if (slot === "buy") {
            await taking.show(taken);
        }
        return taken;
    });
}

async function bought(ctx: Context, need: SlotNeed): Promise<void> {
    const { domain } = need;
    const before = await listMailSlots(ctx.client, domain);
    const id = await buySlot(ctx, need, before, (other) => ctx.isDeclared("MailSlot", `${domain}/${other}`));
    await ctx.until(() => listMailSlots(ctx.client, domain), {
        done: (slots) => slots.some((slot) => String(slot.id) === id),
        describe: () => `${domain}: waiting for the slot ${id} to be listed`,
    });
}
