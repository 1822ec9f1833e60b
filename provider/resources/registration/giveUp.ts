import { type Domain as ApiDomain, deleteDomain } from "../../api/domains";
import { undefinedOn } from "../../api/errors";
import { atRegistry } from "../../core/doing/atRegistry";
import { Failure } from "../../core/failures";
import type { Context } from "../../core/process/context";
import { find, findIfThere, hasFailed, progress } from "./order";

/**
 * The EPP statuses of a domain that is on its way out: deleted, though its old owner may have it restored for some weeks
 * (RFC 5731 section 2.3, RFC 3915 section 3.1). Guess: Gandi shows such a domain in the account, and these as its status.
 */
const LEAVING = new Set(["pendingdelete", "redemptionperiod"]);

/**
 * Gives a domain up, and waits until it is gone or on its way out. A removal that was accepted before, of a run that was
 * interrupted, is gone on with.
 * @throws the 404 of a domain that can't be seen
 */
export async function giveUp(ctx: Context, fqdn: string): Promise<void> {
    const { domain, order } = await find(ctx, fqdn, { wasThere: true });
    if (domain === undefined && order !== undefined) {
        if (hasFailed(order)) {
            ctx.log(`${fqdn}: nothing to delete, as its order failed`);
            return;
        }
        throw new Failure(
            "order-under-way",
            `${fqdn}: ${progress(order)}. An order can't be called off: run again when it is through`,
        );
    }
    const left = await atRegistry(ctx, fqdn, {
        look: async () => (await findIfThere(ctx, fqdn))?.domain,
        // A 404 means gone here, as this token has just seen the domain.
        done: (there) => there === undefined || isLeaving(there),
        // It may be gone between the look and the request, or by an earlier attempt whose answer was lost.
        send: () => undefinedOn(deleteDomain(ctx.client, fqdn), "invisible"),
        waiting: "being deleted",
    });
    if (left !== undefined) {
        ctx.log(`${fqdn}: is deleted, and may be restored for a while (status ${left.status.join(", ")})`);
    }
}

function isLeaving({ status }: ApiDomain): boolean {
    return status.some((one) => LEAVING.has(one.replaceAll("_", "").toLowerCase()));
}
