import { z } from "zod";
import { listWebRedirections, webRedirectionSchema } from "../api/webRedirections";
import { type DomainLookupArgs, domainArguments } from "./arguments";
import * as lookup from "./lookup";

/** The arguments of {@link getWebRedirections}. */
export interface WebRedirectionsArgs extends DomainLookupArgs {}

/** A web redirection. */
export interface WebRedirectionInfo {
    /** The whole name of the host, with the domain. */
    host: string;
    /** `http301` (permanent), `http302` (temporary) or `cloak` (in a frame). */
    type: "cloak" | "http301" | "http302";
    /** Where it leads. */
    url: string;
    /** What the host answers to: `http`, `https` as well, or `httpsonly`. */
    protocol?: "http" | "https" | "httpsonly";
    /** How it stands with the certificate, in Gandi's words. */
    certStatus?: string;
    /** The id of the certificate (a UUID). */
    certUuid?: string;
    /** ISO 8601, UTC. */
    createdAt?: string;
    /** ISO 8601, UTC. */
    updatedAt?: string;
}

/** The web redirections of a domain. `GET /v5/domain/domains/{domain}/webredirs` @throws LookupError */
export const getWebRedirections = lookup.plain<WebRedirectionsArgs, WebRedirectionInfo[]>("getWebRedirections")({
    args: domainArguments,
    answer: z.array(webRedirectionSchema),
    read: ({ client }, { domain }) => listWebRedirections(client, domain),
});
/** {@link getWebRedirections} with Inputs. */
export const getWebRedirectionsOutput = lookup.output(getWebRedirections);
