/** Something at Gandi that another tool declares. */
export interface Entry {
    readonly kind: string;
    /** As `id` of its definition gives it: `example.com/www/A`. */
    readonly id: string;
    /** The domain that it is of, in A-labels. */
    readonly domain: string;
    /** What the tool calls it. */
    readonly title: string;
    /** What to call the resource; undefined where the tool has no name for it. */
    readonly name?: string | undefined;
    /** Whether it is no wonder where it is not at Gandi. */
    readonly isOptional?: boolean;
}

/** What no program declares, and why. */
export interface Untranslated {
    readonly name: string;
    readonly why: string;
    /** The domain that it is of, in A-labels, where that is known. */
    readonly domain?: string;
}

/** What another tool has in its hands. */
export interface Source {
    /** `Terraform`. */
    readonly tool: string;
    /** The file or folder, as it was given. */
    readonly file: string;
    readonly entries: readonly Entry[];
    /** The domains that it speaks of, each with whether it says that they are at Gandi. */
    readonly domains: ReadonlyMap<string, boolean>;
    readonly untranslated: readonly Untranslated[];
    /** What else a person should know. */
    readonly remarks: readonly string[];
    /** How it is stopped. */
    readonly stop: string;
    /** What makes it forget these without changing anything at Gandi, each line a command or a deed. */
    handsOff(taken: readonly Entry[]): readonly string[];
    /** What is left to do in it then. */
    readonly afterwards: string;
}
