/** A name of a server of LiveDNS: `ns-123-a.gandi.net.`, `ns1.gandi.net.`. */
const LIVEDNS_SERVER = /\.gandi\.net\.?$/i;

/**
 * What is doubtful in the NS of an apex none of which is LiveDNS's: a former provider's, which know nothing of this zone.
 * They are meant where all that serve a zone are secondaries.
 */
export function strangeServers(servers: readonly string[]): string | undefined {
    if (servers.length === 0 || servers.some((server) => LIVEDNS_SERVER.test(server))) return undefined;
    const some = servers.slice(0, 4).join(", ");
    return `none of the nameservers at the apex is one of LiveDNS's (${some}): leave the NS of the former provider out`;
}
