/** The state of the sandbox as plain data, so that it can be copied (stale reads) and written to a file. */

export interface Organization {
    id: string;
    name: string;
    orgname: string;
    type: "individual" | "company";
    email: string;
    firstname: string;
    lastname: string;
    /** Money on the prepaid account, in `currency`, taxes included. */
    balance: number;
    currency: string;
    /** Deleting a domain is "currently a restricted feature" (the Domain API document): not every organisation may. */
    mayDeleteDomains: boolean;
}

export type TokenStatus = "valid" | "expired" | "unknown";

export interface Token {
    name: string;
    scheme: "Bearer" | "Apikey";
    secret: string;
    status: TokenStatus;
    /** The organisation that requests without a `sharing_id` speak for. */
    organization: string;
    /** Every organisation that this token may name as `sharing_id`. */
    reaches: string[];
    readOnly: boolean;
}

/** An RRset, its values as they were sent. */
export interface RRset {
    /** Relative to the zone, `@` for the apex; in the case that it was made with. */
    name: string;
    /** Upper case. */
    type: string;
    /** Seconds. */
    ttl: number;
    /** In the order that they were sent; TXT in quotes. */
    values: string[];
}

export interface Snapshot {
    id: string;
    name: string;
    createdAt: number;
    automatic: boolean;
    rrsets: RRset[];
}

export interface SigningKey {
    id: string;
    flags: 256 | 257;
    publicKey: string;
    deleted: boolean;
}

export interface Zone {
    fqdn: string;
    organization: string;
    automaticSnapshots: boolean;
    /** TTL of the SOA record in seconds. */
    soaTtl: number;
    serial: number;
    /** RRsets by `rrsetKey`. */
    rrsets: Map<string, RRset>;
    snapshots: Snapshot[];
    keys: SigningKey[];
    /** IPv6 addresses are kept fully expanded. */
    slaves: string[];
    tsig: string[];
}

export interface TsigKey {
    id: string;
    organization: string;
    secret: string;
}

export type Contact = Record<string, unknown>;
export type ContactRole = "admin" | "bill" | "tech";

export interface RegistryKey {
    id: number;
    algorithm: number;
    type: "none" | "zsk" | "ksk";
    public_key: string;
    keytag: number;
    digest: string;
    digest_type: number;
}

export interface ChangeOwner {
    createdAt: number;
    updatedAt: number;
    oldEmail: string;
    newOwner: Contact;
    /** The old owner's e-mail address stays, as it was not unlocked. */
    keepsEmail?: boolean;
    contacts: Partial<Record<ContactRole, Contact>>;
    step: "WAIT" | "DONE" | "ERROR" | "SUPPORT";
}

/** What mail of Gandi's Email API a domain has. */
export interface EmailOffer {
    /** Whether it is in force. */
    status: "active" | "inactive";
    /** 1 is the mail that came free with a domain; 2 and 3 are those with mailboxes that are paid one by one. */
    version: 1 | 2 | 3;
    /** `mixed` where some mailboxes differ. */
    antispam: "active" | "inactive" | "mixed";
    /** Whether mail that goes out is signed. */
    dkim: "active" | "inactive";
}

/** What a mailbox is paid as; a slot holds one of the same type. `free` is what came with a domain before 2023. */
export type MailboxType = "free" | "standard" | "premium" | "standard_2023" | "premium_2023";

/** A place for one mailbox, paid until a date. It is active while a mailbox has it. */
export interface MailSlot {
    /** Gandi counts them. */
    id: number;
    /** That of the mailbox that it can hold. */
    type: MailboxType;
    /** In milliseconds of the sandbox's time. */
    createdAt: number;
    /** In milliseconds of the sandbox's time; its mailbox ends with it. */
    expiresAt: number;
    /** In months, 1 or 12; undefined where it is not renewed by itself. */
    autorenew?: number;
    /** What is paid back where it is deleted now, in EUR; undefined where nothing is. */
    refund?: number;
    /** The organisation that paid it; absent where nobody has. */
    payer?: string;
}

