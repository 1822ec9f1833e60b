import type { CustomResourceOptions, ID, Input, Output } from "@pulumi/pulumi";
import { z } from "zod";
import type { ListOptions } from "../../api/client";
import { GandiError, undefinedOn } from "../../api/errors";
import {
    createWebRedirection,
    deleteWebRedirection,
    listWebRedirections,
    patchWebRedirection,
    type WebRedirection as Seen,
} from "../../api/webRedirections";
import { define } from "../../core/define";
import { inEach } from "../../core/doing/inEach";
import { lookForEffect } from "../../core/doing/lateEffect";
import { Failure } from "../../core/failures";
import type { Timeouts } from "../../core/inputs/timeouts";
import type { Context } from "../../core/process/context";
import { derived, foretellDefaults, GandiResource, getOptions, registration } from "../../core/program/gandiResource";
import { momentary, type Property, plainly } from "../../core/property";
import { fqdn } from "../../dns";
import { shown } from "../../dns/dnsErrors";
import { ownerOrUndefined } from "../../dns/owner";
import { domainProperty, hostProperty } from "../properties";
import { excludes, type Host, keepBeforeOverwriting, recordOf, standingAt, told } from "./host";
import { leadsBack, sameUrl, urlProblem } from "./url";

/** The inputs of a {@link WebRedirection}. */
export interface WebRedirectionArgs {
    /** The registered domain, e.g. `example.com`. Another domain is another redirection. */
    domain: Input<string>;
    /**
     * The host that is redirected, relative to the domain: `www`, `*` for the wildcard, `@` for the domain itself, which
     * Gandi's API may refuse (a warning says so). Another host is another redirection.
     */
    host: Input<string>;
    /** Where it leads: an URL of `http` or `https`, kept as it is given. */
    url: Input<string>;
    /**
     * `permanent` (a 301), `temporary` (a 302) or `frame` (the target is shown under the host's own name); also in the
     * API's words, `http301`, `http302` and `cloak`.
     */
    type: Input<"permanent" | "temporary" | "frame" | "http301" | "http302" | "cloak">;
    /**
     * What the host answers to: `http`, `https` as well, or `httpsonly`. With the last two Gandi orders a certificate for the
     * host. Default: `http`.
     */
    protocol?: Input<"http" | "https" | "httpsonly">;
    /**
     * Let Gandi's record take the place of the RRsets that stand at the host: a snapshot of the zone goes before, and the
     * preview shows what goes. Default: false, which makes them an error.
     */
    override?: Input<boolean>;
    /** Take over a redirection that is there and leads elsewhere. Default: false, which makes that an error showing it. */
    adopt?: Input<boolean>;
    /** Wait until the certificate is there, with `https` and `httpsonly`. Default: false. */
    waitForCertificate?: Input<boolean>;
    /** The organisation that owns the domain (a UUID), where it is not the configured one. */
    sharingId?: Input<string>;
    /** Time limits of one operation. Default: 300 s each. */
    timeouts?: Input<Timeouts>;
}

/** What {@link WebRedirection.get} may be told beside the id. */
export type WebRedirectionState = Partial<WebRedirectionArgs>;

/** A host as GlueRecord has it, and Guess: the wildcard, which Gandi's web interface takes. */
const webHost = {
    ...hostProperty,
    problems: (text: string, path: string, others: Record<string, unknown>) =>
        hostProperty.problems!(text.replace(/^\*(?=\.|$)/, "any"), path, others),
} satisfies typeof hostProperty;

const TYPES = { permanent: "http301", temporary: "http302", frame: "cloak" } as const;

const typeProperty: Property<keyof typeof TYPES | Seen["type"], Seen["type"]> = {
    schema: z.enum(["permanent", "temporary", "frame", "http301", "http302", "cloak"]),
    normal: (type) => (type in TYPES ? TYPES[type as keyof typeof TYPES] : (type as Seen["type"])),
};

/** Gandi keeps it as it is sent; two that a browser takes for one are no change. */
const urlProperty: Property<string> = {
    schema: z.string(),
    problems(url, path) {
        const reason = urlProblem(url);
        return reason === undefined ? [] : [{ path, reason }];
    },
    same: sameUrl,
};

