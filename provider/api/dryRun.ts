import type { Answer, CallOptions } from "./client";
import { GandiError } from "./errors";
import { fillRoute, type Route } from "./route";

export interface DryRunOptions extends CallOptions {
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
 * A dry run answers 200. Anything else means that the header was lost on the way, and that the request was carried out.
 *
 * @throws GandiError `unexpected`
 */
export function assertDryRun(
    answer: Answer<unknown>,
    route: Route,
    params: Record<string, string>,
    what: string,
): void {
    if (answer.status === 200) return;
    const { method, path } = fillRoute(route, params);
    throw new GandiError(
        `${what}: the dry run was carried out (${answer.status} on ${method} ${path}). ` +
            "Something between here and Gandi removes the header Dry-Run: use no proxy, and look at the account first.",
        { kind: "unexpected", method, path, status: answer.status },
    );
}
