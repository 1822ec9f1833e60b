/** No name of DNS is longer. */
const LONGEST = 253;

/** Names of resources for people: each once, of letters, digits, hyphens and underscores only. */
export class Names {
    private readonly taken: Set<string>;

    /** @param taken those that somebody else has given already */
    constructor(taken: readonly { readonly kind: string; readonly name: string }[] = []) {
        this.taken = new Set(taken.map(({ kind, name }) => `${kind} ${name}`));
    }

    /**
     * @param kind within which it must be the only one
     * @param parts what it is made of, such as a domain and an owner name
     */
    of(kind: string, ...parts: readonly string[]): string {
        return this.first(kind, parts.map(slug).filter(Boolean).join("-"));
    }

    /** As somebody has called it before, in capitals and small letters. */
    like(kind: string, name: string): string {
        return this.first(kind, plain(name));
    }

    private first(kind: string, wanted: string): string {
        const base = wanted || "resource";
        let name = base;
        for (let next = 2; this.taken.has(`${kind} ${name}`); next++) {
            name = `${base}-${next}`;
        }
        this.taken.add(`${kind} ${name}`);
        return name;
    }
}

function slug(part: string): string {
    return plain((part === "@" ? "apex" : part.replace(/^\*/, "wildcard")).toLowerCase());
}

function plain(text: string): string {
    return text
        .replace(/[^A-Za-z\d_]+/g, "-")
        .slice(0, LONGEST)
        .replace(/^-+|-+$/g, "");
}
