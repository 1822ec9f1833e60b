import { createTsigKey, listTsigKeys, type TsigKeyEntry } from "../../api/tsig";
import { makeOne } from "../../core/doing/makeOne";
import type { Context } from "../../core/process/context";

/** Makes a key. No call removes one, so it is made once; the keys of an organisation are told apart by their ids alone. */
export function makeTsigKey(ctx: Context, isTaken: (id: string) => boolean): Promise<TsigKeyEntry> {
    const { client } = ctx;
    return ctx.inTurn(`axfr/tsig ${client.sharingId ?? ""}`, async () =>
        makeOne<TsigKeyEntry, TsigKeyEntry>(ctx, {
            what: "a TSIG key",
            before: await listTsigKeys(client),
            idOf: ({ id }) => id,
            send: () => createTsigKey(client),
            list: () => listTsigKeys(client),
            isLike: ({ id }) => !isTaken(id),
            take: (key) => key,
            advice: "Name the one that nobody uses in adopt: no call removes a key",
        }),
    );
}
