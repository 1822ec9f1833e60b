import { undefinedOn } from "../../api/errors";
import { listAssociatedTsigKeys } from "../../api/tsig";
import type { Context } from "../../core/process/context";

/** A key that may read some of the zones in question. */
interface Stranger {
    readonly id: string;
    readonly domains: readonly string[];
}

/**
 * The keys that may read one of these zones, but for those that the program of this run declares.
 *
 * One of them may be what a killed run has left (with a part of its zones where it was killed between them), or the key
 * of this very resource under its former name. A zone that can't be seen has none: it may be made by the same run.
 */
export async function strangersIn(
    ctx: Context,
    domains: readonly string[],
    alongside: readonly string[],
): Promise<Stranger[]> {
    const keysOf = async (domain: string) => {
        const keys = await undefinedOn(listAssociatedTsigKeys(ctx.client, domain), "invisible", "notFound");
        return (keys ?? []).map(({ id }) => ({ id, domain }));
    };
    const zonesOf = new Map<string, string[]>();
    for (const { id, domain } of (await Promise.all(domains.map(keysOf))).flat()) {
        zonesOf.set(id, [...(zonesOf.get(id) ?? []), domain]);
    }
    return [...zonesOf]
        .filter(([id]) => !alongside.includes(id) && !ctx.isDeclared("TsigKey", id))
        .map(([id, domains]) => ({ id, domains }));
}

/** Why no new key is made beside these, and the ways out. */
export function refusal(strangers: readonly Stranger[]): string {
    const ids = strangers.map(({ id }) => id);
    const list = strangers.map(({ id, domains }) => `${id} (${shortened(domains)})`).join(", ");
    return (
        `there ${ids.length === 1 ? "is a TSIG key" : `are ${ids.length} TSIG keys`} already that may transfer these zones: ${list}. ` +
        "A new key has a new secret, and secondaries that sign with the old one would lose their transfers when it goes. " +
        "If this resource had another name or place in the program, give it `aliases`. " +
        `If it is to be this resource's, as after a run that was killed: adopt: "${ids[0]}". ` +
        `If the new one is to stand beside, as for another secondary or a forced replacement: alongside: ${JSON.stringify(ids)}`
    );
}

/** What a replacement of this resource means for who has the old key. */
export function replacementNotice(strangers: readonly Stranger[]): string {
    const list = strangers.map(({ id, domains }) => `${id} (${shortened(domains)})`).join(", ");
    return `a TSIG key is replaced: the new one has a new secret, which the secondaries need before they can transfer again. So far: ${list}`;
}

function shortened(domains: readonly string[]): string {
    const [first, ...others] = domains;
    return others.length === 0 ? `${first}` : `${first} and ${others.length} more`;
}
