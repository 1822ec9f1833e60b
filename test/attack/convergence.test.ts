import fc from "fast-check";
import type { Fault } from "../../sandbox";
import { type Gandi, startGandi } from "../harness/gandi";
import { Life } from "../harness/life";
import type { Runs } from "../harness/runs";

jest.setTimeout(300_000);

const NAMES = ["@", "www", "*", "0/25", "_dmarc"] as const;

const wanted = fc.record({
    ttl: fc.constantFrom(300, 600),
    values: fc.uniqueArray(fc.constantFrom("hello", 'quo"ted', "über", "x".repeat(300)), { minLength: 1 }),
});
const fault: fc.Arbitrary<Fault> = fc.record(
    {
        kind: fc.constantFrom("status", "html", "empty", "truncated", "drop-before", "drop-after", "stale", "respell"),
        method: fc.constantFrom("GET", "POST", "PUT", "DELETE"),
        status: fc.constantFrom(400, 403, 500),
        effect: fc.boolean(),
        times: fc.constant(1),
        skip: fc.nat(2),
    },
    { requiredKeys: ["kind", "method", "times", "skip"] },
);
/** What a program declares of each name, what somebody does to it by hand before it runs, and what goes wrong then. */
const round = fc.record({
    records: fc.array(fc.option(wanted, { nil: undefined }), { minLength: NAMES.length, maxLength: NAMES.length }),
    edits: fc.array(fc.constantFrom("none", "values", "ttl", "deleted"), {
        minLength: NAMES.length,
        maxLength: NAMES.length,
    }),
    faults: fc.array(fault, { maxLength: 3 }),
});
type Round = typeof round extends fc.Arbitrary<infer R> ? R : never;

let gandi: Gandi;
let runs: Runs;
let zones = 0;

beforeAll(async () => {
    gandi = await startGandi();
    const run = gandi.runs({});
    // One provider for what is declared, new or not, as in a run of the engine: it remembers what it read of a zone.
    runs = { ...run, first: run.later, anew: async () => {} };
});
afterAll(async () => {
    await runs.close();
    await gandi.close();
});

test("whatever the records, the drift and the faults, running again ends with nothing to do (promises 3, 4 and 5)", async () => {
    await fc.assert(
        fc.asyncProperty(fc.array(round, { minLength: 2, maxLength: 3 }), async (rounds) => {
            const domain = `zone-${zones++}.example`;
            gandi.sandbox.addDomain({ fqdn: domain, zone: "" });
            const lives = NAMES.map(() => new Life(runs, "LiveDnsRecord"));
            for (const each of rounds) {
                await play(domain, lives, each);
            }
        }),
        { seed: 20, numRuns: 12 },
    );
});

async function play(domain: string, lives: Life[], { records, edits, faults }: Round): Promise<void> {
    const inputs = NAMES.map((name, i) => records[i] && { domain, name, type: "TXT", ...records[i] });
    for (const [i, name] of NAMES.entries()) {
        editByHand(domain, name, edits[i]!);
    }
    for (const each of faults) {
        gandi.sandbox.addFault(each);
    }
    await run(lives, inputs);
    gandi.sandbox.clearFaults();

    for (const outcome of await run(lives, inputs)) {
        expect(outcome).toMatchObject({ status: "fulfilled" });
    }
    for (const [i, life] of lives.entries()) {
        const want = inputs[i];
        if (want !== undefined) {
            expect(await life.preview(want)).toBe("same");
            expect(await life.refresh()).toBe("same");
        }
    }
    const there = gandi.sandbox.state.zone(domain)!.rrsets.filter(({ type }) => type === "TXT");
    const summary = (rrsets: { name: string; ttl: number; values: string[] }[]) =>
        rrsets.map(({ name, ttl, values }) => `${name} ${ttl} ${values.length}`).sort();
    expect(summary(there)).toEqual(summary(inputs.filter((want) => want !== undefined)));
}

type Inputs = { domain: string; name: string; type: string; ttl: number; values: string[] };

/** `pulumi up --refresh` of all the records at once. */
function run(lives: Life[], inputs: (Inputs | undefined)[]): Promise<PromiseSettledResult<void>[]> {
    return Promise.allSettled(
        lives.map(async (life, i) => {
            if (life.state !== undefined) {
                await life.refresh();
            }
            const want = inputs[i];
            if (want !== undefined) {
                await life.up({ ...want }, { unsettled: true });
            } else if (life.state !== undefined) {
                await life.destroy();
            }
        }),
    );
}

function editByHand(domain: string, name: string, edit: string): void {
    const { sandbox } = gandi;
    const there = sandbox.state.zone(domain)?.rrsets.find((rrset) => rrset.name === name && rrset.type === "TXT");
    if (there === undefined) {
        return;
    }
    switch (edit) {
        case "values":
            sandbox.setRRset(domain, { ...there, values: ['"by hand"'] });
            break;
        case "ttl":
            sandbox.setRRset(domain, { ...there, ttl: there.ttl + 1 });
            break;
        case "deleted":
            sandbox.deleteRRset(domain, name, "TXT");
            break;
    }
}
