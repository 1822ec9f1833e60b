import * as pulumi from "@pulumi/pulumi";
import { PROVIDER_PACKAGE } from "./core/program/pointer";
import { ProgramError } from "./core/program/programError";

/** Configuration of one account; what is not given here is taken from `gandi:…` of the stack, but for what makes the account. */
export interface ProviderArgs {
    /**
     * A personal access token of the account. Required, unless `key` is given: an explicit provider never falls back to
     * the environment or the stack's token, which would be the wrong account. Kept as a secret.
     */
    personalAccessToken?: pulumi.Input<string>;
    /**
     * An API key instead of a token; both together are an error. Deprecated at Gandi. Kept as a secret. Default: none.
     */
    key?: pulumi.Input<string>;
    /** The organisation that owns and pays (a UUID, see `GET /v5/organization/organizations`). Default: the token's own. */
    sharingId?: pulumi.Input<string>;
    /**
     * The API's address without `/v5`; `http:` only to loopback. Default: `gandi:url` of the stack, else `GANDI_URL`,
     * else `https://api.gandi.net`.
     */
    url?: pulumi.Input<string>;
    /**
     * Requests a minute that this provider's process allows itself: 1 to 1000000. Default: the stack's, else 1000,
     * Gandi's limit per address.
     */
    requestsPerMinute?: pulumi.Input<number>;
    /** Seconds that one request may take: 0.1 to 3600. Default: the stack's, else 60. */
    timeout?: pulumi.Input<number>;
    /**
     * Seconds between two looks at an asynchronous operation, 0.01 to 3600; later looks are up to six times as far
     * apart. Default: the stack's, else 5.
     */
    pollInterval?: pulumi.Input<number>;
    /**
     * The most that one order may cost, taxes included, where the resource does not say: 0 or more. Default: the
     * stack's, else none, and then nothing is ordered.
     */
    maxPrice?: pulumi.Input<number>;
    /**
     * The most that all the orders of a run may cost together, taxes included: 0 or more. Where `GANDI_MAX_TOTAL` is less,
     * that counts. Default: the stack's, else no limit.
     */
    maxTotal?: pulumi.Input<number>;
    /** `forbid` stops every order, as `GANDI_PURCHASES=forbid` does. Default: the stack's, else `allow`. */
    purchases?: pulumi.Input<"allow" | "forbid">;
    /** `true` sends nothing but GET: what would write fails. Default: the stack's or `GANDI_READ_ONLY`, else false. */
    readOnly?: pulumi.Input<boolean>;
    /**
     * Domains that were sold or lost, in any spelling: a 404 on them, never a 401 or 403, means "gone" instead of an
     * error. Default: the stack's, else none.
     */
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
    "maxTotal",
    "purchases",
    "readOnly",
    "goneDomains",
] as const;

/**
 * A second account, or the same with other settings: give it to a resource as `{ provider }`, to a look-up as `{
 * provider }` too. What it is given is judged with the first resource of it, in preview.
 * @example
 * const config = new pulumi.Config();
 * const clientB = new gandi.Provider("client-b", { personalAccessToken: config.requireSecret("clientB") });
 * new gandi.LiveDnsRecord(
 *     "www",
 *     { domain: "example.org", name: "www", type: "A", values: ["192.0.2.1"] },
 *     { provider: clientB },
 * );
 */
export class Provider extends pulumi.ProviderResource {
    /**
     * @param name also how messages call it: `personalAccessToken of the gandi.Provider "client-b"`
     * @throws pulumi.RunError without a credential of its own
     */
    constructor(name: string, args: ProviderArgs, opts?: pulumi.ResourceOptions) {
        if (args?.personalAccessToken === undefined && args?.key === undefined) {
            throw new ProgramError(
                "no-token",
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
