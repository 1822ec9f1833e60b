import { isIP } from "node:net";
import * as pulumi from "@pulumi/pulumi";
import { messageOf } from "../core/failures";
import type { Timeouts } from "../core/inputs/timeouts";
import { ProgramError } from "../core/program/programError";
import { domainName } from "../dns";
import { TsigKey } from "../resources/axfr/tsigKey";
import { AxfrSlave } from "../resources/axfrSlave";
import { configurationsOf, type SecondaryConfigurations } from "./secondaryConfiguration";

export type { SecondaryConfigurations } from "./secondaryConfiguration";

/** What {@link SecondaryDns} sets up. */
export interface SecondaryDnsArgs {
    /** The zones on LiveDNS, at least one, e.g. `["example.com"]`. */
    domains: readonly pulumi.Input<string>[];
    /** The addresses of the secondaries, IPv4 or IPv6, at least one: which zone transfers are allowed for. */
    secondaries: readonly string[];
    /**
     * The addresses of LiveDNS that the secondaries ask for the transfers, at least one: Gandi's web interface and support
     * name them; the API does not.
     */
    primaries: readonly pulumi.Input<string>[];
    /** The algorithm of the key. Default: `hmac-sha512`, which LiveDNS's documentation names for its keys. */
    algorithm?: "hmac-sha256" | "hmac-sha384" | "hmac-sha512";
    /** The id of a TSIG key to take over, as of {@link TsigKey}. Default: none, which makes a new one. */
    adoptKey?: pulumi.Input<string>;
    /** The organisation that owns the zones (a UUID), where it is not the configured one. */
    sharingId?: pulumi.Input<string>;
    /** Time limits of one operation on each resource. Default: 300 s. */
    timeouts?: pulumi.Input<Timeouts>;
}

const TYPE = "pulumi-gandi:index:SecondaryDns";

/**
 * Secondary nameservers of one's own for zones on LiveDNS, as one component: a {@link TsigKey} for the zones, an {@link
 * AxfrSlave} for each zone and address, and what the nameservers' configuration must say.
 *
 * Resolvers ask the secondaries only when the zone's NS and the registry name them, beside LiveDNS's own.
 * @example
 * const own = new gandi.SecondaryDns("own", {
 *     domains: ["example.com"], secondaries: ["192.0.2.53"], primaries: ["198.51.100.1"],
 * });
 * export const namedConf = own.configuration.apply(({ bind }) => bind);
 */
export class SecondaryDns extends pulumi.ComponentResource {
    /** The key that the secondaries sign their requests with. */
    public readonly key: TsigKey;
    /** Who may transfer which zone, by `DOMAIN ADDRESS` with the domain by its place in `domains` where it is an Output. */
    public readonly slaves: Readonly<Record<string, AxfrSlave>>;
    /** What the configuration of the secondaries must say, ready to be put into a file: a secret, as the key is in it. */
    public readonly configuration: pulumi.Output<SecondaryConfigurations>;

    /** Whether a value is a SecondaryDns, of whichever copy of this package. */
    static override isInstance(value: unknown): value is SecondaryDns {
        return (value as { __pulumiType?: string } | undefined)?.__pulumiType === TYPE;
    }

    /**
     * Lets secondaries of one's own transfer zones.
     * @throws pulumi.RunError for addresses that are none, or where there is none
     */
    constructor(name: string, args: SecondaryDnsArgs, opts?: pulumi.ComponentResourceOptions) {
        super(TYPE, name, {}, opts);
        const { domains, secondaries, primaries, algorithm = "hmac-sha512", adoptKey, sharingId, timeouts } = args;
        refuse(name, args);
        const common = { sharingId, timeouts };
        const adopt = adoptKey === undefined ? {} : { adopt: adoptKey };
        this.key = new TsigKey(`${name}-key`, { domains: [...domains], ...adopt, ...common }, { parent: this });
        const slaves = domains.flatMap((domain, index) =>
            secondaries.map((ip) => {
                const title = typeof domain === "string" ? domainName(domain) : String(index);
                // A secondary that is told of the zone before it has the key would be refused.
                const options = { parent: this, dependsOn: this.key };
                // Two colons part what a URN is made of.
                const child = `${name}-${title}-${ip.replaceAll(":", "-")}`;
                return [`${title} ${ip}`, new AxfrSlave(child, { domain, ip, ...common }, options)] as const;
            }),
        );
        this.slaves = Object.fromEntries(slaves);
        const known = pulumi.all([
            pulumi.all([...domains]),
            pulumi.all([...primaries]),
            this.key.keyName,
            this.key.secret,
        ]);
        this.configuration = pulumi.secret(
            known.apply(([all, from, keyName, secret]) => {
                refuseAddresses(name, "primaries", from);
                return configurationsOf({ domains: all.map(domainName), primaries: from, keyName, algorithm, secret });
            }),
        );
        this.registerOutputs({ configuration: this.configuration });
    }
}

function refuse(name: string, { domains, secondaries, primaries }: SecondaryDnsArgs): void {
    for (const [argument, values] of Object.entries({ domains, secondaries, primaries })) {
        if (!Array.isArray(values) || values.length === 0) {
            throw new ProgramError("invalid-input", `gandi.SecondaryDns "${name}": ${argument}: needs at least one`);
        }
    }
    for (const [index, domain] of domains.entries()) {
        try {
            if (typeof domain === "string") domainName(domain);
        } catch (error) {
            throw new ProgramError(
                "invalid-input",
                `gandi.SecondaryDns "${name}": domains[${index}]: ${messageOf(error)}`,
            );
        }
    }
    refuseAddresses(name, "secondaries", secondaries);
    refuseAddresses(name, "primaries", primaries.filter((address) => typeof address === "string") as string[]);
}

function refuseAddresses(name: string, argument: string, addresses: readonly string[]): void {
    const wrong = addresses.find((address) => isIP(address) === 0);
    if (wrong !== undefined) {
        throw new ProgramError(
            "invalid-input",
            `gandi.SecondaryDns "${name}": ${argument}: "${wrong}" is no IPv4 or IPv6 address`,
        );
    }
}
