import { type Domain, type EmailOffer, rrsetKey, type State } from "./model";
import { changeRecords, namesakes } from "./zone";

/** The mail of every domain of 2023 and later: nothing free comes with it. */
const NEW_OFFER: EmailOffer = { status: "active", version: 3, antispam: "active", dkim: "inactive" };

/** The names below which DKIM keys are looked for, and the host that each is an alias of. */
const DKIM_SELECTORS = ["gm1", "gm2", "gm3"];
/** In seconds. */
const DKIM_TTL = 1200;

/** An offer, what is not given of it as a new domain's. */
export function emailOffer(given: Partial<EmailOffer> = {}): EmailOffer {
    return { ...NEW_OFFER, ...given };
}

/**
 * Sets what is given of a domain's offer. DKIM that goes on writes the records by which receivers find Gandi's keys.
 *
 * Guess: antispam that is switched for a domain is switched for each of its mailboxes.
 *
 * Guess: it overwrites what stands at these three names, and leaves its records when it goes off.
 */
export function setOffer(domain: Domain, set: Partial<EmailOffer>, state: State, now: number): void {
    if (domain.emailOffer === null) {
        return;
    }
    const goesOn = set.dkim === "active" && domain.emailOffer.dkim === "inactive";
    domain.emailOffer = { ...domain.emailOffer, ...set };
    for (const mailbox of set.antispam === undefined ? [] : domain.mailboxes) {
        mailbox.antispam = set.antispam === "active";
    }
    const zone = goesOn ? state.zones.get(domain.fqdn) : undefined;
    if (zone === undefined) {
        return;
    }
    changeRecords(zone, now, (rrsets) => {
        for (const selector of DKIM_SELECTORS) {
            const name = `${selector}._domainkey`;
            for (const { name: stored, type } of namesakes(zone, name)) {
                rrsets.delete(rrsetKey(stored, type));
            }
            const values = [`${selector}.gandimail.net.`];
            rrsets.set(rrsetKey(name, "CNAME"), { name, type: "CNAME", ttl: DKIM_TTL, values });
        }
    });
}
