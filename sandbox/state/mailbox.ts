import { createHash, randomUUID } from "node:crypto";
import type { Domain, Mailbox, MailboxType, MailSlot, State } from "./model";

const YEAR = 365 * 86400_000;

/** What the seed and the control may say of a mailbox. `type` and the rest of its slot are those of the slot. */
export type MailboxEdit = Partial<Pick<Mailbox, "aliases" | "antispam" | "responder" | "quotaUsed">> &
    SlotEdit & { password?: string };

/** What they may say of a slot. Default: `standard`, made now, for a year, not renewed, nothing paid back. */
export type SlotEdit = Partial<Pick<MailSlot, "type" | "createdAt" | "expiresAt" | "autorenew" | "refund">>;

/** Of a wish or an answer: `…_new` is an older name of what came in 2023. */
export const TYPES = ["standard", "premium", "standard_2023", "premium_2023"] as const;
const RENAMED: Record<string, MailboxType> = { standard_new: "standard_2023", premium_new: "premium_2023" };
export const WRITABLE_TYPES = [...TYPES, ...Object.keys(RENAMED)];

/** The type that this name stands for. */
export function typeCalled(name: string): MailboxType {
    return RENAMED[name] ?? (name as MailboxType);
}

/** Adds a slot to a domain. */
export function addSlot(state: State, domain: Domain, edit: SlotEdit, now: number): MailSlot {
    const createdAt = edit.createdAt ?? now;
    const slot: MailSlot = {
        id: state.nextSlotId++,
        type: typeCalled(edit.type ?? "standard"),
        createdAt,
        expiresAt: edit.expiresAt ?? createdAt + YEAR,
        autorenew: edit.autorenew,
        refund: edit.refund,
    };
    domain.slots.push(slot);
    return slot;
}

/** Whether a mailbox has a slot. */
export function isActive(domain: Domain, { id }: MailSlot): boolean {
    return domain.mailboxes.some(({ slot }) => slot === id);
}

/** The slot of a mailbox. */
export function slotOf(domain: Domain, { slot }: Mailbox): MailSlot {
    return domain.slots.find(({ id }) => id === slot)!;
}

/** Puts these in the place of the slots that no mailbox has. */
export function setFreeSlots(state: State, domain: Domain, slots: SlotEdit[], now: number): void {
    domain.slots = domain.slots.filter((slot) => isActive(domain, slot));
    for (const slot of slots) {
        addSlot(state, domain, slot, now);
    }
}

/** What must be known of a mailbox that is made. */
export type NewMailbox = Partial<Mailbox> & Pick<Mailbox, "passwordDigest">;

/** A mailbox in a slot, what is not given of it as one that was just made. */
export function newMailbox(login: string, slot: number, given: NewMailbox, now: number): Mailbox {
    return {
        id: randomUUID(),
        login,
        slot,
        aliases: [],
        antispam: true,
        responder: { enabled: false, message: "" },
        quotaUsed: 0,
        createdAt: now,
        ...given,
    };
}

/**
 * Changes what is given of a mailbox. Where it goes to another slot its renewal goes with it.
 *
 * @param set `autorenew` in months, 0 for none: it is its slot's
 */
export function setMailbox(domain: Domain, id: string, set: Partial<Mailbox> & { autorenew?: number }): void {
    const mailbox = domain.mailboxes.find((candidate) => candidate.id === id);
    if (mailbox === undefined) {
        return;
    }
    const old = slotOf(domain, mailbox);
    const { autorenew = old.autorenew, ...own } = set;
    Object.assign(mailbox, own);
    slotOf(domain, mailbox).autorenew = autorenew || undefined;
    if (domain.emailOffer !== null && own.antispam !== undefined) {
        const states = new Set(domain.mailboxes.map(({ antispam }) => antispam));
        domain.emailOffer.antispam = states.size > 1 ? "mixed" : own.antispam ? "active" : "inactive";
    }
}

/** Changes mailboxes by hand, by login in any case: null removes one, and one that is not there is made in a new slot. */
export function editMailboxes(
    state: State,
    domain: Domain,
    edits: Record<string, MailboxEdit | null>,
    now: number,
): void {
    for (const [login, edit] of Object.entries(edits)) {
        const there = domain.mailboxes.find((mailbox) => mailbox.login.toLowerCase() === login.toLowerCase());
        if (edit === null) {
            domain.mailboxes = domain.mailboxes.filter((mailbox) => mailbox !== there);
            continue;
        }
        const { password, aliases, antispam, responder, quotaUsed, ...ofSlot } = edit;
        const given = { aliases, antispam, responder, quotaUsed };
        const set: Partial<Mailbox> = Object.fromEntries(
            Object.entries(given).filter(([, value]) => value !== undefined),
        );
        if (there === undefined) {
            const { id } = addSlot(state, domain, ofSlot, now);
            const passwordDigest = digestOf(password ?? randomUUID());
            domain.mailboxes.push(newMailbox(login, id, { ...set, passwordDigest }, ofSlot.createdAt ?? now));
        } else {
            Object.assign(slotOf(domain, there), ofSlot);
            Object.assign(there, set, password === undefined ? {} : { passwordDigest: digestOf(password) });
        }
    }
}

/** What the sandbox keeps of a password. */
export function digestOf(password: string): string {
    return createHash("sha256").update(password).digest("hex");
}
