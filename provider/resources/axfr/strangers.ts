import { undefinedOn } from "../../api/errors";
import { listAssociatedTsigKeys } from "../../api/tsig";
import type { Context } from "../../core/process/context";
import { type Associated, associatedWith } from "./associations";

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
): Promise<Associated[]> {
    const keys = await associatedWith(domains, async (domain) => {
        return (await undefinedOn(listAssociatedTsigKeys(ctx.client, domain), "invisible", "notFound")) ?? [];
    });
    return keys.filter(({ key: { id } }) => !alongside.includes(id) && !ctx.isDeclared("TsigKey", id));
}

/** Why no new key is made beside these, and the ways out. */
export function refusal(strangers: readonly Associated[]): string {
    const ids = strangers.map(({ key }) => key.id);
    return (
        `there ${ids.length === 1 ? "is a TSIG key" : `are ${ids.length} TSIG keys`} already that may transfer these zones: ${listed(strangers)}. ` +
        "A new key has a new secret, and secondaries that sign with the old one would lose their transfers when it goes. " +
        "If this resource had another name or place in the program, give it `aliases`. " +
        `If it is to be this resource's, as after a run that was killed: adopt: "${ids[0]}". ` +
        `If the new one is to stand beside, as for another secondary or a forced replacement: alongside: ${JSON.stringify(ids)}`
    );
}

/** What a replacement of this resource means for who has the old key. */
export function replacementNotice(strangers: readonly Associated[]): string {
    return `a TSIG key is replaced: the new one has a new secret, which the secondaries need before they can transfer again. So far: ${listed(strangers)}`;
}

function listed(strangers: readonly Associated[]): string {
    return strangers.map(({ key, domains }) => `${key.id} (${shortened(domains)})`).join(", ");
}

function shortened(domains: readonly string[]): string {
    const [first, ...others] = domains;
    return others.length === 0 ? `${first}` : `${first} and ${others.length} more`;
}
