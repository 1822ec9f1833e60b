import type { Answer, Client } from "./client";
import { GandiError } from "./errors";
import { withoutSecrets } from "./printable";
import { fillRoute, type Route } from "./route";

export interface DryRunOptions {
    /**
     * Only check. Nothing is written, and what is wrong is thrown as a GandiError `rejected`. Works on the three routes
     * that name it in the documents and, as public clients show, on `transferin`; every other route ignores the header
     * and writes. Default false.
     */
    dryRun?: boolean | undefined;
}

/** The header that makes a request a dry run. */
export function dryRunHeader(dryRun: boolean | undefined): Record<string, string> | undefined {
    return dryRun === true ? { "dry-run": "1" } : undefined;
}

/**
 * Judges the answer to a dry run, and shows what Gandi warns of in it (the header `Warning` of the documents).
 *
 * It answers 200. Anything else means that the header was lost on the way, and that the request was carried out.
 * @throws GandiError `unexpected`
 */
export function judgeDryRun(
    client: Client,
    answer: Answer<unknown>,
    { route, params = {}, what, secrets = [] }: DryRun,
): void {
    if (answer.status === 200) {
        for (const warning of warningsOf(answer)) {
            client.log(`${what}: Gandi warns: ${withoutSecrets(warning, secrets)}`);
        }
        return;
    }
    const { method, path } = fillRoute(route, params as Record<string, string>);
    throw new GandiError(
        `${what}: the dry run was carried out (${answer.status} on ${method} ${path}). ` +
            "Something between here and Gandi removes the header Dry-Run: use no proxy, and look at the account first.",
        { kind: "unexpected", method, path, status: answer.status },
    );
}

/** What was sent as a dry run. */
export interface DryRun {
    route: Route;
    params?: Record<string, string>;
    /** The domain. */
    what: string;
    /** Texts of the request that no line may hold. */
    secrets?: readonly string[];
}

/** Of `299 - "text" "date"` (RFC 7234 section 5.5), of which there may be several, the texts; else the header as it is. */
function warningsOf({ headers }: Answer<unknown>): string[] {
    const said = [headers.warning ?? []].flat().join(", ").trim();
    const quoted = [...said.matchAll(/\b\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = ""]) =>
        text.replace(/\\(.)/g, "$1"),
    );
    return quoted.length > 0 ? quoted : [said].filter((text) => text !== "");
}
