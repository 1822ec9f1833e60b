import { domainToASCII } from "node:url";
import type { HttpBindings } from "@hono/node-server";
import type { Context, Hono } from "hono";
import {
    type ErrorSource,
    forbidden,
    missingCredentials,
    noEmailOffer,
    notFound,
    notOnLiveDns,
    otherOrganization,
    unauthorized,
} from "./errors";
import type { Domain, EmailOffer, State, Token, Zone } from "./state/model";
import type { World } from "./state/world";

/** Who asks. */
export interface Caller {
    token: Token;
    /** The `sharing_id` that the request names, if any. */
    sharingId: string | undefined;
    /** The organisation that the request speaks for: the one it names, else the token's own. */
    organization: string;
}

export type SandboxEnv = { Bindings: HttpBindings; Variables: { world: World; caller: Caller } };
export type Api = Hono<SandboxEnv, Record<string, never>, string>;
export type Call = Context<SandboxEnv>;

const READING_METHODS = new Set(["GET", "HEAD"]);

/** What the request names itself with, and the token that this is, if any. */
function credentials(call: Call, state: State): { scheme: string | undefined; token: Token | undefined } {
    const [, scheme, secret] = /^(\S+)\s+(\S+)\s*$/.exec(call.req.header("authorization") ?? "") ?? [];
    const token = state.tokens.find(
        (candidate) => candidate.secret === secret && candidate.scheme.toLowerCase() === scheme?.toLowerCase(),
    );
    return { scheme, token };
}

/** Whether the request comes with a token of the sandbox, good or not. */
export function isKnown(call: Call, state: State): boolean {
    return credentials(call, state).token !== undefined;
}

/** Finds the caller of a request, or throws the 401 or 403 that refuses it. */
export function authenticate(call: Call, state: State): Caller {
    const { scheme, token } = credentials(call, state);
    if (scheme === undefined) {
        throw missingCredentials();
    }
    if (!token || token.status === "unknown") {
        throw scheme.toLowerCase() === "bearer" ? forbidden() : unauthorized();
    }
    if (token.status === "expired") {
        throw unauthorized();
    }
    const sharingId = call.req.query("sharing_id") || call.req.header("x-gandi-sharing-id") || undefined;
    // Guess: naming an organisation that the token does not reach is a missing permission.
    if ((sharingId !== undefined && !token.reaches.includes(sharingId)) || (token.readOnly && isWrite(call))) {
        throw forbidden();
    }
    return { token, sharingId, organization: sharingId ?? token.organization };
}

function isWrite(call: Call): boolean {
    return !READING_METHODS.has(call.req.method);
}

/** A domain name in lower case and A-labels, without final dot. */
export function normalFqdn(name: string): string {
    const lower = name.toLowerCase().replace(/\.$/, "");
    return /[^\x00-\x7f]/.test(lower) ? domainToASCII(lower) : lower;
}

/** The registered domain of this name, where the caller may see it. @param source which API answers where not. */
export function visibleDomain(call: Call, name: string, source: ErrorSource = "domain"): Domain {
    const domain = call.var.world.state.domains.get(normalFqdn(name));
    if (!domain || !call.var.caller.token.reaches.includes(domain.organization)) {
        throw notFound(source);
    }
    return domain;
}

/** The same with its mail, where that is a matter of the Email API. */
export function visibleEmailDomain(call: Call, name: string): Domain & { emailOffer: EmailOffer } {
    const domain = visibleDomain(call, name, "email");
    if (domain.emailOffer === null) {
        throw noEmailOffer();
    }
    return domain as Domain & { emailOffer: EmailOffer };
}

/** The LiveDNS zone of the path. Another organisation's needs its `sharing_id`, in the query or the header. */
export function visibleZone(call: Call, name: string): Zone {
    const { world, caller } = call.var;
    const fqdn = normalFqdn(name);
    const zone = world.state.zones.get(fqdn);
    const organization = zone?.organization ?? world.state.domains.get(fqdn)?.organization;
    if (organization === undefined || !caller.token.reaches.includes(organization)) {
        throw notFound("livedns");
    }
    if (organization !== caller.organization) {
        throw otherOrganization();
    }
    if (!zone) {
        throw notOnLiveDns();
    }
    return zone;
}

/** `http://127.0.0.1:8053/v5`: what hrefs and Locations begin with. */
export function apiRoot(call: Call): string {
    return `${new URL(call.req.url).origin}/v5`;
}

/** True where the request asks for a master file or another plain text instead of JSON. */
export function wantsText(call: Call): boolean {
    return call.req.header("accept")?.startsWith("text/plain") ?? false;
}

/** The URL of the request without its query. */
export function selfUrl(call: Call): string {
    const { origin, pathname } = new URL(call.req.url);
    return origin + pathname;
}
