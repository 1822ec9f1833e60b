import { type Api, type Call, normalFqdn } from "../access";
import { json } from "../answers";
import { missingStandaloneMailbox, notFound } from "../errors";
import { pagedPlainly } from "../paging";
import { isoDate } from "../state/clock";
import type { MailboxConfigName, MailDomain, StandaloneMailbox } from "../state/model";
import { Fields } from "../validation/fields";
import { isSeen, visibleMailDomain } from "./mailDomains";

const MAILBOXES = "/mailbox/mailboxes";
const MAILBOX = `${MAILBOXES}/:email` as const;

/** What a mailbox can be: 10 GB and 50 GB. The ids are the sandbox's own. */
const CONFIGS: Record<MailboxConfigName, { name: string; label: string; quota_kb: number; uuid: string }> = {
    standard: {
        name: "standard",
        label: "Standard 10Gb",
        quota_kb: 10 * 1024 * 1024,
        uuid: "5156f876-0000-4000-8000-000000000010",
    },
    premium: {
        name: "premium",
        label: "Premium 50Gb",
        quota_kb: 50 * 1024 * 1024,
        uuid: "5156f876-0000-4000-8000-000000000050",
    },
};

/** Mailboxes of the Mailbox API: `mailbox/mailboxes…`, by their addresses, of all domains in one list. */
export function standaloneMailboxRoutes(api: Api): void {
    api.get(MAILBOXES, (call) => {
        const url = new URL(call.req.url);
        const query = new Fields(Object.fromEntries(url.searchParams), "querystring");
        const [address, domainPart, localPart, search] = ["address", "domain_part", "local_part", "search"].map(
            (name) => query.string(name)?.toLowerCase(),
        );
        query.done("email");
        const domains = [...call.var.world.state.mailDomains.values()].filter((one) => isSeen(call, one.organization));
        const shown = domains.flatMap((domain) =>
            [...domain.mailboxes]
                .filter(
                    ([key]) =>
                        (address ?? key) === key &&
                        (domainPart ?? domain.fqdn) === domain.fqdn &&
                        (localPart ?? localPartOf(key)) === localPartOf(key) &&
                        key.includes(search ?? ""),
                )
                .map(([, mailbox]) => view(call, domain, mailbox)),
        );
        return pagedPlainly(url, shown);
    });
    api.get(MAILBOX, (call) => {
        const { domain, mailbox } = knownMailbox(call, call.req.param("email"));
        return json({ ...view(call, domain, mailbox), ...details(mailbox) });
    });
}

function knownMailbox(call: Call, given: string): { domain: MailDomain; mailbox: StandaloneMailbox } {
    const fqdn = normalFqdn(given.slice(given.lastIndexOf("@") + 1));
    if (!given.includes("@")) {
        throw notFound("email");
    }
    const domain = visibleMailDomain(call, fqdn);
    const mailbox = domain.mailboxes.get(`${localPartOf(given)}@${fqdn}`.toLowerCase());
    if (mailbox === undefined) {
        throw missingStandaloneMailbox(given);
    }
    return { domain, mailbox };
}

function localPartOf(address: string): string {
    return address.slice(0, address.lastIndexOf("@"));
}

function view(call: Call, domain: MailDomain, { address, antispam, config, createdAt, expiresAt }: StandaloneMailbox) {
    return {
        address,
        antispam,
        config: CONFIGS[config],
        created_at: isoDate(createdAt),
        data_access: true,
        domain_part: domain.fqdn,
        expires_at: isoDate(expiresAt),
        internal_domain: call.var.world.state.domains.has(domain.fqdn),
    };
}

/** Guess: aliases, responder and autorenew of a mailbox are read as they are written, which the reference has lost. */
function details({ aliases, responder, autorenew }: StandaloneMailbox) {
    return {
        aliases,
        responder: {
            activated: responder.enabled,
            message: responder.message,
            starts_at: responder.startsAt,
            ends_at: responder.endsAt,
        },
        autorenew: { activated: autorenew.enabled, duration: autorenew.duration },
    };
}
