import { didYouMean } from "./knownKeys";
import { SeedError } from "./seedError";
import { ORGANIZATIONS, type OrganizationName } from "./state/accounts";
import { digestOf } from "./state/mailbox";
import { newMailboxSlot } from "./state/mailboxSlot";
import { addMailbox, newMailDomain } from "./state/mailDomain";
import type { MailboxConfigName, RRset, State } from "./state/model";

/** A domain whose mail is at the Mailbox API when the sandbox begins, be it registered here or elsewhere. */
export interface SeedMailDomain {
    /** Its name, in A-labels. */
    fqdn: string;
    /** Default `first`. */
    organization?: OrganizationName;
    /** Its DNS, where its zone is not LiveDNS's, as far as mail looks at it. Default: nothing. */
    records?: (Omit<RRset, "ttl"> & { ttl?: number })[];
    /** Destinations by local part. */
    forwards?: Record<string, string[]>;
    /** Its mailboxes by local part, each in a slot of its own that is paid for a year. Default: `{ postmaster: {} }`, as without one no forward can be made. */
    mailboxes?: Record<string, { config?: MailboxConfigName; aliases?: string[] }>;
}

const KEYS = ["fqdn", "organization", "records", "forwards", "mailboxes"] satisfies (keyof SeedMailDomain)[];

export function mailSeedProblem(seed: unknown): string | undefined {
    if (typeof seed !== "object" || seed === null || typeof (seed as SeedMailDomain).fqdn !== "string") {
        return 'each domain is an object with "fqdn", a string';
    }
    const unknownKey = Object.keys(seed).find((key) => !KEYS.some((known) => known === key));
    if (unknownKey !== undefined) {
        return `unknown key "${unknownKey}"${didYouMean(unknownKey, KEYS)}`;
    }
    const { organization } = seed as SeedMailDomain;
    return organization === undefined || Object.hasOwn(ORGANIZATIONS, organization)
        ? undefined
        : `unknown organization "${organization}"; use ${Object.keys(ORGANIZATIONS).join(", ")}`;
}

/** Adds a domain to the Mailbox API, or replaces it. @throws SeedError */
export function addMailDomain(state: State, seed: SeedMailDomain, now: number): void {
    const problem = mailSeedProblem(seed);
    if (problem !== undefined) {
        throw new SeedError(`${seed?.fqdn}: ${problem}`);
    }
    const { organization: name = "first", records = [], forwards = {}, mailboxes = { postmaster: {} } } = seed;
    const fqdn = seed.fqdn.toLowerCase().replace(/\.$/, "");
    const organization = ORGANIZATIONS[name];
    const dns = records.map(({ ttl = 10800, ...rrset }) => ({ ttl, ...rrset }));
    const domain = newMailDomain({ fqdn, organization, dns });
    for (const [local, destinations] of Object.entries(forwards)) {
        domain.forwards.set(`${local}@${fqdn}`, destinations);
    }
    for (const [local, { config = "standard", aliases = [] }] of Object.entries(mailboxes)) {
        const slot = newMailboxSlot({ organization, config, months: 12, price: 0 }, now);
        state.mailboxSlots.push(slot);
        addMailbox(
            domain,
            { address: `${local}@${fqdn}`, aliases, slot: slot.id, passwordDigest: digestOf(slot.id) },
            now,
        );
    }
    state.mailDomains.set(fqdn, domain);
    const registered = state.domains.get(fqdn);
    if (registered !== undefined) {
        registered.emailOffer = null;
    }
}
