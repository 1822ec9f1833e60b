import type { Client } from "../../provider/api/client";
import { SettingsError } from "../../provider/core/process/settings";
import { command, EXIT, readDomain } from "../command";
import { clientOfEnvironment, settingsOfEnvironment } from "../session";
import type { Painted, Speech } from "../speech";
import { zoneOf } from "../zones/zoneOf";
import { checkAccount } from "./checkAccount";
import { checkDomain } from "./checkDomain";
import { checkNameservers } from "./checkNameservers";
import { type CheckResult, problem, untold } from "./checkResult";
import { checkVersions } from "./checkVersions";
import { domainsOfStack } from "./stackDomains";

const MARKS: Record<CheckResult["level"], Painted> = {
    ok: { colour: "green", text: "✓" },
    warning: { colour: "yellow", text: "!" },
    problem: { colour: "red", text: "✗" },
    untold: { colour: "dim", text: "-" },
};

export const check = command({
    options: {
        "no-dns": { type: "boolean", help: "ask no nameserver" },
        server: {
            type: "string",
            value: "ADDRESS",
            help: "ask this nameserver (192.0.2.53, 127.0.0.1:5353) instead of those of the domain",
        },
    },
    help: `Checks what a run needs, a line each: ✓ good, ! worth a look, ✗ wrong, - can't be told. Versions; the token:
whether it works, until when, for which organisations, what it may; and of domains whether they are
visible, served by LiveDNS, signed as the registry says, and answered by their nameservers as the zone
says. Without DOMAIN they are those of the stack that is selected here. It only reads.`,
    exits: { [EXIT.failed]: "something is wrong (✗), or the check itself failed" },
    async run({ words, options }, speech) {
        const named = words.map(readDomain);
        const results: CheckResult[] = [];
        const tell = (found: readonly CheckResult[]) => {
            results.push(...found);
            for (const { about, level, says } of found) {
                // What the API says of a domain begins with it.
                speech.print(MARKS[level], says.startsWith(`${about}: `) ? ` ${says}` : ` ${about}: ${says}`);
            }
        };
        tell(await checkVersions(speech));
        const client = clientOr(tell, speech);
        if (client !== undefined) {
            tell(await checkAccount(client, settingsOfEnvironment(speech.env)));
            const isUsable = !results.some(({ about, level }) => about === "token" && level === "problem");
            for (const domain of isUsable ? await domainsOf(named, speech, tell) : []) {
                tell(await checksOf(client, domain, options));
            }
        }
        speech.answer(results);
        return results.some(({ level }) => level === "problem") ? EXIT.failed : EXIT.done;
    },
});

/** Undefined where the environment does not say how to ask, which is told. */
function clientOr(tell: Tell, speech: Speech): Client | undefined {
    try {
        return clientOfEnvironment(speech, "pulumi-gandi check");
    } catch (error) {
        if (!(error instanceof SettingsError)) throw error;
        tell(error.problems.map((reason) => problem("token", reason)));
        return undefined;
    }
}

type Tell = (found: readonly CheckResult[]) => void;

async function domainsOf(named: readonly string[], speech: Speech, tell: Tell): Promise<readonly string[]> {
    if (named.length > 0) {
        return [...new Set(named)];
    }
    const found = await domainsOfStack(speech);
    if (found === "unknown") {
        tell([
            untold(
                "domains of this stack",
                "no stack is selected here, or there is no Pulumi CLI and no stack of the embedded engine: name domains",
            ),
        ]);
        return [];
    }
    return found;
}

async function checksOf(
    client: Client,
    domain: string,
    { "no-dns": noDns, server }: { "no-dns"?: true; server?: string },
): Promise<readonly CheckResult[]> {
    const { results, isServed, nameservers } = await checkDomain(client, domain);
    if (!isServed || noDns) {
        return results;
    }
    const rrsets = await zoneOf(client, domain);
    return [...results, ...(await checkNameservers({ domain, rrsets, nameservers, server }))];
}
