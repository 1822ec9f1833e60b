import { PartialFailure } from "../../engine/process/providerProcess";
import { UNKNOWN } from "../../provider/core/inputs/values";
import { everyKind, seedEveryKind } from "../harness/everyKind";
import { type Gandi, startGandi } from "../harness/gandi";
import { Life } from "../harness/life";
import type { Runs } from "../harness/runs";

/*
 * The other tests of resources call the provider objects in their own process. Here each kind lives once as users have it:
 * loaded from its pointer in a dynamic-provider process, asked over the wire.
 */

let gandi: Gandi;
let runs: Runs;

beforeAll(async () => {
    gandi = await startGandi();
    seedEveryKind(gandi.sandbox);
    runs = gandi.processes();
});
afterAll(async () => {
    await runs.close();
    await gandi.close();
});
beforeEach(() => gandi.lines.clear());

describe("a life in the real dynamic-provider process", () => {
    it.each(everyKind)("of %s", async (kind, { least, updates = [] }) => {
        const life = new Life(runs, kind);
        await expect(life.reasons({ ...least, unheardOf: UNKNOWN })).resolves.toEqual([
            expect.stringMatching(/^unheardOf: /),
        ]);
        await expect(life.up(least)).resolves.toBe("create");
        await expect(life.preview(least)).resolves.toBe("same");
        await expect(life.refresh()).resolves.toBe("same");
        await expect(life.get(life.state!.id)).resolves.toMatchObject({ id: life.state!.id });
        for (const update of updates.slice(0, 1)) {
            await expect(life.up({ ...least, ...update })).resolves.toBe("update");
            await expect(life.preview({ ...least, ...update })).resolves.toBe("same");
            await expect(life.refresh()).resolves.toBe("same");
        }
        await life.destroy();
        expect(life.state).toBeUndefined();
    });

    it("saves what is partly made, says why, and goes on with it", async () => {
        const domain = "partly.example";
        gandi.sandbox.addDomain({ fqdn: domain, zone: "" });
        gandi.sandbox.addFault({ kind: "stale", path: `/livedns/domains/${domain}/axfr/slaves` });
        const life = new Life(runs, "AxfrSlave");
        const secondary = { domain, ip: "192.0.2.53" };
        await expect(life.up({ ...secondary, timeouts: { create: 0.05 } })).rejects.toThrow(PartialFailure);
        expect(life.state?.id).toBe(`${domain}/192.0.2.53`);
        gandi.sandbox.clearFaults();
        await expect(life.up(secondary)).resolves.toBe("update");
    });

    it("prints what it does", async () => {
        gandi.sandbox.addDomain({ fqdn: "printed.example", zone: "" });
        const life = new Life(runs, "LiveDnsRecord");
        const record = { domain: "printed.example", name: "www", type: "A", values: ["192.0.2.1"] };
        await life.up(record);
        await life.recreate(record);
        await gandi.lines.matching(/www\/A: still declared/);
    });
});
