import { type Contacts, type NewContact, patchContacts, putOwner } from "../../api/contacts";
import { type Domain as ApiDomain, getDomain, putTags, setAutorenew, setTransferLock } from "../../api/domains";
import { GandiError } from "../../api/errors";
import { atRegistry } from "../../core/doing/atRegistry";
import { Failure } from "../../core/failures";
import { sameSet } from "../../core/inputs/values";
import type { Context } from "../../core/process/context";
import { isSame } from "../../core/property";
import { differsUnseen, holds, ROLES, sameEmail } from "./contact";
import { contactUpdate, lockedEmail, ownerUpdate } from "./contactUpdate";
import { type DomainInputs, type Renewal, renewalProperty } from "./domainArgs";

/** What can be set on a domain that exists; what is not given is not managed. */
export type DomainSettings = Pick<
    DomainInputs,
    "owner" | (typeof ROLES)[number] | "autorenew" | "tags" | "transferLock" | "acceptIcannContract"
>;

/** What the API shows of what the user gave. */
export function renewalOf(given: Renewal, { enabled, duration, org_id }: ApiDomain["autorenew"]): Renewal {
    return {
        enabled,
        ...(given.duration === undefined ? {} : { duration }),
        ...(given.organization === undefined || org_id === undefined ? {} : { organization: org_id }),
    };
}

/**
 * Sets what differs, one after the other, and waits until each reads back. Answers the domain as it is then.
 * @param old what was set before, for what the API never reads back
 */
export async function applySettings(
    ctx: Context,
    fqdn: string,
    { want, old }: { want: DomainSettings; old: DomainSettings },
    there: ApiDomain,
    ownerPending: boolean,
): Promise<ApiDomain> {
    let seen = there;
    for (const setting of settings(want, old, there, ownerPending)) {
        let isSent = !setting.differsUnseen;
        const done = (found: ApiDomain) => isSent && setting.holds(found);
        if (!done(seen)) {
            seen = await atRegistry(ctx, fqdn, {
                look: () => getDomain(ctx.client, fqdn),
                done,
                async send(found) {
                    await setting.set(ctx, fqdn, found);
                    isSent = true;
                },
                ...(setting.guard === undefined ? {} : { guard: async (found: ApiDomain) => setting.guard?.(found) }),
                waiting: `waiting for ${setting.name} to be changed${setting.doubt?.(seen) ?? ""}`,
            });
        }
    }
    return seen;
}

/** Whether the registrar's own lock is on; a registry's (`serverTransferProhibited`) is nothing that we could change. */
export function isLocked({ status }: ApiDomain): boolean {
    return status.includes("clientTransferProhibited");
}

/** One thing that can be set on a domain, and whether it is so. */
interface Setting {
    readonly name: string;
    /** Whether it must be set although all that can be seen of it holds. */
    readonly differsUnseen?: boolean;
    holds(seen: ApiDomain): boolean;
    /** Throws where it may not be set. */
    guard?(seen: ApiDomain): void;
    /** Why it may not come about, for who waits. */
    doubt?(seen: ApiDomain): string;
    set(ctx: Context, fqdn: string, seen: ApiDomain): Promise<void>;
}

/** @param ownerPending the owner is being changed, and the new one's data with them */
function settings(want: DomainSettings, old: DomainSettings, there: ApiDomain, ownerPending: boolean): Setting[] {
    const all: Setting[] = [];
    const { owner, autorenew, tags, transferLock } = want;
    if (owner !== undefined && !ownerPending) {
        all.push({
            name: "the owner's data",
            differsUnseen: differsUnseen(old.owner, owner, there.contacts.owner),
            holds: ({ contacts }) => holds(owner, contacts.owner),
            guard({ fqdn, contacts }) {
                const reason = lockedEmail(owner, contacts.owner, want);
                if (reason !== undefined) {
                    throw new Failure("owner-email-locked", `${fqdn}: owner.email: ${reason}`);
                }
            },
            set: (ctx, fqdn, { contacts }) => putOwner(ctx.client, fqdn, ownerUpdate(owner, contacts.owner, want)),
        });
    }
    const unseen = ROLES.filter((role) => differsUnseen(old[role], want[role], there.contacts[role]));
    const differing = (contacts: Contacts) => ROLES.filter((role) => !holds(want[role], contacts[role]));
    all.push({
        name: "the contacts",
        differsUnseen: unseen.length > 0,
        holds: ({ contacts }) => differing(contacts).length === 0,
        set(ctx, fqdn, { contacts }) {
            const roles = new Set([...unseen, ...differing(contacts)]);
            const changed = contactUpdates(want, contacts, [...roles]);
            return patchContacts(ctx.client, fqdn, changed);
        },
        // The document has the owner's lock at these contacts, too; its own examples change them without the word.
        doubt: ({ contacts }) =>
            want.acceptIcannContract === true ||
            ROLES.every((role) => sameEmail(want[role]?.email, contacts[role].email))
                ? ""
                : " (an e-mail address may be locked until acceptIcannContract: true is set)",
    });
    if (autorenew !== undefined) {
        all.push(renewalSetting(autorenew));
    }
    if (transferLock !== undefined) {
        all.push({
            name: "the transfer lock",
            holds: (there) => isLocked(there) === transferLock,
            set: (ctx, fqdn) => setTransferLock(ctx.client, fqdn, transferLock),
        });
    }
    if (tags !== undefined) {
        all.push({
            name: "the tags",
            holds: (there) => sameSet(tags, there.tags, (tag) => tag),
            set: (ctx, fqdn) => putTags(ctx.client, fqdn, tags),
        });
    }
    return all;
}

/** The API sets a duration back that a body leaves out: what is not given is sent as it was read. */
function renewalSetting(wanted: Renewal): Setting {
    const { enabled, duration, organization } = wanted;
    let wasNeverOn = false;
    return {
        name: "automatic renewal",
        holds: ({ autorenew: there }) => wasNeverOn || isSame(renewalProperty, renewalOf(wanted, there), wanted),
        async set(ctx, fqdn, { autorenew: there }) {
            const renewal = { enabled, duration: duration ?? there.duration, org_id: organization ?? there.org_id };
            try {
                await setAutorenew(ctx.client, fqdn, renewal);
            } catch (error) {
                if (enabled || !GandiError.is(error, "renewalMissing")) {
                    throw error;
                }
                wasNeverOn = true;
            }
        },
    };
}

/** The contacts in these roles, as a PATCH or a change of owner takes them. */
export function contactUpdates(
    want: DomainSettings,
    there: Contacts,
    roles: readonly (typeof ROLES)[number][],
): Partial<Record<(typeof ROLES)[number], NewContact>> {
    return Object.fromEntries(
        roles.flatMap((role) => {
            const given = want[role];
            return given === undefined ? [] : [[role, contactUpdate(given, there[role], want)]];
        }),
    );
}
