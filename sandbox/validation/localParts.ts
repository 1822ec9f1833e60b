import type { Domain } from "../state/model";
import type { World } from "../state/world";
import type { Fields } from "./fields";

/** A local part alone, as in the document's examples and in recordings. Guess: what else it may hold, and how it is refused. */
export function judgeLocalPart(fields: Fields, name: string, text: string): void {
    if (text !== "" && !isLocalPart(text)) {
        fields.fail(name, `'${text}': invalid local part`);
    }
}

export function isLocalPart(text: string): boolean {
    return /^[\x21-\x7e]+$/.test(text) && !/["(),:;<>@[\\\]]/.test(text);
}

/**
 * What has an address of a domain, or will have once an operation has ended: `Mailbox 'alice@example.com'`.
 *
 * Guess: that case makes no other address, and that a wildcard collides with its like alone.
 * @param but the mailbox that may have it
 */
export function holderOf(world: World, domain: Domain, local: string, but?: string): string | undefined {
    const wanted = local.toLowerCase();
    const isIt = (text: unknown) => String(text).toLowerCase() === wanted;
    const hasIt = (texts: unknown) => (texts as string[] | undefined)?.some(isIt) === true;
    const others = domain.mailboxes.filter(({ id }) => id !== but);
    const { fqdn } = domain;
    const isComing = (
        effect: "forwardSet" | "mailboxCreate" | "mailboxSet",
        of: (payload: Record<string, unknown>) => boolean,
    ) => world.isAccepted(fqdn, effect, (payload) => (but === undefined || payload.id !== but) && of(payload));
    const kinds = {
        Forward: hasIt([...domain.forwards.keys()]) || isComing("forwardSet", ({ source }) => isIt(source)),
        Mailbox: hasIt(others.map(({ login }) => login)) || isComing("mailboxCreate", ({ login }) => isIt(login)),
        Alias:
            others.some(({ aliases }) => hasIt(aliases)) ||
            isComing("mailboxCreate", ({ aliases }) => hasIt(aliases)) ||
            isComing("mailboxSet", ({ aliases }) => hasIt(aliases)),
    };
    const [kind] = Object.entries(kinds).find(([, isTaken]) => isTaken) ?? [];
    return kind === undefined ? undefined : `${kind} '${local}@${fqdn}'`;
}
