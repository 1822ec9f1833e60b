import { definitions } from "../../provider/resources/kinds";
import type { Sandbox } from "../../sandbox";
import { PERSON } from "./contacts";

/** One kind of resource, for rules that hold for all of them. */
export interface Kind {
    /** Inputs as the engine keeps them, with nothing that is not needed. */
    readonly least: Record<string, unknown>;
    /** Inputs that only count at the moment, each with another value than `least` has, and what that value needs beside it. */
    readonly momentary?: Record<string, unknown>;
    /** Inputs that steer a later read or delete. */
    readonly remembered?: Record<string, unknown>;
    /** Inputs that Gandi is asked for, in updates one after the other; none where no input can be changed at Gandi. */
    readonly updates?: readonly Record<string, unknown>[];
    /** Those of its inputs that are nobody's who does not give them, however much of them there is at Gandi. */
    readonly unmanaged?: readonly string[];
    /** Outputs that ask for an update by themselves. */
    readonly repaired?: Record<string, unknown>;
    /** The domains that have nothing in which there is none of it either. Default: all of them. */
    readonly absentFrom?: readonly string[];
    /** What a state may hold that a refresh finds otherwise at Gandi; none where nothing can drift. */
    readonly drift?: Record<string, unknown>;
}

const PUBLIC_KEY = "mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==";
const SERVERS = ["ns1.example.net", "ns2.example.net"];
/** Each kind has a domain of its own: they do not all tolerate each other. */
export const domainOf = (kind: string) => `${kind.toLowerCase()}.example`;
/** Domains that have nothing: one on LiveDNS, one that is delegated elsewhere, one that nobody has. */
export const [BARE, ELSEWHERE, NOBODYS] = ["bare.example", "elsewhere.example", "nobodys.example"] as const;
const transfer = { admin: PERSON, tech: PERSON, bill: PERSON, duration: 2, currency: "EUR", nameservers: SERVERS };

