import type { ResourceState } from "../state/resourceState";
import type { Ledger } from "./ledger";
import { type Step, step } from "./steps";

/** What is to be deleted at the end of a run, in no order yet: all that the program has not registered. */
export function deletions(ledger: Ledger): Step[] {
    const { base, deleted, deletedEarly, handled, renamed, toDelete } = ledger;
    const steps: Step[] = [];
    for (const old of base.resources) {
        if (old.delete) {
            if (!deletedEarly.has(old)) {
                deleted.add(old.urn);
                steps.push(step(old.external ? "discard-replaced" : "delete-replaced", { old }));
            }
        } else if (!handled.has(old.urn) && !renamed.has(old.urn)) {
            deleted.add(old.urn);
            steps.push(old.pendingReplacement ? step("remove-pending-replace", { old }) : deletion(old));
        }
    }
    for (const old of toDelete) {
        deleted.add(old.urn);
        steps.push(deletion(old));
    }
    return steps;
}

function deletion(old: ResourceState): Step {
    return step(old.external ? "discard" : "delete", { old });
}
