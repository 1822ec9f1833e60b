import { getBilling } from "../../provider/api/billing";
import type { Client } from "../../provider/api/client";
import { listDomains } from "../../provider/api/domains";
import { GandiError } from "../../provider/api/errors";
import { listLiveDnsDomains } from "../../provider/api/livednsDomains";
import { listOrganizations } from "../../provider/api/organizations";
import { messageOf } from "../../provider/core/failures";
import type { Settings } from "../../provider/core/process/settings";
import { type CheckResult, ok, problem, untold, warning } from "./checkResult";
import { type TokenInfo, tokenInfo } from "./tokenInfo";

/** Days before its end from which a token is worth a word. */
const SOON = 30;

/** The permissions that LiveDNS, nameservers, glue records and DNSSEC keys need, by their names at Gandi. */
const NEEDED = ["domain:view", "domain:tech"];

/** Whether the token works, until when, for whom, and what it may, as far as reads tell. */
export async function checkAccount(client: Client, { credential, readOnly }: Settings): Promise<CheckResult[]> {
    const kind = credential.scheme === "Bearer" ? "a personal access token" : "an API key";
    const from = `${kind}, of ${credential.source}`;
    const [refused, info] = await Promise.all([refusal(client), tokenInfo(client, credential)]);
    if (refused !== undefined && info === undefined) {
        const nothing = GandiError.is(refused, "forbidden") ? "it may read nothing, or nobody knows it: " : "";
        return [problem("token", nothing + messageOf(refused))];
    }
    return [
        credential.scheme === "Bearer"
            ? ok("token", from)
            : warning("token", `${from}: Gandi has deprecated those; a personal access token takes its place`),
        ...(credential.scheme === "Bearer" ? [lifeOf(info)] : []),
        ...(readOnly === undefined ? [] : [ok("writes", `none is sent, as ${readOnly} says`)]),
        ...(await organizations(client)),
        await seen("domains", () => listDomains(client), "See and renew domain names"),
        await seen("zones on LiveDNS", () => listLiveDnsDomains(client), "Manage domain name technical configurations"),
        ...(info?.scope === undefined ? [] : [permissions(info.scope)]),
        await orders(client, info),
    ];
}

/** Why the token can't be used at all; a token that nobody knows gets the same 403 as one without the permission. */
async function refusal(client: Client): Promise<unknown> {
    const reads = [
        listOrganizations(client),
        listDomains(client, { fqdn: "pulumi-gandi.invalid" }),
        listLiveDnsDomains(client),
    ];
    const answers = await Promise.allSettled<unknown>(reads);
    const refusals = answers.map((answer) => (answer.status === "rejected" ? answer.reason : undefined));
    return refusals.every((reason) => reason !== undefined) ? refusals[1] : undefined;
}

function lifeOf(info: TokenInfo | undefined): CheckResult {
    if (info?.expires_in === undefined) {
        return untold("token's life", "is not told here: a personal access token lives at most a year");
    }
    const days = Math.floor(info.expires_in / 86_400);
    const end = new Date(Date.now() + info.expires_in * 1000).toISOString().slice(0, 10);
    const says = `until ${end}, ${days === 1 ? "1 day" : `${days} days`}`;
    return days < SOON ? warning("token's life", `${says}: make another one in time`) : ok("token's life", says);
}

function permissions(scope: readonly string[]): CheckResult {
    const missing = NEEDED.filter((one) => !scope.includes(one));
    return missing.length === 0
        ? ok("permissions", scope.join(", "))
        : warning("permissions", `lacks ${missing.join(" and ")}, which DNS needs; has ${scope.join(", ") || "none"}`);
}

async function organizations(client: Client): Promise<CheckResult[]> {
    try {
        const all = await listOrganizations(client);
        const named = all.find(({ id }) => id === client.sharingId);
        if (client.sharingId !== undefined && named === undefined) {
            return [
                problem("organisation", `${client.sharingId}, of GANDI_SHARING_ID, is none that this token reaches`),
            ];
        }
        return (named === undefined ? all : [named]).map(({ name, id }) => ok("organisation", `${name}, ${id}`));
    } catch (error) {
        return [
            GandiError.is(error, "forbidden")
                ? untold("organisation", "the token may not list them")
                : problem("organisation", messageOf(error)),
        ];
    }
}

async function seen(what: string, list: () => Promise<readonly unknown[]>, permission: string): Promise<CheckResult> {
    try {
        return ok(what, `the token sees ${(await list()).length}`);
    } catch (error) {
        return GandiError.is(error, "forbidden")
            ? problem(what, `the token may not list them: it lacks the permission "${permission}"`)
            : problem(what, messageOf(error));
    }
}

/** No read tells whether an order would be taken; it takes money and, of a token, permissions whose names are known. */
async function orders(client: Client, info: TokenInfo | undefined): Promise<CheckResult> {
    try {
        const { prepaid } = await getBilling(client);
        const amount = prepaid?.amount === undefined ? "" : `: ${prepaid.amount.toFixed(2)} ${prepaid.currency ?? ""}`;
        const mayPay = info?.scope?.some((scope) => scope.startsWith("payment:"));
        return mayPay === false
            ? ok("orders", "none can be paid with this token")
            : ok("orders", `the token sees the prepaid account${amount}. Only an order tells whether one is taken`);
    } catch (error) {
        return GandiError.is(error, "forbidden")
            ? ok("orders", "the token does not see the prepaid account, so that it will order nothing")
            : untold("orders", messageOf(error));
    }
}
