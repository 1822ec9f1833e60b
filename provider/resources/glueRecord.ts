import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { z } from "zod";
import { getNameservers } from "../api/delegation";
import { unlessGoneFromDomain } from "../api/gone";
import { createHost, deleteHost, getHost, type Host, listHosts, putHost } from "../api/hosts";
import { define } from "../core/define";
import { atRegistry } from "../core/doing/atRegistry";
import { inEach } from "../core/doing/inEach";
import { Failure } from "../core/failures";
import type { Timeouts } from "../core/inputs/timeouts";
import { sameSet } from "../core/inputs/values";
import { PENDING_OUTPUTS } from "../core/process/pending";
import { derived, foretellDefaults, GandiResource, getOptions, registration } from "../core/program/gandiResource";
import { momentary, normalOf } from "../core/property";
import { fqdn, relativeOwner, spelledOwner } from "../dns";
import { addressesProperty, domainProperty, hostProperty } from "./properties";

/** The inputs of a {@link GlueRecord}. */
export interface GlueRecordArgs {
    /** The registered domain, e.g. `example.com`. It must be in the account. Another domain is another glue record. */
    domain: Input<string>;
    /** The host's name relative to the domain: `ns1`, or `@` for the domain itself. Another name is another glue record. */
    name: Input<string>;
    /** All the addresses of the host, IPv4 and IPv6, at least one and none twice, in any order and spelling. */
    ips: Input<readonly Input<string>[]>;
    /** Take over a glue record that is there with other addresses. Default: false, which makes that an error showing them. */
    adopt?: Input<boolean>;
    /** The organisation that owns the domain (a UUID), where it is not the configured one. */
    sharingId?: Input<string>;
    /** Time limits of one operation. Default: 15 min each. */
    timeouts?: Input<Timeouts>;
}

/** What {@link GlueRecord.get} may be told beside the id. */
export type GlueRecordState = Partial<GlueRecordArgs>;

/** @internal */
export const glueRecord = define({
    kind: "GlueRecord",
    properties: {
        domain: domainProperty,
        name: hostProperty,
        ips: addressesProperty,
        adopt: momentary(z.boolean().default(false)),
    },
    id: ["domain", "name"],
    idLike: "domain/name, e.g. example.com/ns1",
    livesIn: "domain",
    outputs: PENDING_OUTPUTS,
    changing: PENDING_OUTPUTS,
    timeouts: { create: 900, update: 900, delete: 900 },

    /** From the list, which all the glue records of a domain share. */
    async observe({ client }, { domain, name }): Promise<Pick<Host, "ips"> | undefined> {
        const hosts = await listHosts(client, domain, { shared: true });
        return hosts.find((host) => host.name.toLowerCase() === name);
    },

    /** `POST` where there is none, `PUT` where it has other addresses; one that is as wanted is taken as it is. */
    async ensure(ctx, { domain, name, ips, adopt }, { prior }) {
        const { client } = ctx;
        const made = await atRegistry(ctx, domain, {
            look: () => unlessGoneFromDomain(client, domain, getHost(client, domain, name)),
            done: (there) => there !== undefined && sameSet(normalOf(addressesProperty, there.ips), ips, (ip) => ip),
            async guard(there) {
                if (there !== undefined && prior === undefined && !adopt) {
                    const others = ctx.unlessSecret(["ips"], there.ips.join(", "));
                    throw new Failure(
                        "already-there",
                        `${domain}: the glue record ${name} is there already with other addresses: ${others}. ` +
                            "Set adopt: true to take it over and overwrite them",
                    );
                }
            },
            send: (there) =>
                there === undefined ? createHost(client, domain, { name, ips }) : putHost(client, domain, name, ips),
            // A host of this name that does not show yet has addresses that nobody can compare.
            conflict: (there) => (there === undefined ? "unshown" : "refused"),
            waiting: `waiting for the registry to show the glue record ${name}`,
        });
        return made ?? { ips };
    },

    describe: ({ ips }) => ({ inputs: { ips } }),

    pending: { inputs: ["ips"], expected: ({ ips }) => ({ ips }) },

    async remove(ctx, { domain, name }) {
        const { client } = ctx;
        await atRegistry(ctx, domain, {
            look: () => unlessGoneFromDomain(client, domain, getHost(client, domain, name)),
            done: (there) => there === undefined,
            notYet: async (there) =>
                there === undefined
                    ? "the registry has accepted it and does not show it yet"
                    : namedBy(await getNameservers(client, domain), fqdn(spelledOwner(name, domain), domain), domain),
            // An earlier attempt whose answer was lost may have removed it.
            send: () => unlessGoneFromDomain(client, domain, deleteHost(client, domain, name)),
            // RFC 5732 section 3.2.2.
            waiting: `waiting for the glue record ${name} to go (a registry keeps one that a nameserver list names)`,
        });
    },

    list: ({ client }, domains) =>
        inEach(domains, async (domain) => {
            const hosts = await listHosts(client, domain);
            return hosts.map((seen) => ({ at: { domain, name: relativeOwner(seen.name, domain) }, seen }));
        }),
});

