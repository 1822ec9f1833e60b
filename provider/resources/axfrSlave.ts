import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { ListOptions } from "../api/client";
import { addSlave, listSlaves, removeSlave } from "../api/slaves";
import type { Definition, Problem } from "../core/definition";
import { commonFields, commonInputs, type Timeouts } from "../core/inputs/timeouts";
import type { Context } from "../core/process/context";
import { declareOnce } from "../core/program/declarations";
import { resourceType } from "../core/program/pointer";
import { getOptions, optionsOf, propertiesOf } from "../core/program/registration";
import { domainName } from "../dns";
import { domainField, domainProblems } from "./domainInput";
import { addressKey, addressProblem, canonicalAddress } from "./ipAddress";
import { lostDomain, unlessGone } from "./lostDomain";

/** The inputs of an {@link AxfrSlave}. */
export interface AxfrSlaveArgs {
    /** The zone's domain, e.g. `example.com`. It must be on LiveDNS. Another domain is another resource. */
    domain: pulumi.Input<string>;
    /** The one IPv4 or IPv6 address of the secondary, in any spelling. Another address is another resource. */
    ip: pulumi.Input<string>;
    /** The organisation that owns the zone (a UUID), where it is not the configured one. */
    sharingId?: pulumi.Input<string>;
    /** Time limits of one operation. Default: 300 s each. */
    timeouts?: pulumi.Input<Timeouts>;
}

/** What {@link AxfrSlave.get} may be told beside the id. */
export type AxfrSlaveState = Partial<AxfrSlaveArgs>;

const schema = z.object({ domain: z.string(), ip: z.string(), ...commonInputs });

type Inputs = z.infer<typeof schema>;

/** What is observed is the address as the API spells it: in full length. @internal */
export const axfrSlave: Definition<Inputs, string> = {
    kind: "AxfrSlave",
    inputs: schema,
    outputs: [],
    identity: ["domain", "ip"],
    fields: {
        domain: domainField,
        ip: { same: (old, wanted) => canonicalAddress(old as string) === canonicalAddress(wanted as string) },
        ...commonFields,
    },

    id: ({ domain, ip }) => `${domainName(domain)}/${canonicalAddress(ip)}`,
    address(id) {
        const [, domain, ip] = /^([^/]+)\/([^/]+)$/.exec(id) ?? [];
        if (domain === undefined || ip === undefined) {
            throw new Error(`"${id}" is no id of an AxfrSlave: write domain/address, e.g. example.com/192.0.2.53`);
        }
        return { domain: domainName(domain), ip: canonicalAddress(ip) };
    },

    problems: ({ domain, ip }) => [...domainProblems(domain), ...addressProblems(ip)],

    /** The list says it all: without the address, the zone has answered. */
    async observe(ctx, at) {
        try {
            return await find(ctx, at as Inputs, { shared: true });
        } catch (error) {
            return lostDomain(ctx, domainName(at.domain!), error);
        }
    },

    /** An address that is there already is as good as one that we add: nothing else belongs to it. */
    async ensure(ctx, { want }) {
        const there = await find(ctx, want, { signal: ctx.signal });
        if (there !== undefined) {
            return there;
        }
        const ip = canonicalAddress(want.ip);
        await addSlave(ctx.client, domainName(want.domain), ip, { signal: ctx.signal });
        return ip;
    },

    async converge(ctx, { want }) {
        const listed = await ctx.until((signal) => find(ctx, want, { signal }), {
            done: (slave) => slave !== undefined,
            describe: () => `${domainName(want.domain)}: waiting for the secondary ${want.ip} to be listed`,
        });
        return listed!;
    },

    describe: () => ({ inputs: {}, outputs: {} }),

    /** Waits until it is gone, or the removal under way would take away what a run right after this one adds again. */
    async remove(ctx, have) {
        const domain = domainName(have.domain);
        const there = await find(ctx, have, { signal: ctx.signal }).catch((error) => lostDomain(ctx, domain, error));
        if (there === undefined) {
            return;
        }
        await unlessGone(ctx, domain, removeSlave(ctx.client, domain, there, { signal: ctx.signal }));
        await ctx.until((signal) => find(ctx, have, { signal }), {
            done: (slave) => slave === undefined,
            describe: () => `${domain}: waiting for the secondary ${have.ip} to be removed`,
        });
    },
};

async function find(
    ctx: Context,
    { domain, ip }: Pick<Inputs, "domain" | "ip">,
    how: ListOptions,
): Promise<string | undefined> {
    const wanted = canonicalAddress(ip);
    const slaves = await listSlaves(ctx.client, domainName(domain), how);
    return slaves.find((slave) => addressKey(slave) === wanted);
}

function addressProblems(ip: string | undefined): Problem[] {
    const reason = ip === undefined ? undefined : addressProblem(ip);
    return reason === undefined ? [] : [{ path: "ip", reason }];
}

/**
 * The address of a secondary nameserver that may transfer a zone from LiveDNS (AXFR, RFC 5936). Which key it signs its
 * requests with is told by a TsigKey. Its id is `domain/address` with the address in canonical form.
 *
 * Added with `PUT /v5/livedns/domains/{fqdn}/axfr/slaves/{ip}`, and done when `GET …/axfr/slaves` lists it; removed
 * with `DELETE`, until it is no longer listed. Another `domain` or `ip` replaces it. An address that is there already
 * is taken as it is.
 *
 * @example
 * new gandi.AxfrSlave("secondary", { domain: "example.com", ip: "192.0.2.53" });
 */
export class AxfrSlave extends pulumi.CustomResource {
    /** @internal */
    static readonly __pulumiType = resourceType("AxfrSlave");

    /** Reads a secondary that is there, without managing it. `id` is `domain/address`, e.g. `example.com/192.0.2.53`. */
    static get(
        name: string,
        id: pulumi.Input<pulumi.ID>,
        state?: AxfrSlaveState,
        opts?: pulumi.CustomResourceOptions,
    ): AxfrSlave {
        return new AxfrSlave(name, state as AxfrSlaveArgs, getOptions(id, opts));
    }

    /** Whether a value is a AxfrSlave, of whichever copy of this package. */
    static override isInstance(value: unknown): value is AxfrSlave {
        return (value as { __pulumiType?: string } | undefined)?.__pulumiType === AxfrSlave.__pulumiType;
    }

    /** The zone's domain, as given. */
    declare public readonly domain: pulumi.Output<string>;
    /** The address, as given. */
    declare public readonly ip: pulumi.Output<string>;

    /**
     * Lets a secondary nameserver transfer a zone.
     *
     * @param name the resource's name in the program
     * @param args what it is to be
     * @param opts the options of every Pulumi resource
     */
    constructor(name: string, args: AxfrSlaveArgs, opts?: pulumi.CustomResourceOptions) {
        const properties = propertiesOf(axfrSlave, name, args, opts);
        super(
            AxfrSlave.__pulumiType,
            name,
            declareOnce(name, "AxfrSlave", properties, axfrSlave.identity, declared, opts),
            optionsOf(axfrSlave, opts),
        );
    }
}

/** What a program declares, or undefined where check will refuse it anyway. */
function declared(domain: string, ip: string): string | undefined {
    try {
        return `the secondary ${canonicalAddress(ip)} of ${domainName(domain)}`;
    } catch {
        return undefined;
    }
}
