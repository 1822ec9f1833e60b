import { randomUUID } from "node:crypto";
import type { MailboxConfigName, MailboxSlot, State } from "./model";

const MONTH = (365 / 12) * 86400_000;

/** A place for a mailbox of the Mailbox API, paid from now on. */
export function newMailboxSlot(
    start: { organization: string; config: MailboxConfigName; months: 1 | 12; price: number; autorenew?: 1 | 12 },
    now: number,
): MailboxSlot {
    const { organization, config, months, price, autorenew } = start;
    return {
        id: randomUUID(),
        organization,
        config,
        createdAt: now,
        expiresAt: now + months * MONTH,
        lastPaidDuration: months,
        price,
        ...(autorenew === undefined ? {} : { autorenew }),
    };
}

/** Whether a mailbox of any domain is in a slot, or will be. */
export function isUsed(state: State, { id }: MailboxSlot): boolean {
    const has = [...state.mailDomains.values()].some(({ mailboxes }) =>
        [...mailboxes.values()].some(({ slot }) => slot === id),
    );
    return has || state.operations.some(({ status, payload }) => status === "RUN" && payload.mailboxSlot === id);
}

/** The slot that a mailbox would have. Guess: of several that are free, the one that ends first. */
export function freeMailboxSlot(
    state: State,
    wanted: { organization: string; config: MailboxConfigName; months?: number | undefined },
    now: number,
): MailboxSlot | undefined {
    return state.mailboxSlots
        .filter(
            (slot) =>
                slot.organization === wanted.organization &&
                slot.config === wanted.config &&
                (wanted.months ?? slot.lastPaidDuration) === slot.lastPaidDuration &&
                slot.expiresAt > now &&
                !isUsed(state, slot),
        )
        .sort((one, other) => one.expiresAt - other.expiresAt)[0];
}

/** Pays for so many months more. */
export function renewSlot(slot: MailboxSlot, months: 1 | 12, now: number): void {
    slot.expiresAt = Math.max(slot.expiresAt, now) + months * MONTH;
    slot.lastPaidDuration = months;
}