const KINDS: Readonly<Record<string, Kind>> = {
    AxfrSlave: { least: { domain: domainOf("AxfrSlave"), ip: "192.0.2.53" } },
    DnssecKey: { least: { domain: domainOf("DnssecKey"), algorithm: 13, type: "ksk", publicKey: PUBLIC_KEY } },
    Domain: {
        least: { fqdn: "every-kind.com", owner: PERSON, maxPrice: 20 },
        momentary: {
            duration: 3,
            maxPrice: 99,
            currency: "EUR",
            adopt: true,
            nameservers: SERVERS,
            nameserversIps: { "ns1.example.net": ["192.0.2.1"] },
            reselleeId: "c1c1c1c1-0000-4000-8000-000000000001",
            templateId: "template-1",
            claims: "notice",
            lang: "fre",
            mailboxOptin: false,
            smd: "signed",
            tldPeriod: "sunrise",
            extraParameters: { x: "y" },
            ownerChange: "allow",
            acceptIcannContract: true,
        },
        remembered: { deletionPolicy: "delete" },
        updates: [
            { owner: { ...PERSON, city: "Lyon" }, tags: ["shop"], transferLock: false },
            { owner: { ...PERSON, family: "Turing" }, ownerChange: "allow" },
        ],
        unmanaged: ["owner", "tags", "transferLock"],
        repaired: { ownerChangePending: true },
        absentFrom: [NOBODYS],
        drift: { owner: { ...PERSON, city: "Lyon" } },
    },
    DomainTransfer: {
        least: { fqdn: "every-kind-comes.com", authinfo: "transfer-code-5500", owner: PERSON, maxPrice: 20 },
        momentary: {
            ...transfer,
            authinfo: "another-code-5500",
            owner: { ...PERSON, city: "Lyon" },
            maxPrice: 99,
            mailboxOptin: false,
            extraParameters: { x: "y" },
        },
        repaired: { transferPending: true },
    },
    EmailForward: {
        least: {
            domain: domainOf("EmailForward"),
            source: "Sales",
            destinations: ["bob@example.net", "alice@example.org"],
        },
        momentary: { adopt: true },
        updates: [{ destinations: ["bob@example.net", "Carol@example.org"] }],
        drift: { destinations: ["eve@example.com"] },
    },
    EmailOffer: {
        least: { domain: domainOf("EmailOffer"), antispam: false },
        momentary: { adopt: true },
        updates: [{ antispam: true }, { dkim: true }],
        unmanaged: ["dkim"],
        absentFrom: [NOBODYS],
        drift: { antispam: true },
    },
    GlueRecord: {
        least: { domain: domainOf("GlueRecord"), name: "ns1", ips: ["192.0.2.2", "192.0.2.1"] },
        momentary: { adopt: true },
        updates: [{ ips: ["192.0.2.2", "192.0.2.3"] }],
        drift: { ips: ["192.0.2.99"] },
    },
    LiveDnsDomain: {
        least: { fqdn: domainOf("LiveDnsDomain") },
        momentary: { soaTtl: 900 },
        updates: [{ automaticSnapshots: false }, { dnssec: true }],
        unmanaged: ["dnssec"],
        absentFrom: [ELSEWHERE, NOBODYS],
        drift: { automaticSnapshots: false },
    },
    LiveDnsKey: { least: { domain: domainOf("LiveDnsKey"), flags: 257 }, momentary: { alongside: ["another"] } },
    LiveDnsRecord: {
        least: { domain: domainOf("LiveDnsRecord"), name: "WWW", type: "A", values: ["192.0.2.2", "192.0.2.1"] },
        momentary: { adopt: true },
        updates: [{ values: ["192.0.2.2", "192.0.2.3"] }, { ttl: 600 }],
        drift: { values: ["192.0.2.99"] },
    },
    LiveDnsZone: {
        least: { domain: domainOf("LiveDnsZone"), rrsets: { "zone A": { values: ["192.0.2.2", "192.0.2.1"] } } },
        momentary: { adopt: true, maxRemovals: 3 },
        remembered: { exclusive: true, ignore: ["_acme-challenge.**"], deletionPolicy: "delete" },
        updates: [{ rrsets: { "zone A": { values: ["192.0.2.3"] }, "www A": { values: ["192.0.2.4"] } } }],
        drift: { rrsets: { "zone A": { ttl: 10800, values: ["192.0.2.99"] } } },
    },
    Mailbox: {
        least: { domain: domainOf("Mailbox"), login: "Alice", password: "Correct-horse-123" },
        momentary: { adopt: true, slot: "buy", duration: 12, maxPrice: 50, currency: "EUR" },
        remembered: { deletionPolicy: "delete" },
        updates: [
            { aliases: ["info", "Sales*"], antispam: false, responder: { enabled: true, message: "Away" } },
            { password: "Battery+staple-456", autorenew: { enabled: true, duration: 12 } },
        ],
        unmanaged: ["type", "password", "aliases", "antispam", "responder", "autorenew"],
    },
    MailSlot: {
        least: { domain: domainOf("MailSlot"), type: "standard_2023", duration: 1, maxPrice: 5 },
        momentary: { duration: 12, autorenew: true, maxPrice: 50, currency: "EUR", alongside: ["999"] },
        remembered: { deletionPolicy: "delete" },
    },
    Nameservers: {
        least: { domain: domainOf("Nameservers"), nameservers: SERVERS },
        momentary: { adopt: true },
        remembered: { dnssec: "ignore", deletionPolicy: "livedns" },
        updates: [{ nameservers: ["ns2.example.net", "ns3.example.net"] }],
        absentFrom: [BARE, NOBODYS],
        drift: { nameservers: ["ns9.example.net"] },
    },
    Snapshot: { least: { domain: domainOf("Snapshot") }, updates: [{ name: "renamed" }], drift: { name: "another" } },
    WebRedirection: {
        least: { domain: domainOf("WebRedirection"), host: "Shop", url: "https://example.org/a", type: "permanent" },
        momentary: { override: true, adopt: true, waitForCertificate: true },
        updates: [{ url: "https://example.org/b" }, { type: "temporary" }, { protocol: "httpsonly" }],
        drift: { url: "https://example.net/" },
    },
    TsigKey: {
        least: {},
        momentary: { alongside: ["another"] },
        updates: [{ domains: [domainOf("TsigKey")] }],
        drift: { domains: [domainOf("TsigKey")] },
    },
};

/** By name, so that `it.each` shows it. A kind without an entry is an error. */
export const everyKind: readonly (readonly [name: string, kind: Kind])[] = Object.keys(definitions).map((name) => {
    const kind = KINDS[name];
    if (kind === undefined) {
        throw new Error(`test/harness/everyKind.ts knows no inputs for ${name}`);
    }
    return [name, kind];
});

/** Where there is none of a kind. */
export const absentFrom = ({ absentFrom = [BARE, ELSEWHERE, NOBODYS] }: Kind): readonly string[] => absentFrom;

/** What all the kinds need at Gandi. */
export function seedEveryKind(sandbox: Sandbox): void {
    for (const [kind] of everyKind) {
        sandbox.addDomain({ fqdn: domainOf(kind), zone: "", freeSlots: kind === "Mailbox" ? [{}, {}] : [] });
    }
    sandbox.addDomain({ fqdn: BARE, zone: "" });
    sandbox.addDomain({ fqdn: ELSEWHERE, livedns: false });
}