/** An out-of-office reply. */
export interface Responder {
    enabled: boolean;
    message: string;
    /** As they were sent. */
    starts_at?: string;
    ends_at?: string;
}

/** A mailbox of the Email API. */
export interface Mailbox {
    /** A UUID. */
    id: string;
    /** Its local part, in the case that it was made with. */
    login: string;
    /** The slot that it has. */
    slot: number;
    /** SHA-256 of its password, or of the hash that was sent in its place, in hex: the sandbox keeps no password. */
    passwordDigest: string;
    /** Local parts, some with a wildcard. */
    aliases: string[];
    /** Whether mail is filtered. */
    antispam: boolean;
    /** Its out-of-office reply. */
    responder: Responder;
    /** In KB. */
    quotaUsed: number;
    /** In milliseconds of the sandbox's time. */
    createdAt: number;
}

/** A web redirection. */
export interface WebRedirection {
    /** Moved for good, for now, or shown in a frame. */
    type: "http301" | "http302" | "cloak";
    /** Where it leads. */
    url: string;
    /** What its host answers to: `http` alone, `https` as well, or only that. */
    protocol: "http" | "https" | "httpsonly";
    /** In milliseconds of the sandbox's time. */
    createdAt: number;
    /** In milliseconds of the sandbox's time. */
    updatedAt: number;
    /** What `https` and `httpsonly` make Gandi order. */
    certificate?: { id: string; orderedAt: number };
}

export interface Domain {
    id: string;
    fqdn: string;
    organization: string;
    /** The reseller's customer that it was ordered for. */
    resellee?: string;
    createdAt: number;
    updatedAt: number;
    endsAt: number;
    owner: Contact;
    /** A role that is absent is the owner's. */
    contacts: Partial<Record<ContactRole, Contact>>;
    autorenew: { enabled: boolean; duration: number; org_id: string };
    /** Whether automatic renewal was ever on. */
    hasRenewed?: boolean;
    nameservers: string[];
    hosts: Map<string, string[]>;
    /** Destinations of e-mail by local part, in the case that it was made with. */
    forwards: Map<string, string[]>;
    /** Its mail as a whole; null where that is no matter of the Email API. */
    emailOffer: EmailOffer | null;
    /** Those that were bought for it, whether a mailbox has them or not. */
    slots: MailSlot[];
    mailboxes: Mailbox[];
    /** Web redirections by their host, the whole name in lower case. */
    webRedirections: Map<string, WebRedirection>;
    dnskeys: RegistryKey[];
    /** How it stands with LiveDNS's own signing; absent where that was never asked for. */
    liveDnssec?: { state: "activation_error" | "active" | "deactivation_error" | "inactive"; error?: string };
    authinfo: string;
    tags: string[];
    status: string[];
    changeOwner: ChangeOwner | null;
}

/** A mailbox of the Mailbox API. What it is, until when, and whether it renews are its slot's. */
export interface StandaloneMailbox {
    /** The whole address, as it was made. */
    address: string;
    /** Local parts; `*` stands for any characters. */
    aliases: string[];
    /** Whether mail is filtered. */
    antispam: boolean;
    /** Its out-of-office reply. */
    responder: Responder;
    /** SHA-256 of its password, in hex. */
    passwordDigest: string;
    /** In milliseconds of the sandbox's time. */
    createdAt: number;
    /** The id of the slot that it is in. */
    slot: string;
}

export type MailboxConfigName = "standard" | "premium";

/** What a mailbox of the Mailbox API is in, paid for; it belongs to an organisation, and to no domain. */
export interface MailboxSlot {
    /** A UUID. */
    id: string;
    organization: string;
    config: MailboxConfigName;
    createdAt: number;
    expiresAt: number;
    /** In months. */
    lastPaidDuration: 1 | 12;
    /** In months; absent where it is not renewed by itself. */
    autorenew?: 1 | 12;
    /** What was paid for it, taxes included; 0 where nothing is paid back. */
    price: number;
}

