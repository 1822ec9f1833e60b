import { undefinedOn } from "../../api/errors";
import { listRecords } from "../../api/records";
import type { Context } from "../../core/process/context";
import { fqdn, type OwnerName } from "../../dns";
import type { RRset } from "../../dns/rrset";
import { isRedirectors } from "../zone/heldBy";
import { keepCopy } from "../zone/keepCopy";
import { some } from "../zone/plan";
import { byKey } from "../zone/rrsets";

/** Where a redirection stands. */
export interface Host {
    readonly domain: string;
    readonly host: OwnerName;
}

/** What says where a web site is: at the apex Gandi's own record has to take the place of these alone. */
const SITES: readonly string[] = ["A", "AAAA", "ALIAS", "CNAME"];

/** Whether a redirection and an RRset of its host exclude each other: Gandi writes a CNAME there, at the apex an address. */
export function excludes(host: OwnerName, type: string): boolean {
    return host !== "@" || SITES.includes(type);
}

/** The id of the record that Gandi writes for it. */
export function recordOf({ domain, host }: Host): string {
    return `${domain}/${host}/${host === "@" ? "A" : "CNAME"}`;
}

/** The RRsets that a redirection would take the place of: others', and Gandi's own record, which nobody would miss. */
export interface Standing {
    readonly zone: ReadonlyMap<string, RRset>;
    readonly others: readonly RRset[];
    readonly isGandis: boolean;
}

/** What stands at the host now; nothing where its DNS is not LiveDNS's, or not for this token to see. */
export async function standingAt(ctx: Context, { domain, host }: Host, how: { shared: boolean }): Promise<Standing> {
    const list = await undefinedOn(
        listRecords(ctx.client, domain, { withEmpty: true, ...how }),
        "invisible",
        "forbidden",
    );
    const zone = byKey(list ?? [], domain);
    const there = [...zone.values()].filter(({ name, type }) => name === host && excludes(host, type));
    const others = there.filter((rrset) => !isRedirectors(rrset));
    return { zone, others, isGandis: there.length > others.length };
}

/** `www A (192.0.2.1), www TXT ("x")`. */
export function told(rrsets: readonly RRset[]): string {
    return some(rrsets.map(({ key, values }) => `${key} (${some(values)})`));
}

/** Before Gandi overwrites them: keeps a copy of the zone, and says what goes. */
export async function keepBeforeOverwriting(ctx: Context, at: Host): Promise<void> {
    const { zone, others } = await standingAt(ctx, at, { shared: false });
    if (others.length > 0) {
        await keepCopy(ctx, at.domain, zone);
        ctx.log(`${fqdn(at.host, at.domain)}: its redirection overwrites ${told(others)}`);
    }
}
