import type { AccountDomain } from "./account";

const HEAD = ["domain", "ends", "renews", "delegation", "LiveDNS"] as const;
const DELEGATIONS: Readonly<Record<string, string>> = {
    livedns: "LiveDNS",
    abc: "Gandi's classic",
    other: "elsewhere",
};

/** The domains of an account as a table for people. */
export function overview(domains: readonly AccountDomain[]): string[] {
    const rows = domains.map(({ fqdn, isRegistered, isOnLiveDns, ends, renews, delegation = "" }) => [
        fqdn,
        isRegistered ? (ends?.slice(0, 10) ?? "unknown") : "not registered here",
        renews === undefined ? "-" : renews ? "yes" : "no",
        DELEGATIONS[delegation] ?? (delegation === "" ? "-" : delegation),
        isOnLiveDns ? "yes" : "no",
    ]);
    const all = [[...HEAD], ...rows];
    const widths = HEAD.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
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
