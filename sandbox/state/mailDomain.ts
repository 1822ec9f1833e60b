import { randomBytes } from "node:crypto";
import {
    type MailDomain,
    type MailRecordsFound,
    type RRset,
    rrsetKey,
    type StandaloneMailbox,
    type State,
} from "./model";
import { changeRecords, namesakes } from "./zone";

/** The records that Gandi's mail asks for, by the word that a validation names them with. */
export const MAIL_RECORDS = ["txt", "mx", "spf", "dkim"] as const;

/** A domain at the Mailbox API, of which nothing has been looked at. */
export function newMailDomain(start: { fqdn: string; organization: string; dns?: RRset[] }): MailDomain {
    return {
        fqdn: start.fqdn,
        organization: start.organization,
        antispam: true,
        proof: randomBytes(32).toString("hex"),
        found: { txt: false, mx: false, spf: false, dkim: false },
        dns: start.dns ?? [],
        forwards: new Map(),
        mailboxes: new Map(),
    };
}

/** The records that the mail of a domain needs, as the document shows them: names relative to the domain, TTLs in seconds. */
export function wantedRecords({ proof }: Pick<MailDomain, "proof">): Record<(typeof MAIL_RECORDS)[number], RRset[]> {
    const selectors = ["gm1", "gm2", "gm3"];
    return {
        txt: [{ name: "mailsa", type: "TXT", ttl: 10800, values: [`"${proof}"`] }],
        mx: [{ name: "@", type: "MX", ttl: 10800, values: ["50 fb.mail.gandi.net.", "10 spool.mail.gandi.net."] }],
        spf: [{ name: "@", type: "TXT", ttl: 10800, values: ['"v=spf1 include:_mailcust.gandi.net ?all"'] }],
        dkim: selectors.map((selector) => ({
            name: `${selector}._domainkey`,
            type: "CNAME",
            ttl: 1200,
            values: [`${selector}.gandimail.net.`],
        })),
    };
}

/**
 * Looks at the DNS of a domain, and notes which of these records are there.
 *
 * Guess: that other records beside them do no harm, that an SPF record counts which includes Gandi's, and that the rest of
 * what was found stays as it is.
 */
export function validate(
    state: State,
    domain: MailDomain,
    what: readonly (keyof MailRecordsFound)[],
    now: number,
): void {
    const there = state.zones.get(domain.fqdn)?.rrsets.values() ?? domain.dns;
    const values = [...there].flatMap(({ name, type, values: all }) =>
        all.map((value) => `${name} ${type} ${value}`.toLowerCase()),
    );
    const wanted = wantedRecords(domain);
    const isThere = (rrset: RRset) =>
        rrset.values.every((value) => values.includes(`${rrset.name} ${rrset.type} ${value}`.toLowerCase()));
    for (const kind of what) {
        domain.found[kind] =
            kind === "spf"
                ? values.some((line) => /^@ txt "v=spf1 .*\binclude:_mailcust\.gandi\.net\b/.test(line))
                : wanted[kind].every(isThere);
    }
    domain.validatedAt = now;
}

/**
 * Writes what the mail of a domain needs into its zone, where that is on LiveDNS.
 *
 * Guess: what has records of this name and type already keeps them.
 */
export function writeMailRecords(state: State, domain: MailDomain, now: number): void {
    const zone = state.zones.get(domain.fqdn);
    if (zone === undefined) {
        return;
    }
    const missing = Object.values(wantedRecords(domain))
        .flat()
        .filter(
            ({ name, type }) => !namesakes(zone, name).some((other) => other.type === type || other.type === "CNAME"),
        );
    if (missing.length > 0) {
        changeRecords(zone, now, (rrsets) => {
            for (const rrset of missing) {
                rrsets.set(rrsetKey(rrset.name, rrset.type), rrset);
            }
        });
    }
}

/** Puts a mailbox into a domain, what is not given of it as one that was just made. */
export function addMailbox(
    domain: MailDomain,
    given: Pick<StandaloneMailbox, "address" | "aliases" | "slot" | "passwordDigest">,
    now: number,
): void {
    const responder = { enabled: false, message: "" };
    domain.mailboxes.set(given.address.toLowerCase(), { antispam: true, responder, createdAt: now, ...given });
}
