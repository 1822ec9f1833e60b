import { GandiError } from "../../api/errors";
import { getRRset, listRecords, type RRset } from "../../api/records";
import type { Context } from "../../core/process/context";
import { DEFAULT_TTL, domainName } from "../../dns";
import type { ZoneRRset } from "./args";
import { type IgnorePattern, ignores } from "./ignore";
import { described, missed, planZone, type Situation, some, tooMany } from "./plan";
import { APEX_NS, byKey, withKnownTtls, type ZoneRRsets } from "./rrsets";
import { isDeclaredElsewhere } from "./zoneDeclarations";

/** The RRsets of a zone by key. The NS of its apex, which lists leave out, are only read where `keys` has them. */
export async function readZone(
    ctx: Context,
    zone: string,
    keys: readonly string[],
    { shared = false, withEmpty = false }: { shared?: boolean; withEmpty?: boolean } = {},
): Promise<Map<string, RRset>> {
    const { client } = ctx;
    const [list, apex] = await Promise.all([
        listRecords(client, zone, { shared, withEmpty }),
        keys.includes(APEX_NS) ? getRRset(client, zone, "@", "NS", { withEmpty }) : undefined,
    ]);
    return byKey(apex === undefined ? list : [...list, apex], zone);
}

/** The zone as it is at this moment, beside what is wanted. */
export async function situationOf(
    ctx: Context,
    want: { domain: string; rrsets: ZoneRRsets; ignore?: readonly IgnorePattern[] },
    { owned, takesOver, adopt }: { owned: ZoneRRsets; takesOver: boolean; adopt: boolean },
): Promise<Situation> {
    const zone = domainName(want.domain);
    const ownKeys = Object.keys(owned);
    const read = await readZone(ctx, zone, [...Object.keys(want.rrsets), ...ownKeys], { withEmpty: true });
    const there = withKnownTtls(read, owned);
    const isOthers = othersBusiness(ctx, zone, want.ignore);
    const isSecret = (key: string) => ctx.secrets.has("rrsets", key);
    return { zone, want: want.rrsets, there, owned: new Set(ownKeys), takesOver, adopt, isOthers, isSecret };
}

function othersBusiness(ctx: Context, zone: string, ignore: readonly IgnorePattern[] | undefined) {
    const isIgnored = ignores(ignore, zone);
    return (key: string) => isIgnored(key) || isDeclaredElsewhere(ctx, zone, key);
}

interface NewExclusiveZone {
    rrsets: Readonly<Record<string, Partial<ZoneRRset>>>;
    ignore?: readonly IgnorePattern[] | undefined;
    adopt: boolean;
    maxRemovals: number;
    /** Whether all of `rrsets` is known. */
    isComplete: boolean;
}

/**
 * Why a new exclusive zone can't take over what is there. The one listing of preview, so that nobody's RRsets go without
 * a word.
 */
export async function takeOverProblems(ctx: Context, zone: string, wanted: NewExclusiveZone): Promise<string[]> {
    const { rrsets, ignore, adopt, maxRemovals, isComplete } = wanted;
    let there: Map<string, RRset>;
    try {
        there = await readZone(ctx, zone, Object.keys(rrsets), { shared: true });
    } catch (error) {
        // A zone that this very run is going to add to LiveDNS. When it should be there, `up` says so.
        if (GandiError.is(error, "invisible")) {
            return [];
        }
        throw error;
    }
    const want = Object.fromEntries(
        Object.entries(rrsets).map(([key, { ttl, values }]) => [
            key,
            { ttl: ttl ?? DEFAULT_TTL, values: values ?? [] },
        ]),
    );
    const isOthers = othersBusiness(ctx, zone, ignore);
    const isSecret = (key: string) => ctx.secrets.has("rrsets", key);
    const plan = planZone({ zone, want, there, owned: new Set(), takesOver: true, adopt, isOthers, isSecret });
    const problems = isComplete ? plan.obstacles.map((obstacle) => `${zone}: ${obstacle}`) : [];
    const lost = [...plan.strangers].map(([key, rrset]) => described(key, rrset, isSecret(key)));
    if (lost.length > 0) {
        problems.push(
            `${zone}: an exclusive zone has all the RRsets of its domain, and would remove ${lost.length} that are there: ` +
                `${some(lost)}. Put them into it, name them in ignore, or set adopt: true to let them go`,
        );
    }
    const removed = [...plan.removals].map(([key, { rrset_values }]) => [key, rrset_values] as const);
    const keys = missed(removed, zone);
    const excess = tooMany(keys, maxRemovals);
    if (excess !== undefined) {
        problems.push(`${zone}: this ${excess}`);
    } else if (problems.length === 0) {
        const others = new Set(keys);
        const defaults = [...plan.removals.keys()].filter((key) => !others.has(key));
        logRemoval(ctx, zone, "", keys);
        logRemoval(ctx, zone, "what Gandi put into the fresh zone: ", defaults);
    }
    return problems;
}

function logRemoval(ctx: Context, zone: string, what: string, keys: readonly string[]): void {
    if (keys.length > 0) {
        ctx.log(`${zone}: taking the zone over removes ${what}${some(keys)}`);
    }
}