/** @internal */
export const webRedirection = define({
    kind: "WebRedirection",
    properties: {
        domain: domainProperty,
        host: webHost,
        url: urlProperty,
        type: typeProperty,
        protocol: plainly(z.enum(["http", "https", "httpsonly"]).default("http")),
        override: momentary(z.boolean().default(false)),
        adopt: momentary(z.boolean().default(false)),
        waitForCertificate: momentary(z.boolean().default(false)),
    },
    id: ["domain", "host"],
    idLike: "domain/host, e.g. example.com/www",
    livesIn: "domain",
    outputs: ["certificateStatus"],
    changing: ["certificateStatus"],

    declares: ({ domain, host }) => [
        {
            title: `WebRedirection ${domain}/${host}`,
            places: [{ name: `${domain}/${host}`, excludes: (title) => whyNotBeside(host, title) }],
        },
    ],
    /** A program that declared the record before, as an RRset of its own, does not take it away from Gandi. */
    alsoDeclares: ({ domain, host }) =>
        domain === undefined || host === undefined ? [] : [{ kind: "LiveDnsRecord", id: recordOf({ domain, host }) }],

    problems({ domain, host, url }) {
        const isLoop =
            domain !== undefined && host !== undefined && url !== undefined && leadsBack(url, fqdn(host, domain));
        return isLoop ? [{ path: "url", reason: `${shown(url)} is the host itself: it would go round` }] : [];
    },

    warnings({ host }) {
        const reason =
            'redirects the domain itself: Gandi\'s API is known to refuse this in its test environment. If it does here, use "www", or its web interface';
        return host === "@" ? [{ path: "host", reason }] : [];
    },

    async preflight(ctx, { domain, host, override }) {
        const at = { domain: domain!, host: host! };
        if (override === undefined || (await find(ctx, at, { shared: true })) !== undefined) {
            return [];
        }
        const { others } = await standingAt(ctx, at, { shared: true });
        if (others.length > 0 && override) {
            ctx.log(`${fqdn(at.host, at.domain)}: its redirection will overwrite ${told(others)}`);
        }
        return others.length > 0 && !override
            ? [{ path: "host", reason: inTheWay(at, told(others)), code: IN_THE_WAY }]
            : [];
    },

    /** From the list, which all the redirections of a domain share. */
    observe: (ctx, at) => find(ctx, at, { shared: true }),

    /** `POST` where there is none, `PATCH` of what differs; one that leads where it should is taken as it is. */
    async ensure(ctx, want, { prior }) {
        const { domain, host, adopt, override } = want;
        const there = await find(ctx, want);
        if (there === undefined) {
            return create(ctx, want);
        }
        const change = differenceOf(there, want);
        if (Object.keys(change).length > 0) {
            if (prior === undefined && !adopt) {
                const leads = `as ${there.type} to ${ctx.unlessSecret(["url"], there.url)} (${there.protocol ?? "http"})`;
                throw new Failure(
                    "already-there",
                    `${fqdn(host, domain)}: a redirection is there already, ${leads}. Set adopt: true to take it over and change it`,
                );
            }
            if (override) {
                await keepBeforeOverwriting(ctx, want);
            }
            const sent = override ? { ...change, override } : change;
            await explained(want, patchWebRedirection(ctx.client, domain, fqdn(host, domain), sent));
        }
        return { ...there, ...change };
    },

    async converge(ctx, want) {
        const { domain, host, protocol, waitForCertificate } = want;
        const name = fqdn(host, domain);
        const isReady = (there: Seen | undefined): there is Seen =>
            there !== undefined && Object.keys(differenceOf(there, want)).length === 0;
        const seen = await ctx.until(() => find(ctx, want), {
            done: isReady,
            describe: () => `${name}: waiting for its redirection to be listed`,
        });
        if (!waitForCertificate || protocol === "http") {
            return seen!;
        }
        const certified = await ctx.until(() => find(ctx, want), {
            done: (there) => CERTIFIED.test(there?.cert_status ?? ""),
            failed: (there) =>
                NOT_CERTIFIED.test(there?.cert_status ?? "") ? `its certificate is "${there?.cert_status}"` : undefined,
            describe: (there) => `${name}: waiting for its certificate, which is "${there?.cert_status ?? "unknown"}"`,
        });
        return certified!;
    },

    describe: ({ url, type, protocol = "http", cert_status }) => ({
        inputs: { url, type, protocol },
        outputs: cert_status ? { certificateStatus: cert_status } : {},
    }),

    async remove(ctx, have) {
        const { domain, host } = have;
        const there = await find(ctx, have);
        if (there === undefined) {
            return;
        }
        const name = fqdn(host, domain);
        await undefinedOn(deleteWebRedirection(ctx.client, domain, name), "notFound", "invisible");
        await ctx.until(() => find(ctx, have), {
            done: (redirection) => redirection === undefined,
            describe: () => `${name}: waiting for its redirection to be removed`,
        });
        ctx.log(`${name}: is no longer redirected; the DNS record that Gandi made for it may stay`);
    },

    list: ({ client }, domains) =>
        inEach(domains, async (domain) => {
            const redirections = await listWebRedirections(client, domain);
            return redirections.flatMap((seen) => {
                const host = ownerOrUndefined(`${seen.host}.`, domain);
                return host === undefined ? [] : [{ at: { domain, host }, seen }];
            });
        }),
});

