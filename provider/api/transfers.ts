import { z } from "zod";
import type { Client } from "./client";
import { type DryRunOptions, dryRunHeader, judgeDryRun } from "./dryRun";
import type { DomainOrder } from "./orders";
import { integerSchema } from "./wire";

/** The order of a transfer: what it has in common with that of a new domain, and what the present registrar asks for. */
export interface DomainTransfer
    extends Pick<
        DomainOrder,
        | "fqdn"
        | "owner"
        | "admin"
        | "bill"
        | "tech"
        | "duration"
        | "currency"
        | "nameservers"
        | "mailbox_optin"
        | "extra_parameters"
    > {
    /** The transfer code from the present registrar: a secret. */
    authinfo?: string | undefined;
}

/**
 * **Buys the transfer** of a domain to Gandi. Sent once, whatever happens, like an order of a new one: after a failure
 * look at {@link getTransfer} and the domain. `POST /v5/domain/transferin`, of the migration FAQ
 */
export async function startTransfer(
    client: Client,
    transfer: DomainTransfer,
    { dryRun }: DryRunOptions = {},
): Promise<void> {
    const secrets = transfer.authinfo === undefined ? [] : [transfer.authinfo];
    const answer = await client.request({
        route: TRANSFER,
        params: {},
        body: transfer,
        headers: dryRunHeader(dryRun),
        about: transfer.fqdn,
        repeat: "never",
        secrets,
    });
    if (dryRun === true) judgeDryRun(client, answer, { route: TRANSFER, what: transfer.fqdn, secrets });
}

const TRANSFER = "POST /v5/domain/transferin";

export const transferSchema = z.object({
    fqdn: z.string().optional(),
    step: z.string(),
    step_nb: integerSchema.optional(),
    errortype: z.string().optional(),
    errortype_label: z.string().optional(),
    created_at: z.string().optional(),
    updated_at: z.string().optional(),
});
export type TransferStatus = z.infer<typeof transferSchema>;

/**
 * How far a transfer is; undefined when none is known (a 404 of whatever body). `GET /v5/domain/transferin/{domain}`, in
 * no document at hand: the shape is that of the change of owner's, as public clients read it.
 */
export async function getTransfer(client: Client, domain: string): Promise<TransferStatus | undefined> {
    const route = "GET /v5/domain/transferin/{domain}";
    const params = { domain };
    const answer = await client.request({ route, params, schema: transferSchema, expect: [404] });
    return answer.status === 404 ? undefined : answer.data;
}