/** What Gandi's mail asks of a domain's DNS: proof of ownership, where mail goes, who may send, and signatures. */
export interface MailRecordsFound {
    txt: boolean;
    mx: boolean;
    spf: boolean;
    dkim: boolean;
}

/** A domain whose mail is at the Mailbox API, whether it is registered at Gandi or elsewhere. */
export interface MailDomain {
    fqdn: string;
    organization: string;
    antispam: boolean;
    /** 64 hexadecimal digits, which a TXT record of the domain must show. */
    proof: string;
    /** What was there when its DNS was looked at last. */
    found: MailRecordsFound;
    validatedAt?: number;
    /** Its records, where its zone is not LiveDNS's. */
    dns: RRset[];
    /** Destinations by the whole address, in the case that it was made with. */
    forwards: Map<string, string[]>;
    /** By their address in lower case. */
    mailboxes: Map<string, StandaloneMailbox>;
}

export type OrderStep = "BILL" | "WAIT" | "RUN" | "SUPPORT" | "ERROR" | "DONE";

/** An order of a domain, or of its transfer. */
export interface Order {
    /** A UUID. */
    id: string;
    /** What is bought. */
    kind: "create" | "transfer";
    /** The domain, in A-labels. */
    fqdn: string;
    /** Whose domain it becomes. */
    organization: string;
    /** Who pays, taxes included. The money moves when BILL ends. */
    price: number;
    /** Whether the money has moved. */
    billed: boolean;
    /** Where it is. */
    step: OrderStep;
    /** The last regular step reached: 1 BILL, 2 WAIT, 3 RUN. It survives SUPPORT and ERROR. */
    stepNumber: number;
    /** When the present step ends by itself; null while it waits for someone. */
    stepEndsAt: number | null;
    /** In milliseconds of the sandbox's time. */
    createdAt: number;
    /** Why it ended in ERROR, for programs. */
    errortype?: string;
    /** Why it ended in ERROR, for people. */
    errortype_label?: string;
    /** The order's body. */
    request: Record<string, unknown>;
    /** Whether the trademark claims were accepted. */
    claimAccepted: boolean;
}

/** `UNSHOWN`: the registry has carried it out, or soon will, and takes the next one, but no answer shows it yet. */
export type OperationStatus = "RUN" | "UNSHOWN" | "DONE" | "ERROR" | "SUPPORT";

/** One asynchronous change other than an order; `effect` names an entry of the table in `effects.ts`. */
export interface Operation {
    /** A UUID. */
    id: string;
    /** The domain, in A-labels. */
    fqdn: string;
    /** What it does when it ends. */
    effect: string;
    /** What the effect is made with. */
    payload: Record<string, unknown>;
    /** Where it is. */
    status: OperationStatus;
    /** In milliseconds of the sandbox's time. */
    startedAt: number;
    /** When it ends by itself; null while it waits for someone. */
    endsAt: number | null;
    /** True where the registry does the work: it takes one operation per domain at a time. */
    atRegistry: boolean;
}

export interface Claim {
    notice: string;
    fqdn: string;
    createdAt: number;
    expiresAt: number;
    accepted: boolean;
}

export interface State {
    organizations: Organization[];
    tokens: Token[];
    domains: Map<string, Domain>;
    zones: Map<string, Zone>;
    /** Those at the Mailbox API. */
    mailDomains: Map<string, MailDomain>;
    mailboxSlots: MailboxSlot[];
    /** The changes of forwards that Gandi counts, of both products. */
    forwardChanges: { organization: string; at: number }[];
    tsig: Map<string, TsigKey>;
    orders: Order[];
    operations: Operation[];
    claims: Map<string, Claim>;
    /** Names whose availability was asked once already (`pending-*` names answer `pending` the first time). */
    asked: Set<string>;
    nextKeyId: number;
    nextSlotId: number;
}

/** The key of an RRset in its zone. The name keeps its case, as the server does. */
export function rrsetKey(name: string, type: string): string {
    return `${name} ${type}`;
}
