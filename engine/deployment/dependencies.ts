import { type ResourceState, references } from "../state/resourceState";
import { parseProviderReference } from "../state/urn";
import type { Step } from "./steps";

/** All that depends on `root`, directly or not, in the order of the state, without what is in `except`. */
export function dependentsOf(
    root: ResourceState,
    resources: ResourceState[],
    except: ReadonlySet<string>,
): ResourceState[] {
    const reached = new Set([root.urn]);
    const dependents: ResourceState[] = [];
    for (const resource of resources.slice(resources.indexOf(root) + 1)) {
        const { urn, dependencies, propertyDependencies, provider, deletedWith } = resource;
        const needs = [...dependencies, ...Object.values(propertyDependencies).flat(), deletedWith ?? ""];
        if (provider !== undefined) {
            needs.push(parseProviderReference(provider).urn);
        }
        if (!except.has(urn) && needs.some((need) => reached.has(need))) {
            dependents.push(resource);
            reached.add(urn);
        }
    }
    return dependents;
}

/** Orders deletions into rounds, each of which can run at once: what depends on others goes before them. */
export function scheduleDeletions(steps: Step[]): Step[][] {
    const rounds: Step[][] = [];
    let left = steps;
    while (left.length > 0) {
        const needed = new Set(left.flatMap(({ old }) => (old === undefined ? [] : references(old))));
        const free = left.filter(({ urn }) => !needed.has(urn));
        const round = free.length === 0 ? left : free;
        rounds.push(round);
        left = left.filter((step) => !round.includes(step));
    }
    return rounds;
}

/** All that the resources of the given URNs depend on, directly or not. */
export function dependenciesOf(urns: Iterable<string>, resources: ResourceState[]): Set<string> {
    const byUrn = new Map<string, ResourceState[]>();
    for (const resource of resources) {
        byUrn.set(resource.urn, [...(byUrn.get(resource.urn) ?? []), resource]);
    }
    const found = new Set<string>();
    const queue = [...urns];
    for (let urn = queue.pop(); urn !== undefined; urn = queue.pop()) {
        for (const need of (byUrn.get(urn) ?? []).flatMap(references)) {
            if (!found.has(need)) {
                found.add(need);
                queue.push(need);
            }
        }
    }
    return found;
}

/** Takes out the references to resources that are no longer there; an orphan goes to its parent's parent. */
export function stripReferences(resources: ResourceState[], gone: ResourceState[]): ResourceState[] {
    const present = new Set<string>();
    const parentOfGone = new Map(gone.map(({ urn, parent }) => [urn, parent]));
    return resources.map((resource) => {
        let { parent } = resource;
        while (parent !== undefined && !present.has(parent) && parentOfGone.has(parent)) {
            parent = parentOfGone.get(parent);
        }
        present.add(resource.urn);
        const isPresent = (urn: string) => present.has(urn);
        return Object.assign(resource, {
            parent,
            dependencies: resource.dependencies.filter(isPresent),
            propertyDependencies: Object.fromEntries(
                Object.entries(resource.propertyDependencies)
                    .map(([key, urns]): [string, string[]] => [key, urns.filter(isPresent)])
                    .filter(([, urns]) => urns.length > 0),
            ),
            deletedWith:
                resource.deletedWith !== undefined && isPresent(resource.deletedWith)
                    ? resource.deletedWith
                    : undefined,
        });
    });
}
