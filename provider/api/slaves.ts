import { z } from "zod";
import type { Client, ListOptions } from "./client";
import { listOnce } from "./paging";

const SLAVE = "/v5/livedns/domains/{fqdn}/axfr/slaves/{ip}";

/** The addresses that may transfer a zone, IPv6 in full length. `GET /v5/livedns/domains/{fqdn}/axfr/slaves` */
export function listSlaves(client: Client, fqdn: string, options: ListOptions = {}): Promise<string[]> {
    const route = "GET /v5/livedns/domains/{fqdn}/axfr/slaves";
    return listOnce(client, { route, params: { fqdn }, item: z.string(), ...options });
}

/** Lets an address transfer a zone. `PUT /v5/livedns/domains/{fqdn}/axfr/slaves/{ip}` */
export async function addSlave(client: Client, fqdn: string, ip: string): Promise<void> {
    await client.request({ route: `PUT ${SLAVE}`, params: { fqdn, ip } });
}

/** Takes that back. `DELETE /v5/livedns/domains/{fqdn}/axfr/slaves/{ip}` */
export async function removeSlave(client: Client, fqdn: string, ip: string): Promise<void> {
    await client.request({ route: `DELETE ${SLAVE}`, params: { fqdn, ip } });
}
