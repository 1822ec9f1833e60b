import * as pulumi from "@pulumi/pulumi";
import { messageOf } from "../core/failures";
import type { Timeouts } from "../core/inputs/timeouts";
import { ProgramError } from "../core/program/programError";
import { domainName } from "../dns";
import { LiveDnsRecord } from "../resources/zone/liveDnsRecord";
import { MAIL_PROVIDERS, type MailProviderName, mailProvider, valueFor } from "./mailProviders";
import { isSpf, senderProblem, spfRecord } from "./spf";

export type { MailProviderName } from "./mailProviders";

/** What {@link MailRecords} makes records of. */
export interface MailRecordsArgs {
    /** The zone's domain, e.g. `example.com`. It must be on LiveDNS. */
    domain: pulumi.Input<string>;
    /** Whose mail it is: `gandi`, `google`, `microsoft365`, `fastmail`, `proton` or `icloud`. Default: `gandi`. */
    mail?: MailProviderName;
    /**
     * The MX values, such as `10 mail.example.net.`, in place of the provider's. `microsoft365` has none for everybody: copy
     * it from its admin centre. Default: the provider's.
     */
    mx?: readonly pulumi.Input<string>[];
    /**
     * DKIM keys by selector: the name that it points at, with a final dot (a CNAME), or the key itself (`v=DKIM1; …`, a
     * TXT). They come beside those that the provider has for everybody.
     */
    dkim?: Readonly<Record<string, pulumi.Input<string>>>;
    /**
     * Who else sends for the domain: mechanisms of SPF such as `include:_spf.example.net` or `ip4:192.0.2.1`. Default: nobody.
     */
    senders?: readonly pulumi.Input<string>[];
    /** What SPF says of everybody else. Default: what the provider advises, for Gandi `?all`. */
    spfAll?: "?all" | "~all" | "-all";
    /**
     * The other TXT values at the apex, such as proofs of ownership. The TXT of a name are one RRset, so that all of them stand
     * here; a second SPF is refused. Default: none.
     */
    apexTxt?: readonly pulumi.Input<string>[];
    /** The DMARC record (RFC 7489); false for none. Default: `v=DMARC1; p=none`, which changes no delivery. */
    dmarc?: pulumi.Input<string> | false;
    /** Whether mail programs find the servers by DNS. Default: true. */
    autoconfiguration?: boolean;
    /**
     * The value of the TXT `mailsa`, which proves to Gandi's Mailbox API who has a domain that is registered elsewhere:
     * {@link getMailDomain} tells it. Default: none.
     */
    ownership?: pulumi.Input<string>;
    /** Whole seconds that resolvers may cache them: 300 to 2592000. Default: 10800. */
    ttl?: pulumi.Input<number>;
    /** Take over RRsets that are there with other values. Default: false, which makes them an error. */
    adopt?: pulumi.Input<boolean>;
    /** The organisation that owns the zone (a UUID), where it is not the configured one. */
    sharingId?: pulumi.Input<string>;
    /** Time limits of one operation on each record. Default: 300 s. */
    timeouts?: pulumi.Input<Timeouts>;
}

/** The arguments of {@link MailRecords.entries}. */
export type MailEntriesArgs = Omit<MailRecordsArgs, "adopt" | "sharingId" | "timeouts">;

/** One record: an entry of a zone, or the arguments of a record. */
export interface MailRecord {
    /** The owner name, relative to the zone. */
    name: string;
    /** The record type. */
    type: "CNAME" | "MX" | "SRV" | "TXT";
    /** The values. */
    values: readonly pulumi.Input<string>[];
    /** Whole seconds that resolvers may cache it. */
    ttl?: pulumi.Input<number>;
}

const TYPE = "pulumi-gandi:index:MailRecords";

/**
 * The DNS of a domain's mail as one component: MX, SPF, DKIM, DMARC and what mail programs find the servers by, for Gandi's
 * mail or for another provider, each as a {@link LiveDnsRecord}. Where the zone is a {@link LiveDnsZone},
 * {@link MailRecords.entries} gives the same as entries for its `records`.
 *
 * What Gandi has put into a fresh zone is taken as it is; RRsets that are there with other values are an error, as of
 * every LiveDnsRecord, unless `adopt` is set. The TXT at the apex are one RRset: give the others' values in `apexTxt`.
 *
 * DMARC begins with `p=none`: nothing that is delivered today is lost. Make it stricter when the reports say so.
 * @example
 * new gandi.MailRecords("mail", {
 *     domain: "example.com",
 *     senders: ["include:_spf.newsletter.example"],
 *     apexTxt: ["site-verification=abc"],
 *     dmarc: "v=DMARC1; p=none; rua=mailto:dmarc@example.com",
 * });
 * @example
 * new gandi.LiveDnsZone("example", {
 *     domain: "example.com",
 *     records: [
 *         { name: "www", type: "A", values: ["192.0.2.1"] },
 *         ...gandi.MailRecords.entries({ domain: "example.com", mail: "fastmail" }),
 *     ],
 * });
 */
export class MailRecords extends pulumi.ComponentResource {
    /** The records, by owner name and type: `"@ MX"`. */
    public readonly records: Readonly<Record<string, LiveDnsRecord>>;

    /**
     * The same records as entries for a {@link LiveDnsZone}.
     * @throws pulumi.RunError for what no mail can be made of, such as two SPF
     */
    static entries(args: MailEntriesArgs): MailRecord[] {
        return entriesOf("gandi.MailRecords.entries", args);
    }

    /** Whether a value is a MailRecords, of whichever copy of this package. */
    static override isInstance(value: unknown): value is MailRecords {
        return (value as { __pulumiType?: string } | undefined)?.__pulumiType === TYPE;
    }