const IN_THE_WAY = "already-there";

/** Guess: what the states of a certificate are called; no source has them. */
const CERTIFIED = /^(valid|active|issued|done|ok)$/i;
const NOT_CERTIFIED = /error|fail|revoked|expired|refused/i;

/** @param title of what else the program declares at the name: an RRset's is `domain/name/type` */
function whyNotBeside(host: Host["host"], title: string): string | undefined {
    const type = title.slice(title.lastIndexOf("/") + 1);
    return title.startsWith("WebRedirection ") || !excludes(host, type)
        ? undefined
        : "Gandi writes the record of a redirection's host itself. Remove one of the two.";
}

function inTheWay(at: Host, rrsets: string): string {
    return (
        `${fqdn(at.host, at.domain)}: a redirection would take the place of ${rrsets}. Remove them ` +
        "(what a program no longer declares goes at the end of a run: let it go with an up of its own first), or set override: true, which keeps a snapshot"
    );
}

async function find({ client }: Context, { domain, host }: Host, how?: ListOptions): Promise<Seen | undefined> {
    const redirections = await listWebRedirections(client, domain, how);
    return redirections.find((one) => ownerOrUndefined(`${one.host}.`, domain) === host);
}

type Target = Pick<Seen, "url" | "type"> & { readonly protocol: NonNullable<Seen["protocol"]> };

/** What of a redirection has to change. */
function differenceOf({ url, type, protocol = "http" }: Seen, want: Target): Partial<Target> {
    return {
        ...(sameUrl(url, want.url) ? {} : { url: want.url }),
        ...(type === want.type ? {} : { type: want.type }),
        ...(protocol === want.protocol ? {} : { protocol: want.protocol }),
    };
}

/**
 * The client repeats it where no answer came: what is refused then may be there by the first of them. It is also refused
 * for RRsets of the host, of which Gandi's own may be overwritten: nobody would miss it.
 */
async function create(ctx: Context, want: Host & Target & { override: boolean }): Promise<Seen> {
    const { domain, host, url, type, protocol, override } = want;
    const name = fqdn(host, domain);
    const post = (overwrite: boolean) => {
        const redirection = { host: name, url, type, protocol, override: overwrite };
        return explained(want, createWebRedirection(ctx.client, domain, redirection));
    };
    const made = { host: name, url, type, protocol };
    if (override) {
        await keepBeforeOverwriting(ctx, want);
    }
    const refused = await refusalOf(post(override));
    if (refused === undefined) {
        return made;
    }
    const { others, isGandis } = await standingAt(ctx, want, { shared: false });
    if (others.length > 0) {
        throw new Failure(IN_THE_WAY, inTheWay(want, told(others)));
    }
    if (isGandis && !override && (await refusalOf(post(true))) === undefined) {
        return made;
    }
    const { seen } = await lookForEffect(ctx, {
        look: () => find(ctx, want),
        looking: `${name}: looking for its redirection, as it may have been made`,
    });
    if (seen === undefined || Object.keys(differenceOf(seen, want)).length > 0) {
        throw refused;
    }
    return seen;
}

