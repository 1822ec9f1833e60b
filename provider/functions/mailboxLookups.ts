import { z } from "zod";
import { listMailboxes, MAILBOX_TYPES, mailboxEntrySchema } from "../api/mailboxes";
import { nonEmpty, oneLine } from "../core/inputs/inputSchemas";
import { type DomainLookupArgs, domainArguments } from "./arguments";
import * as lookup from "./lookup";

/** The arguments of {@link getMailboxes}. */
export interface GetMailboxesArgs extends DomainLookupArgs {
    /** Only the mailbox of this login, spelled as it was made. Default: all. */
    login?: string;
    /** Only those whose login is like this, with `*` for any characters: `sales*`. Default: all. */
    loginPattern?: string;
    /** Only those of this type. Default: all. */
    mailboxType?: "standard" | "premium" | "standard_2023" | "premium_2023";
    /** Only those with, or without, protection against spam. Default: all. */
    antispam?: boolean;
    /** Only those whose slot was made before this time, ISO 8601, e.g. `2026-01-31T12:00:00Z`. Default: all. */
    createdBefore?: string;
}

/** A mailbox of the Email API, as a list of them says it. */
export interface MailboxInfo {
    /** Its id at Gandi (a UUID). */
    id: string;
    /** What stands before the `@`. */
    login: string;
    /** The whole address. */
    address: string;
    /** `standard`, `premium`, `standard_2023` or `premium_2023`; an old one may be `free`. */
    mailboxType: string;
    /** Whether it is protected against spam. */
    antispam: boolean;
    /** How much of it is used, in KB, as far as is known. */
    quotaUsed?: number;
    /** When it ends, ISO 8601 in UTC. */
    expiresAt?: string;
    /** Whether it renews by itself, and for how many months. */
    autorenew: { enabled: boolean; duration: number };
    /** How many aliases it has. */
    aliasCount?: number;
    /** Of one that came free with its domain: it ends unless a renewal is paid. */
    toConvert?: boolean;
}

const pattern = nonEmpty(oneLine).optional();

/**
 * The mailboxes of a domain, those that fit all that is given. `GET /v5/email/mailboxes/{domain}`
 * @throws LookupError
 */
export const getMailboxes = lookup.plain<GetMailboxesArgs, MailboxInfo[]>("getMailboxes")({
    args: {
        ...domainArguments,
        login: pattern,
        loginPattern: pattern,
        mailboxType: z.enum(MAILBOX_TYPES).optional(),
        antispam: z.boolean().optional(),
        createdBefore: z.iso
            .datetime({ offset: true, error: "is no time in ISO 8601, such as 2026-01-31T12:00:00Z" })
            .optional(),
    },
    answer: z.array(mailboxEntrySchema),
    read: ({ client }, { domain, mailboxType, sharingId: _, ...filter }) =>
        listMailboxes(client, domain, { filter: { ...filter, type: mailboxType } }),
});
/** {@link getMailboxes} with Inputs. */
export const getMailboxesOutput = lookup.output(getMailboxes);
