import { getOwnerChange, type OwnerChangeStatus, startOwnerChange } from "../../api/changeowner";
import type { Domain as ApiDomain } from "../../api/domains";
import { type OneTimePost, sendOnce } from "../../core/doing/sendOnce";
import { Failure } from "../../core/failures";
import type { Context } from "../../core/process/context";
import { type Contact, legalDifferences, ROLES, toApi } from "./contact";
import { accepted, lockedEmail } from "./contactUpdate";
import type { DomainInputs } from "./domainArgs";
import { contactUpdates } from "./domainSettings";
import { purchaseProblems } from "./purchase";

/** Steps that a change of ownership does not leave. Guess: no document lists the steps; `DONE` and `ERROR` are orders'. */
const ENDED = new Set(["DONE", "ERROR", "CANCEL"]);

/** Whether the domain still is another legal person's than the declared owner's. */
export function ownerDiffers(owner: Contact | undefined, seen: ApiDomain): boolean {
    return owner !== undefined && legalDifferences(owner, seen.contacts.owner).length > 0;
}

/**
 * Brings a change of ownership on its way where the declared owner is another legal person: both owners must then agree
 * by e-mail, which takes days. Starts it once; one that is under way is left to its people.
 * @param pending whether the state says that we have started one
 * @returns what it waits for; undefined where the declared owner owns the domain
 * @throws Error when it was refused, or may not be started
 */
export async function changeOwnership(
    ctx: Context,
    fqdn: string,
    want: DomainInputs,
    seen: ApiDomain,
    pending: boolean,
): Promise<string | undefined> {
    if (!ownerDiffers(want.owner, seen)) {
        return undefined;
    }
    const look = () => getOwnerChange(ctx.client, fqdn);
    const running = await look();
    if (running !== undefined && !ENDED.has(running.step)) {
        return waitingFor(ctx, fqdn, running);
    }
    if (pending && running?.step === "ERROR") {
        const reason = running.errortype_label ?? running.errortype ?? "no reason is given";
        throw new Failure(
            "owner-change-failed",
            `${fqdn}: the change of owner failed: ${reason}. The next run starts another`,
        );
    }
    if (want.ownerChange !== "allow") {
        throw new Failure(
            "owner-change-not-allowed",
            `${fqdn} belongs to another owner than the one declared: ownerChange: "allow" starts a change of owner`,
        );
    }
    const locked = lockedEmail(want.owner, seen.contacts.owner, want);
    if (locked !== undefined) {
        throw new Failure("owner-email-locked", `${fqdn}: owner.email: ${locked}`);
    }
    const { owner, maxPrice, currency } = want;
    const { problems, offer } = await purchaseProblems(ctx, { fqdn, maxPrice, currency, process: "change_owner" });
    if (problems.length > 0 || offer === undefined) {
        throw Failure.of(problems);
    }
    // The new owner is another person: nothing of the present one's data is theirs.
    const change = { owner: { ...toApi(owner!), ...accepted(want) }, ...contactUpdates(want, seen.contacts, ROLES) };
    const order: OneTimePost<OwnerChangeStatus> = {
        domain: fqdn,
        what: "the change of owner",
        sending: `starting a change of owner to ${owner!.orgname ?? `${owner!.given} ${owner!.family}`}`,
        send: (dryRun) => startOwnerChange(ctx.client, fqdn, change, { dryRun }),
        look: async () => {
            const seen = await look();
            // One that has ended is the one that this one follows.
            return seen !== undefined && ENDED.has(seen.step) ? undefined : seen;
        },
    };
    const found = await ctx.spend(fqdn, offer, () => sendOnce(ctx, order));
    const started = found ?? (await look());
    return started === undefined ? `${fqdn}: the change of owner has begun` : waitingFor(ctx, fqdn, started);
}

function waitingFor(ctx: Context, fqdn: string, { step, foa, params }: OwnerChangeStatus): string {
    const emails = foa.length > 0 ? foa.map(({ email }) => email) : [params.old_owner_email, params.new_owner_email];
    const people = emails.filter((email) => email !== undefined).join(" and ");
    const asked = people === "" ? "the owners" : ctx.unlessSecret(["owner"], people);
    const text = `${fqdn}: the change of owner (${step}) waits for the answers of ${asked} to Gandi's e-mails`;
    ctx.log(`${text}. Run again when they have answered; npx pulumi-gandi resend-foa sends the e-mails once more`);
    return text;
}
