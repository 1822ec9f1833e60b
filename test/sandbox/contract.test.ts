import type { Ask } from "../../contract/client";
import type { Claim } from "../../contract/fact";
import { TRIALS } from "../../contract/facts";
import { namesOf, ownDomain } from "../../contract/place";
import { tryFact } from "../../contract/trial";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox";
import { ask } from "./ask";
import { AUTHENTICATION } from "./facts/authentication";
import { DOMAIN_FACTS } from "./facts/domains";
import { RECORD_FACTS } from "./facts/records";
import { ZONES } from "./facts/zones";

const PLACE = { domain: "example.com", run: "test" };
/** Each fact has a sandbox of its own, where its names are. */
const NAMES = namesOf(PLACE, 1);
const SEED = {
    domains: [
        { fqdn: "example.com", records: [] },
        { fqdn: "elsewhere.com", livedns: false },
        { fqdn: "second.org", organization: "second" as const },
    ],
};

describe.each(Object.entries(TRIALS))("what may be tried anywhere of %s", (_area, trials) => {
    test.each(trials)("$fact", async (trial) => {
        const rateLimit = trial.needs === "limit" ? 10 : undefined;
        const mail = { mailboxes: { zoe: {} }, freeSlots: [{ refund: 4.2 }] };
        const domains = [PLACE.domain, ownDomain(PLACE)].map((fqdn) => ({ fqdn, ...mail }));
        await holds(trial, { seed: { domains }, rateLimit });
    });
});

describe.each([
    ["authentication and routing", AUTHENTICATION],
    ["zones", ZONES],
    ["records", RECORD_FACTS],
    ["the Domain API", DOMAIN_FACTS],
])("what holds in the sandbox's world of %s", (_area, claims) => {
    test.each(claims)("$fact", (claim) => holds(claim, { delays: { operation: 0 }, seed: SEED }));
});

async function holds(claim: Claim, options: SandboxOptions): Promise<void> {
    const sandbox = await startSandbox({ ...options, clock: "manual" });
    try {
        expect(await tryFact(claim, NAMES, asking(sandbox), async (ms) => sandbox.advance(ms))).toEqual({
            outcome: "holds",
        });
    } finally {
        await sandbox.close();
    }
}

function asking(sandbox: Sandbox): Ask {
    return ({ line, ...question }) => ask(sandbox, line, question);
}
