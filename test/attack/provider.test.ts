import type { ProviderProcess } from "../../engine/process/providerProcess";
import { PERSON as owner } from "../harness/contacts";
import { type Gandi, startGandi } from "../harness/gandi";
import type { Runs } from "../harness/runs";
import { arrived, hold, type Moment } from "./moment";

jest.setTimeout(300_000);

let gandi: Gandi;
const runs: Runs<ProviderProcess>[] = [];
/** The runs after a kill. They are about different things, so one process does for all. */
let later: Runs<ProviderProcess>;

beforeAll(async () => {
    gandi = await startGandi({ zones: { "example.com": "" } });
    const run = newRun();
    later = { ...run, first: run.later };
});
afterAll(async () => {
    await Promise.all(runs.map((each) => each.close()));
    await gandi.close();
});
beforeEach(() => {
    gandi.sandbox.clearFaults();
    gandi.sandbox.clearRequests();
});

function newRun(): Runs<ProviderProcess> {
    const run = gandi.processes();
    runs.push(run);
    return run;
}

async function killedAt(moment: Moment, kind: string, inputs: Record<string, unknown>): Promise<void> {
    const run = newRun();
    const { pid } = await run.first();
    const life = gandi.life(kind).under(run);
    await life.check(inputs);
    hold(gandi.sandbox, moment);
    const up = expect(life.up(inputs)).rejects.toThrow("the provider process ended (signal SIGKILL)");
    await arrived(gandi.sandbox);
    process.kill(pid!, "SIGKILL");
    await up;
    gandi.sandbox.clearFaults();
}

/** Two POSTs go out for an order: its dry run, then itself. */
const order = { method: "POST", path: "/domain/domains" };
const record = { method: "POST", path: "/livedns/domains/example.com/records" };
const lookForDomain = { method: "GET", path: "/domain/domains/*.com" };

describe("a provider killed with SIGKILL, and a new one that is given the same (promises 1 and 5)", () => {
    it.each<[string, Moment]>([
        ["before-the-dry-run", order],
        ["before-the-order", { ...order, skip: 1 }],
        ["after-the-order", { ...lookForDomain, skip: 2, lostAnswer: { ...order, skip: 1 } }],
        ["while-it-is-registered", { ...lookForDomain, skip: 2 }],
        ["after-the-registration", { method: "PATCH", path: "/domain/domains/*/autorenew" }],
    ])("has the domain ordered once: killed %s", async (what, moment) => {
        const fqdn = `${what}.com`;
        const inputs = { fqdn, maxPrice: 20, owner, autorenew: { enabled: true, duration: 2 } };
        await killedAt(moment, "Domain", inputs);
        const again = gandi.life("Domain").under(later);
        await again.up(inputs);
        expect(gandi.sandbox.state.orders(fqdn)).toHaveLength(1);
        expect(gandi.sandbox.state.domain(fqdn)?.autorenew).toMatchObject({ enabled: true, duration: 2 });
        await expect(again.preview(inputs)).resolves.toBe("same");
        await expect(again.refresh()).resolves.toBe("same");
    });

    it.each<[string, Moment]>([
        ["before-its-post", record],
        ["after-its-post", { ...record, lostAnswer: record }],
    ])("has the record made once: killed %s", async (name, moment) => {
        const inputs = { domain: "example.com", name, type: "TXT", values: ["hello"] };
        await killedAt(moment, "LiveDnsRecord", inputs);
        const again = gandi.life("LiveDnsRecord").under(later);
        await again.up(inputs);
        const made = gandi.sandbox.state.zone("example.com")?.rrsets.filter((rrset) => rrset.name === name);
        expect(made).toEqual([expect.objectContaining({ type: "TXT", values: ['"hello"'] })]);
        await expect(again.preview(inputs)).resolves.toBe("same");
        await expect(again.refresh()).resolves.toBe("same");
    });
});
