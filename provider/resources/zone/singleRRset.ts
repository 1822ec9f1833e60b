import { GandiError } from "../../api/errors";
import {
    type RRset as ApiRRset,
    createRRset,
    deleteRRset,
    getRRset,
    listRecords,
    listRecordsNamed,
    putRRset,
    rrsetIn,
} from "../../api/records";
import { lookForEffect } from "../../core/doing/lateEffect";
import { Failure } from "../../core/failures";
import type { Context } from "../../core/process/context";
import type { RRset } from "../../dns/rrset";
import { holdersOf } from "./heldBy";
import { codeOfObstacle, obstacleText, planZone, type ZonePlan } from "./plan";
import { byKey, wireForm } from "./rrsets";

/**
 * One POST, which the API answers with 200 when an identical RRset is there: our own work of an interrupted run, or one
 * that needs no change. Only a refusal makes us look.
 * @param adopt whether it may take what is there with other values
 */
export async function create(ctx: Context, rrset: RRset, adopt: boolean): Promise<ApiRRset> {
    const { zone, key } = rrset;
    const wanted = wireForm(rrset);
    try {
        if ((await createRRset(ctx.client, zone, wanted)) === "created") {
            return wanted;
        }
    } catch (error) {
        if (!GandiError.is(error, "conflict", "rejected")) {
            throw error;
        }
        if ((await look(ctx, rrset)) === undefined) {
            await clearTheWay(ctx, rrset);
            await createRRset(ctx.client, zone, wanted);
            return wanted;
        }
        if (GandiError.is(error, "rejected")) {
            throw error;
        }
    }
    // Gandi has just said that it is there; what is read may be older.
    const { seen: there } = await lookForEffect(ctx, {
        look: () => look(ctx, rrset),
        looking: `${zone}: waiting for ${key} to be shown`,
    });
    if (there === undefined) {
        throw new Failure(
            "changed-meanwhile",
            `${zone}: ${key} was there a moment ago: somebody else is changing it. Run again`,
        );
    }
    const { writes, obstacles } = await planAmong(ctx, [there], rrset, adopt);
    if (obstacles.length > 0) {
        refuseIfHeld(ctx, zone, obstacles);
        const values = ctx.unlessSecret(["values"], there.rrset_values.join(", "));
        throw new Failure(
            "already-there",
            `${zone}: ${key} is there already with other values: ${values} (TTL ${there.rrset_ttl}). ` +
                "Set adopt: true to take it over and overwrite them (two records that swap places belong into one LiveDnsZone)",
        );
    }
    return writes.length === 0 ? there : set(ctx, rrset, there.rrset_name);
}

/**
 * Sets the RRset without looking first: an update is only asked for where something differs.
 * @param storedName its name as the server was last seen to keep it
 */
export async function put(ctx: Context, rrset: RRset, storedName: string): Promise<ApiRRset> {
    try {
        return await set(ctx, rrset, storedName);
    } catch (error) {
        const there = GandiError.is(error, "server") ? await look(ctx, rrset) : undefined;
        if (there === undefined || there.rrset_name === rrset.name) {
            throw error;
        }
        return set(ctx, rrset, there.rrset_name);
    }
}

async function set({ client }: Context, rrset: RRset, storedName: string): Promise<ApiRRset> {
    const wanted = wireForm(rrset, storedName);
    await putRRset(client, rrset.zone, wanted);
    return wanted;
}

/** The RRset as it is now, whatever case the server keeps its name in. */
async function look({ client }: Context, { zone, name, type }: RRset): Promise<ApiRRset | undefined> {
    const how = { withEmpty: true };
    const found = await getRRset(client, zone, name, type, how);
    return found ?? rrsetIn(await listRecords(client, zone, { rrset_type: type, ...how }), name, type);
}

/**
 * Removes what Gandi put into the fresh zone where it excludes a record: a CNAME tolerates nothing beside it. The records
 * of one name are made at the same time, so they take turns: the first clears the way for all.
 * @throws Error where what is in the way is somebody's
 */
function clearTheWay(ctx: Context, rrset: RRset): Promise<void> {
    const { zone, name } = rrset;
    return ctx.inTurn(`${zone} ${name}`, async () => {
        const there = await listRecordsNamed(ctx.client, zone, name, { withEmpty: true });
        const { removals, obstacles } = await planAmong(ctx, there, rrset, false);
        refuseIfHeld(ctx, zone, obstacles);
        const strange = obstacles.find(({ why }) => why === "in the way")?.rrset;
        if (strange !== undefined) {
            throw new Failure(
                "cname-in-the-way",
                `${zone}: ${rrset.key} can't stand beside ${strange.key} (${strange.values.join(", ")}): ` +
                    "a CNAME excludes every other type of its name. Remove one of them (what a program no longer declares goes at " +
                    "the end of a run: let it go with an up of its own first, or change the type of the resource that is there)",
            );
        }
        for (const { key, storedName, type, values } of removals.values()) {
            const why = values.length === 0 ? "has no values" : "Gandi put into the fresh zone";
            ctx.log(`${zone}: removing ${key}, which ${why}`);
            await deleteRRset(ctx.client, zone, storedName, type);
        }
    });
}

/** @throws Failure where a service of Gandi's holds what is there */
function refuseIfHeld(ctx: Context, zone: string, obstacles: ZonePlan["obstacles"]): void {
    const held = obstacles.find(({ holder }) => holder !== undefined);
    if (held !== undefined) {
        throw new Failure(codeOfObstacle(held), `${zone}: ${obstacleText(held, ctx.secrets.has("values"))}`);
    }
}

/** What is to be done for it among what is there of its name. */
async function planAmong(ctx: Context, present: readonly ApiRRset[], rrset: RRset, adopt: boolean): Promise<ZonePlan> {
    const { zone, key } = rrset;
    const there = byKey(present, zone);
    const atRisk = [...there.values()].filter((one) => one.key !== key || !one.hasValuesOf(rrset));
    return planZone({
        zone,
        want: { [key]: rrset },
        there,
        held: await holdersOf(ctx, zone, atRisk),
        owned: new Set(),
        takesOver: false,
        adopt,
        isOthers: () => false,
    });
}
