import { randomUUID } from "node:crypto";
import { type Domain, type RRset, rrsetKey, type State, type WebRedirection, type Zone } from "./model";
import { changeRecords, namesakes } from "./zone";

/** What of a redirection can be set. */
export type RedirectionEdit = Partial<Pick<WebRedirection, "type" | "url" | "protocol">>;

/** What the host of a redirection points at; at the apex an address, as a CNAME can't stand there. */
const REDIRECTOR = "webredir.vip.gandi.net.";
const REDIRECTOR_ADDRESS = "217.70.184.38";

/** What a name may not have beside the address of a redirection at the apex. */
const IN_THE_WAY_AT_APEX = ["A", "AAAA", "ALIAS", "CNAME"];

/** The whole name of a host that is relative to the domain. */
export function hostIn(fqdn: string, name: string): string {
    return name === "@" ? fqdn : `${name.toLowerCase()}.${fqdn}`;
}

/** Makes a redirection, or changes what is given of it. */
export function setRedirection(domain: Domain, host: string, set: RedirectionEdit, now: number): void {
    const there = domain.webRedirections.get(host);
    const redirection: WebRedirection = {
        type: set.type ?? there?.type ?? "http301",
        url: set.url ?? there?.url ?? "https://example.org/",
        protocol: set.protocol ?? there?.protocol ?? "http",
        createdAt: there?.createdAt ?? now,
        updatedAt: now,
    };
    if (redirection.protocol !== "http") {
        redirection.certificate = there?.certificate ?? { id: randomUUID(), orderedAt: now };
    }
    domain.webRedirections.set(host, redirection);
}

/**
 * The RRsets where Gandi would write the record of a redirection.
 *
 * Guess: off the apex all of the name, as a CNAME stands alone; at the apex those that say where the web site is.
 */
export function recordsAt(zone: Zone, host: string): RRset[] {
    const name = nameIn(zone.fqdn, host);
    const there = namesakes(zone, name);
    return name === "@" ? there.filter(({ type }) => IN_THE_WAY_AT_APEX.includes(type)) : there;
}

/** Puts Gandi's own record in the place of what stands there. */
export function pointAtRedirector(state: State, fqdn: string, host: string, now: number): void {
    const zone = state.zones.get(fqdn);
    if (zone === undefined) {
        return;
    }
    const name = nameIn(fqdn, host);
    const own: RRset =
        name === "@"
            ? { name, type: "A", ttl: 10800, values: [REDIRECTOR_ADDRESS] }
            : { name, type: "CNAME", ttl: 10800, values: [REDIRECTOR] };
    changeRecords(zone, now, (rrsets) => {
        for (const { name: stored, type } of recordsAt(zone, host)) {
            rrsets.delete(rrsetKey(stored, type));
        }
        rrsets.set(rrsetKey(name, own.type), own);
    });
}

function nameIn(fqdn: string, host: string): string {
    return host === fqdn ? "@" : host.slice(0, -fqdn.length - 1);
}
