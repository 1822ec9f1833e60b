import type { ListOptions } from "../../api/client";
import { listMailSlots } from "../../api/mailSlots";
import type { Context } from "../../core/process/context";
import { normalOf } from "../../core/property";
import { typeProperty } from "./mailboxInputs";

/**
 * Why a mailbox of this type can't be had of what is paid already; undefined where a slot of the type is free.
 * `GET /v5/email/slots/{domain}`
 */
export async function withoutSlot(
    { client }: Context,
    domain: string,
    type: string,
    how?: ListOptions,
): Promise<string | undefined> {
    const slots = await listMailSlots(client, domain, how);
    const now = client.clock.wallTime();
    const free = slots
        .filter(({ status, expires_at }) => status === "inactive" && !(Date.parse(expires_at ?? "") <= now))
        .map(({ mailbox_type }) => mailbox_type);
    if (free.some((other) => normalOf(typeProperty, other as never) === type)) {
        return undefined;
    }
    const others = [...new Set(free)].join(", ");
    return (
        `${domain} has no free slot for a mailbox of type ${type}${others && ` (only for ${others})`}: a mailbox needs one, ` +
        "which costs money. Buy a slot at Gandi, or delete a mailbox of this type that nobody needs"
    );
}
