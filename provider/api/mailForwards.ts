import { domainToASCII } from "node:url";
import { z } from "zod";
import type { Client, ListOptions } from "./client";
import type { Forward } from "./forwards";
import { listAll } from "./paging";

/** The document types the destinations of a list as one text, and those of bodies as a list. */
const forwardSchema = z.object({
    /** The whole address. */
    source: z.string(),
    destinations: z.union([
        z.array(z.string()),
        z.string().transform((text) => text.split(/[\s,;]+/).filter((one) => one !== "")),
    ]),
});

const FORWARD = "/v5/mailbox/forwards/{source}";

/**
 * The forwards of a domain, with the local part as their source. There is no call for one alone, and a domain that the token
 * may not see has none. `GET /v5/mailbox/forwards`
 */
export async function listMailForwards(client: Client, domain: string, options: ListOptions = {}): Promise<Forward[]> {
    const route = "GET /v5/mailbox/forwards";
    const found = await listAll(client, {
        route,
        params: {},
        query: { search: domain },
        item: forwardSchema,
        ...options,
    });
    return found.flatMap(({ source, destinations }) => {
        const at = source.lastIndexOf("@");
        const isOfDomain = at > 0 && domainToASCII(source.slice(at + 1)) === domain;
        return isOfDomain ? [{ source: source.slice(0, at), destinations }] : [];
    });
}

/** Makes a forward; it may show later. A second one of the same source is refused. `POST /v5/mailbox/forwards` */
export async function createMailForward(client: Client, domain: string, forward: Forward): Promise<void> {
    const { source, destinations } = forward;
    const body = { source: `${source}@${domain}`, destinations };
    await client.request({ route: "POST /v5/mailbox/forwards", params: {}, body, repeat: "always", about: domain });
}

/** Sets the destinations of a forward. `PUT /v5/mailbox/forwards/{source}` */
export async function putMailForward(client: Client, domain: string, { source, destinations }: Forward): Promise<void> {
    const params = { source: `${source}@${domain}` };
    await client.request({ route: `PUT ${FORWARD}`, params, body: { destinations }, about: domain });
}

/** Removes a forward. `DELETE /v5/mailbox/forwards/{source}` */
export async function deleteMailForward(client: Client, domain: string, source: string): Promise<void> {
    await client.request({ route: `DELETE ${FORWARD}`, params: { source: `${source}@${domain}` }, about: domain });
}
