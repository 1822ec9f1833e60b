/** Which zones a TSIG key may read. */
import type { ListOptions } from "../../api/client";
import { unlessGoneFromZone } from "../../api/gone";
import { associateTsigKey, dissociateTsigKey, listAssociatedTsigKeys, type TsigKeyEntry } from "../../api/tsig";
import type { Context } from "../../core/process/context";
import { lostDomain } from "../../core/process/lostDomain";

/** A key that may read some of the zones in question. */
export interface Associated {
    readonly key: TsigKeyEntry;
    readonly domains: string[];
}

/** The keys that may read one of these zones, each once. */
export async function associatedWith(
    domains: readonly string[],
    keysOf: (domain: string) => Promise<readonly TsigKeyEntry[]>,
): Promise<Associated[]> {
    const found = new Map<string, Associated>();
    const lists = await Promise.all(domains.map(keysOf));
    for (const [index, keys] of lists.entries()) {
        for (const key of keys) {
            const known = found.get(key.id)?.domains ?? [];
            found.set(key.id, { key, domains: [...known, domains[index]!] });
        }
    }
    return [...found.values()];
}

export async function associate(ctx: Context, domain: string, keyId: string): Promise<void> {
    if (await isAssociated(ctx, domain, keyId)) {
        return;
    }
    await associateTsigKey(ctx.client, domain, keyId);
    await ctx.until(() => isAssociated(ctx, domain, keyId), {
        done: (associated) => associated,
        describe: () => `${domain}: waiting for the TSIG key ${keyId} to be associated`,
    });
}

/**
 * Waits until it is so, or the removal under way would take away what a run right after this one adds again. A domain that
 * is known to be sold or lost has no associations.
 */
export async function dissociate(ctx: Context, domain: string, keyId: string): Promise<void> {
    try {
        if (await isAssociated(ctx, domain, keyId)) {
            await unlessGoneFromZone(ctx.client, domain, dissociateTsigKey(ctx.client, domain, keyId));
            await ctx.until(() => isAssociated(ctx, domain, keyId), {
                done: (associated) => !associated,
                describe: () => `${domain}: waiting for the TSIG key ${keyId} to lose its association`,
            });
        }
    } catch (error) {
        lostDomain(ctx, domain, error);
    }
}

export async function isAssociated(
    ctx: Context,
    domain: string,
    keyId: string,
    how: ListOptions = {},
): Promise<boolean> {
    const keys = await listAssociatedTsigKeys(ctx.client, domain, how);
    return keys.some(({ id }) => id === keyId);
}
