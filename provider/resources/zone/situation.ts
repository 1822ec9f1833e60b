import { undefinedOn } from "../../api/errors";
import { getRRset, listRecords } from "../../api/records";
import type { Code } from "../../core/codes";
import type { Context } from "../../core/process/context";
import type { Problem } from "../../core/property";
import type { RRset } from "../../dns/rrset";
import { holdersOf } from "./heldBy";
import { type IgnorePattern, ignores } from "./ignore";
import {
    codeOfObstacle,
    described,
    missed,
    obstacleText,
    planZone,
    type Situation,
    some,
    sparedText,
    tooMany,
} from "./plan";
import { APEX_NS, byKey, type RRsets } from "./rrsets";

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
    { domain, rrsets, ignore }: { domain: string; rrsets: RRsets; ignore?: readonly IgnorePattern[] },
    { owned, takesOver, adopt }: { owned: RRsets; takesOver: boolean; adopt: boolean },
): Promise<Situation> {
    const ownKeys = Object.keys(owned);
    const read = await readZone(ctx, domain, [...Object.keys(rrsets), ...ownKeys], { withEmpty: true });
    // Some answers leave TTLs out: then they are as this resource has last known them.
    const there = new Map([...read].map(([key, rrset]) => [key, rrset.withTtl(rrset.ttl ?? owned[key]?.ttl)]));
    const isOthers = othersBusiness(ctx, domain, ignore);
    const held = await holdersOf(ctx, domain, atRisk(there, rrsets, isOthers));
    return { zone: domain, want: rrsets, there, owned: new Set(ownKeys), takesOver, adopt, held, isOthers };
}

/** What a plan may take away: what is not wanted as it is, and nobody else's business. */
function atRisk(there: ReadonlyMap<string, RRset>, want: RRsets, isOthers: (rrset: RRset) => boolean): RRset[] {
    return [...there.values()].filter((rrset) => {
        const wanted = want[rrset.key];
        return wanted === undefined ? !isOthers(rrset) : !rrset.hasValuesOf(wanted);
    });
}

function othersBusiness(ctx: Context, zone: string, ignore: readonly IgnorePattern[] | undefined) {
    const isIgnored = ignores(ignore, zone);
    return (rrset: RRset) => isIgnored(rrset.key) || isDeclaredElsewhere(ctx, rrset);
}

/** Whether a LiveDnsRecord of this run declares the RRset. */
export function isDeclaredElsewhere(ctx: Context, { id }: RRset): boolean {
    return ctx.isDeclared("LiveDnsRecord", id);
}

/** Whether messages leave the values of an RRset out: the program gave its own as a secret. */
export function isSecret(ctx: Context, { key }: RRset): boolean {
    return ctx.secrets.has("rrsets", key);
}

interface NewExclusiveZone {
    rrsets: RRsets;
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
export async function takeOverProblems(ctx: Context, zone: string, wanted: NewExclusiveZone): Promise<Problem[]> {
    const { rrsets, ignore, adopt, maxRemovals, isComplete } = wanted;
    const there = await undefinedOn(readZone(ctx, zone, Object.keys(rrsets), { shared: true }), "invisible");
    if (there === undefined) {
        // A zone that this very run is going to add to LiveDNS. When it should be there, `up` says so.
        return [];
    }
    const problem = (code: Code, reason: string): Problem => ({ path: "", reason: `${zone}: ${reason}`, code });
    const isOthers = othersBusiness(ctx, zone, ignore);
    const held = await holdersOf(ctx, zone, atRisk(there, rrsets, isOthers));
    const plan = planZone({ zone, want: rrsets, there, owned: new Set(), takesOver: true, adopt, held, isOthers });
    const problems = isComplete
        ? plan.obstacles.map((one) => problem(codeOfObstacle(one), obstacleText(one, isSecret(ctx, one.rrset))))
        : [];
    const lost = [...plan.strangers.values()].map((rrset) => described(rrset, isSecret(ctx, rrset)));
    if (lost.length > 0) {
        problems.push(
            problem(
                "already-there",
                `an exclusive zone has all the RRsets of its domain, and would remove ${lost.length} that are there: ` +
                    `${some(lost)}. Put them into it, name them in ignore, or set adopt: true to let them go`,
            ),
        );
    }
    const keys = missed(plan.removals.values());
    const excess = tooMany(keys, maxRemovals);
    if (excess !== undefined) {
        problems.push(problem("too-many-removals", `this ${excess}`));
    } else if (problems.length === 0) {
        const others = new Set(keys);
        const defaults = [...plan.removals.keys()].filter((key) => !others.has(key));
        logRemoval(ctx, zone, "", keys);
        logRemoval(ctx, zone, "what Gandi put into the fresh zone: ", defaults);
        if (plan.spared.size > 0) {
            ctx.log(sparedText(zone, plan.spared.keys(), held));
        }
    }
    return problems;
}

function logRemoval(ctx: Context, zone: string, what: string, keys: readonly string[]): void {
    if (keys.length > 0) {
        ctx.log(`${zone}: taking the zone over removes ${what}${some(keys)}`);
    }
}
