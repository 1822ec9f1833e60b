import { GandiError } from "../../api/errors";
import { createTsigKey, listTsigKeys, type TsigKeyEntry } from "../../api/tsig";
import type { Context } from "../../core/context";
import { inTurn } from "../../core/inTurn";

/** How often the list is read for a key whose POST was not answered well: it may be behind by a moment. */
const LOOKS = 3;

/**
 * Makes a key: one POST, which is not sent again as long as it may have had its effect, because no call removes a key.
 *
 * Where the answer was lost, the organisation's list shows what was made: the one key that was not there before and that
 * nobody else declares. For that to be true the keys of one process are made one at a time.
 */
export function makeTsigKey(ctx: Context): Promise<TsigKeyEntry> {
    const { client, signal } = ctx;
    return inTurn(`POST axfr/tsig ${client.origin} ${client.sharingId ?? ""}`, signal, async () => {
        const before = new Set((await listTsigKeys(client, { signal })).map(({ id }) => id));
        for (;;) {
            try {
                return await createTsigKey(client, { signal });
            } catch (error) {
                const wasTurnedAway = GandiError.is(error, "rateLimited");
                if (!wasTurnedAway && !GandiError.mayHaveWorked(error)) {
                    throw error;
                }
                const made = await madeSince(ctx, before, error);
                if (made !== undefined) {
                    return made;
                }
                if (!wasTurnedAway) {
                    throw error;
                }
                ctx.log("TSIG key: Gandi's rate limit: trying again");
                await pause(ctx, error.retryAfter);
            }
        }
    });
}

/** @throws `lost`, with the ids of the keys of which each may be the one */
async function madeSince(
    ctx: Context,
    before: ReadonlySet<string>,
    lost: GandiError,
): Promise<TsigKeyEntry | undefined> {
    for (let look = 1; look <= LOOKS; look++) {
        const keys = await listTsigKeys(ctx.client, { signal: ctx.signal });
        const made = keys.filter(({ id }) => !before.has(id) && !ctx.isDeclared("TsigKey", id));
        if (made.length > 1) {
            const ids = made.map(({ id }) => id).join(", ");
            throw lost.saying(
                `Several TSIG keys were made meanwhile, and one of them maybe by this request: ${ids}. Name the one that nobody uses in adopt: no call removes a key.`,
            );
        }
        const [one] = made;
        if (one !== undefined) {
            ctx.log(`TSIG key ${one.id}: the answer was lost, but Gandi has made it`);
            return one;
        }
        if (look < LOOKS) {
            await pause(ctx);
        }
    }
    return undefined;
}

function pause(ctx: Context, seconds = ctx.settings.pollInterval): Promise<void> {
    return ctx.client.clock.sleep(seconds * 1000, ctx.signal);
}
