/** A text, or one that is made of the domain. */
type OfDomain = string | ((domain: string) => string);

/** A record of a mail provider, below the domain. */
interface ProviderRecord {
    readonly name: string;
    readonly type: "CNAME" | "SRV";
    readonly value: OfDomain;
}

/** What the documentation of a mail provider asks to put into DNS. What it makes for each customer alone is the program's to give. */
interface MailProvider {
    /** Undefined where each customer has servers of their own. */
    readonly mx?: readonly string[];
    /** Who sends for its customers: mechanisms of SPF (RFC 7208, section 5). */
    readonly spf: readonly string[];
    /** What it advises for everybody else. */
    readonly all: "?all" | "~all" | "-all";
    /** Names of DKIM keys by selector. Empty where each customer has keys of their own. */
    readonly dkim: Readonly<Record<string, OfDomain>>;
    /** How programs find its servers: SRV (RFC 6186, RFC 8314), or Microsoft's own way. */
    readonly autoconfiguration: readonly ProviderRecord[];
}

const srv = (name: string, value: string): ProviderRecord => ({ name, type: "SRV", value });

/** By the name under which {@link MailRecordsArgs.mail} knows them. */
export const MAIL_PROVIDERS = {
    // What Gandi puts into a fresh zone by itself, and docs.gandi.net for DKIM.
    gandi: {
        mx: ["10 spool.mail.gandi.net.", "50 fb.mail.gandi.net."],
        spf: ["include:_mailcust.gandi.net"],
        all: "?all",
        dkim: { gm1: "gm1.gandimail.net.", gm2: "gm2.gandimail.net.", gm3: "gm3.gandimail.net." },
        autoconfiguration: [
            srv("_imap._tcp", "0 0 0 ."),
            srv("_imaps._tcp", "0 1 993 mail.gandi.net."),
            srv("_pop3._tcp", "0 0 0 ."),
            srv("_pop3s._tcp", "10 1 995 mail.gandi.net."),
            srv("_submission._tcp", "0 1 465 mail.gandi.net."),
        ],
    },
    // support.google.com/a/answer/16004259 and 33786; its DKIM key is made in the admin console.
    google: {
        mx: ["1 smtp.google.com."],
        spf: ["include:_spf.google.com"],
        all: "~all",
        dkim: {},
        autoconfiguration: [],
    },
    // learn.microsoft.com, "External DNS records required for email in Office 365".
    microsoft365: {
        spf: ["include:spf.protection.outlook.com"],
        all: "-all",
        dkim: {},
        autoconfiguration: [{ name: "autodiscover", type: "CNAME", value: "autodiscover.outlook.com." }],
    },
    // fastmail.help, "Manual DNS configuration".
    fastmail: {
        mx: ["10 in1-smtp.messagingengine.com.", "20 in2-smtp.messagingengine.com."],
        spf: ["include:spf.messagingengine.com"],
        all: "?all",
        dkim: {
            fm1: (domain) => `fm1.${domain}.dkim.fmhosted.com.`,
            fm2: (domain) => `fm2.${domain}.dkim.fmhosted.com.`,
            fm3: (domain) => `fm3.${domain}.dkim.fmhosted.com.`,
        },
        autoconfiguration: [
            srv("_imaps._tcp", "0 1 993 imap.fastmail.com."),
            srv("_submission._tcp", "0 1 587 smtp.fastmail.com."),
        ],
    },
    // proton.me/support/custom-domain; its DKIM names are made for each domain.
    proton: {
        mx: ["10 mail.protonmail.ch.", "20 mailsec.protonmail.ch."],
        spf: ["include:_spf.protonmail.ch"],
        all: "~all",
        dkim: {},
        autoconfiguration: [],
    },
    // support.apple.com/102374
    icloud: {
        mx: ["10 mx01.mail.icloud.com.", "10 mx02.mail.icloud.com."],
        spf: ["include:icloud.com"],
        all: "~all",
        dkim: { sig1: (domain) => `sig1.dkim.${domain}.at.icloudmailadmin.com.` },
        autoconfiguration: [],
    },
} as const satisfies Record<string, MailProvider>;

/** Whose mail a domain has. */
export type MailProviderName = keyof typeof MAIL_PROVIDERS;

export function mailProvider(name: MailProviderName): MailProvider {
    return MAIL_PROVIDERS[name];
}

/** A value that may be made of the domain. */
export function valueFor(value: OfDomain, domain: string): string {
    return typeof value === "string" ? value : value(domain);
}
