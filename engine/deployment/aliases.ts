import type { ResourceState } from "../state/resourceState";
import { createUrn, isStack, nameOf, qualifiedType, typeOf } from "../state/urn";
import type { Alias } from "./goal";
import type { Ledger } from "./ledger";
import type { Run } from "./run";

/** Finds what a registered resource was called in the state: under its own URN, or one of its aliases. */
export class AliasResolver {
    /** New URN -> the old one that it was found under. */
    private readonly oldOf = new Map<string, string>();

    constructor(
        private readonly run: Run,
        private readonly ledger: Ledger,
    ) {}

    /** @throws when two resources claim the same old one. */
    find(
        urn: string,
        goal: { name: string; type: string; parent: string | undefined; aliases: Alias[] },
    ): { old: ResourceState | undefined; alias: string | undefined } {
        const { olds, registered, renamed } = this.ledger;
        const claimedBy = renamed.get(urn);
        if (claimedBy !== undefined) {
            throw new Error(`duplicate resource URN '${urn}': ${claimedBy} is aliased to it`);
        }
        const own = olds.get(urn);
        if (own !== undefined) {
            return { old: own, alias: undefined };
        }
        for (const alias of this.candidates(goal)) {
            const old = olds.get(alias);
            if (old === undefined || alias === urn) {
                continue;
            }
            const other = registered.has(alias) ? alias : renamed.get(alias);
            if (other !== undefined) {
                throw new Error(`duplicate resource alias '${alias}' of '${urn}': ${other} has it already`);
            }
            renamed.set(alias, urn);
            this.oldOf.set(urn, alias);
            return { old, alias };
        }
        return { old: undefined, alias: undefined };
    }

    private candidates(goal: { name: string; type: string; parent: string | undefined; aliases: Alias[] }): string[] {
        const own = goal.aliases.map((alias) => this.collapse(alias, goal));
        const oldParent = goal.parent === undefined ? undefined : this.oldOf.get(goal.parent);
        if (goal.parent === undefined || oldParent === undefined) {
            return own;
        }
        const parentName = nameOf(goal.parent);
        const inherited = [
            { name: goal.name, type: goal.type },
            ...own.map((urn) => ({ name: nameOf(urn), type: typeOf(urn) })),
        ];
        return [...own, ...inherited.map(({ name, type }) => this.underOldParent(name, type, parentName, oldParent))];
    }

    private collapse(alias: Alias, goal: { name: string; type: string; parent: string | undefined }): string {
        if ("urn" in alias) {
            return alias.urn;
        }
        const given = alias.parent === undefined ? goal.parent : (this.oldOf.get(alias.parent) ?? alias.parent);
        const parent = alias.noParent || (given !== undefined && isStack(given)) ? undefined : given;
        return createUrn(
            alias.stack || this.run.stack,
            alias.project || this.run.project,
            parent,
            alias.type || goal.type,
            alias.name || goal.name,
        );
    }

    /** By convention a child's name starts with its parent's: `app-www` under `app`. */
    private underOldParent(name: string, type: string, parentName: string, oldParent: string): string {
        const oldName = name.startsWith(parentName) ? nameOf(oldParent) + name.slice(parentName.length) : name;
        const parentType = qualifiedType(oldParent);
        return createUrn(
            this.run.stack,
            this.run.project,
            isStack(oldParent) || parentType === "" ? undefined : oldParent,
            type,
            oldName,
        );
    }
}
