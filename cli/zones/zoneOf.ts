import type { Client } from "../../provider/api/client";
import { getRRset, listRecords, type RRset } from "../../provider/api/records";
import { APEX_NS, fromApi } from "../../provider/resources/zone/rrsets";

/** All the RRsets of a zone that can be written, the NS of the apex among them, which lists leave out. */
export async function zoneOf(client: Client, domain: string): Promise<RRset[]> {
    const [listed, apexNs] = await Promise.all([listRecords(client, domain), getRRset(client, domain, "@", "NS")]);
    return [
        ...listed.filter((rrset) => fromApi(rrset, domain).key !== APEX_NS),
        ...(apexNs === undefined ? [] : [apexNs]),
    ];
}

/** `1 RRset`, `2 RRsets`. */
export function countOf(rrsets: number): string {
    return rrsets === 1 ? "1 RRset" : `${rrsets} RRsets`;
}
