import { CommandFailure } from "../command";
import { someOf } from "./someOf";
import type { Source } from "./source";

/** Which of its domains are meant: those that are named, those that fit, or all. */
interface Wanted {
    readonly words: readonly string[];
    readonly match: RegExp | undefined;
}

/**
 * The domains of a source that are meant.
 * @throws CommandFailure where there are none, or one that is named is not in it
 */
export function domainsMeant(
    { domains, file, untranslated, remarks }: Source,
    { words, match }: Wanted,
): readonly string[] {
    if (domains.size === 0) {
        const reasons = [...untranslated.map(({ name, why }) => `${name}: ${why}`), ...remarks];
        throw new CommandFailure([`${file} has nothing of Gandi's that can be taken over`, ...reasons].join("\n"));
    }
    const strange = words.filter((word) => !domains.has(word));
    if (strange.length > 0) {
        throw new CommandFailure(`${strange.join(", ")}: ${file} says nothing of it`);
    }
    const meant = [...domains.keys()].filter((name) =>
        words.length > 0 ? words.includes(name) : match === undefined || match.test(name),
    );
    if (meant.length === 0) {
        throw new CommandFailure(`no domain of ${file} fits --match. It has ${someOf([...domains.keys()])}`);
    }
    return meant;
}

/**
 * Those of an account that are meant, and what is meant and not in the account.
 * @throws CommandFailure where the account has none of them
 */
export function placesOfSource<P extends { readonly fqdn: string }>(
    { file }: Source,
    meant: readonly string[],
    places: readonly P[],
): { readonly places: readonly P[]; readonly elsewhere: readonly string[] } {
    const here = places.filter(({ fqdn }) => meant.includes(fqdn));
    const elsewhere = meant.filter((name) => !here.some(({ fqdn }) => fqdn === name));
    if (here.length === 0) {
        throw new CommandFailure(
            `${someOf(elsewhere)}: not in this account, in what this token sees, and all that is meant of ${file}. \`pulumi-gandi import --list\` shows the account's, --token-from reads another one`,
        );
    }
    return { places: here, elsewhere };
}
