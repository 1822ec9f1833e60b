import { z } from "zod";
import type { Client } from "./client";
import type { NewContact } from "./contacts";
import { type DryRunOptions, dryRunHeader, judgeDryRun } from "./dryRun";
import { integerSchema } from "./wire";

export interface OwnerChange {
    owner: NewContact;
    admin?: NewContact | undefined;
    bill?: NewContact | undefined;
    tech?: NewContact | undefined;
}

/**
 * Starts a change of owner, which **may cost** and waits for people to answer e-mails. Sent once, whatever happens:
 * after a failure look at {@link getOwnerChange}. `POST /v5/domain/changeowner/{domain}`
 */
export async function startOwnerChange(
    client: Client,
    domain: string,
    change: OwnerChange,
    { dryRun }: DryRunOptions = {},
): Promise<void> {
    const route = "POST /v5/domain/changeowner/{domain}";
    const params = { domain };
    const headers = dryRunHeader(dryRun);
    const answer = await client.request({ route, params, body: change, headers, repeat: "never" });
    if (dryRun === true) judgeDryRun(client, answer, { route, params, what: domain });
}

export const ownerChangeSchema = z.object({
    created_at: z.string().optional(),
    updated_at: z.string().optional(),
    step: z.string(),
    step_nb: integerSchema,
    /** Such as `checking_foa_response`: waiting for people. */
    inner_step: z.string().optional(),
    date_start: z.string().optional(),
    errortype: z.string().optional(),
    errortype_label: z.string().optional(),
    /** Who was asked to agree, and what they said. */
    foa: z.array(z.object({ email: z.string(), answer: z.string().optional() })).default([]),
    params: z
        .looseObject({
            inner_step: z.string().optional(),
            new_owner_email: z.string().optional(),
            old_owner_email: z.string().optional(),
            old_admin_email: z.string().optional(),
            answer_new_owner: z.string().optional(),
            answer_old_owner: z.string().optional(),
        })
        .default({}),
});
export type OwnerChangeStatus = z.infer<typeof ownerChangeSchema>;

/**
 * How far the change of owner is; undefined when none is known (a 404 of whatever body): look at the owner then.
 * `GET /v5/domain/changeowner/{domain}`
 */
export async function getOwnerChange(client: Client, domain: string): Promise<OwnerChangeStatus | undefined> {
    const route = "GET /v5/domain/changeowner/{domain}";
    const params = { domain };
    const answer = await client.request({ route, params, schema: ownerChangeSchema, expect: [404] });
    return answer.status === 404 ? undefined : answer.data;
}

/** Sends the e-mail that asks the owner to agree once more. `POST /v5/domain/changeowner/{domain}/foa` */
export async function resendOwnerChangeMail(client: Client, domain: string, email: string): Promise<void> {
    const route = "POST /v5/domain/changeowner/{domain}/foa";
    await client.request({ route, params: { domain }, body: { email } });
}
