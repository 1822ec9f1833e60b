import { GandiError } from "../../api/errors";
import { createRRset, deleteRRset, putRRset, putZone } from "../../api/records";
import { codeOf } from "../../core/codes";
import { Failure, messageOf, PartlyMade } from "../../core/failures";
import type { Context } from "../../core/process/context";
import type { RRset } from "../../dns/rrset";
import { keepCopy } from "./keepCopy";
import { type Situation, some, wholeZone, type ZonePlan } from "./plan";
import { APEX_NS, wireForm } from "./rrsets";
import { isDeclaredElsewhere } from "./situation";

/** More changes than this are one PUT of the whole zone, where the zone is all ours. */
const FEW = 20;
/** Changes under way at a time. */
const AT_ONCE = 8;

export interface CarryOutOptions {
    /** Whether many changes may be one PUT of the whole zone. Only where the zone is all ours. */
    readonly wholesale: boolean;
    /** Whether a snapshot goes before few changes, too. */
    readonly snapshot?: boolean;
}

/** Carries out a plan. What stands of ours then, or when it fails half-way, is the answer, or in the error. */
export async function carryOut(
    ctx: Context,
    situation: Situation,
    plan: ZonePlan,
    { wholesale, snapshot = false }: CarryOutOptions,
): Promise<RRset[]> {
    const { zone } = situation;
    const isMuch = wholesale && plan.writes.length + plan.removals.size > FEW;
    const whole = isMuch && knowsWhatStays(situation, plan);
    if (isMuch || snapshot) {
        await keepCopy(ctx, zone, situation.there);
    }
    if (whole) {
        await replaceZone(ctx, situation, plan);
        return standing(situation, plan, ALL);
    }
    const done = new Set<string>();
    const changes = changesOf(ctx, zone, plan);
    const failures = await inOrder(changes, done);
    if (failures.length === 0) {
        return standing(situation, plan, ALL);
    }
    const uncertain = new Set(
        failures
            .filter(({ error }) => ctx.signal.aborted || GandiError.mayHaveWorked(error))
            .map(({ change }) => change.key),
    );
    const trouble = codeOf(failures[0]!.error);
    const message = failureMessage(zone, changes.flat(), done, failures);
    if (done.size + uncertain.size === 0) {
        throw new Failure(trouble, message);
    }
    // What may be ours counts as ours: an RRset of which nobody knows could never be removed again.
    const outcome = {
        written: (key: string) => done.has(key) || uncertain.has(key),
        removed: (key: string) => done.has(key),
    };
    throw new PartlyMade(trouble, message, standing(situation, plan, outcome));
}

/**
 * Whether what others have in the zone could be sent back as it is: a PUT of the whole zone sets an RRset's TTL to its
 * default where the body has none, and some answers leave TTLs out.
 */
function knowsWhatStays({ want, there }: Situation, { removals }: ZonePlan): boolean {
    return [...there.values()].every(({ key, ttl }) => key in want || removals.has(key) || ttl !== undefined);
}

/** The whole zone in one request: all of it or nothing. */
async function replaceZone(ctx: Context, situation: Situation, plan: ZonePlan): Promise<void> {
    const { zone } = situation;
    const remove_apex_ns = plan.removals.has(APEX_NS) ? true : undefined;
    await putZone(ctx.client, zone, wholeZone(situation, plan), { remove_apex_ns });
}

interface SingleChange {
    readonly key: string;
    /** For people: `www A`, `removal of www A`. */
    readonly title: string;
    run(): Promise<unknown>;
}

/** The single calls, in groups that may go side by side: one for each name, as its types may exclude each other. */
function changesOf(ctx: Context, zone: string, { writes, removals }: ZonePlan): SingleChange[][] {
    const { client } = ctx;
    const groups = new Map<string, { writes: SingleChange[]; removals: SingleChange[]; cname: boolean }>();
    const add = (list: "writes" | "removals", { name, type }: RRset, change: SingleChange) => {
        const group = groups.get(name) ?? { writes: [], removals: [], cname: false };
        group[list].push(change);
        group.cname ||= type === "CNAME";
        groups.set(name, group);
    };
    for (const { rrset, there } of writes) {
        const wire = wireForm(rrset, there?.storedName);
        const run = () => (there === undefined ? createRRset(client, zone, wire) : putRRset(client, zone, wire));
        add("writes", rrset, { key: rrset.key, title: rrset.key, run });
    }
    for (const [key, rrset] of removals) {
        const run = async () => {
            // Asked again now: a resource that takes it over may have been declared meanwhile.
            if (!isDeclaredElsewhere(ctx, rrset)) {
                await deleteRRset(client, zone, rrset.storedName, rrset.type);
            }
        };
        add("removals", rrset, { key, title: `removal of ${key}`, run });
    }
    // A CNAME tolerates nothing beside it for a moment; elsewhere the new stands before the old goes.
    return [...groups.values()].map((group) =>
        group.cname ? [...group.removals, ...group.writes] : [...group.writes, ...group.removals],
    );
}

interface FailedChange {
    readonly change: SingleChange;
    readonly error: unknown;
}

/** Some groups at a time. The first failure ends it: the next one would mostly fail for the same reason. */
async function inOrder(groups: readonly SingleChange[][], done: Set<string>): Promise<FailedChange[]> {
    const failures: FailedChange[] = [];
    const waiting = [...groups];
    const work = async () => {
        for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
            for (const change of group) {
                if (failures.length > 0) {
                    return;
                }
                try {
                    await change.run();
                    done.add(change.key);
                } catch (error) {
                    failures.push({ change, error });
                }
            }
        }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return failures;
}

interface Outcome {
    written(key: string): boolean;
    removed(key: string): boolean;
}

const ALL: Outcome = { written: () => true, removed: () => true };

/** What of ours is in the zone after these changes. */
function standing({ want, there }: Situation, plan: ZonePlan, { written, removed }: Outcome): RRset[] {
    const writes = new Map(plan.writes.map(({ rrset }) => [rrset.key, rrset] as const).filter(([key]) => written(key)));
    const left = [...plan.removals].filter(([key]) => !removed(key)).map(([, rrset]) => rrset);
    const wanted = Object.keys(want).flatMap((key) => writes.get(key) ?? there.get(key) ?? []);
    return [...wanted, ...left];
}

function failureMessage(
    zone: string,
    changes: readonly SingleChange[],
    done: ReadonlySet<string>,
    failures: readonly FailedChange[],
): string {
    const made = changes.filter(({ key }) => done.has(key)).map(({ title }) => title);
    const open = changes.filter(({ key }) => !done.has(key)).map(({ title }) => title);
    const reasons = [...new Set(failures.map(({ change, error }) => `${change.title}: ${messageOf(error)}`))];
    return (
        `${zone}: ${made.length} of ${changes.length} changes are made${made.length > 0 ? ` (${some(made)})` : ""}, ` +
        `not made: ${some(open)}. ${reasons.join(" ")} The next run goes on from here.`
    );
}
