import { didYouMean } from "./knownKeys";
import { SeedError } from "./seedError";
import { addMailDomain, mailSeedProblem, type SeedMailDomain } from "./seedMail";
import { ORGANIZATIONS, type OrganizationName } from "./state/accounts";
import { expandedAddress, newDomain } from "./state/domain";
import { emailOffer } from "./state/emailOffer";
import { editMailboxes, type MailboxEdit, type SlotEdit, setFreeSlots } from "./state/mailbox";
import type { Contact, ContactRole, EmailOffer, RRset, State } from "./state/model";
import { hostIn, type RedirectionEdit, setRedirection } from "./state/webRedirection";
import { defaultRRsets, hashedNameservers, newZone } from "./state/zone";
import { stored } from "./validation/rdata";
import { DEFAULT_TTL } from "./validation/records";
import { readZoneFile } from "./zoneFile";

/** A domain that the sandbox begins with. */
export interface SeedDomain {
    /** Its name, in A-labels. */
    fqdn: string;
    /** Default `first`. */
    organization?: OrganizationName;
    /** False for a domain that is not on LiveDNS. Default true. */
    livedns?: boolean;
    /** The zone as a master file. Without it and without `records` the zone holds Gandi's default records. */
    zone?: string;
    /** The zone as RRsets, in place of `zone`. */
    records?: { name: string; type: string; ttl?: number; values: string[] }[];
    /** Its owner. Default: Alice. */
    owner?: Contact;
    /** The roles whose contact is not the owner's. */
    contacts?: Partial<Record<ContactRole, Contact>>;
    /** Default: LiveDNS's, or `ns1.example.net` and `ns2.example.net` with `livedns: false`. */
    nameservers?: string[];
    /** Glue records: addresses by host name relative to the domain. */
    hosts?: Record<string, string[]>;
    /** Forwards of e-mail: destinations by local part. */
    forwards?: Record<string, string[]>;
    /** What of its e-mail offer is not as a new domain's; null for a domain whose mail is no matter of the Email API. */
    emailOffer?: Partial<EmailOffer> | null;
    /** Mailboxes by login, each in a slot of its own. */
    mailboxes?: Record<string, MailboxEdit>;
    /** Slots that no mailbox has. Default: none. */
    freeSlots?: SlotEdit[];
    /** Web redirections by host relative to the domain; `type` is `http301`, `protocol` `http` where absent. */
    webRedirections?: Record<string, RedirectionEdit>;
    /** Its tags. Default: none. */
    tags?: string[];
}

/** What a sandbox begins with. */
export interface Seed {
    /** The domains. Default: none. */
    domains?: SeedDomain[];
    /** Those whose mail is at the Mailbox API, whether they are among `domains` or registered elsewhere. Default: none. */
    mailDomains?: SeedMailDomain[];
}

const OWNER: Contact = {
    city: "Paris",
    given: "Alice",
    family: "Doe",
    zip: "75001",
    country: "FR",
    streetaddr: "5 rue neuve",
    data_obfuscated: true,
    mail_obfuscated: true,
    phone: "+33.123456789",
    state: "FR-IDF",
    type: "individual",
    email: "alice@example.org",
    extra_parameters: {},
};

const SEED_KEYS = [
    "fqdn",
    "organization",
    "livedns",
    "zone",
    "records",
    "owner",
    "contacts",
    "nameservers",
    "hosts",
    "forwards",
    "emailOffer",
    "mailboxes",
    "freeSlots",
    "webRedirections",
    "tags",
];

/** Reads a seed from JSON: `{"domains": [{"fqdn": "example.com", …}], "mailDomains": […]}`. @throws SeedError */
export function parseSeed(text: string): Seed {
    let seed: unknown;
    try {
        seed = JSON.parse(text);
    } catch (error) {
        throw new SeedError(`no valid JSON: ${(error as Error).message}`);
    }
    const { domains, mailDomains = [] } = (seed ?? {}) as Seed;
    if (!Array.isArray(domains) || !Array.isArray(mailDomains)) {
        throw new SeedError('a seed is an object with "domains", a list, and maybe "mailDomains", another one');
    }
    const judge = (list: unknown[], name: string, problemOf: (seed: unknown) => string | undefined) =>
        list.forEach((domain, index) => {
            const problem = problemOf(domain);
            if (problem !== undefined) {
                throw new SeedError(`${name}[${index}]: ${problem}`);
            }
        });
    judge(domains, "domains", seedProblem);
    judge(mailDomains, "mailDomains", mailSeedProblem);
    return mailDomains.length > 0 ? { domains, mailDomains } : { domains };
}

