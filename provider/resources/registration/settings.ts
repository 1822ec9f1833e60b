import { type Contacts, patchContacts, putOwner } from "../../api/contacts";
import { type Domain as ApiDomain, getDomain, putTags, setAutorenew } from "../../api/domains";
import type { Context } from "../../core/context";
import { atRegistry } from "../../core/registryOperation";
import { sameSet } from "../../core/values";
import { type Contact, differsUnseen, holds, toApi, toOwnerUpdate } from "./contact";

/** The contacts beside the owner. */
export const ROLES = ["admin", "tech", "bill"] as const;

/** What can be set on a domain that exists; what is not given is not managed. */
export interface DomainSettings {
    owner?: Contact | undefined;
    admin?: Contact | undefined;
    tech?: Contact | undefined;
    bill?: Contact | undefined;
    autorenew?: { enabled: boolean; duration?: number | undefined; organization?: string | undefined } | undefined;
    tags?: string[] | undefined;
}

/**
 * Sets what differs, one after the other, and waits until each reads back. Answers the domain as it is then.
 *
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
                look: (signal) => getDomain(ctx.client, fqdn, { signal }),
                done,
                async send(found) {
                    await setting.set(ctx, fqdn, found);
                    isSent = true;
                },
                waiting: `waiting for ${setting.name} to be changed`,
            });
        }
    }
    return seen;
}

/** One thing that can be set on a domain, and whether it is so. */
interface Setting {
    readonly name: string;
    /** Whether it must be set although all that can be seen of it holds. */
    readonly differsUnseen?: boolean;
    holds(seen: ApiDomain): boolean;
    set(ctx: Context, fqdn: string, seen: ApiDomain): Promise<void>;
}

/** @param ownerPending the owner is being changed, and the new one's data with them */
function settings(want: DomainSettings, old: DomainSettings, there: ApiDomain, ownerPending: boolean): Setting[] {
    const all: Setting[] = [];
    const { owner, autorenew, tags } = want;
    if (owner !== undefined && !ownerPending) {
        all.push({
            name: "the owner's data",
            differsUnseen: differsUnseen(old.owner, owner, there.contacts.owner),
            holds: ({ contacts }) => holds(owner, contacts.owner),
            set: (ctx, fqdn) => putOwner(ctx.client, fqdn, toOwnerUpdate(owner), { signal: ctx.signal }),
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
            const changed = Object.fromEntries([...roles].map((role) => [role, toApi(want[role]!)]));
            return patchContacts(ctx.client, fqdn, changed, { signal: ctx.signal });
        },
    });
    if (autorenew !== undefined) {
        const { enabled, duration, organization } = autorenew;
        all.push({
            name: "automatic renewal",
            holds: ({ autorenew: there }) =>
                there.enabled === enabled &&
                (duration === undefined || there.duration === duration) &&
                (organization === undefined || there.org_id === organization),
            set: (ctx, fqdn) =>
                setAutorenew(ctx.client, fqdn, { enabled, duration, org_id: organization }, { signal: ctx.signal }),
        });
    }
    if (tags !== undefined) {
        all.push({
            name: "the tags",
            holds: (there) => sameSet(tags, there.tags, (tag) => tag),
            set: (ctx, fqdn) => putTags(ctx.client, fqdn, tags, { signal: ctx.signal }),
        });
    }
    return all;
}
