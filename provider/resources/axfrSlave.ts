import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import type { ListOptions } from "../api/client";
import { unlessGoneFromZone } from "../api/gone";
import { addSlave, listSlaves, removeSlave } from "../api/slaves";
import { define } from "../core/define";
import { inEach } from "../core/doing/inEach";
import type { Timeouts } from "../core/inputs/timeouts";
import type { Context } from "../core/process/context";
import { GandiResource, getOptions, registration } from "../core/program/gandiResource";
import { normalOf } from "../core/property";
import { addressProperty, domainProperty } from "./properties";

/** The inputs of an {@link AxfrSlave}. */
export interface AxfrSlaveArgs {
    /** The zone's domain, e.g. `example.com`. It must be on LiveDNS. Another domain is another resource. */
    domain: Input<string>;
    /** The one IPv4 or IPv6 address of the secondary, in any spelling. Another address is another resource. */
    ip: Input<string>;
    /** The organisation that owns the zone (a UUID), where it is not the configured one. */
    sharingId?: Input<string>;
    /** Time limits of one operation. Default: 300 s each. */
    timeouts?: Input<Timeouts>;
}

/** What {@link AxfrSlave.get} may be told beside the id. */
export type AxfrSlaveState = Partial<AxfrSlaveArgs>;

/** What is observed is the address as the API spells it: in full length. @internal */
export const axfrSlave = define({
    kind: "AxfrSlave",
    properties: { domain: domainProperty, ip: addressProperty },
    id: ["domain", "ip"],
    idLike: "domain/address, e.g. example.com/192.0.2.53",
    livesIn: "domain",
    changing: [],

    /** The list says it all: without the address, the zone has answered. */
    observe: (ctx, at) => find(ctx, at, { shared: true }),

    /** An address that is there already is as good as one that we add: nothing else belongs to it. */
    async ensure(ctx, want) {
        const there = await find(ctx, want);
        if (there === undefined) {
            await addSlave(ctx.client, want.domain, want.ip);
        }
        return there ?? want.ip;
    },

    async converge(ctx, want) {
        const listed = await ctx.until(() => find(ctx, want), {
            done: (slave) => slave !== undefined,
            describe: () => `${want.domain}: waiting for the secondary ${want.ip} to be listed`,
        });
        return listed!;
    },

    /** Waits until it is gone, or the removal under way would take away what a run right after this one adds again. */
    async remove(ctx, have) {
        const { domain, ip } = have;
        const there = await find(ctx, have);
        if (there === undefined) {
            return;
        }
        await unlessGoneFromZone(ctx.client, domain, removeSlave(ctx.client, domain, there));
        await ctx.until(() => find(ctx, have), {
            done: (slave) => slave === undefined,
            describe: () => `${domain}: waiting for the secondary ${ip} to be removed`,
        });
    },

    list: ({ client }, domains) =>
        inEach(domains, async (domain) => {
            const slaves = await listSlaves(client, domain);
            return slaves.map((ip) => ({ at: { domain, ip }, seen: ip }));
        }),
});

async function find(
    { client }: Context,
    { domain, ip }: { domain: string; ip: string },
    how?: ListOptions,
): Promise<string | undefined> {
    const slaves = await listSlaves(client, domain, how);
    return slaves.find((slave) => normalOf(addressProperty, slave) === ip);
}

/**
 * The address of a secondary nameserver that may transfer a zone from LiveDNS (AXFR, RFC 5936). Which key it signs its
 * requests with is told by a TsigKey. Its id is `domain/address` with the address in canonical form.
 *
 * Added with `PUT /v5/livedns/domains/{fqdn}/axfr/slaves/{ip}`, and done when `GET …/axfr/slaves` lists it; removed
 * with `DELETE`, until it is no longer listed. Another `domain` or `ip` replaces it. An address that is there already
 * is taken as it is.
 * @example
 * new gandi.AxfrSlave("secondary", { domain: "example.com", ip: "192.0.2.53" });
 */
export class AxfrSlave extends GandiResource {
    /** @internal */
    static override readonly definition = axfrSlave;

    /** Reads a secondary that is there, without managing it. `id` is `domain/address`, e.g. `example.com/192.0.2.53`. */
    static get(name: string, id: Input<ID>, state?: AxfrSlaveState, opts?: CustomResourceOptions): AxfrSlave {
        return new AxfrSlave(name, state as AxfrSlaveArgs, getOptions(id, opts));
    }

    /** Whether a value is an AxfrSlave, of whichever copy of this package. */
    declare static readonly isInstance: (value: unknown) => value is AxfrSlave;

    /** The zone's domain, as given. */
    declare public readonly domain: Output<string>;
    /** The address, as given. */
    declare public readonly ip: Output<string>;

    /** Lets a secondary nameserver transfer a zone. */
    constructor(name: string, args: AxfrSlaveArgs, opts?: CustomResourceOptions) {
        super(...registration(axfrSlave, name, args, opts));
    }
}
