import * as pulumi from "@pulumi/pulumi";
import { PROVIDER_PACKAGE } from "./core/pointer";
import { ProgramError } from "./core/programError";

/** Configuration of one account; what is not given here is taken from `gandi:…` of the stack, but for the credential. */
export interface ProviderArgs {
    /**
     * A personal access token of the account. Required, unless `key` is given: an explicit provider never falls back to
     * the environment or the stack's token, which would be the wrong account. Kept as a secret.
     */
    personalAccessToken?: pulumi.Input<string>;
    /** An API key instead of a token. Deprecated at Gandi. Kept as a secret. */
    key?: pulumi.Input<string>;
    /** The organisation that owns and pays (a UUID, see `GET /v5/organization/organizations`). Default: the token's own. */
    sharingId?: pulumi.Input<string>;
    /** The API's address without `/v5`; `http:` only to loopback. Default: `https://api.gandi.net`. */
    url?: pulumi.Input<string>;
    /** Requests a minute that this provider's process allows itself. Default: 1000, Gandi's limit per address. */
    requestsPerMinute?: pulumi.Input<number>;
    /** Seconds that one request may take. Default: 60. */
    timeout?: pulumi.Input<number>;
    /** Seconds between two looks at an asynchronous operation. Default: 5. */
    pollInterval?: pulumi.Input<number>;
    /** The most that one order may cost, taxes included, where the Domain does not say. */
    maxPrice?: pulumi.Input<number>;
    /** `forbid` stops every order. Default: `allow`. */
    purchases?: pulumi.Input<"allow" | "forbid">;
    /** Domains that were sold or lost: a 404 on them means "gone" instead of an error. */
    goneDomains?: pulumi.Input<pulumi.Input<string>[]>;
}

const SECRETS = ["personalAccessToken", "key"] as const;
/** What an explicit provider inherits from the stack: its process sees only its own inputs. */
const INHERITED = [
    "url",
    "requestsPerMinute",
    "timeout",
    "pollInterval",
    "maxPrice",
    "purchases",
    "goneDomains",
] as const;

/**
 * A second account, or the same with other settings: give it to a resource as `{ provider }`.
 *
 * @example
 * const clientB = new gandi.Provider("client-b", { personalAccessToken: config.requireSecret("clientB") });
 * new gandi.LiveDnsRecord("www", { domain: "example.org", name: "www", type: "A", values: ["192.0.2.1"] }, { provider: clientB });
 */
export class Provider extends pulumi.ProviderResource {
    /** @param name also how messages call it: `personalAccessToken of the gandi.Provider "client-b"` */
    constructor(name: string, args: ProviderArgs, opts?: pulumi.ResourceOptions) {
        if (args?.personalAccessToken === undefined && args?.key === undefined) {
            throw new ProgramError(
                `gandi.Provider "${name}" needs a personalAccessToken of its own: an explicit provider never takes the environment's`,
            );
        }
        const settings = settingsFor(name, args);
        super(PROVIDER_PACKAGE, name, configurationOf(settings), opts);
        given.set(this, settings);
    }
}

/** What each provider was given, credential in clear: kept apart from the instance, which people print and export. */
const given = new WeakMap<pulumi.ProviderResource, pulumi.Inputs>();

/** The settings of an explicit provider by key, for look-ups; undefined where it is no gandi.Provider. */
export function settingsGivenTo(provider: pulumi.ProviderResource): pulumi.Inputs | undefined {
    return given.get(provider);
}

function settingsFor(name: string, args: ProviderArgs): pulumi.Inputs {
    const stack = new pulumi.Config("gandi");
    const inherited = Object.fromEntries(INHERITED.map((key) => [key, stack.get(key)]));
    return { ...withoutAbsent(inherited), ...withoutAbsent(args), provider: name };
}

function configurationOf(settings: pulumi.Inputs): pulumi.Inputs {
    const entries = Object.entries(settings).map(([key, value]) => {
        const setting = pulumi.output(value).apply(asText);
        const secret = (SECRETS as readonly string[]).includes(key);
        return [`gandi:${key}`, secret ? pulumi.secret(setting) : setting] as const;
    });
    return Object.fromEntries(entries);
}

function withoutAbsent(args: object): object {
    return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
}

/** Provider inputs are text, as the stack's configuration is. */
function asText(value: unknown): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}
