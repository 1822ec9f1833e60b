import type { Client } from "../../provider/api/client";
import { type DnsKey, listDnsKeys } from "../../provider/api/dnskeys";
import { type Domain, getDomain, getLiveDnsStatus } from "../../provider/api/domains";
import { GandiError, undefinedOn } from "../../provider/api/errors";
import { type KeyEntry, listKeys } from "../../provider/api/keys";
import { getLiveDnsDomain } from "../../provider/api/livednsDomains";
import { messageOf } from "../../provider/core/failures";
import { type CheckResult, ok, problem, untold, warning } from "./checkResult";

const SOON = 30 * 86_400_000;

/** What is known of a domain beside its results. */
export interface CheckedDomain {
    readonly results: readonly CheckResult[];
    /** Whether its zone on LiveDNS is what resolvers ask. */
    readonly isServed: boolean;
    /** Those that the registry names. */
    readonly nameservers: readonly string[];
}

/** Whether a domain can be seen, is served by LiveDNS, and is signed as the registry says. */
export async function checkDomain(client: Client, domain: string): Promise<CheckedDomain> {
    try {
        const [registered, zone] = await Promise.all([
            undefinedOn(getDomain(client, domain), "invisible"),
            undefinedOn(getLiveDnsDomain(client, domain), "invisible"),
        ]);
        if (registered === undefined && zone === undefined) {
            // In the words of the API about the domain itself.
            await getDomain(client, domain);
        }
        const delegation = registered && (await getLiveDnsStatus(client, domain));
        const isServed = zone !== undefined && delegation?.current === "livedns";
        const keys = registered && (await listDnsKeys(client, domain));
        const signing = zone && (await undefinedOn(listKeys(client, domain), "invisible", "notFound"));
        return {
            isServed,
            nameservers: registered?.nameservers ?? [],
            results: [
                registered
                    ? lifeOf(domain, registered)
                    : untold(domain, "is registered elsewhere, or this token may not see it"),
                served(domain, { isServed, hasZone: zone !== undefined, current: delegation?.current }),
                ...(keys === undefined ? [] : [dnssec(domain, keys, isServed ? (signing ?? []) : undefined)]),
            ],
        };
    } catch (error) {
        if (!GandiError.is(error)) throw error;
        return { results: [problem(domain, messageOf(error))], isServed: false, nameservers: [] };
    }
}

function lifeOf(domain: string, { dates, autorenew }: Domain): CheckResult {
    const ends = dates.registry_ends_at;
    const until = ends === undefined ? "" : ` until ${ends.slice(0, 10)}`;
    const renews = autorenew.enabled ? "renews itself" : "does not renew itself";
    const isShort = ends !== undefined && Date.parse(ends) - Date.now() < SOON;
    const says = `registered${until}, ${renews}`;
    return isShort && !autorenew.enabled ? warning(domain, `${says}: it ends within 30 days`) : ok(domain, says);
}

function served(
    domain: string,
    { isServed, hasZone, current }: { isServed: boolean; hasZone: boolean; current: string | undefined },
): CheckResult {
    if (isServed) return ok(domain, "on LiveDNS, whose nameservers the registry names");
    if (!hasZone) return ok(domain, "not on LiveDNS: records can't be declared");
    return current === undefined
        ? untold(domain, "on LiveDNS; whether the registry names its nameservers is not told")
        : warning(
              domain,
              "on LiveDNS, but the registry names other nameservers: its records are not what resolvers see",
          );
}

/** @param signing the keys of the zone; undefined where it is signed elsewhere */
export function dnssec(
    domain: string,
    registry: readonly DnsKey[],
    signing: readonly KeyEntry[] | undefined,
): CheckResult {
    const tags = (keys: readonly DnsKey[]) => keys.map(({ keytag }) => keytag).join(", ");
    if (signing === undefined) {
        return registry.length === 0
            ? ok(domain, "without DNSSEC")
            : untold(domain, `DNSSEC: the registry has ${tags(registry)}; whoever serves the zone must sign with it`);
    }
    const live = signing.filter(({ deleted }) => !deleted);
    const dangling = registry.filter((key) => !live.some((one) => isDsOf(one, key)));
    if (registry.length === 0) {
        return live.length === 0
            ? ok(domain, "without DNSSEC")
            : warning(domain, "DNSSEC: the zone is signed, but the registry has no key, so that nobody checks it");
    }
    if (dangling.length === registry.length) {
        return problem(
            domain,
            `DNSSEC is broken: the registry has ${tags(registry)}, and the zone is signed by no such key`,
        );
    }
    return dangling.length > 0
        ? warning(domain, `DNSSEC: the registry has ${tags(dangling)}, by which the zone is not signed`)
        : ok(domain, `DNSSEC: signed by ${tags(registry)}, as the registry says`);
}

/** Whether a key of the zone is the one at the registry: by its DS record, `example.com. 3600 IN DS 12345 13 2 49fd…`. */
function isDsOf({ ds }: KeyEntry, { keytag, algorithm, digest_type, digest }: DnsKey): boolean {
    const [, tag, algo, type, hash = ""] = /\bDS\s+(\d+)\s+(\d+)\s+(\d+)\s+([\da-f\s]+)/i.exec(ds ?? "") ?? [];
    if (Number(tag) !== keytag || Number(algo) !== algorithm) return false;
    return Number(type) !== digest_type || hash.replace(/\s/g, "").toLowerCase() === digest.toLowerCase();
}