/** The API's refusal, as far as something that is there may be the reason; undefined where there is none. */
async function refusalOf(work: Promise<void>): Promise<GandiError | undefined> {
    try {
        await work;
        return undefined;
    } catch (error) {
        if (!GandiError.is(error, "conflict", "rejected")) {
            throw error;
        }
        return error;
    }
}

/** Two wishes that Gandi's test environment answers with 500, as it was tried there in August 2026. */
async function explained({ host }: Host, work: Promise<void>): Promise<void> {
    try {
        await work;
    } catch (error) {
        if (!GandiError.is(error, "server")) {
            throw error;
        }
        const what =
            host === "@" ? "a redirection of the domain itself, and one with https" : "a redirection with https";
        throw error.saying(`Gandi's test environment answers so to ${what}.`);
    }
}

/**
 * A host that leads to an URL: Gandi answers there with a redirect, or shows the target in a frame. Its id is `domain/host`,
 * the host relative to the domain.
 *
 * Made with `POST /v5/domain/domains/{domain}/webredirs`, changed with `PATCH …/webredirs/{host}`, removed with `DELETE`; done
 * when the list (`GET`) shows it so. Another `domain` or `host` replaces it, the new one first.
 *
 * **Gandi writes the DNS of the host**: a CNAME, at the domain itself an A record. So nothing else stands there: off the apex
 * no RRset at all, at the apex no A, AAAA, CNAME or ALIAS; a program that declares both is refused, and names that have
 * others' RRsets need `override`, which keeps a snapshot of the zone first. An exclusive `LiveDnsZone` leaves the record
 * alone. When the redirection is deleted, its record may stay.
 *
 * One that is there already and leads to the same is taken as it is; else it is an error, unless `adopt` is set.
 * @example
 * new gandi.WebRedirection("shop", {
 *     domain: "example.com", host: "shop", url: "https://shop.example.org/", type: "permanent",
 * });
 */
export class WebRedirection extends GandiResource {
    /** @internal */
    static override readonly definition = webRedirection;

    /** Reads a redirection that is there, without managing it. `id` is `domain/host`, e.g. `example.com/www`. */
    static get(name: string, id: Input<ID>, state?: WebRedirectionState, opts?: CustomResourceOptions): WebRedirection {
        return new WebRedirection(name, state as WebRedirectionArgs, getOptions(id, opts));
    }

    /** Whether a value is a WebRedirection, of whichever copy of this package. */
    declare static readonly isInstance: (value: unknown) => value is WebRedirection;

    /** The domain, as given. */
    declare public readonly domain: Output<string>;
    /** The host relative to the domain, as given. */
    declare public readonly host: Output<string>;
    /** Where it leads. */
    declare public readonly url: Output<string>;
    /** How it leads there, as given. */
    declare public readonly type: Output<string>;
    /** What the host answers to: `http`, `https` or `httpsonly`. */
    declare public readonly protocol: Output<string>;
    /** How it stands with the certificate of the host, in Gandi's words; undefined without one. */
    declare public readonly certificateStatus: Output<string | undefined>;
    /** The whole name of the host, e.g. `www.example.com`. */
    public readonly hostname: Output<string>;

    /** Redirects a host of a domain to an URL. */
    constructor(name: string, args: WebRedirectionArgs, opts?: CustomResourceOptions) {
        super(...registration(webRedirection, name, args, opts));
        foretellDefaults(this, webRedirection, args, opts);
        // Made here from what is known in preview: as an output of the provider it would be unknown on every update.
        this.hostname = derived([this.domain, this.host], (domain, host) => fqdn(host, domain));
    }
}