function seedProblem(domain: unknown): string | undefined {
    if (typeof domain !== "object" || domain === null || typeof (domain as SeedDomain).fqdn !== "string") {
        return 'each domain is an object with "fqdn", a string';
    }
    const unknownKey = Object.keys(domain).find((key) => !SEED_KEYS.includes(key));
    if (unknownKey !== undefined) {
        return `unknown key "${unknownKey}"${didYouMean(unknownKey, SEED_KEYS)}`;
    }
    const { organization } = domain as SeedDomain;
    return organization === undefined || Object.hasOwn(ORGANIZATIONS, organization)
        ? undefined
        : `unknown organization "${organization}"; use ${Object.keys(ORGANIZATIONS).join(", ")}`;
}

/** Adds the domains of a seed. One that is there already (from a state file) stays as it is. */
export function applySeed(state: State, { domains = [], mailDomains = [] }: Seed, now: number): void {
    for (const domain of domains) {
        if (!state.domains.has(domain.fqdn.toLowerCase())) {
            addDomain(state, domain, now);
        }
    }
    for (const domain of mailDomains) {
        if (!state.mailDomains.has(domain.fqdn.toLowerCase())) {
            addMailDomain(state, domain, now);
        }
    }
}

/** Adds a domain, or replaces it. @throws SeedError */
export function addDomain(state: State, seed: SeedDomain, now: number): void {
    const problem = seedProblem(seed);
    if (problem !== undefined) {
        throw new SeedError(`${seed?.fqdn}: ${problem}`);
    }
    const fqdn = seed.fqdn.toLowerCase().replace(/\.$/, "");
    const organization = ORGANIZATIONS[seed.organization ?? "first"];
    const onLiveDns = seed.livedns ?? true;
    const rrsets = rrsetsOf(seed, fqdn);
    const elsewhere = ["ns1.example.net", "ns2.example.net"];
    const domain = newDomain(
        {
            fqdn,
            organization,
            owner: seed.owner ?? OWNER,
            contacts: seed.contacts,
            nameservers: seed.nameservers ?? (onLiveDns ? hashedNameservers(fqdn) : elsewhere),
        },
        now,
    );
    domain.hosts = new Map(Object.entries(seed.hosts ?? {}).map(([name, ips]) => [name, ips.map(expandedAddress)]));
    domain.forwards = new Map(Object.entries(seed.forwards ?? {}));
    domain.emailOffer = seed.emailOffer === null ? null : emailOffer(seed.emailOffer);
    editMailboxes(state, domain, seed.mailboxes ?? {}, now);
    setFreeSlots(state, domain, seed.freeSlots ?? [], now);
    for (const [host, redirection] of Object.entries(seed.webRedirections ?? {})) {
        setRedirection(domain, hostIn(fqdn, host), redirection, now);
    }
    domain.tags = seed.tags ?? [];
    state.domains.set(fqdn, domain);
    if (onLiveDns) {
        state.zones.set(fqdn, newZone(fqdn, organization, rrsets, now));
    } else {
        state.zones.delete(fqdn);
    }
}

function rrsetsOf({ zone, records }: SeedDomain, fqdn: string): RRset[] {
    if (zone !== undefined) {
        try {
            return readZoneFile(zone, fqdn).rrsets;
        } catch (error) {
            throw new SeedError(`${fqdn}: ${(error as Error).message}`);
        }
    }
    return (
        records?.map(({ name, type, ttl = DEFAULT_TTL, values }) => ({
            name,
            type,
            ttl,
            values: values.map((value) => stored(type, value)),
        })) ?? defaultRRsets()
    );
}
