import { getMailDomain as getMailDomainOf, mailDomainSchema } from "../api/mailDomains";
import { type DomainLookupArgs, domainArguments } from "./arguments";
import * as lookup from "./lookup";

/** The arguments of {@link getMailDomain}. */
export interface GetMailDomainArgs extends DomainLookupArgs {}

/** Records that a domain's mail needs. */
export interface MailConfigurationInfo {
    /** `TXT` (the proof of ownership), `MX`, `SPF` or `DKIM`. */
    key: string;
    /** Lines of a zone file, with names relative to the domain. */
    values: string[];
}

/** A domain whose mail is at Gandi's Mailbox API. */
export interface MailDomainInfo {
    /** Whether the DKIM records were there when Gandi looked last. */
    dkim: boolean;
    /** The same of the MX records. */
    mx: boolean;
    /** The same of SPF. */
    spf: boolean;
    /** The same of the proof of ownership. */
    txt: boolean;
    /** Whether the domain is registered at Gandi. */
    internal: boolean;
    /** Whether mail is filtered. */
    antispam: boolean;
    /** Whether its zone is on LiveDNS. */
    isLivedns: boolean;
    /** The records that its mail needs; those that are there may be left out. */
    configuration: MailConfigurationInfo[];
    /** When Gandi looked last, ISO 8601; absent before the first time. */
    dateLastValidation?: string | null;
}

/**
 * What the Mailbox API knows of a domain, such as one that is registered elsewhere, and which DNS records its mail needs.
 * `GET /v5/mailbox/domains/{domain}`
 * @throws LookupError
 */
export const getMailDomain = lookup.plain<GetMailDomainArgs, MailDomainInfo>("getMailDomain")({
    args: domainArguments,
    answer: mailDomainSchema,
    read: ({ client }, { domain }) => getMailDomainOf(client, domain),
});
/** {@link getMailDomain} with Inputs. */
export const getMailDomainOutput = lookup.output(getMailDomain);
