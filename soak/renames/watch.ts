import type { State } from "../../sandbox/state/model";
import type { Findings } from "../laws";
import type { World } from "../world";

/** What is there at Gandi, one text for each thing that a program may declare; what is in it may change. */
export function thingsIn({ domains, zones, tsig }: State): Set<string> {
    const things: string[] = [...tsig.keys()].map((id) => `TSIG key ${id}`);
    for (const [fqdn, { id, nameservers, hosts, forwards, webRedirections, dnskeys }] of domains) {
        things.push(
            `domain ${fqdn} ${id}`,
            ...(nameservers.every((name) => name.endsWith(".gandi.net")) ? [] : [`nameservers of ${fqdn} elsewhere`]),
            ...[...hosts.keys()].map((name) => `glue record ${name}.${fqdn}`),
            ...[...forwards.keys()].map((source) => `forward ${source}@${fqdn}`),
            ...[...webRedirections.keys()].map((host) => `redirection of ${host}`),
            ...dnskeys.map((key) => `key of ${fqdn} at the registry ${key.id}`),
        );
    }
    for (const [fqdn, { rrsets, snapshots, keys, slaves, tsig: signing }] of zones) {
        things.push(
            `zone ${fqdn}`,
            ...[...rrsets.keys()].map((key) => `RRset ${key} of ${fqdn}`),
            ...snapshots.flatMap(({ id, automatic }) => (automatic ? [] : `snapshot ${id} of ${fqdn}`)),
            ...keys.flatMap(({ id, deleted }) => (deleted ? [] : `signing key ${id} of ${fqdn}`)),
            ...slaves.map((ip) => `secondary ${ip} of ${fqdn}`),
            ...signing.map((id) => `TSIG key ${id} with ${fqdn}`),
        );
    }
    return new Set(things);
}

/** Watches what was there when it began, at each request: what is there in the end must not have been away. */
export class Watch {
    private readonly before: ReadonlySet<string>;
    /** What was missing at any time, and when that was seen first. */
    private readonly missed = new Map<string, string>();

    constructor(private readonly world: World) {
        this.before = thingsIn(world.sandbox.world.state);
        world.watch = ({ method, path }) => this.look(`${method} ${path}`);
    }

    private look(when: string): ReadonlySet<string> {
        const now = thingsIn(this.world.sandbox.world.state);
        for (const thing of this.before) {
            if (!now.has(thing) && !this.missed.has(thing)) this.missed.set(thing, when);
        }
        return now;
    }

    /** @param owned what must be there in the end */
    ended(owned: Iterable<string>, mayBeAbsent: boolean): Findings {
        const now = this.look("the end");
        const away = [...this.missed].filter(([thing]) => now.has(thing));
        const lost = [...owned].filter((thing) => !now.has(thing));
        return [
            ...(mayBeAbsent ? [] : away.map(([thing, when]) => `${thing} was away for a while, when ${when} came`)),
            ...lost.map((thing) => `${thing} is lost, since ${this.missed.get(thing)}`),
        ];
    }
}
