import { checkAvailability } from "../../api/availability";
import { GandiError } from "../../api/errors";
import type { Definition } from "../define";
import { DeadlineError } from "../doing/poll";
import { Failure, Unshown } from "../failures";
import type { Props } from "../property";
import type { Call } from "./call";
import type { Context } from "./context";
import { marksOf } from "./keeping/declared";

/**
 * Deletes what the program no longer declares. What it still declares stays, and a line says so; what has parts of its own
 * gives up those that nobody declares. What can't be made again and has its id of its inputs (a domain) is not deleted to be
 * replaced under the same id either, as `deleteBeforeReplace` wants it: the create goes on with it.
 * @throws Error for what can't be made again, where it is in doubt what else the program declares; and where only the next
 * run can tell, which finds it in the state then
 */
export async function unlessKept(call: Call, id: string, have: Props, removal: () => Promise<void>): Promise<void> {
    const { definition, run, settings } = call;
    const { keeping } = run;
    const isNamed = definition.id(have) !== undefined;
    const marks = isNamed ? undefined : marksOf(definition, settings.url, have);
    const staysReplaced = isNamed && definition.irreplaceable === true;
    const { reason, isUndecided, over } = keeping.deleting(call.digest(id), marks, staysReplaced);
    let isGone = false;
    try {
        // Only asked where it counts: the answer reads the ledger once more.
        const doubt = definition.irreplaceable === true ? keeping.doubt : undefined;
        if (doubt !== undefined) {
            throw new Failure(
                "delete-in-doubt",
                `not deleted, because ${doubt}, and it may be declared there. Mend that and run again, or remove it ` +
                    "at Gandi and from the stack with `pulumi state delete`",
            );
        }
        if (isUndecided) {
            throw new Failure("delete-in-doubt", String(reason));
        }
        if (reason !== undefined) {
            call.log(`${id}: ${reason}`);
        }
        if (reason === undefined || definition.hasParts === true) {
            await removal();
            isGone = reason === undefined;
        }
    } finally {
        over(isGone);
    }
}

/**
 * Removes a resource, or finds that it has gone with the domain that it belongs to: see {@link unlessFreed}.
 *
 * A removal that the registry has accepted and does not show in time is no success: what the resource needs while it is
 * still there (the machines behind nameservers, the keys that a zone is signed with) is only deleted after it.
 */
export async function remove(ctx: Context, definition: Definition, id: string, have: Props): Promise<void> {
    const { livesIn } = definition;
    const domain = livesIn === undefined ? undefined : String(definition.address(id)[livesIn]);
    const removal = () => definition.remove(ctx, have);
    try {
        await (domain === undefined ? removal() : unlessFreed(ctx, id, domain, removal));
    } catch (error) {
        throw error instanceof Unshown
            ? new Failure(
                  "not-shown-yet",
                  `${error.message} The registry has accepted the removal, and what it needs stays until that shows: run it again later`,
              )
            : error;
    }
}

/**
 * Ends well when what is being removed has gone with its domain.
 *
 * A domain that can't be seen is an error in a removal as anywhere: a 404 is also what a token of another organisation
 * gets. But a name that anybody may register belongs to nobody, whoever asks. So a removal can be finished that Gandi had
 * accepted when its run was killed, and what a domain held can be removed after it.
 * @param domain in A-labels
 * @throws the error of the removal
 */
export async function unlessFreed(
    ctx: Context,
    id: string,
    domain: string,
    removal: () => Promise<void>,
): Promise<void> {
    try {
        await removal();
    } catch (error) {
        if (!GandiError.is(error, "invisible") || !(await isNobodys(ctx, domain))) {
            throw error;
        }
        ctx.log(`${id}: gone, as ${domain} is nobody's any more: its name is free to be registered`);
    }
}

async function isNobodys(ctx: Context, domain: string): Promise<boolean> {
    try {
        const { products } = await ctx.until(() => checkAvailability(ctx.client, { name: domain }), {
            done: (answer) => answer.products.every(({ status }) => status !== "pending"),
            describe: () => `${domain}: waiting for the registry to say whether the name is free`,
        });
        return products.some(({ status, process = "create" }) => process === "create" && status === "available");
    } catch (error) {
        // Nobody knows, then, and the first error says more.
        if (GandiError.is(error) || error instanceof DeadlineError) {
            return false;
        }
        throw error;
    }
}