    /**
     * Declares the records of a domain's mail.
     * @throws pulumi.RunError for what no mail can be made of, such as two SPF
     */
    constructor(name: string, args: MailRecordsArgs, opts?: pulumi.ComponentResourceOptions) {
        super(TYPE, name, {}, opts);
        const { domain, adopt, sharingId, timeouts } = args;
        const entries = entriesOf(`gandi.MailRecords "${name}"`, args).map((entry) => {
            const owner = entry.name === "@" ? "apex" : entry.name;
            const child = `${name}-${owner}-${entry.type.toLowerCase()}`;
            const given = { ...entry, domain, adopt, sharingId, timeouts };
            return [`${entry.name} ${entry.type}`, new LiveDnsRecord(child, given, { parent: this })] as const;
        });
        this.records = Object.fromEntries(entries);
        this.registerOutputs({});
    }
}

/** @param who how messages call what has been given these arguments */
function entriesOf(who: string, args: MailEntriesArgs): MailRecord[] {
    const refuse = (reason: string): never => {
        throw new ProgramError("invalid-input", `${who}: ${reason}`);
    };
    const { mail = "gandi", ttl, dkim = {}, dmarc = "v=DMARC1; p=none", autoconfiguration = true } = args;
    if (!Object.hasOwn(MAIL_PROVIDERS, mail)) {
        refuse(`mail: "${mail}" is none of ${Object.keys(MAIL_PROVIDERS).join(", ")}`);
    }
    const provider = mailProvider(mail);
    const mx = args.mx ?? provider.mx ?? refuse(`mx: is required, as ${mail} has other servers for each customer`);
    const common = ttl === undefined ? {} : { ttl };
    const record: MakeRecord = (name, type, values) => ({ name, type, values, ...common });
    const ofDomain = (value: Parameters<typeof valueFor>[0]) =>
        typeof value === "string" ? value : map(args.domain, (domain) => valueFor(value, domainName(domain)));

    const keys = { ...provider.dkim, ...dkim };
    return [
        record("@", "MX", mx),
        record("@", "TXT", [spfOf(args, refuse), ...others(args, refuse)]),
        ...Object.entries(keys).flatMap(([selector, key]) => {
            if (!/^[\w-]+(\.[\w-]+)*$/.test(selector)) {
                refuse(`dkim: "${selector}" is no selector, such as "s1"`);
            }
            return dkimRecord(
                `${selector}._domainkey`,
                typeof key === "function" ? ofDomain(key) : key,
                refuse,
                record,
            );
        }),
        ...(dmarc === false ? [] : [record("_dmarc", "TXT", [map(dmarc, (text) => dmarcOf(text, refuse))])]),
        ...(autoconfiguration
            ? provider.autoconfiguration.map(({ name, type, value }) => record(name, type, [ofDomain(value)]))
            : []),
        ...(args.ownership === undefined ? [] : [record("mailsa", "TXT", [args.ownership])]),
    ];
}

type Refuse = (reason: string) => never;
type MakeRecord = (name: string, type: MailRecord["type"], values: MailRecord["values"]) => MailRecord;

function spfOf({ mail = "gandi", senders = [], spfAll }: MailEntriesArgs, refuse: Refuse): pulumi.Input<string> {
    const provider = mailProvider(mail);
    return mapAll(senders, (mechanisms) => {
        for (const [index, mechanism] of mechanisms.entries()) {
            const problem = senderProblem(mechanism);
            if (problem !== undefined) {
                refuse(`senders[${index}]: ${problem}`);
            }
        }
        try {
            return spfRecord([...provider.spf, ...mechanisms], spfAll ?? provider.all);
        } catch (error) {
            return refuse(`senders: ${messageOf(error)}`);
        }
    });
}

function others({ apexTxt = [] }: MailEntriesArgs, refuse: Refuse): pulumi.Input<string>[] {
    return apexTxt.map((value, index) =>
        map(value, (text) =>
            isSpf(text)
                ? refuse(
                      `apexTxt[${index}]: is a second SPF, and a domain with two has none (RFC 7208, section 4.5). ` +
                          "Put its mechanisms into senders",
                  )
                : text,
        ),
    );
}

/** What a selector stands for says what it is. Of what is not known yet nobody can tell: a CNAME, as most have. */
function dkimRecord(name: string, key: pulumi.Input<string>, refuse: Refuse, record: MakeRecord): MailRecord[] {
    if (typeof key !== "string") {
        return [record(name, "CNAME", [key])];
    }
    if (/^"?v=DKIM1\b/i.test(key.trim())) {
        return [record(name, "TXT", [key])];
    }
    if (!/^[\w-]+(\.[\w-]+)+\.$/.test(key)) {
        refuse(`dkim: "${key}" is neither a name with a final dot nor a key that begins with v=DKIM1`);
    }
    return [record(name, "CNAME", [key])];
}

function dmarcOf(text: string, refuse: Refuse): string {
    return /^v=DMARC1\s*;\s*p=(none|quarantine|reject)\b/i.test(text)
        ? text
        : refuse(`dmarc: "${text}" does not begin with v=DMARC1; p=none, p=quarantine or p=reject (RFC 7489)`);
}

/** What is known now is judged now, in the program's own line; the rest when it resolves. */
function map<T>(value: pulumi.Input<string>, work: (text: string) => T): T | pulumi.Output<T> {
    return typeof value === "string" ? work(value) : pulumi.output(value).apply(work as never);
}

function mapAll<T>(values: readonly pulumi.Input<string>[], work: (texts: string[]) => T): T | pulumi.Output<T> {
    return values.every((value) => typeof value === "string")
        ? work([...(values as string[])])
        : pulumi.all([...values]).apply(work as never);
}
