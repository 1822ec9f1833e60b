import { isNobodys } from "../../provider/resources/zone/freshZone";
import type { AccountDomain } from "./account";
import type { Inventory } from "./reading";

/** A domain as `--list` shows it. */
export interface DomainOverview {
    readonly fqdn: string;
    /** Its name; undefined where the token reaches one only. */
    readonly organization: string | undefined;
    readonly isRegistered: boolean | undefined;
    readonly isOnLiveDns: boolean | undefined;
    readonly ends: string | undefined;
    readonly renews: boolean | undefined;
    readonly delegation: string | undefined;
    /** How many RRsets its zone has, and how many of them are not those of a fresh zone; undefined without a zone here. */
    readonly rrsets: { readonly all: number; readonly own: number } | undefined;
    /** What differs from a domain as Gandi makes it, RRsets apart. */
    readonly differences: readonly string[];
}

const DELEGATIONS: Readonly<Record<string, string>> = {
    livedns: "LiveDNS",
    abc: "Gandi's classic",
    other: "elsewhere",
};
/** One of a kind, and several. */
const WORDS: Readonly<Record<string, readonly [string, string]>> = {
    Nameservers: ["own nameservers", "own nameservers"],
    GlueRecord: ["glue record", "glue records"],
    DnssecKey: ["DNSSEC key", "DNSSEC keys"],
    LiveDnsKey: ["LiveDNS key", "LiveDNS keys"],
    AxfrSlave: ["secondary", "secondaries"],
    EmailForward: ["forward", "forwards"],
    Mailbox: ["mailbox", "mailboxes"],
    MailSlot: ["mail slot", "mail slots"],
    WebRedirection: ["redirection", "redirections"],
    TsigKey: ["TSIG key", "TSIG keys"],
    Snapshot: ["snapshot", "snapshots"],
};

/** What `--list` says of a domain. */
export function overviewOf({ place, found, rrsets, unreadable }: Inventory): DomainOverview {
    const { fqdn, organization, isRegistered, isOnLiveDns, ends, renews, delegation } = place;
    return {
        fqdn,
        organization,
        isRegistered,
        isOnLiveDns,
        ends,
        renews,
        delegation,
        rrsets: rrsets && { all: rrsets.length, own: rrsets.filter((rrset) => !isNobodys(rrset)).length },
        differences: [
            ...settingsOf(place),
            ...Object.entries(WORDS).flatMap(([kind, [one, several]]) => {
                const { length } = found.filter((each) => each.kind === kind);
                return length === 0
                    ? []
                    : kind === "Nameservers"
                      ? [one]
                      : [`${length} ${length === 1 ? one : several}`];
            }),
            ...(found.some(({ kind, inputs }) => kind === "LiveDnsDomain" && inputs.automaticSnapshots === false)
                ? ["no automatic snapshots"]
                : []),
            ...unreadable.map((kind) => `${WORDS[kind]?.[1] ?? kind} not shown to this token`),
        ],
    };
}

function settingsOf({ isRegistered, status = [], tags = [] }: AccountDomain): string[] {
    const isLocked = status.some((one) => /^(client|server)TransferProhibited$/.test(one));
    return [
        ...(isRegistered && !isLocked ? ["transfer not locked"] : []),
        ...(tags.length > 0 ? [`tags ${tags.join(", ")}`] : []),
    ];
}

/** The domains of an account as a table for people. */
export function overview(domains: readonly DomainOverview[]): string[] {
    const hasOrganizations = new Set(domains.map(({ organization }) => organization)).size > 1;
    const rows = domains.map(
        ({ fqdn, organization, isRegistered, ends, renews, delegation = "", rrsets, differences }) => [
            fqdn,
            ...(hasOrganizations ? [organization ?? "-"] : []),
            isRegistered ? (ends?.slice(0, 10) ?? "unknown") : "not registered here",
            renews === undefined ? "-" : renews ? "yes" : "no",
            DELEGATIONS[delegation] ?? (delegation === "" ? "-" : delegation),
            rrsets === undefined ? "not on LiveDNS" : `${rrsets.all} (${rrsets.own} own)`,
            differences.length === 0 ? "-" : differences.join(", "),
        ],
    );
    const head = ["domain", ...(hasOrganizations ? ["organization"] : []), "ends", "renews", "delegation", "RRsets"];
    const all = [[...head, "beside Gandi's defaults"], ...rows];
    const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
    const total = `${domains.length} ${domains.length === 1 ? "domain" : "domains"}`;
    return [
        ...all.map((row) =>
            row
                .map((cell, at) => cell.padEnd(widths[at]!))
                .join("  ")
                .trimEnd(),
        ),
        total,
    ];
}
