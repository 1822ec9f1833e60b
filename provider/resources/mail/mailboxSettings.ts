import type { MailboxChange, MailboxEntry, Mailbox as WholeMailbox } from "../../api/mailboxes";
import type { InputsOf } from "../../core/kind";
import { isSame, normalOf, type Property } from "../../core/property";
import { aliasesProperty, autorenewProperty, type mailboxProperties, responderProperty } from "./mailboxInputs";

/** @internal */
export type MailboxInputs = InputsOf<typeof mailboxProperties>;

/** A mailbox as the list shows it, and what the list does not say where that is managed. */
export type Seen = MailboxEntry & Partial<Pick<WholeMailbox, "aliases" | "responder">>;

/** What can be set at any time, at no cost; what is not given is not managed. */
type Settings = Pick<MailboxInputs, "aliases" | "antispam" | "responder" | "autorenew">;

/** What Gandi shows of what the user gave. */
export function settingsOf(want: Partial<Settings>, seen: Seen): Partial<Settings> {
    const { aliases, antispam, responder, autorenew } = seen;
    const months = autorenew.duration === 12 ? 12 : 1;
    return {
        ...(want.aliases && aliases && { aliases }),
        ...(want.antispam === undefined ? {} : { antispam }),
        ...(want.responder && responder && { responder: responderOf(responder) }),
        ...(want.autorenew && {
            autorenew: {
                enabled: autorenew.enabled,
                ...(want.autorenew.duration === undefined ? {} : { duration: months }),
            },
        }),
    };
}

function responderOf({ enabled, message, starts_at, ends_at }: WholeMailbox["responder"]) {
    return {
        enabled,
        ...(message ? { message } : {}),
        ...(starts_at ? { startsAt: starts_at } : {}),
        ...(ends_at ? { endsAt: ends_at } : {}),
    };
}

/** One change of all that is not as wanted. */
export function changeTo(want: Partial<Settings>, seen: Seen): MailboxChange {
    const there = settingsOf(want, seen);
    const { aliases, antispam, responder, autorenew } = want;
    return {
        ...(aliases && !same(aliasesProperty, there.aliases, aliases) && { aliases }),
        ...(antispam !== undefined && antispam !== there.antispam && { antispam }),
        ...(responder && !same(responderProperty, there.responder, responder) && { responder: asSent(responder) }),
        ...(autorenew &&
            !same(autorenewProperty, there.autorenew, autorenew) && {
                autorenew: {
                    activated: autorenew.enabled,
                    duration: autorenew.duration ?? (seen.autorenew.duration === 12 ? 12 : 1),
                },
            }),
    };
}

function same<T>(property: Property<T>, there: T | undefined, wanted: T): boolean {
    return isSame(property, there && normalOf(property, there), wanted);
}

function asSent({ enabled, message = "", startsAt, endsAt }: NonNullable<Settings["responder"]>) {
    return {
        enabled,
        message,
        ...(startsAt === undefined ? {} : { starts_at: inUtc(startsAt) }),
        ...(endsAt === undefined ? {} : { ends_at: inUtc(endsAt) }),
    };
}

/** As the document's examples write times: without a fraction of the second. */
function inUtc(time: string): string {
    return new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}