/** Without its addresses nobody finds the domain, however soon its pending nameservers may take over. */
function namedBy(nameservers: readonly string[], host: string, domain: string): string | undefined {
    return nameservers.some((server) => server.toLowerCase().replace(/\.$/, "") === host)
        ? `${host} is one of the nameservers that the registry shows for ${domain}`
        : undefined;
}

/**
 * A glue record: a host of a domain with its addresses, kept at the registry, so that the host can be a nameserver of
 * the domain that it lies in. Its id is `domain/name`.
 *
 * Made with `POST /v5/domain/domains/{domain}/hosts`, changed with `PUT …/hosts/{name}`, removed with `DELETE`. The
 * registry carries each out later: the resource is done when `GET …/hosts/{name}` shows it, and removed when that no
 * longer does. Another `domain` or `name` replaces it.
 *
 * One that is there already with the same addresses is taken as it is; with others it is an error, unless `adopt` is
 * set. A host that the domain's own nameservers name is not removed before the registry shows others, and a registry
 * keeps one that another domain's list names: change the delegation first.
 *
 * What the registry has accepted and does not show within the time limit is `pending`, which is a success: preview shows
 * no change, `up` asks for nothing twice, and a refresh takes what was there before for no drift. After 48 hours a
 * refresh fails, and the next `up` asks again. A removal that does not show in time is a failure, to be run again.
 * @example
 * const ns1 = new gandi.GlueRecord("ns1", { domain: "example.com", name: "ns1", ips: ["192.0.2.1", "2001:db8::1"] });
 * const ns2 = new gandi.GlueRecord("ns2", { domain: "example.com", name: "ns2", ips: ["192.0.2.2", "2001:db8::2"] });
 * // Back to LiveDNS when it is destroyed, or the registry would keep the hosts.
 * new gandi.Nameservers("own", {
 *     domain: "example.com", nameservers: [ns1.hostname, ns2.hostname], deletionPolicy: "livedns",
 * });
 */
export class GlueRecord extends GandiResource {
    /** @internal */
    static override readonly definition = glueRecord;

    /** Reads a glue record that is there, without managing it. `id` is `domain/name`, e.g. `example.com/ns1`. */
    static get(name: string, id: Input<ID>, state?: GlueRecordState, opts?: CustomResourceOptions): GlueRecord {
        return new GlueRecord(name, state as GlueRecordArgs, getOptions(id, opts));
    }

    /** Whether a value is a GlueRecord, of whichever copy of this package. */
    declare static readonly isInstance: (value: unknown) => value is GlueRecord;

    /** The domain, as given. */
    declare public readonly domain: Output<string>;
    /** The host's name relative to the domain, as given. */
    declare public readonly name: Output<string>;
    /** The addresses, spelled and ordered as given. */
    declare public readonly ips: Output<string[]>;
    /** Whether the registry has accepted the addresses and does not show them yet; undefined where it does. */
    declare public readonly pending: Output<boolean | undefined>;
    /** Since when they are pending, ISO 8601 in UTC. */
    declare public readonly pendingSince: Output<string | undefined>;
    /** The whole name, e.g. `ns1.example.com`: give this to {@link Nameservers}, which then waits for the glue record. */
    public readonly hostname: Output<string>;

    /** Gives the registry the addresses of a nameserver that lies inside its own domain. */
    constructor(name: string, args: GlueRecordArgs, opts?: CustomResourceOptions) {
        super(...registration(glueRecord, name, args, opts));
        foretellDefaults(this, glueRecord, args, opts);
        // Made here from what is known in preview: as an output of the provider it would be unknown on every update.
        this.hostname = derived([this.domain, this.name], (domain, host) => fqdn(host, domain));
    }
}
